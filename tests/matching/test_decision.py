"""Stories about people: one who agrees, others who come near, what tells them apart."""

from ostiary.deciding.matching.rules import RULES
from ostiary.domain.words import Outcome
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


def test_somebody_near_makes_it_ambiguous(town):
    near = ["James Joseph Schulze", "James Schulze Jr", "Jim Schulze", "J Schulze", "Schulze James"]
    doors = [f"{n} Main St" for n in range(1, len(near) + 1)]
    town.load(
        *(filed(door, "James Schulze", door) for door in doors),
        *(filed(name, name, door) for name, door in zip(near, doors, strict=True)),
    )
    verified = town.verify(*(said("James Schulze", door) for door in doors))
    assert [(each.outcome, each.rule) for each in verified] == [SEVERAL] * len(near)


def test_an_earlier_tenant_and_one_whose_flat_is_not_on_file_count_as_near(town):
    town.load(
        filed("p1", "James Schulze"),
        filed("p2", "James Schulze", period=2001),
        filed("p3", "James Schulze", "7 Oak Ave", unit="Apt 4"),
        filed("p4", "James Schulze", "7 Oak Ave"),
    )
    assert town.ask("James Schulze") == SEVERAL
    assert town.ask("James Schulze", "7 Oak Ave", unit="Apt 4") == SEVERAL


TELLING = [
    # one person's, the other person's, as the request gives it
    ({"birth_date": born("1960-01-01")}, {"birth_date": born("1990-02-02")}, {}),
    ({"tin": "000111111"}, {"tin": "000222222"}, {}),
    ({"middle_name": "Joseph"}, {"middle_name": "Karl"}, {"middle_name": "J"}),
    ({"name_suffix": "Sr"}, {"name_suffix": "Jr"}, {}),
]


def test_what_agrees_with_one_and_contradicts_the_other_tells_them_apart(town):
    people, bare, telling = [], [], []
    for n, (one, other, given) in enumerate(TELLING):
        door = f"{n + 1} Main St"
        people += [
            filed(f"one-{n}", "James Schulze", door, **one),
            filed(f"other-{n}", "James Schulze", door, **other),
        ]
        bare.append(said("James Schulze", door))
        telling.append(said("James Schulze", door, **(one | given)))
    town.load(*people)
    assert [(each.outcome, each.rule) for each in town.verify(*bare)] == [SEVERAL] * 4
    told = town.verify(*telling)
    assert [each.person_id for each in told] == [f"one-{n}" for n in range(4)]
    assert {each.outcome for each in told} == {"confirmed"}


def test_one_side_alone_tells_nothing(town):
    """Neither a contradiction of the one nor an agreement with the other is enough."""
    asked = {"birth_date": born("1960-01-01")}
    town.load(
        filed("p1", "James Schulze"),
        filed("p2", "James Schulze", birth_date=born("1990-02-02")),
        filed("p3", "James Schulze", "7 Oak Ave", **asked),
        filed("p4", "James Schulze", "7 Oak Ave"),
    )
    assert town.ask("James Schulze", **asked) == SEVERAL
    assert town.ask("James Schulze", "7 Oak Ave", **asked) == SEVERAL


CONTRADICTING = {
    "birth-date-contradicts": (
        {"birth_date": born("1960-01-01")},
        {"birth_date": born("1960-01-02")},
    ),
    "tin-contradicts": ({"tin": "000111111"}, {"tin": "000111112"}),
    "suffix-contradicts": ({"name_suffix": "Sr"}, {"name_suffix": "Jr"}),
    "middle-name-contradicts": ({"middle_name": "Joseph"}, {"middle_name": "Karl"}),
}


def test_a_contradiction_refuses_and_names_itself(town):
    doors = {rule: f"{n} Main St" for n, rule in enumerate(CONTRADICTING, 1)}
    cases = {rule: (doors[rule], *both) for rule, both in CONTRADICTING.items()}
    town.load(*(filed(rule, "James Schulze", at, **had) for rule, (at, had, _) in cases.items()))
    right = town.verify(*(said("James Schulze", at, **had) for at, had, _ in cases.values()))
    wrong = town.verify(*(said("James Schulze", at, **other) for at, _, other in cases.values()))
    assert [(each.outcome, each.rule) for each in right] == [AGREE] * 4
    assert {each.outcome for each in wrong} == {"mismatch"}
    assert [each.rule for each in wrong] == list(CONTRADICTING)
    assert [each.person_id for each in wrong] == list(CONTRADICTING)


def test_a_suffix_on_one_side_needs_something_further(town):
    day = {"birth_date": born("1960-01-01")}
    town.load(
        filed("p1", "James Schulze Jr", **day), filed("p2", "James Schulze", "7 Oak Ave", **day)
    )
    for asked, door in (("James Schulze", "100 Main St"), ("James Schulze Jr", "7 Oak Ave")):
        assert town.ask(asked, door) == ("ambiguous", "suffix-on-one-side")
        assert town.ask(asked, door, **day) == AGREE


def test_a_middle_name_in_common_tells_no_father_from_his_son(town):
    """That is what Jr says: the father's whole name is the same."""
    town.load(
        filed("p1", "James Karl Schulze Jr"),
        filed("p2", "James Karl Schulze", "7 Oak Ave", tin="000111111"),
        filed("p3", "James Karl Schulze", "8 Oak Ave"),
        filed("p3", "James Karl Schulze Jr", "9 Oak Ave"),
    )
    alone = ("ambiguous", "suffix-on-one-side")
    assert town.ask("James Karl Schulze") == town.ask("James K Schulze") == alone
    assert town.ask("James K Schulze Jr", "7 Oak Ave") == alone
    assert town.ask("James K Schulze Jr", "7 Oak Ave", tin="000111111") == AGREE
    assert town.ask("James K Schulze Jr") == AGREE
    assert town.ask("James K Schulze Jr", "8 Oak Ave") == AGREE, "another record says Jr"


def test_a_hold_holds(town):
    town.load(
        filed("p1", "James Schulze", hold=True),
        filed("p1", "James Schulze", "9 Elm St"),
        filed("p2", "Ann Wu", "7 Oak Ave"),
        filed("p3", "Ann Marie Wu", "7 Oak Ave", hold=True),
    )
    held = ("held", "hold")
    assert town.ask("James Schulze") == held
    assert town.ask("James Schulze", "9 Elm St") == held, "a hold is on the person"
    assert town.ask("Ann Wu", "7 Oak Ave") == held, "somebody near is held"
    assert town.ask("James Schulze", "8 Elm St") == ("mismatch", "address-disagrees")


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
    far = {"city": "Bend", "postal_code": "97702"}
    assert town.ask("James Schulze", "7 Oak Ave", **far) == ("mismatch", "address-disagrees")


def test_every_rule_has_its_own_name_and_every_outcome_a_rule():
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert {rule.outcome for rule in RULES} == set(Outcome)
    assert all(rule.meaning and not rule.meaning.endswith(".") for rule in RULES)
