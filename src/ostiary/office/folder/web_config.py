"""``[web]`` of ``office.toml``: how people reach the office with a browser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ostiary.office.folder.config_rows import Check


@dataclass(frozen=True, slots=True)
class WebFace:
    """How people reach the office with a browser.

    Attributes:
        address: scheme and host, and port if need be; empty for this machine only.
        days_to_decide: the custodian's own standard for deciding an accepted request.
        connections_of_one_address: how many one address may have open at a time where no proxy
            stands before the server; 0 for as many as it likes.
    """

    address: str = ""
    days_to_decide: int = 10
    connections_of_one_address: int = 200


def web_checks(web: WebFace) -> Iterator[Check]:
    """Say of each line of ``[web]`` whether it will do, and what it may be."""
    yield (
        "address",
        _is_address(web.address),
        'write "https://" and a host, or nothing for this machine only',
    )
    days, connections = web.days_to_decide, web.connections_of_one_address
    yield "days_to_decide", type(days) is int and days > 0, "write a whole number above 0"
    good = type(connections) is int and connections >= 0
    yield "connections_of_one_address", good, "write a whole number, or 0 for no bound"


def _is_address(address: Any) -> bool:
    """Whether browsers would let passkeys be used here: TLS, or this very machine."""
    return isinstance(address, str) and (
        re.fullmatch(r"|https://[a-z0-9.-]+(:[0-9]{1,5})?|http://localhost(:[0-9]{1,5})?", address)
        is not None
    )
