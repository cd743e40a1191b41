"""Attack, mostly innocent: the one asked for is not in the file, but a relative at the address is.

A perfect address and surname must not pay for another given name. A wrong confirmation tells an
agency something about a stranger.
"""

import duckdb
import pytest

from small_file import SmallFile, born, filed, said

FAMILY = [
    filed("p1", "Robert Michael Kowalczyk", birth_date=born("1961-03-04"), tin="000111111"),
    filed("p2", "Danielle Marie Kowalczyk", birth_date=born("1963-05-06"), tin="000222222"),
    filed("p3", "Christian Kowalczyk", birth_date=born("1990-07-08"), tin="000333333"),
]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = SmallFile(duckdb.connect(), tmp_path_factory.mktemp("town") / "reference")
    town.load(*FAMILY)
    yield town
    town.con.close()


ABSENT = [
    "Roberta Kowalczyk",
    "Rupert Kowalczyk",
    "Roger Kowalczyk",
    "Daniel Kowalczyk",
    "Daniela Kowalczyk",
    "Danielle Kowalski",
    "Christina Kowalczyk",
    "Christiane Kowalczyk",
    "Christine Kowalczyk",
    "Kristian Kowalczyk",
    "Marie Kowalczyk",
    "Michael Kowalczyk",
    "Robert James Kowalczyk",
    "Robert M Kovacs",
    "Eve Kowalczyk",
]


def test_a_relative_is_not_the_one_asked_for(town):
    for name, verified in zip(ABSENT, town.verify(*map(said, ABSENT)), strict=True):
        assert verified.outcome == "mismatch", name


def test_an_initial_may_be_anybodys(town):
    for verified in town.verify(*map(said, ["R Kowalczyk", "D Kowalczyk", "C Kowalczyk"])):
        assert (verified.outcome, verified.rule) == ("ambiguous", "initial-alone")


def test_the_family_itself_is_confirmed(town):
    asked = ("Robert M Kowalczyk", "Danielle Marie Kowalczyk", "Christian Kowalczyk")
    verified = town.verify(*(said(name) for name in asked))
    assert [each.person_id for each in verified] == ["p1", "p2", "p3"]
    assert {each.outcome for each in verified} == {"confirmed"}


def test_the_father_is_not_the_absent_son_of_his_name(town):
    assert town.ask("Robert Kowalczyk Jr") == ("ambiguous", "suffix-on-one-side")
    assert town.ask("Robert Kowalczyk", birth_date=born("1988-01-02")) == (
        "mismatch",
        "birth-date-contradicts",
    )
    assert town.ask("Robert Kowalczyk", tin="000444444") == ("mismatch", "tin-contradicts")


def test_father_and_son_of_one_name_are_ambiguous_until_told_apart(con, tmp_path):
    town = SmallFile(con, tmp_path / "reference")
    town.load(*FAMILY, filed("p4", "Robert Kowalczyk Jr", birth_date=born("1988-01-02")))
    assert town.ask("Robert Kowalczyk") == ("ambiguous", "several-people")
    (verified,) = town.verify(said("Robert Kowalczyk", birth_date=born("1988-01-02")))
    assert (verified.outcome, verified.person_id) == ("confirmed", "p4")


def test_a_birth_date_cannot_mend_a_relatives_name(town):
    """Twins share a birth date, and a household shares everything else."""
    assert town.ask("Roberta Kowalczyk", birth_date=born("1961-03-04"))[0] == "mismatch"
    assert town.ask("Christina Kowalczyk", tin="000333333")[0] == "mismatch"
