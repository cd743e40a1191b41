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
        if _is_plain(value):
            return _PLAIN.encode(value).encode()
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


_PLAIN = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
)
"""Writes what is plain as RFC 8785 does: the same escapes, and keys of ASCII in the same order."""

_SAFE = 2**53 - 1  # RFC 8785, section 3.2.2.3, by ECMA-262


def _is_plain(value: object) -> bool:
    """Whether a value is a scalar that is no fraction, or an object of them by names of ASCII."""
    if type(value) is not dict:
        return _is_scalar(value)
    return all(
        type(key) is str and key.isascii() and _is_scalar(inner) for key, inner in value.items()
    )


def _is_scalar(value: object) -> bool:
    kind = type(value)
    if kind is int:
        return -_SAFE <= value <= _SAFE  # type: ignore[operator]  # it is a number
    return kind is str or kind is bool or value is None


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        _refuse_number("")
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_fractions(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for inner in value:
            _refuse_fractions(inner)
