"""Whatever bytes arrive, opening ends in an answer or in a clean refusal; it never crashes."""

import json
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.answers.answers import MOST_BYTES
from ostiary.verifying.answers.faults import AnswerError, AnswerFormatError
from ostiary.verifying.answers.opening import open_answer
from simulated_custodian import RELEASED_ON, Custodian

CUSTODIAN = Custodian()
STATEMENT = CUSTODIAN.statement()
RAW = CUSTODIAN.answer(STATEMENT)
TODAY = RELEASED_ON + timedelta(days=1)

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["\ud800", "c2sp.org/tlog-proof@v1\nindex 0\n\n", 10**30]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def open_or_refuse(raw):
    """Open; a refusal is fine, anything but the genuine statement is not."""
    try:
        answer = open_answer(raw, CUSTODIAN.key_of(), CUSTODIAN.trust, today=TODAY)
    except (AnswerError, KeyFileError) as refusal:
        return refusal
    assert answer.statement == STATEMENT
    return answer


@given(st.data())
@settings(max_examples=150)
def test_changed_bytes(data):
    mutated = bytearray(RAW)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(mutated) - 1))
        kind = data.draw(st.sampled_from(["flip", "drop", "insert", "repeat"]))
        if kind == "flip":
            mutated[place] ^= 1 << data.draw(st.integers(0, 7))
        elif kind == "drop":
            del mutated[place : place + data.draw(st.integers(1, 30))]
        elif kind == "insert":
            mutated[place:place] = data.draw(st.binary(min_size=1, max_size=8))
        else:
            mutated[place:place] = mutated[max(0, place - 20) : place]
    assert open_or_refuse(bytes(mutated)) is not None


@given(st.sampled_from(sorted(json.loads(RAW))), JSON_VALUES)
@settings(max_examples=150)
def test_any_value_in_the_place_of_a_field(name, value):
    said = json.loads(RAW)
    assume(said[name] != value)
    changed = json.dumps(said | {name: value}).encode()
    assert isinstance(open_or_refuse(changed), AnswerError)


@given(
    st.sampled_from(["sealed", "entry"]),
    st.sampled_from(["recipient", "kem", "ciphertext", "more"]),
    JSON_VALUES,
)
@settings(max_examples=100)
def test_any_value_inside_a_sealed_part(part, name, value):
    said = json.loads(RAW)
    assume(said[part][0].get(name, ...) != value)
    said[part][0][name] = value
    assert isinstance(open_or_refuse(json.dumps(said).encode()), AnswerError)


@given(JSON_VALUES)
@settings(max_examples=100)
def test_anything_signed_by_the_custodian_that_is_no_statement(value):
    """Even the holder of the release key cannot make the recipient's tool crash."""
    payload = json.dumps(value).encode()
    raw = CUSTODIAN.answer(STATEMENT, part=CUSTODIAN.part_of(payload))
    assert isinstance(open_or_refuse(raw), AnswerError)


@given(st.binary(max_size=400))
@settings(max_examples=100)
def test_any_bytes(raw):
    assert isinstance(open_or_refuse(raw), AnswerFormatError)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"\xef\xbb\xbf" + RAW,
        b"null",
        b"[]",
        b"[" * 1_000_000,
        b'{"a":' * 200_000,
        b'{"index":' + b"9" * 100_000 + b"}",
        b'{"index":1e999}',
        b'{"index":NaN}',
        RAW + RAW,
        RAW[:-2],
        RAW.replace(b'{"answer_id"', b'{"answer_id":"answer-1","answer_id"', 1),
        b" " * MOST_BYTES + RAW,
        b"x" * (MOST_BYTES + 1),
    ],
    ids=lambda raw: f"{raw[:12]!r}-{len(raw)}",
)
def test_hostile_files_are_refused_at_the_door(raw):
    assert isinstance(open_or_refuse(raw), AnswerFormatError)


def test_every_truncation_is_refused():
    for end in range(0, len(RAW), 97):
        assert isinstance(open_or_refuse(RAW[:end]), AnswerFormatError)


def test_a_refusal_repeats_nothing_of_the_file():
    said = json.loads(RAW) | {"origin": "ostiary.invalid/marker-of-the-file"}
    assert "marker" not in str(open_or_refuse(json.dumps(said).encode()))
    said = json.loads(RAW) | {"marker": 1}
    assert "marker" not in str(open_or_refuse(json.dumps(said).encode()))
