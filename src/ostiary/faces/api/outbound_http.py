"""One POST to an address that somebody else chose, without being led into our own network.

1. ``https``, and a name or number of the public internet. Every address that the name stands for
   is looked at: one that is private, of this machine, link-local, or wraps such a one in IPv6
   refuses them all. A training office may reach this machine and its network, and over ``http``.
2. The connection goes to the very address that was looked at, so a name that changes meanwhile
   leads nowhere else. The certificate must be for the name.
3. Redirects are not followed, proxies not asked, the answer is not read beyond its status, and all
   of it ends after ten seconds, the question what the name stands for among it.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from functools import cache, partial
from typing import Any

from ostiary.domain.errors import InputError
from ostiary.faces.api.special_addresses import is_public
from ostiary.verifying.log.deadlines import Deadline, DeadlineSocket
from ostiary.verifying.log.exchanges import check_address

SECONDS = 10
_Found = tuple[Any, Any, int, str, tuple[Any, ...]]  # as `socket.getaddrinfo` gives it
_PORTS = {"https": 443, "http": 80}


class UnreachedError(Exception):
    """The receiver did not take it; the message is safe to keep, and names no address."""


def post(address: str, headers: Mapping[str, str], body: bytes, *, may_be_local: bool) -> None:
    """Post to a receiver, who must say that it took it (2xx).

    Args:
        address: of the receiver.
        headers: all headers of ours.
        body: the content.
        may_be_local: whether this network may be reached; training offices only.

    Raises:
        UnreachedError: the address is not one to be reached, or the receiver did not take it.
    """
    deadline = Deadline(SECONDS)
    try:
        connection = _connected(address, deadline, may_be_local=may_be_local)
    except (OSError, ValueError, InputError) as error:
        raise UnreachedError(f"no connection: {type(error).__name__}") from None
    try:
        connection.request("POST", check_address(address).path or "/", body, dict(headers))
        with connection.getresponse() as response:
            status = response.status
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise UnreachedError(f"no answer: {type(error).__name__}") from None
    finally:
        connection.close()
    if not http.HTTPStatus.OK <= status < http.HTTPStatus.MULTIPLE_CHOICES:
        raise UnreachedError(f"status {status}")


def _connected(
    address: str, deadline: Deadline, *, may_be_local: bool
) -> http.client.HTTPConnection:
    parts = check_address(address)
    if parts.scheme != "https" and not may_be_local:
        raise UnreachedError("not over https")
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    number = public_address(host, port, may_be_local=may_be_local, within=deadline.left())
    found = socket.create_connection((number, port), timeout=deadline.left())
    try:
        if parts.scheme == "https":
            found.settimeout(deadline.left())
            found = _tls().wrap_socket(found, server_hostname=host)
    except OSError:
        found.close()
        raise
    connection = http.client.HTTPConnection(host, port)
    connection.sock = DeadlineSocket(found, deadline)
    return connection


def public_address(host: str, port: int, *, may_be_local: bool, within: float = SECONDS) -> str:
    """Give the number to connect to, within some seconds.

    Raises:
        UnreachedError: one of the numbers that the name stands for is not public.
        OSError: the name stands for none, or nobody says in time.
    """
    found = _looked_up(host, port, within)
    numbers = [str(where[0]).partition("%")[0] for *_, where in found]
    if not may_be_local and not all(is_public(ipaddress.ip_address(one)) for one in numbers):
        raise UnreachedError("the address is not public")
    return numbers[0]


def _looked_up(host: str, port: int, within: float) -> list[_Found]:
    """Ask what a name stands for.

    The system's own patience with a name server has no bound of ours, and whoever holds a name may
    have it say nothing: so it is asked in a thread beside, and left there. Whoever comes while it
    waits for an answer waits for that one: a silent name has one thread, however often it is tried.
    """
    with _GUARD:
        told = _ASKED.get(host)
        if told is None:
            told = _ASKED[host] = Future()
            asking = partial(_ask, host, port, told)
            threading.Thread(target=asking, daemon=True, name="name of a receiver").start()
    return told.result(timeout=within)


_GUARD = threading.Lock()
_ASKED: dict[str, Future[list[_Found]]] = {}
"""By host, the question that nobody has answered yet. An answer is for who waits, and not kept."""


def _ask(host: str, port: int, told: Future[list[_Found]]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except BaseException as error:  # noqa: BLE001 - whoever waits raises it
        _answered(host)
        told.set_exception(error)
    else:
        _answered(host)
        told.set_result(found)


def _answered(host: str) -> None:
    """Let the next one ask anew, before those who wait are told."""
    with _GUARD:
        del _ASKED[host]


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
