"""People are numbered in the order of their ids, however the rows come."""

import random

import pyarrow as pa
import pytest

from ostiary.deciding.reference import people_order
from ostiary.deciding.reference.people_order import number_people


@pytest.mark.parametrize(
    "runs",
    [
        [],
        ["a"],
        ["a", "b", "c"],
        ["b", "a"],
        ["a", "a"],
        ["a", "c", "e", "b", "d", "f", "0"],
        ["a", "c", "e", "c", "e", "a", "z"],
        ["m", "a", "m", "a", "m"],
        ["p10", "p9", "p1", "p10"],
        ["a", "a", "b", "b", "c"],
        ["a", "b", "b", "c", "a", "a"],
    ],
)
def test_each_run_finds_its_person(runs):
    _check(runs)


def test_additions_to_an_ordered_file_in_any_order():
    dice = random.Random(4)
    for _ in range(200):
        filed = sorted({f"{dice.randrange(60):02}" for _ in range(dice.randrange(1, 30))})
        added = [f"{dice.randrange(60):02}" for _ in range(dice.randrange(0, 30))]
        _check(filed + added)


def test_additions_are_many_or_few(monkeypatch):
    for many in (0, 10_000):
        monkeypatch.setattr(people_order, "_MANY_ADDED", many)
        test_additions_to_an_ordered_file_in_any_order()


def test_a_person_on_both_sides_of_a_border_is_no_disorder(monkeypatch):
    """Nothing is sorted or looked up: it would be the price of nearly every file of stretches."""
    monkeypatch.setattr(people_order, "_different", None)
    monkeypatch.setattr(people_order, "_place", None)
    _check(["a", "b", "c", "c", "d", "e"])


def _check(runs):
    half = len(runs) // 2
    parts = [pa.array(part, pa.large_string()) for part in (runs[:half], runs[half:])]
    ids, person = number_people(parts)
    assert ids.to_pylist() == sorted(set(runs))
    places = range(len(runs)) if person is None else person
    assert [ids[int(place)].as_py() for place in places] == runs
