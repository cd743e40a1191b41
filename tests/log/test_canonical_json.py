"""One value, one sequence of bytes (RFC 8785)."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ostiary.verifying.log.canonical import canonical, read_canonical
from ostiary.verifying.log.faults import CanonicalFormError

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("aé€😀z"), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(plain)
def test_what_is_written_is_read_again(value: object) -> None:
    assert read_canonical(canonical(value)) == value


@given(plain)
def test_the_bytes_are_those_of_another_writer(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(plain)
def test_only_the_canonical_bytes_are_read(value: object) -> None:
    for other in (
        json.dumps(value, indent=1).encode(),
        json.dumps(value).encode() + b" ",
        json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode(),
    ):
        if other != canonical(value):
            with pytest.raises(CanonicalFormError):
                read_canonical(other)


def test_keys_are_sorted_by_utf16_units_as_the_standard_says() -> None:
    assert canonical({"\U00010000": 1, "￿": 2}) == '{"\U00010000":1,"￿":2}'.encode()


@pytest.mark.parametrize(
    "refused",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":01}',
        b'{"a":-0}',
        b'{"a":9007199254740993}',
        b'{"a":' + b"9" * 6000 + b"}",
        b'{"a":"\\u0041"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        b'\xef\xbb\xbf{"a":1}',
        b"\xff\xfe{\x00}\x00",
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
)
def test_hostile_bytes_are_refused(refused: bytes) -> None:
    with pytest.raises(CanonicalFormError):
        read_canonical(refused)


@pytest.mark.parametrize("value", [1.5, 1.0, {"a": [1.0]}, 2**53 + 1, "\ud800", b"bytes", {1: 2}])
def test_what_has_no_single_form_is_not_written(value: object) -> None:
    with pytest.raises(CanonicalFormError):
        canonical(value)
