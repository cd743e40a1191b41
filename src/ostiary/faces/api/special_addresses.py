"""Numbers that are of no public network: the registries of special purposes, as data of ours.

IANA's IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), read in November 2026: every
block that is not globally reachable, and those that only relay (6to4, RFC 7526) or were withdrawn
(site-local, RFC 3879). Python's own table differs from version to version.
"""

import ipaddress

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

IPV4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ),
    )
)  # fmt: skip
"""Blocks of IPv4; multicast and what is reserved among them."""

IPV6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32",
            "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ),
    )
)  # fmt: skip
"""Blocks of IPv6."""

_UNICAST = ipaddress.IPv6Network("2000::/3")  # what has been given out at all (RFC 4291, 2.4)
_WRAPPING = (ipaddress.IPv6Network("::ffff:0:0/96"), ipaddress.IPv6Network("64:ff9b::/96"))
_LAST_32 = 0xFFFFFFFF


def is_public(number: Ip) -> bool:
    """Whether a number is of the public internet; of one that wraps another, the inner one counts.

    IPv6 wraps IPv4 where it is mapped (``::ffff:0:0/96``) and where NAT64 translates it
    (``64:ff9b::/96``, RFC 6052); all other ways of wrapping are refused with their blocks.
    """
    if isinstance(number, ipaddress.IPv4Address):
        return not any(number in block for block in IPV4)
    if any(number in block for block in _WRAPPING):
        return is_public(ipaddress.IPv4Address(int(number) & _LAST_32))
    return number in _UNICAST and not any(number in block for block in IPV6)
