"""Attack: receipts, reports, counsel's answers and tasks at one moment, each as if alone.

What is said twice is stored once and logged once; of words that exclude each other one is taken;
and nothing that a disposal destroys comes in behind it.
"""

import dataclasses
import threading
from collections import Counter
from datetime import date
from functools import partial
from itertools import pairwise

import pytest

from aftermath import answered_office, left_of, opened, receipt, recipients, signing_key
from at_once import MeetingKey, at_once
from officers import NEXT_DAY, key_of
from ordered_office import RECEIVED as ORDERED_ON
from ordered_office import make_ordered_office
from ostiary.domain.errors import InputError, OstiaryError
from ostiary.domain.words import Use
from ostiary.office.administration.task_runs import RunState, begin, have_done, runs_of, work_on
from ostiary.office.cases.states import CaseState
from ostiary.office.cases.steps import at_desk
from ostiary.office.oversight.access_audit import check_openings, check_signatures
from ostiary.office.oversight.annual_report import count_year, put_into_log
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from ostiary.office.release.receipts import _store, receive
from ostiary.office.release.uses import report_use
from ostiary.verifying.answers.receipts import How, ReceiptKind, read_receipt

pytestmark = pytest.mark.both_stores


@pytest.fixture(scope="module")
def office(tmp_path_factory, served_office, stores):
    made = answered_office(tmp_path_factory, served_office, stores)
    return stores.copy(made, tmp_path_factory.mktemp("said") / "office").root


@pytest.fixture(scope="module")
def place(office):
    with at_work(office, on=NEXT_DAY) as place:
        yield place


@pytest.fixture(scope="module")
def answer(office, world):
    """One answer: its request, its recipient, the recipient's key, and what was opened."""
    request, path = next(iter(left_of(office).items()))
    officer = recipients(office, request)[0]
    return request, officer, signing_key(office, officer), opened(office, world, path, officer)


def each_closing(place, steps):
    """Take steps at once, each with a connection of its own."""

    def taken(step):
        try:
            return step()
        finally:
            place.store.close()

    return at_once([partial(taken, step) for step in steps])


def entries(place, size):
    return Counter(
        kind
        for body in place.store.entries_from(size)
        for kind in (
            "answer.opened",
            "answer.disposed",
            "use.reported",
            "task.begun",
            "step.prepared",
        )
        if f'"{kind}"'.encode() in body
    )


def test_a_receipt_is_stored_once_and_one_of_two_certificates(place, answer):
    _, officer, key, found = answer
    said = [
        *[receipt(found, officer, key)] * 3,
        *(
            receipt(found, officer, key, ReceiptKind.DISPOSED, how)
            for how in (How.DESTROYED, How.RETURNED)
        ),
    ]
    size = place.store.log_size()
    ended = each_closing(place, [partial(receive, place, one) for one in said])
    assert Counter((one.kind, new) for one, new in ended) == {
        (ReceiptKind.OPENED, True): 1,
        (ReceiptKind.OPENED, False): 2,
        (ReceiptKind.DISPOSED, True): 1,
        (ReceiptKind.DISPOSED, False): 1,
    }
    assert entries(place, size) == {"answer.opened": 1, "answer.disposed": 1}
    kept = {bytes(one.receipt) for one in place.store.receipts_on(found.statement.answer_id)}
    assert kept == {raw for raw, (_, new) in zip(said, ended, strict=True) if new}


def test_a_use_is_reported_once_and_words_follow_each_other(place, answer):
    number = place.store.find_request(answer[0]).id
    size = place.store.log_size()
    words = [Use.USED] * 3 + [Use.PENDING]
    ended = each_closing(place, [partial(report_use, place, number, one, "p") for one in words])
    stored = [one.use for one in place.store.uses(number)]
    assert sum(ended) == len(stored) == entries(place, size)["use.reported"] <= 3
    assert all(one != following for one, following in pairwise(stored))


def test_one_task_works_at_a_time_and_is_done_once(office, place):
    begun = each_closing(place, [partial(begin, place, "dispose", {}, "admin-1")] * 4)
    [run] = [one for one in begun if not isinstance(one, InputError)]
    found = work_on(lambda: at_work(office, on=NEXT_DAY), place.office, run)
    assert found.state is RunState.LOOKED_AT
    ended = each_closing(place, [partial(have_done, place, found.number, "admin-2")] * 4)
    assert len([one for one in ended if isinstance(one, InputError)]) == 3
    assert len(runs_of(place.office)) == 1


@pytest.fixture(scope="module")
def ordered(tmp_path_factory, stores):
    return make_ordered_office(tmp_path_factory.mktemp("ordered") / "made", stores.new_office)


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("more", ["settle"] * 3),  # with counsel since admission: no record is looked at
        ("moved", ["settle"] * 3),  # looked at: the entry is that of a vote
        ("confirmed", ["settle", "approve", "approve"]),
        ("stranger", ["settle", "refuse", "settle"]),
    ],
)
def test_counsel_answers_once_and_nobody_votes_on_what_was_answered(ordered, name, steps):
    """By three officers' words at once; whatever came first, what follows it is as if alone."""
    officers = ["anna", "bert", "anna"]
    meeting = threading.Barrier(len(steps))
    keys = [MeetingKey(key_of(ordered, officer), meeting) for officer in officers]

    with at_work(ordered, on=ORDERED_ON) as place:

        def take(step, officer, key):
            with at_desk(place) as desk:
                if step == "approve":
                    return desk.approve(name, officer, key)
                return getattr(desk, step)(name, officer, key, "By letter to chambers.")

        taken = [partial(take, *one) for one in zip(steps, officers, keys, strict=True)]
        ended = each_closing(place, taken)
        assert all(isinstance(one, int | InputError) for one in ended), ended
        with at_desk(place) as desk:
            case = desk.case(name)
            state = desk.state(case)
        settled = [one for one, step in zip(ended, steps, strict=True) if step == "settle"]
        [index] = [one for one in settled if isinstance(one, int)]
        assert state is CaseState.SETTLED
        assert all(one.entry_index <= index for one in (*case.approvals, *case.refusals))
        assert check_signatures(place).faults == check_openings(place).faults == ()


def test_nothing_comes_in_behind_a_disposal(office, answer):
    """Receipts and notes hold words of people: what is destroyed is destroyed with them."""
    request, officer, key, found = answer
    with at_work(office, on=date(2040, 1, 1)) as later:
        put_into_log(later, count_year(later, NEXT_DAY.year))  # until then nothing is due
        chosen = due(later)
        assert chosen.requests
        raw = receipt(found, officer, key, ReceiptKind.DISPOSED, How.RETURNED)

        def note():
            with at_desk(later) as desk:
                return desk.write_note(request, "anna", "Her brother called.", "note")

        number = later.store.find_request(request).id
        steps = [partial(dispose, later, chosen), *[note] * 3, *[partial(receive, later, raw)] * 2]
        ended = each_closing(later, steps)
        assert not isinstance(ended[0], BaseException), ended
        assert all(isinstance(one, int | tuple | OstiaryError) for one in ended[1:]), ended
        for late in (note, partial(receive, later, raw)):
            with pytest.raises(OstiaryError):
                late()
        case = later.store.case(number)
        assert not any(one.text for one in case.notes)
        assert not any(one.receipt for one in later.store.receipts_on(found.statement.answer_id))
        stale = dataclasses.replace(case, request=dataclasses.replace(case.request, salt="0" * 32))
        said = read_receipt(receipt(found, "nobody-yet", key))
        with pytest.raises(OstiaryError, match="destroyed"):
            _store(later, stale, later.store.answer(found.statement.answer_id), said, raw)
