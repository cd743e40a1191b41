"""Numbers that are of no public network: the registries of special purposes, as data of ours.

IANA's IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), read in November 2026. A number
is called only where it names one machine of the public network and no way to another. So all that
stands in them is refused, though some of it is *globally reachable*: what relays or is answered by
whoever is nearest (6to4, AMT of RFC 7450, AS112 of RFC 7534), and what carries another number (RFC
4291, 4380, 5214, 6052, 8215), which a translator of ours may well lead inside. Also what was
withdrawn (site-local, RFC 3879). Python's own table differs from version to version.
"""

import ipaddress

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

IPV4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ),
    )
)  # fmt: skip
"""Blocks of IPv4; multicast and what is reserved among them."""

IPV6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
            "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48",
            "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ),
    )
)  # fmt: skip
"""Blocks of IPv6."""

_UNICAST = ipaddress.IPv6Network("2000::/3")  # what has been given out at all (RFC 4291, 2.4)
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # how an interface begins that carries IPv4 (RFC 5214, 6.1)


def is_public(number: Ip) -> bool:
    """Whether a number names one machine of the public internet; none that carries another does."""
    if isinstance(number, ipaddress.IPv4Address):
        return not any(number in block for block in IPV4)
    if int(number) >> 32 & 0xFFFF_FFFF in _ISATAP:
        return False
    return number in _UNICAST and not any(number in block for block in IPV6)
