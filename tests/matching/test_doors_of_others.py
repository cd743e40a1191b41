"""What an address leaves out may be another household's door: then it is not forgiven."""

import pytest

from ostiary.deciding.matching.single import SingleVerifier
from ostiary.deciding.standardisation import standard_address, standard_name
from small_file import SmallFile, filed, said

CITY = {"city": "Waco", "state": "TX", "postal_code": "76701"}
OTHER_ZIP = {**CITY, "postal_code": "76710"}
NO_ZIP = {**CITY, "postal_code": ""}

# The person's address on file, another household's, and what is asked about the person.
UNITS_OF_OTHERS = [
    ("84 Fern St", "84 Fern St Apt 4", "84 Fern St Apt 4"),
    ("84 Fern St Apt 4", "84 Fern St", "84 Fern St"),
    ("84 Fern St", "84 Fern St # 4", "84 Fern St Unit 4"),
    ("84 Fern St", "84 Fern St Ste 4", "84 Fern St Ste 4"),
    ("84 Fern St", "84 Fern St Bsmt", "84 Fern St Bsmt"),
    ("84 Fern St Rear", "84 Fern St", "84 Fern St"),
    ("320 N Clark", "320 N Clark Apt 410", "320 N Clark, 410"),
    ("38 S 200 W", "38 S 200 W Apt 17", "38 S 200 W 17"),
    ("PO Box 5", "PO Box 5 PMB 3", "PO Box 5 PMB 3"),
]
# Nobody else's door is pointed at: a household of its own, another number, another unit of nobody.
NOBODY_ELSES = [
    ("84 Fern St", "84 Fern St", "84 Fern St Apt 4"),
    ("84 Fern St Apt 4", "84 Fern St Apt 4", "84 Fern St"),
    ("84 Fern St", "86 Fern St Apt 4", "84 Fern St Apt 4"),
    ("84 Fern St Apt 4", "84 Fern St", "84 Fern St Apt 4"),
    ("84 Fern St", "84 Fern St Apt 4", "84 Fern St"),
]
# The person's ZIP Code and another household's, at one number and street, and the one asked.
ZIPS_OF_OTHERS = [(CITY, OTHER_ZIP, OTHER_ZIP), (CITY, OTHER_ZIP, NO_ZIP), (NO_ZIP, CITY, CITY)]
ZIPS_OF_NOBODY = [
    (CITY, OTHER_ZIP, CITY),
    (CITY, CITY, OTHER_ZIP),
    (CITY, CITY, NO_ZIP),
    (NO_ZIP, NO_ZIP, CITY),
]
FAMILIES = ["Schulze", "Okafor", "Lindqvist", "Nguyen", "Haddad", "Petrov", "Yamada", "Moreau"]
FAMILIES += ["Abernathy", "Castellanos", "Dvorak", "Eriksen", "Fontaine", "Grunwald", "Ibarra"]


def outcomes(town: SmallFile, cases, *, kin: bool = False):
    """Ask about James of each family; at the other address lives Ann, or Anna of his own family."""
    people, asked = [], []
    for n, (name, (known, others, told)) in enumerate(zip(FAMILIES, cases, strict=False)):
        place = {"city": "Salem", "state": "OR", "postal_code": f"97{n:03}"}
        own, theirs, put = (
            ({**place, "address_line": each} if isinstance(each, str) else each)
            for each in (known, others, told)
        )
        line = {"address_line": f"{5 + n} Yew St"} if not isinstance(known, str) else {}
        neighbour = f"Anna {name}" if kin else f"Ann Wu{FAMILIES[-n - 1]}"
        people += [filed(f"p{n}", f"James {name}") | line | own]
        people += [filed(f"x{n}", neighbour) | line | theirs]
        asked.append(said(f"James {name}") | line | put)
    town.load(*people)
    found = town.verify(*asked)
    asker = SingleVerifier(town.folder)
    for told, verified in zip(asked, found, strict=True):
        parts = {key: told[key] or "" for key in told if key not in {"birth_date", "tin"}}
        name = {k: parts.pop(k) for k in ("given_name", "middle_name", "surname", "name_suffix")}
        one = asker.verify(standard_name(**name), standard_address(**parts))
        assert one.verification == verified, "one request is decided as in a batch"
    return [(str(each.outcome), each.rule) for each in found]


@pytest.mark.parametrize("kin", [False, True], ids=["another household", "the same family"])
def test_a_unit_that_another_household_has_is_not_forgiven(town, kin):
    expected = ("confirmed", "name-and-address-agree") if kin else ("mismatch", "unit-missing")
    assert outcomes(town, UNITS_OF_OTHERS, kin=kin) == [expected] * len(UNITS_OF_OTHERS)


def test_a_unit_that_nobody_else_has_may_be_left_out(town):
    assert {outcome for outcome, _ in outcomes(town, NOBODY_ELSES)} == {"confirmed"}


@pytest.mark.parametrize("kin", [False, True], ids=["another household", "the same family"])
def test_a_number_and_street_under_two_zip_codes_are_two_doors(town, kin):
    expected = ("confirmed", "name-and-address-agree") if kin else ("mismatch", "address-disagrees")
    assert outcomes(town, ZIPS_OF_OTHERS, kin=kin) == [expected] * len(ZIPS_OF_OTHERS)


def test_a_zip_code_may_be_wrong_or_missing_where_there_is_one_such_door(town):
    assert {outcome for outcome, _ in outcomes(town, ZIPS_OF_NOBODY)} == {"confirmed"}


def test_directions_and_types_tell_doors_under_two_zip_codes_apart(town):
    cases = [
        ("5 E Yew St", CITY, "5 W Yew St", OTHER_ZIP),
        ("6 Yew St", CITY, "6 Yew Ave", OTHER_ZIP),
    ]
    for n, (known, place, others, elsewhere) in enumerate(cases):
        town.load(
            filed("p", "James Schulze", known, **place), filed("x", "Ann Wu", others, **elsewhere)
        )
        assert town.ask("James Schulze", known, **NO_ZIP)[0] == "confirmed", n
