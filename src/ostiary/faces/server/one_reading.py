"""A call has one reading, or none: what a proxy before us might read otherwise is refused.

A proxy and a server that part two requests at different places let one client's bytes become
another's request (request smuggling, RFC 9112, section 11.2). Waitress reads the following in one
of the ways that the specification allows; we take none of it:

1. `Transfer-Encoding` beside `Content-Length`, twice, empty, with a gap in its list, or in HTTP/1.0
   (sections 6.1 and 6.3);
2. a header that goes on in the next line (obs-fold, section 5.2);
3. a target with a fragment, one whose path begins with two slashes, which some take for a host, and
   one of none of the four forms (3.2): `x:/api/` is neither a path nor an address of ours;
4. no version, or another than HTTP/1.0 and HTTP/1.1 (2.3), of which no framing is known; nor a
   first line of more or fewer blanks than two (section 3), which some cut off and others do not;
5. more than one `Host`, and in HTTP/1.1 none (section 3.2);
6. a target that is no address at all: it is told so, where the connection ended without a word.

Of what is refused by its length the first line is kept, so that a program is told in its language.

A body that the disk has no room for is read to its end and dropped, and then refused: a client that
is still sending would not read an answer.
"""

import errno
import re
from contextlib import suppress
from typing import Any, Final, cast

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import FixedStreamReceiver
from waitress.utilities import Error

_LONGEST_LINE = 8_192
_CODING = b"transfer-encoding"
_VERSIONS = (b"HTTP/1.0", b"HTTP/1.1")
_PARTS = 3  # of a first line: verb, target, version
_WHOLE = rb"(?i:https?)://[^/?#]+"
_TARGET = re.compile(rb"(?:" + _WHOLE + rb")?/(?!/)[^#]*|" + _WHOLE + rb"(?:\?[^#]*)?")
_OF_A_VERB = {b"OPTIONS": re.compile(rb"\*"), b"CONNECT": re.compile(rb"[^/?#]+:[0-9]+")}


NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class NoRoomError(Error):
    """Answers 507: the disk is full (RFC 4918, section 11.5)."""

    code = 507
    reason = "Insufficient Storage"


class _Nowhere:
    """Takes a body and keeps nothing of it."""

    def append(self, data: bytes) -> None:
        """Drop bytes."""

    def close(self) -> None:
        """There is nothing to close."""


class OneReadingParser(HTTPRequestParser):
    """Waitress's parser, stricter."""

    _head = b""

    def received(self, data: bytes) -> Any:
        """Take bytes in, and keep the beginning of the head."""
        if len(self._head) < _LONGEST_LINE:
            self._head += data[:_LONGEST_LINE]
        try:
            return super().received(data)
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
        return self._without_room(data)

    def _without_room(self, data: bytes) -> Any:
        """Refuse the call for want of room; where its length is told, once it has come whole."""
        self.error = NoRoomError("the disk is full; nothing of this was taken. Send it again later")
        with suppress(OSError):  # what it still holds has no room either
            cast("Any", self.body_rcv).getbuf().close()
        if isinstance(self.body_rcv, FixedStreamReceiver):
            cast("Any", self.body_rcv).buf = _Nowhere()
            return super().received(data)
        self.completed = True
        return len(data)

    @property
    def target(self) -> str:
        """The target in the first line as it came, without a host; empty where that has none."""
        parts = self._head.lstrip().partition(b"\r\n")[0].split()
        target = parts[1] if len(parts) > 1 else b""
        return re.sub(rb"\A" + _WHOLE, b"", target).decode("latin-1")

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head.

        Raises:
            ParsingError: it has no reading, or more than one.
        """
        _check(header_plus)
        try:
            super().parse_header(header_plus)
        except ValueError:  # of `urlsplit`: `http://[::1/`
            raise ParsingError("Bad URI") from None


def _check(head: bytes) -> None:
    first, *fields = head.split(b"\r\n")
    version = _check_first(first)
    if any(line[:1] in {b" ", b"\t"} for line in fields if line):
        raise ParsingError("A header goes on in the next line")
    told = [line.partition(b":")[::2] for line in fields]
    names = [name.lower() for name, _ in told]
    _check_coding(version, names, [value for name, value in told if name.lower() == _CODING])
    hosts = names.count(b"host")
    if hosts > 1 or (not hosts and version == _VERSIONS[-1]):
        raise ParsingError("The host is said more than once, or not at all")


def _check_coding(version: bytes, names: list[bytes], codings: list[bytes]) -> None:
    if not codings:
        return
    parts = [one.strip(b" \t").lower() for one in codings[0].split(b",")]
    is_clear = len(codings) == 1 and b"" not in parts and parts.count(b"chunked") <= 1
    if not is_clear or version == _VERSIONS[0] or b"content-length" in names:
        raise ParsingError("The length of the body is said in more than one way")


def _check_first(first: bytes) -> bytes:
    """See that a first line has one reading; give its version."""
    parts = first.split(b" ")
    if len(parts) != _PARTS:
        raise ParsingError("Start line is invalid")
    verb, target, version = parts
    if version not in _VERSIONS:
        raise ParsingError("The version of HTTP is not 1.0 or 1.1")
    if not (
        _TARGET.fullmatch(target) or (verb in _OF_A_VERB and _OF_A_VERB[verb].fullmatch(target))
    ):
        raise ParsingError("Bad URI")
    return version
