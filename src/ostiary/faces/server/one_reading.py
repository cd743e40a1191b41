"""A call has one reading, or none: what a proxy before us might read otherwise is refused.

A proxy and a server that part two requests at different places let one client's bytes become
another's request (request smuggling, RFC 9112, section 11.2). Waitress reads the following in one
of the ways that the specification allows; we take none of it:

1. `Transfer-Encoding` beside `Content-Length`, twice, or in HTTP/1.0 (sections 6.1 and 6.3);
2. a header that goes on in the next line (obs-fold, section 5.2);
3. a target with a fragment, or that begins with two slashes, which some take for a host (3.2);
4. another version than HTTP/1.0 and HTTP/1.1 (2.3), of which no framing is known;
5. a target that is no address at all: it is told so, where the connection ended without a word.

Of what is refused by its length the first line is kept, so that a program is told in its language.
"""

from typing import Any

from waitress.parser import HTTPRequestParser, ParsingError

_LONGEST_LINE = 8_192
_VERSIONS = (b"HTTP/1.0", b"HTTP/1.1")
_PARTS = 3  # of a first line: verb, target, version


class OneReadingParser(HTTPRequestParser):
    """Waitress's parser, stricter."""

    _head = b""

    def received(self, data: bytes) -> Any:
        """Take bytes in, and keep the beginning of the head."""
        if len(self._head) < _LONGEST_LINE:
            self._head += data[:_LONGEST_LINE]
        return super().received(data)

    @property
    def target(self) -> str:
        """The target in the first line as it came; empty where that has none."""
        parts = self._head.lstrip().partition(b"\r\n")[0].decode("latin-1").split()
        return parts[1] if len(parts) > 1 else ""

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
    parts = first.split(b" ")
    if len(parts) == _PARTS:
        _check_first(parts[1], parts[2])
    if any(line[:1] in {b" ", b"\t"} for line in fields if line):
        raise ParsingError("A header goes on in the next line")
    names = [line.partition(b":")[0].lower() for line in fields]
    codings = names.count(b"transfer-encoding")
    is_old = first.endswith(b"HTTP/1.0")
    if codings and (codings > 1 or is_old or b"content-length" in names):
        raise ParsingError("The length of the body is said in more than one way")


def _check_first(target: bytes, version: bytes) -> None:
    if version not in _VERSIONS:
        raise ParsingError("The version of HTTP is not 1.0 or 1.1")
    if b"#" in target or target.startswith(b"//"):
        raise ParsingError("Bad URI")
