"""Reading JSON from strangers: each reader takes one form and refuses its look-alikes."""

import re
from datetime import date

import pytest

from ostiary.verifying.answers import wire
from ostiary.verifying.answers.wire import UnreadableError


def test_a_day_has_one_spelling():
    assert wire.day("2025-08-20", "day") == date(2025, 8, 20)
    for other in ("20250820", "2025-W34-3", "2025-02-30", "", None, 20250820):
        with pytest.raises(UnreadableError):
            wire.day(other, "day")


def test_a_number_is_a_whole_one_that_json_carries():
    assert wire.natural(2**53 - 1, "number") == 2**53 - 1
    for other in (-1, 2**53, True, "1", 1.0, None):
        with pytest.raises(UnreadableError):
            wire.natural(other, "number")


def test_a_pattern_must_match_the_whole_text():
    form = re.compile("[a-z]+")
    assert wire.matching("abc", form, "text") == "abc"
    for other in ("abc1", "abc\n", "", None, ["abc"]):
        with pytest.raises(UnreadableError):
            wire.matching(other, form, "text")


def test_base64_is_read_in_either_alphabet_and_nothing_else():
    assert wire.octets("-_-_", "bytes") == wire.octets("+/+/", "bytes") == b"\xfb\xff\xbf"
    for other in ("+/+", "+ /+", "\u00e9\u00e9\u00e9\u00e9", "====", None, b"AAAA"):
        with pytest.raises(UnreadableError):
            wire.octets(other, "bytes")


def test_an_object_names_the_fields_expected_and_never_those_found():
    with pytest.raises(UnreadableError, match="exactly: a, b") as refusal:
        wire.closed({"a": 1, "secret": 2}, ("b", "a"), "it")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "raw",
    [b'{"a":1,"a":1}', b'[{"a":1,"a":1}]', b"1.0", b"1e2", b"NaN", b"-Infinity", b"01", b"'a'"],
)
def test_json_that_readers_disagree_about_is_refused(raw):
    with pytest.raises(UnreadableError):
        wire.read_json(raw, most=100)


def test_a_text_may_be_as_long_as_allowed_and_no_longer():
    assert wire.read_json(b'"abc"', most=5) == "abc"
    with pytest.raises(UnreadableError, match="longer than 4 bytes"):
        wire.read_json(b'"abc"', most=4)
