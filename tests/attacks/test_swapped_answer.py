"""Attack: genuine parts of two genuine answers are exchanged, so that one passes for the other."""

import json
from datetime import timedelta
from itertools import combinations

import pytest

from ostiary.domain.words import Status
from ostiary.verifying.answers.faults import AnswerError, StatementError
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.log.canonical import canonical
from simulated_custodian import RELEASED_ON, Custodian, digest

TODAY = RELEASED_ON + timedelta(days=1)
PARTS = ("answer_id", "index", "sealed", "entry", "proof")


@pytest.fixture(scope="module")
def custodian():
    return Custodian()


@pytest.fixture(scope="module")
def pair(custodian):
    """One answer confirms request 1; the other gives no answer to request 2."""
    first = custodian.statement(answer_id="answer-1", request_id="R-1")
    second = custodian.statement(
        Status.NO_ANSWER, answer_id="answer-2", request_id="R-2", request=digest("b")
    )
    return [json.loads(custodian.answer(one)) for one in (first, second)]


def opened(custodian, said, **options):
    return open_answer(canonical(said), custodian.key_of(), custodian.trust, today=TODAY, **options)


SWAPS = [swap for count in range(1, len(PARTS)) for swap in combinations(PARTS, count)]


@pytest.mark.parametrize("swap", SWAPS, ids="+".join)
def test_no_mixture_of_two_answers_opens(custodian, pair, swap):
    for said, other in (pair, pair[::-1]):
        with pytest.raises(AnswerError):
            opened(custodian, said | {name: other[name] for name in swap})


def test_a_whole_answer_under_the_name_of_another(custodian, pair):
    """The file of answer 2 is sent as the answer to request 1."""
    assert opened(custodian, pair[1]).statement.request_id == "R-2"
    with pytest.raises(StatementError, match="another request"):
        opened(custodian, pair[1], request_id="R-1")


def test_ciphertexts_exchanged_between_two_recipients():
    custodian = Custodian(officers=("ice-officer-7", "ice-officer-9"))
    said = json.loads(custodian.answer(custodian.statement()))
    for part in ("sealed", "entry"):
        mine, yours = said[part]
        mine["ciphertext"], yours["ciphertext"] = yours["ciphertext"], mine["ciphertext"]
    with pytest.raises(AnswerError):
        opened(custodian, said)


def test_an_answer_of_another_custodian_with_the_same_number(custodian):
    other = Custodian(origin="ostiary.invalid/office-two")
    other.opening_keys = custodian.opening_keys
    foreign = json.loads(other.answer(other.statement()))
    assert foreign["answer_id"] == "answer-1"
    for renamed in (foreign, foreign | {"origin": custodian.origin}):
        with pytest.raises(AnswerError):
            opened(custodian, renamed)
