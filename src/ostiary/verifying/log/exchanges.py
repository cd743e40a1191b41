"""One request to a web server, one answer: bounded in size and in time, redirects refused."""

import http.client
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from ostiary.domain.errors import InputError
from ostiary.verifying.log.deadlines import Deadline, DeadlineSocket


class UnreachableError(Exception):
    """A server did not give a whole answer in time."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered.

    Attributes:
        status: HTTP status code.
        body: the content, at most as long as was asked for.
    """

    status: int
    body: bytes


def exchange(
    method: str,
    address: str,
    *,
    seconds: float,
    limit: int,
    body: bytes = b"",
    kind: str = "application/octet-stream",
) -> Reply:
    """Send one request and read its answer.

    Args:
        method: GET or POST.
        address: ``http(s)://`` address.
        seconds: for everything together, from connecting to the last byte.
        limit: longest answer in bytes.
        body: what to post.
        kind: its media type.

    Raises:
        UnreachableError: no connection, no whole answer in time, or a longer one.
        InputError: this is no web address.
    """
    parts = check_address(address)
    secure = parts.scheme == "https"
    connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = connect(parts.hostname or "", parts.port, timeout=seconds)
    deadline = Deadline(seconds)
    try:
        connection.connect()
        connection.sock = DeadlineSocket(connection.sock, deadline)
        headers = {"Content-Type": kind} if method == "POST" else {}
        target = parts.path or "/"
        connection.request(method, target, body=body or None, headers=headers)
        with connection.getresponse() as response:
            found = response.read(limit + 1)
            status = response.status
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise UnreachableError(_why(error)) from None
    finally:
        connection.close()
    if len(found) > limit:
        raise UnreachableError("it answers too much")
    return Reply(status, found)


_WRITTEN = re.compile(r"[!-~]+").fullmatch


def check_address(address: str) -> SplitResult:
    """See that this is an ``http(s)://`` address with a host, and no query or name in it.

    Nor a blank or a control character, which some readers cut out: what was read by two must be
    what is called.

    Raises:
        InputError: it is not.
    """
    try:
        parts = urlsplit(address)
        named = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        parts, named = urlsplit(""), None
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in {"http", "https"} or not named or not plain or not _WRITTEN(address):
        raise InputError("this is no web address", where=address, cure="write https://host/path")
    return parts


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it does not answer in time"
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be reached ({error.strerror.lower()})"
    return "it does not speak HTTP as it should"
