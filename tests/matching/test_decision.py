"""Stories about people: one who agrees, others who come near, what tells them apart."""

import pytest

from ostiary.domain.words import Outcome
from ostiary.matching.rules import RULES
from small_file import born, filed, said

AGREE = ("confirmed", "name-and-address-agree")
SEVERAL = ("ambiguous", "several-people")


def test_nobody_like_the_one_asked_for(town):
    town.load(filed("p1", "James Schulze"))
    assert town.ask("Ann Wu", "7 Oak Ave", postal_code="97702", city="Bend") == (
        "no-record",
        "nobody",
    )


def test_a_namesake_elsewhere_does_not_stand_in_the_way(town):
    town.load(filed("p1", "James Schulze"), filed("p2", "James Schulze", "7 Oak Ave"))
    (verified,) = town.verify(said("James Schulze"))
    assert (verified.outcome, verified.person_id) == ("confirmed", "p1")


def test_two_people_of_one_name_at_one_address_are_ambiguous(town):
    town.load(filed("p1", "James Schulze"), filed("p2", "James Schulze"))
    (verified,) = town.verify(said("James Schulze"))
    assert (verified.outcome, verified.rule) == SEVERAL
    assert verified.person_id == ""
    assert verified.margin == 0


@pytest.mark.parametrize(
    "near",
    ["James Joseph Schulze", "James Schulze Jr", "Jim Schulze", "J Schulze", "Schulze James"],
)
def test_somebody_near_makes_it_ambiguous(town, near):
    town.load(filed("p1", "James Schulze"), filed("p2", near))
    assert town.ask("James Schulze") == SEVERAL


def test_an_earlier_tenant_of_that_name_counts_as_near(town):
    town.load(filed("p1", "James Schulze"), filed("p2", "James Schulze", period=2001))
    assert town.ask("James Schulze") == SEVERAL


def test_a_namesake_whose_flat_is_not_on_file_counts_as_near(town):
    town.load(filed("p1", "James Schulze", unit="Apt 4"), filed("p2", "James Schulze"))
    assert town.ask("James Schulze", unit="Apt 4") == SEVERAL


@pytest.mark.parametrize(
    ("one", "other", "request_more"),
    [
        (
            {"birth_date": born("1960-01-01")},
            {"birth_date": born("1990-02-02")},
            {"birth_date": born("1960-01-01")},
        ),
        ({"tin": "000111111"}, {"tin": "000222222"}, {"tin": "000111111"}),
        ({"middle_name": "Joseph"}, {"middle_name": "Karl"}, {"middle_name": "J"}),
        ({"name_suffix": "Sr"}, {"name_suffix": "Jr"}, {"name_suffix": "Sr"}),
    ],
)
def test_what_agrees_with_one_and_contradicts_the_other_tells_them_apart(
    town, one, other, request_more
):
    town.load(filed("p1", "James Schulze", **one), filed("p2", "James Schulze", **other))
    assert town.ask("James Schulze") == SEVERAL
    (verified,) = town.verify(said("James Schulze", **request_more))
    assert (verified.outcome, verified.person_id) == ("confirmed", "p1")


def test_what_contradicts_the_other_and_agrees_with_nobody_tells_nothing(town):
    town.load(
        filed("p1", "James Schulze"), filed("p2", "James Schulze", birth_date=born("1990-02-02"))
    )
    assert town.ask("James Schulze", birth_date=born("1960-01-01")) == SEVERAL


def test_what_agrees_with_one_while_the_other_is_silent_tells_nothing(town):
    town.load(
        filed("p1", "James Schulze", birth_date=born("1960-01-01")), filed("p2", "James Schulze")
    )
    assert town.ask("James Schulze", birth_date=born("1960-01-01")) == SEVERAL


@pytest.mark.parametrize(
    ("on_file", "asked", "rule"),
    [
        (
            {"birth_date": born("1960-01-01")},
            {"birth_date": born("1960-01-02")},
            "birth-date-contradicts",
        ),
        ({"tin": "000111111"}, {"tin": "000111112"}, "tin-contradicts"),
        ({"name_suffix": "Sr"}, {"name_suffix": "Jr"}, "suffix-contradicts"),
        ({"middle_name": "Joseph"}, {"middle_name": "Karl"}, "middle-name-contradicts"),
    ],
)
def test_a_contradiction_refuses_and_names_itself(town, on_file, asked, rule):
    town.load(filed("p1", "James Schulze", **on_file))
    (verified,) = town.verify(said("James Schulze", **asked))
    assert (verified.outcome, verified.rule, verified.person_id) == ("mismatch", rule, "p1")
    assert town.ask("James Schulze", **on_file) == AGREE


@pytest.mark.parametrize(("on_file", "asked"), [("Jr", ""), ("", "Jr")])
def test_a_suffix_on_one_side_needs_something_further(town, on_file, asked):
    day = born("1960-01-01")
    town.load(filed("p1", "James Schulze", name_suffix=on_file, birth_date=day))
    assert town.ask("James Schulze", name_suffix=asked) == ("ambiguous", "suffix-on-one-side")
    assert town.ask("James Schulze", name_suffix=asked, birth_date=day) == AGREE


def test_a_hold_holds(town):
    town.load(filed("p1", "James Schulze", hold=True))
    assert town.ask("James Schulze") == ("held", "hold")
    assert town.ask("James Schulze", "7 Oak Ave")[0] == "mismatch"


def test_a_hold_on_one_address_holds_the_person_everywhere(town):
    town.load(filed("p1", "James Schulze", "7 Oak Ave", hold=True), filed("p1", "James Schulze"))
    assert town.ask("James Schulze") == ("held", "hold")


def test_a_hold_on_somebody_near_holds_as_well(town):
    town.load(filed("p1", "James Schulze"), filed("p2", "James Joseph Schulze", hold=True))
    assert town.ask("James Schulze") == ("held", "hold")


def test_a_contradiction_with_any_address_of_a_person_counts(town):
    town.load(
        filed("p1", "James Schulze"),
        filed("p1", "James Schulze", "7 Oak Ave", birth_date=born("1960-01-01")),
    )
    assert town.ask("James Schulze", birth_date=born("1990-02-02")) == (
        "mismatch",
        "birth-date-contradicts",
    )


def test_too_many_of_one_surname_at_one_door_are_ambiguous(town):
    crowd = [
        filed(f"p{n}", "James Schulze", unit=f"Apt {n}", birth_date=born("1960-01-01"))
        for n in range(205)
    ]
    town.load(*crowd, filed("q", "Bartholomew Schulze", unit="Apt 900", tin="000111111"))
    request = said("Bartholomew Schulze", unit="Apt 900", tin="000111111")
    (verified,) = town.verify(request)
    assert (verified.outcome, verified.rule) == ("ambiguous", "crowded-address")


def test_every_rule_has_its_own_name_and_every_outcome_a_rule():
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert {rule.outcome for rule in RULES} == set(Outcome)
    assert all(rule.meaning and not rule.meaning.endswith(".") for rule in RULES)
