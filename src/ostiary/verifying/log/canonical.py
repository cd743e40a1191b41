"""Canonical JSON (RFC 8785): one value, one sequence of bytes, so that hashes mean something.

Only text, whole numbers within 2**53, flags, null, arrays and objects are written or read. A
floating-point number is refused both ways: two implementations that print one differently would
hash differently, and nothing in the accounting is a fraction.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import rfc8785

from ostiary.verifying.log.faults import CanonicalFormError


def canonical(value: object) -> bytes:
    """Give the canonical bytes of a value.

    Raises:
        CanonicalFormError: a floating-point number, a number beyond 2**53, text that is not
            Unicode, or a value of another kind.
    """
    try:
        _refuse_fractions(value)
        return rfc8785.dumps(value)  # type: ignore[arg-type]  # dumps itself refuses other kinds
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError):
        raise CanonicalFormError("this value has no canonical form") from None


def read_canonical(data: bytes) -> Any:
    """Read canonical bytes, and refuse everything that is not exactly canonical.

    Refused: other spacing or key order, needless escapes, duplicate keys, floating-point numbers,
    a byte order mark, bytes that are not UTF-8, nesting too deep to read.

    Raises:
        CanonicalFormError: for each of these.
    """
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except (ValueError, RecursionError):
        raise CanonicalFormError("these bytes are not JSON") from None
    if canonical(value) != data:
        raise CanonicalFormError("these bytes are JSON, but not in canonical form")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CanonicalFormError("a key stands twice in one object")
    return found


def _refuse_number(_text: str) -> NoReturn:
    raise CanonicalFormError("a floating-point number stands where only whole numbers may")


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        _refuse_number("")
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_fractions(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for inner in value:
            _refuse_fractions(inner)
