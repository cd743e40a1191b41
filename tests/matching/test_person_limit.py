"""How often a person on file was asked about, whatever the spelling: confirmations are counted."""

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.person_limit import Addresses, people_confirmed, stop_persons
from ostiary.deciding.matching.rules import REPEATED, RULES
from ostiary.deciding.matching.verify import verify_batch
from ostiary.domain.words import Outcome
from small_file import SmallFile, born, filed, said

BIRTH = date(1970, 1, 1)
CONFIRMING = {rule.name for rule in RULES if rule.outcome is Outcome.CONFIRMED}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = SmallFile(duckdb.connect(), tmp_path_factory.mktemp("town") / "reference")
    town.load(
        filed("gary", "Gary Mcmillen", "9502 Coolidge Ave"),
        filed("mary", "Mary Ann Xanthopoulos", "3 Elm St", birth_date=BIRTH),
        filed("rosa", "Rosa Garcia Urquijo", "5 Elm St"),
        *(filed(f"j{n}", "James Smith", f"{n} Oak St") for n in range(1, 11)),
        *(filed(f"g{n}", "Rosa Garcia", f"{n} Pine St") for n in range(1, 9)),
    )
    yield town
    town.con.close()


def asked(town, *requests, of_one=3, of_all=12):
    """Outcome by rule of each request, in the order of asking."""
    told = [{"agency": "dhs-ice", **request} for request in requests]
    con, table = town.con, town.requests(*told)
    verify_batch(con, table, town.folder, "limited")
    model = open_model(town.folder)
    people_confirmed(con, "limited", model)
    count = stop_persons(con, "limited", table, model, Addresses(of_one, of_all))
    rules = [rule for (rule,) in con.execute("SELECT rule FROM limited ORDER BY row").fetchall()]
    assert rules.count(REPEATED) == count
    return rules


def coolidge(number, name="Gary Mcmillen", **more):
    return said(name, f"{number} Coolidge Ave", **more)


def confirmed(rules):
    return [n for n, rule in enumerate(rules, 1) if rule in CONFIRMING]


def test_another_spelling_each_time_is_one_person(town):
    spelt = [f"Gary Mcmillen{letter}" for letter in "ABCDEFGHIJKLMNOPQ"]
    walk = [coolidge(n, name) for n, name in enumerate(spelt, 1)]
    rules = asked(town, *walk, coolidge(9502, "Gary Mcmilllen"))
    assert not confirmed(rules)
    assert rules.count(REPEATED) == 15
    assert REPEATED not in rules[:3]


@pytest.mark.parametrize("name", ["Gary Mcmillen", "Gary Mcmilllen", "Mcmillen Gary"])
def test_the_first_three_addresses_are_answered(town, name):
    assert confirmed(asked(town, coolidge(1), coolidge(2, name), coolidge(9502))) == [3]
    assert not confirmed(asked(town, coolidge(1), coolidge(2), coolidge(3, name), coolidge(9502)))


def test_the_same_address_again_is_no_further_one(town):
    rules = asked(town, *(coolidge(9502) for _ in range(9)), coolidge(1), coolidge(2), coolidge(3))
    assert confirmed(rules) == list(range(1, 10))


def test_an_agency_uses_nothing_of_another_ones_limit(town):
    first = [coolidge(n) for n in range(1, 41)]
    rules = asked(town, *first, coolidge(9502, agency="state-revenue"))
    assert confirmed(rules) == [41]


def test_all_agencies_together_have_a_limit_too(town):
    walk = [
        coolidge(10 * agency + n, agency=f"agency-{agency}")
        for agency in range(1, 6)
        for n in range(1, 4)
    ]
    assert confirmed(asked(town, *walk[:11], coolidge(9502, agency="another"))) == [12]
    assert not confirmed(asked(town, *walk[:12], coolidge(9502, agency="another")))


def test_people_who_share_a_name_are_not_taken_for_one(town):
    """Ten men named James Smith are on file: all ten are confirmed, and no more than 30 asked."""
    rules = asked(town, *(said("James Smith", f"{n} Oak St") for n in range(1, 31)))
    assert confirmed(rules) == list(range(1, 11))
    rules = asked(town, *(said("James Smith", f"{n} Oak St") for n in range(40, 0, -1)))
    assert len(confirmed(rules)) == 0
    slips = [said(name, f"{n} Oak St") for n, name in enumerate(["Jim Smith"] * 8, 21)]
    assert len(confirmed(asked(town, *slips, said("James Smith", "1 Oak St")))) == 1


def test_asking_for_a_common_name_stops_nobody_whose_name_it_is_a_part_of(town):
    """Rosa Garcia may be Rosa Garcia Urquijo; eight others bear it, who are asked about here."""
    others = (said("Rosa Garcia", f"{n} Pine St") for n in range(1, 9))
    urquijo = said("Rosa Garcia", "5 Elm St", surname="Garcia Urquijo")
    assert confirmed(asked(town, *others, urquijo)) == list(range(1, 10))


def test_what_contradicts_a_person_is_not_about_this_person(town):
    others = (
        said("Mary Ann Xanthopoulos", f"{n} Oak St", birth_date=born("1960-01-01"))
        for n in range(1, 20)
    )
    true = said("Mary Ann Xanthopoulos", "3 Elm St", birth_date=BIRTH)
    assert confirmed(asked(town, *others, true)) == [20]


GARY = st.sampled_from(
    [
        *(f"Gary Mcmillen{letter}" for letter in "AEXZ"),
        *("Gary Mcmillen", "Gary Mcmilen", "Gary Mcmlilen", "Gary Xmcmillen", "Mcmillen Gary"),
        *("Gary X Mcmillen", "Gary Gcmillen"),
    ]
)


ALONE: dict[str, bool] = {}


@settings(max_examples=12)
@given(names=st.lists(GARY, min_size=4, max_size=9), last=GARY)
def test_requests_that_could_be_confirmed_for_one_person_share_a_counter(town, names, last):
    """Each of these names is confirmed at the true address; then three others close the door."""
    for name in {*names, last} - set(ALONE):
        ALONE[name] = bool(confirmed(asked(town, coolidge(9502, name))))
    confirmable = [name for name in names if ALONE[name]]
    walk = [coolidge(n, name) for n, name in enumerate(confirmable, 1)]
    rules = asked(town, *walk, coolidge(9502, last))
    assert bool(confirmed(rules)) == (ALONE[last] and len(confirmable) < 3)
