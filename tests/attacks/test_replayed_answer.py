"""Attack: an answer is used a second time, later or elsewhere."""

import json
from datetime import timedelta

import pytest

from ostiary.domain.words import Status
from ostiary.verifying.answers.faults import AnswerError, ConditionsError, ReplayError
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.log.canonical import canonical
from simulated_custodian import DISPOSE_BY, RELEASED_ON, Custodian


class Recipient:
    """An agency's side: it keeps a list of what it opened, as ``ostiary open`` does."""

    def __init__(self, custodian):
        self.custodian, self.opened = custodian, {}

    def receive(self, raw, today=RELEASED_ON):
        answer = open_answer(
            raw,
            self.custodian.key_of(),
            self.custodian.trust,
            today=today,
            already_opened=self.opened,
        )
        self.opened[answer.statement.answer_id] = today.isoformat()
        return answer


@pytest.fixture
def custodian():
    return Custodian()


@pytest.fixture
def recipient(custodian):
    return Recipient(custodian)


def test_the_same_file_again(custodian, recipient):
    raw = custodian.answer(custodian.statement())
    recipient.receive(raw)
    with pytest.raises(ReplayError, match="2025-08-20"):
        recipient.receive(raw, RELEASED_ON + timedelta(days=1))
    assert recipient.opened == {"answer-1": "2025-08-20"}


def test_the_same_answer_in_another_file(custodian, recipient):
    """The bytes differ, the proof is newer, the number is the same: it is the same answer."""
    statement = custodian.statement()
    part = custodian.part(statement)
    entry = custodian.entry(part, statement)
    first = custodian.answer(statement, part=part, entry=entry)
    second = custodian.answer(statement, part=part, entry=entry)
    assert first != second
    recipient.receive(first)
    with pytest.raises(ReplayError):
        recipient.receive(second)


def test_the_same_number_for_another_statement(custodian, recipient):
    """A second answer under a used number does not replace the first one."""
    recipient.receive(custodian.answer(custodian.statement(Status.NO_ANSWER)))
    with pytest.raises(ReplayError):
        recipient.receive(custodian.answer(custodian.statement(Status.CONFIRMED)))


def test_the_same_answer_renumbered(custodian, recipient):
    raw = custodian.answer(custodian.statement())
    recipient.receive(raw)
    with pytest.raises(AnswerError):
        recipient.receive(canonical(json.loads(raw) | {"answer_id": "answer-2"}))
    assert list(recipient.opened) == ["answer-1"]


def test_an_answer_kept_beyond_its_disposal_date(custodian, recipient):
    raw = custodian.answer(custodian.statement())
    with pytest.raises(ConditionsError):
        recipient.receive(raw, DISPOSE_BY + timedelta(days=1))
    assert recipient.opened == {}


def test_a_refused_answer_does_not_use_up_its_number(custodian, recipient):
    raw = custodian.answer(custodian.statement())
    with pytest.raises(AnswerError):
        recipient.receive(raw[:-1])
    assert recipient.receive(raw).statement.answer_id == "answer-1"
