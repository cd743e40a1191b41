"""Certificates of a time-stamp response, put into the order that DER asks of a set.

RFC 5652, section 5.3, asks for DER of what is signed, and the set of certificates is not. OpenSSL
(3.0, ``ts -reply``) writes the signer's certificate first and the chain as it comes; rfc3161-client
1.0.9 decodes a set only in the order of X.690, section 11.6. Putting the set in order changes no
byte that anybody signed.
"""

from collections.abc import Iterator
from typing import NamedTuple

_SEQUENCE, _CONTEXT_0 = 0x30, 0xA0
_LONG, _LENGTH = 0x80, 0x7F
_MOST_LENGTH_BYTES = 4


class _Element(NamedTuple):
    """One element of DER: where it begins, where its content begins, where it ends."""

    tag: int
    start: int
    content: int
    end: int


def in_order(token: bytes) -> bytes:
    """Give a response with its certificates in order; what is no such response, as it is."""
    try:
        certificates = _certificates(token)
    except (ValueError, IndexError, StopIteration):
        return token
    parts = sorted(token[one.start : one.end] for one in _children(token, certificates))
    return token[: certificates.content] + b"".join(parts) + token[certificates.end :]


def _certificates(token: bytes) -> _Element:
    """Find ``certificates [0]`` of the SignedData (RFC 5652, 5.1; RFC 3161, 2.4.2)."""
    response = _element(token, 0, len(token))
    _, content_info = list(_children(token, response))
    _, explicit = list(_children(token, content_info))
    signed_data = next(_children(token, explicit))
    if (content_info.tag, explicit.tag, signed_data.tag) != (_SEQUENCE, _CONTEXT_0, _SEQUENCE):
        raise ValueError
    return next(one for one in _children(token, signed_data) if one.tag == _CONTEXT_0)


def _children(der: bytes, of: _Element) -> Iterator[_Element]:
    place = of.content
    while place < of.end:
        child = _element(der, place, of.end)
        yield child
        place = child.end


def _element(der: bytes, start: int, limit: int) -> _Element:
    """Read tag and length at a place.

    Raises:
        ValueError: there is no whole element.
    """
    length, content = der[start + 1], start + 2
    if length & _LONG:
        more = length & _LENGTH
        if not 0 < more <= _MOST_LENGTH_BYTES:
            raise ValueError
        length, content = int.from_bytes(der[content : content + more], "big"), content + more
    if content + length > limit:
        raise ValueError
    return _Element(der[start], start, content, content + length)
