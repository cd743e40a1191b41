"""A look by values is the look by tables, near each limit too, and beside looks of others."""

import json
import threading
from collections import Counter
from dataclasses import replace
from types import MappingProxyType

import pytest

from casedb import ask
from officers import NEXT_DAY, key_of
from ostiary.deciding.decoys.control import Control
from ostiary.deciding.matching.single import SingleVerifier
from ostiary.office.batches.asking_of_one import AskingOfOne, InDoubtError
from ostiary.office.batches.overtaking import OvertakenError
from ostiary.office.batches.running import run_batch
from ostiary.office.cases import examination
from ostiary.office.cases.look_by_values import LookedAt
from ostiary.office.cases.steps import determine
from ostiary.office.recovery.entering import at_work
from walks import RECEIVED, about, lawful_of, spellings, written

STORED = (
    "SELECT * FROM verification ORDER BY request",
    "SELECT token, place, request FROM asking ORDER BY request, place, token",
    "SELECT requests, model, decoys FROM examination ORDER BY id",
)
FEW = MappingProxyType({"addresses_per_person": 2, "addresses_of_all_agencies": 3})
MANY = MappingProxyType({"addresses_per_person": 50, "addresses_of_all_agencies": 50})


def odd_rows(world):
    """One person under several spellings at several addresses, then as they are; and others."""
    by_agency, target = lawful_of(world)
    agencies = sorted(by_agency, key=lambda name: -len(by_agency[name]))
    others = by_agency[agencies[0]][20:32]
    hosts = by_agency[agencies[0]][:8]
    names = spellings(target["surname"])
    rows = [about(target, row, n, names[n]) for n, row in enumerate(hosts[:3])]
    rows.append(about(target, hosts[3], 3, address=True))
    rows += [about(target, row, 4 + n) for n, row in enumerate(hosts[4:7])]
    rows.append({**about(target, hosts[7], 7, address=True), "tin": target["tin"]})
    for n, row in enumerate(others):
        other = others[n - 1]
        change = (
            {},
            {"birth_date": "", "tin": ""},
            {"surname": row["given_name"], "given_name": row["surname"]},
            {name: other[name] for name in ("address_line", "unit", "city", "postal_code")},
            {"taxable_periods": "1999;2000"},
            {"surname": other["surname"], "middle_name": ""},
        )[n % 6]
        rows.append({**row, **change, "request_id": f"ODD-{n:02}"})
    return rows


@pytest.fixture(scope="module")
def waiting(world, loaded_office, stores, tmp_path_factory):
    folder = tmp_path_factory.mktemp("both-ways")
    root = stores.copy(loaded_office, folder / "office").root
    rows = odd_rows(world)
    with at_work(root, on=RECEIVED) as place:
        run_batch(place, written(folder / "few.csv", rows), RECEIVED)
    key = key_of(root, "anna")
    with at_work(root, on=NEXT_DAY) as place:
        for row in rows:
            determine(place, row["request_id"], "anna", key, found=True, look=False)
    return root


def noted(monkeypatch):
    """Count which looks went by values, and what kept others from it."""
    went = Counter()

    def note(owner, name):
        asked = getattr(owner, name)

        def noting(*given):
            try:
                done = asked(*given)
            except (InDoubtError, OvertakenError) as error:
                went[name, type(error)] += 1
                raise
            went[name] += 1
            return done

        monkeypatch.setattr(owner, name, noting)

    note(examination, "look_by_values")
    note(AskingOfOne, "count")
    note(AskingOfOne, "count_person")
    note(LookedAt, "counted_again")
    return went


def looked(root, opened, limits, numbers=None):
    """Look at each request alone; give what was done, logged and stored."""
    done = []
    with at_work(root, on=NEXT_DAY) as place:
        for name, value in limits.items():
            object.__setattr__(place.office.config.matching, name, value)
        here = replace(place, reference_at_hand=lambda: opened)
        for number in numbers or [one.id for one in place.store.ready_to_look(None)]:
            with here.law_and_tables() as (tables, law):
                examined = examination.examine(here, tables, law, [number])
            done.append((examined.looked_at, dict(examined.stopped), examined.decoys))
        size = place.store.log_size()
        entries = [json.loads(place.store.entry(index).body) for index in range(size)]
    told = [{**one, "at": ""} for one in entries if one["type"] == "record.examined"]
    return done, told, [ask(root, query) for query in STORED]


@pytest.fixture(scope="module")
def opened(waiting):
    with at_work(waiting, on=NEXT_DAY) as place:
        return SingleVerifier(place.office.reference)


@pytest.mark.parametrize(
    ("limits", "exceeded", "in_doubt", "expected"),
    [
        ({}, False, (2, 1), {"repeated-asking", "name-and-address-agree", "other-period"}),
        (FEW, False, (3, 1), {"repeated-asking", "name-and-address-agree"}),
        (MANY, True, (0, 0), {"batch-bound"}),
    ],
    ids=["plain", "few", "bound"],
)
def test_both_ways_tell_the_same(
    waiting, opened, stores, tmp_path, monkeypatch, limits, exceeded, in_doubt, expected
):
    if exceeded:
        monkeypatch.setattr(Control, "exceeded", property(lambda _: True))
    went = noted(monkeypatch)
    roots = [stores.copy(waiting, tmp_path / f"office-{one}").root for one in (1, 0)]
    by_values = looked(roots[0], opened, limits)
    as_written, by_person = (went[name, InDoubtError] for name in ("count", "count_person"))
    assert (as_written, by_person) == in_doubt
    assert went["look_by_values"] == len(by_values[0]) - sum(in_doubt)
    monkeypatch.setattr(examination, "ONE", 0)
    assert by_values == looked(roots[1], opened, limits)
    assert expected <= {rule for (rule,) in ask(roots[0], "SELECT rule FROM verification")}


def test_what_others_ask_meanwhile_is_counted(waiting, opened, stores, tmp_path, monkeypatch):
    """A confirmation whose person reaches the limit before it is committed is none."""
    went = noted(monkeypatch)
    roots = [stores.copy(waiting, tmp_path / name).root for name in ("side-by-side", "in-turn")]
    numbers = [number for (number,) in ask(roots[0], "SELECT id FROM request ORDER BY id")]
    *spelt, true = numbers[:4]
    meanwhile = [threading.Thread(target=looked, args=(roots[0], opened, {}, spelt))]
    by_values = examination.look_by_values

    def while_others_look(place, one, *given):
        found = by_values(place, one, *given)
        while one.row == true and meanwhile:
            other = meanwhile.pop()
            other.start()
            other.join()
        return found

    monkeypatch.setattr(examination, "look_by_values", while_others_look)
    looked(roots[0], opened, {}, [true])
    assert went["counted_again", OvertakenError] == 1
    monkeypatch.setattr(examination, "ONE", 0)
    looked(roots[1], opened, {}, [*spelt, true])
    told = "SELECT request, outcome, rule, person_id, basis FROM verification ORDER BY request"
    assert ask(roots[0], told) == ask(roots[1], told)
    assert ask(roots[0], STORED[1]) == ask(roots[1], STORED[1])
    rules = dict(ask(roots[0], "SELECT request, rule FROM verification"))
    assert rules[true] == "repeated-asking"
