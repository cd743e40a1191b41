"""The counts beside the worklist's filters: remembered, and yet what the database would count."""

import random
from datetime import timedelta

import pytest

from filled_office import AT, RECEIVED, add_batch, answer, entry
from ostiary.domain.errors import InputError
from ostiary.storage import CaseStore, NewApproval, NewDetermination
from ostiary.storage.worklist import Wanted

pytestmark = pytest.mark.both_stores
AGENCIES = ("dhs", "dhs-ice", "irs-ci")


def _determine(store: CaseStore, number: int, *, specific: bool) -> None:
    with store.write() as txn:
        row = NewDetermination(number, "olga", specific, b"s", AT)
        txn.add_determination(row, entry("determination", of=number))


def _approve(store: CaseStore, number: int, officer: str) -> None:
    with store.write() as txn:
        row = NewApproval(number, officer, f"d{number}", b"s", AT)
        txn.add_approval(row, entry("approval", of=number))


def _counted_by_the_database(store: CaseStore, numbers: list[int], wanted: Wanted) -> int:
    """A listed question is put to the database; here everything there is is listed."""
    kept = set(numbers) - set(wanted.not_among)
    narrowed = Wanted(
        wanted.agency, wanted.rule, wanted.received_from, wanted.received_to, wanted.looked_at, kept
    )
    return store.count_work(narrowed)


def _any_question(dice: random.Random, numbers: list[int]) -> Wanted:
    days = [None, RECEIVED - timedelta(days=1), RECEIVED, RECEIVED + timedelta(days=1)]
    return Wanted(
        agency=dice.choice(["", "", *AGENCIES]),
        rule=dice.choice(["", "", "agree", "none"]),
        received_from=dice.choice(days[:3]),
        received_to=dice.choice([None, *days[1:]]),
        looked_at=dice.choice([None, None, True, False]),
        not_among=dice.sample(numbers, min(len(numbers), dice.choice([0, 0, 3]))),
    )


def test_whatever_happens_the_counts_are_those_of_the_database(store: CaseStore) -> None:
    dice, numbers, waiting = random.Random(5), [], set()
    for step in range(70):
        what = dice.choice(["batch", "determine", "return", "approve", "answer", "look"])
        chosen = dice.choice(sorted(waiting)) if waiting else 0
        if what == "batch" or not waiting:
            agency, many = dice.choice(AGENCIES), dice.randint(1, 4)
            status = dice.choice(["accepted", "accepted", "returned"])
            names = [f"R-{step}-{n}" for n in range(many)]
            added = add_batch(store, f"b-{step}", names, agency=agency, status=status)
            numbers += added
            waiting |= set(added) if status == "accepted" else set()
        elif what in {"determine", "return"}:
            _determine(store, chosen, specific=what == "determine")
            waiting -= {chosen} if what == "return" else set()
        elif what == "approve":
            for officer in dice.sample(["olga", "omar", "otto"], dice.randint(1, 2)):
                _try_approve(store, chosen, officer)
        elif what == "answer":
            answer(store, chosen)
            waiting -= {chosen}
        if dice.random() < 0.5:  # several things may happen between two looks
            for _ in range(6):
                wanted = _any_question(dice, numbers)
                expected = _counted_by_the_database(store, numbers, wanted)
                assert store.count_work(wanted) == expected
                for column in ("agency", "rule", "received"):
                    by_value = store.work_by(wanted, column)
                    assert sum(by_value.values()) == expected
                    assert all(by_value.values())
    assert store.count_work(Wanted()) == len(waiting)
    assert {one.id for one in store.work(Wanted(), 0, 1000)} == waiting


def _try_approve(store: CaseStore, number: int, officer: str) -> None:
    try:
        _approve(store, number, officer)
    except InputError:
        assert officer in {one.officer for one in store.case(number).approvals}


def test_those_approved_often_enough_are_named_while_they_wait(store: CaseStore) -> None:
    first, second, third = add_batch(store, "b", ["A", "B", "C"])
    assert store.approved_at_least(2) == ()
    for number in (first, second, third):
        _determine(store, number, specific=True)
        _approve(store, number, "olga")
    assert store.approved_at_least(2) == ()
    for number in (first, second):
        _approve(store, number, "omar")
    assert store.approved_at_least(2) == (first, second)
    answer(store, first)
    assert store.approved_at_least(2) == (second,)
    _determine(store, second, specific=False)
    assert store.approved_at_least(2) == ()
    assert store.approved_at_least(1) == (third,)


def _count_and_undo(store: CaseStore, number: int) -> None:
    with store.write() as txn:
        row = NewDetermination(number, "olga", False, b"s", AT)
        txn.add_determination(row, entry("determination", of=number))
        assert store.count_work(Wanted()) == 0
        raise ZeroDivisionError


def test_a_count_within_a_transaction_that_is_undone_is_forgotten(store: CaseStore) -> None:
    (number,) = add_batch(store, "b", ["A"])
    assert store.count_work(Wanted(looked_at=False)) == 1
    with pytest.raises(ZeroDivisionError):
        _count_and_undo(store, number)
    assert store.count_work(Wanted(looked_at=False)) == 1


def test_many_cases_at_once_are_each_as_they_are_alone(store: CaseStore) -> None:
    numbers = add_batch(store, "b", ["A", "B", "C"])
    for number in numbers[:2]:
        _determine(store, number, specific=True)
        _approve(store, number, "olga")
    answer(store, numbers[0])
    assert list(store.cases(numbers[::-1])) == [store.case(number) for number in numbers]
    assert list(store.cases([])) == []
