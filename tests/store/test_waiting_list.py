"""The list of what waits: remembered by the process, and yet always as the case store has it."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest

from filled_office import AT, RECEIVED, add_batch, answer, entry, look
from ostiary.domain.errors import InputError
from ostiary.office.store import NewApproval, NewDetermination, NewDisposal
from ostiary.office.store.cases import CaseStore
from ostiary.office.store.waiting_list import STEPS, WorklistFilter

pytestmark = pytest.mark.both_stores
HAPPENS = ["batch", "batch", "determine", "return", "approve", "answer", "look", "dispose", "pass"]
AGENCIES = ("dhs", "dhs-ice", "irs-ci")


def _determine(
    store: CaseStore, number: int, *, found: bool, fact: str = "reason_specific"
) -> None:
    with store.write() as txn:
        row = NewDetermination(number, "olga", fact, found, b"s", AT)
        txn.add_determination(row, entry("determination", of=number))


def _approve(store: CaseStore, number: int, officer: str) -> None:
    with store.write() as txn:
        row = NewApproval(number, officer, f"d{number}", b"s", AT)
        txn.add_approval(row, entry("approval", of=number))


@dataclass
class Told:
    """What a request should be listed by."""

    agency: str
    awaits: set[str]
    looked_at: bool
    waits: bool = True

    @property
    def step(self) -> str:
        """What it waits for."""
        if self.awaits:
            return "determination"
        return "approval" if self.looked_at else "look"


def _listed(told: dict[int, Told], wanted: WorklistFilter) -> set[int]:
    """Say which requests a question is about, from what the story told. All are of one day."""
    return {
        number
        for number, one in told.items()
        if one.waits
        and wanted.agency in {"", one.agency}
        and (wanted.received_from or RECEIVED) <= RECEIVED <= (wanted.received_to or RECEIVED)
        and wanted.step in {"", one.step}
        and (wanted.among is None or number in wanted.among)
        and number not in wanted.not_among
    }


def _any_question(dice: random.Random, numbers: list[int]) -> WorklistFilter:
    days = [None, RECEIVED - timedelta(days=1), RECEIVED, RECEIVED + timedelta(days=1)]
    return WorklistFilter(
        agency=dice.choice(["", "", *AGENCIES]),
        received_from=dice.choice(days[:3]),
        received_to=dice.choice([None, *days[1:]]),
        step=dice.choice(["", "", *STEPS]),
        among=dice.choice([None, None, dice.sample(numbers, len(numbers) // 2)]),
        not_among=dice.sample(numbers, min(len(numbers), dice.choice([0, 0, 3]))),
    )


def test_whatever_happens_the_list_is_what_the_story_told(store: CaseStore) -> None:
    dice, told = random.Random(5), dict[int, Told]()
    for step in range(80):
        waiting = [number for number, one in told.items() if one.waits]
        what = dice.choice(HAPPENS)
        if what == "batch" or not waiting:
            agency, names = dice.choice(AGENCIES), [f"R-{step}-{n}" for n in range(3)]
            status = dice.choice(["accepted", "accepted", "returned"])
            awaits = dice.choice(["", "reason_specific", "engaged reason_specific"])
            before = dice.choice([True, False])  # an older Ostiary looked before it asked
            for number in add_batch(
                store,
                f"b-{step}",
                names,
                agency=agency,
                status=status,
                awaits=awaits,
                looked_at=before,
            ):
                told[number] = Told(agency, set(awaits.split()), before, status == "accepted")
        else:
            _happen(store, told, what, dice.choice(waiting), dice)
        for _ in range(dice.choice([0, 0, 8])):  # several things may happen between two looks
            _check(store, told, _any_question(dice, sorted(told)))
    _check(store, told, WorklistFilter())
    assert len(_listed(told, WorklistFilter())) > 5


def _happen(
    store: CaseStore, told: dict[int, Told], what: str, chosen: int, dice: random.Random
) -> None:
    if what in {"determine", "return"}:
        fact = dice.choice(["reason_specific", "engaged", "party"])
        _determine(store, chosen, found=what == "determine", fact=fact)
        told[chosen].awaits -= {fact}
        told[chosen].waits = what == "determine"
    elif what == "look" and told[chosen].step == "look":
        assert [one.id for one in store.ready_to_look([chosen])] == [chosen]
        look(store, chosen)
        told[chosen].looked_at = True
    elif what == "approve":
        _try_approve(store, chosen, dice.choice(["olga", "omar"]))
    elif what == "answer":
        answer(store, chosen)
        told[chosen].waits = False
    elif what == "dispose":
        with store.write() as txn:
            row = NewDisposal(day=RECEIVED, requests=1, answers=0, at=AT)
            txn.dispose(row, [chosen], entry("disposal", of=chosen))
        told[chosen].waits = False


def _check(store: CaseStore, told: dict[int, Told], wanted: WorklistFilter) -> None:
    expected = _listed(told, wanted)
    assert store.count_work(wanted) == len(expected)
    assert [one.id for one in store.work(wanted, 0, 1000)] == sorted(expected)
    assert [one.id for one in store.work(wanted, 2, 3)] == sorted(expected)[2:5]
    by_agency = Counter(told[number].agency for number in expected)
    assert store.work_by(wanted, "agency") == by_agency
    ready = [n for n, one in told.items() if one.waits and one.step == "look"]
    assert [one.id for one in store.ready_to_look()] == ready
    for one in store.work(wanted, 0, 1000):
        assert one.determined is (not told[one.id].awaits)
        assert one.looked_at is told[one.id].looked_at
    assert store.work_by(wanted, "received") == ({RECEIVED: len(expected)} if expected else {})


def _try_approve(store: CaseStore, number: int, officer: str) -> None:
    try:
        _approve(store, number, officer)
    except InputError:
        assert officer in {one.officer for one in store.case(number).approvals}


def test_those_approved_often_enough_are_named_while_they_wait(store: CaseStore) -> None:
    first, second, third = add_batch(store, "b", ["A", "B", "C"])
    assert store.approved_at_least(2) == ()
    for number in (first, second, third):
        _determine(store, number, found=True)
        _approve(store, number, "olga")
    assert store.approved_at_least(2) == ()
    for number in (first, second):
        _approve(store, number, "omar")
    assert store.approved_at_least(2) == (first, second)
    answer(store, first)
    assert store.approved_at_least(2) == (second,)
    _determine(store, second, found=False)
    assert store.approved_at_least(2) == ()
    assert store.approved_at_least(1) == (third,)


def _count_and_undo(store: CaseStore, number: int) -> None:
    with store.write() as txn:
        row = NewDetermination(number, "olga", "reason_specific", False, b"s", AT)
        txn.add_determination(row, entry("determination", of=number))
        assert store.count_work(WorklistFilter()) == 0
        raise ZeroDivisionError


def test_a_count_within_a_transaction_that_is_undone_is_forgotten(store: CaseStore) -> None:
    (number,) = add_batch(store, "b", ["A"])
    assert store.count_work(WorklistFilter(step="determination")) == 1
    with pytest.raises(ZeroDivisionError):
        _count_and_undo(store, number)
    assert store.count_work(WorklistFilter(step="determination")) == 1


def test_many_cases_at_once_are_each_as_they_are_alone(store: CaseStore) -> None:
    numbers = add_batch(store, "b", ["A", "B", "C"])
    for number in numbers[:2]:
        _determine(store, number, found=True)
        _approve(store, number, "olga")
    answer(store, numbers[0])
    assert list(store.cases(numbers[::-1])) == [store.case(number) for number in numbers]
    assert list(store.cases([])) == []
