"""Making an answer file, in two steps: seal first, log, then assemble with the proof."""

import json

import pytest

from ostiary.domain.errors import InputError, NotAllowedError
from ostiary.domain.words import Status
from ostiary.verifying.answers.answers import assemble, read_answer, seal
from ostiary.verifying.answers.faults import AnswerFormatError, EntryMismatchError, UnprovenError
from ostiary.verifying.answers.parts import read_stored
from ostiary.verifying.keys.files import fingerprint, new_opening_key
from ostiary.verifying.log.commitments import commit
from ostiary.verifying.log.entries import make_entry
from simulated_custodian import ALLOWED, SALT, TELLS, Custodian, digest

TWO = ("ice-officer-7", "ice-officer-9")


@pytest.fixture(params=["modern", "fips"])
def custodian(request):
    return Custodian(request.param, officers=TWO)


@pytest.fixture
def statement(custodian):
    return custodian.statement()


@pytest.fixture
def part(custodian, statement):
    return custodian.part(statement)


def test_the_file_holds_what_the_two_steps_made(custodian, statement, part):
    raw = custodian.answer(statement, part=part)
    answer = read_answer(raw)
    assert (answer.origin, answer.answer_id) == (custodian.origin, "answer-1")
    assert answer.index == answer.proof.index == len(custodian.entries) - 1
    assert answer.sealed == part.sealed
    assert set(json.loads(raw)) == {
        "format",
        "origin",
        "answer_id",
        "index",
        "sealed",
        "entry",
        "proof",
    }


def test_nothing_of_the_statement_or_the_entry_stands_in_clear(custodian, statement):
    raw = custodian.answer(statement)
    for secret in (b"confirm", b"no-answer", b"disclosed", b"ICE-2025", b"officer", b"dhs-ice"):
        assert secret not in raw


def test_each_recipient_has_a_ciphertext_of_their_own(custodian, part):
    expected = sorted(fingerprint(key) for key in custodian.sealing_keys.values())
    assert [one.recipient for one in part.sealed] == expected
    assert len({one.ciphertext for one in part.sealed}) == 2


def test_the_commitment_opens_with_the_custodians_salt(custodian, statement, part):
    assert part.commitment == commit(SALT, "statement", custodian.stated(statement).decode())


def test_without_a_salt_a_fresh_one_is_drawn(custodian, statement):
    drawn = {
        seal(
            statement, custodian.release_key, custodian.sealing_keys, allowed=ALLOWED, tells=TELLS
        ).commitment
        for _ in range(3)
    }
    assert len(drawn) == 3


def test_it_is_sealed_to_exactly_those_it_names(custodian, statement):
    keys = custodian.sealing_keys
    stranger = {"ice-officer-8": new_opening_key().public_key()}
    one_less = {"ice-officer-7": keys["ice-officer-7"]}
    for recipients in ({}, one_less, keys | stranger, one_less | stranger):
        with pytest.raises(NotAllowedError, match="recipients named"):
            seal(statement, custodian.release_key, recipients, allowed=ALLOWED, tells=TELLS)


def test_two_recipients_cannot_share_a_key(custodian, statement):
    shared = dict.fromkeys(TWO, new_opening_key().public_key())
    with pytest.raises(NotAllowedError, match="share"):
        seal(statement, custodian.release_key, shared, allowed=ALLOWED, tells=TELLS)


def test_an_item_that_is_not_allowed_is_not_sealed(custodian, statement):
    with pytest.raises(NotAllowedError, match="both list"):
        seal(statement, custodian.release_key, custodian.sealing_keys, allowed=())


def test_a_stop_between_the_steps_loses_nothing(custodian, statement, part):
    again = read_stored(part.stored())
    assert again.digest == part.digest
    assert again.stored() == part.stored()
    assert read_answer(custodian.answer(statement, part=again)).sealed == part.sealed


def test_a_damaged_stored_part_is_refused(custodian, part):
    other = Custodian(custodian.profile, officers=TWO)
    foreign = json.loads(other.part(other.statement()).stored())
    stored = json.loads(part.stored())
    for change in (
        {"keys": foreign["keys"]},
        {"keys": []},
        {"sealed": stored["sealed"][::-1]},
        {"sealed": stored["sealed"][:1] * 2},
        {"commitment": "sha256:"},
        {"more": 1},
    ):
        with pytest.raises(InputError):
            read_stored(json.dumps(stored | change).encode())
    with pytest.raises(InputError):
        read_stored(b"\xff")


@pytest.mark.parametrize(
    "change",
    [
        {"answer": "answer-2"},
        {"sealed": digest("f")},
        {"statement": digest("f")},
    ],
)
def test_an_entry_of_something_else_is_not_assembled(custodian, statement, part, change):
    entry = custodian.entry(part, statement, **change)
    with pytest.raises(EntryMismatchError):
        assemble(part, entry, custodian.prove(entry))


OPENED = make_entry(
    "answer.opened",
    at="2025-08-20T15:00:00Z",
    of=3,
    answer="answer-1",
    on="2025-08-20",
    receipt="sha256:" + 64 * "0",
)


@pytest.mark.parametrize("entry", [b"", b"{}", b"earlier entry 1", b"\xff", OPENED])
def test_what_is_no_release_entry_is_not_assembled(custodian, part, entry):
    with pytest.raises(EntryMismatchError):
        assemble(part, entry, custodian.prove(entry))


def test_an_answer_is_not_assembled_without_a_proof_of_its_entry(custodian, statement, part):
    entry = custodian.entry(part, statement)
    another = custodian.prove(custodian.entry(part, statement, outcome=digest("f")))
    other_log = Custodian(custodian.profile, origin="ostiary.invalid/other", officers=TWO)
    for proof in ("", "no proof", another, other_log.prove(entry)):
        with pytest.raises(UnprovenError):
            assemble(part, entry, proof)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "ostiary-answer/2"},
        {"format": None},
        {"origin": "Two Words"},
        {"answer_id": 7},
        {"index": -1},
        {"index": True},
        {"index": 2**53},
        {"index": "11"},
        {"sealed": []},
        {"sealed": {}},
        {"sealed": [[]]},
        {"entry": [{"recipient": "0" * 16, "kem": "x", "ciphertext": ""}]},
        {"entry": [{"recipient": "0" * 16, "kem": "x", "ciphertext": 1}]},
        {"proof": ""},
        {"proof": None},
        {"proof": "c2sp.org/tlog-proof@v1\n\n"},
        {"more": 1},
    ],
)
def test_a_file_that_says_something_else_is_refused(custodian, change):
    said = json.loads(custodian.answer(custodian.statement(Status.NO_ANSWER)))
    with pytest.raises(AnswerFormatError):
        read_answer(json.dumps(said | change).encode())


def test_every_field_is_needed(custodian, statement):
    said = json.loads(custodian.answer(statement))
    for name in said:
        fewer = {key: value for key, value in said.items() if key != name}
        with pytest.raises(AnswerFormatError):
            read_answer(json.dumps(fewer).encode())


def test_recipients_stand_in_one_order_and_once(custodian, statement):
    said = json.loads(custodian.answer(statement))
    for shuffled in (lambda parts: parts[::-1], lambda parts: parts[:1] * 2):
        changed = said | {part: shuffled(said[part]) for part in ("sealed", "entry")}
        with pytest.raises(AnswerFormatError, match="once, in order"):
            read_answer(json.dumps(changed).encode())
