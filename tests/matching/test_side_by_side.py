"""The officer's page: one request beside one person, field by field."""

import pytest

from ostiary.deciding.matching.side_by_side import FieldComparison, compare_one
from ostiary.domain.errors import InputError
from small_file import born, filed, said


def test_an_officer_sees_both_sides_of_every_field(town):
    town.load(filed("p1", "James Joseph Schulze", unit="Apt 4", tin="000111111"))
    request = said("Jim J Schulze", "100 Main Street", unit="Apt 5", birth_date=born("1960-01-01"))
    fields = compare_one(town.con, town.requests(request), 1, town.folder, "p1")
    shown = {each.field: each for each in fields}
    assert shown["given name"].level == "nickname"
    in_order = "fewer names, or initials, in order"
    middle = FieldComparison("middle name", "J", "JOSEPH", "initial", 8.54, in_order)
    assert shown["middle name"] == middle
    assert (shown["surname"].given, shown["surname"].level) == ("SCHULZE", "exact")
    assert shown["suffix"].level == "not-stated"
    assert shown["birth date"] == FieldComparison("birth date", "1960-01-01", "", "asked-only", 0)
    assert shown["TIN"] == FieldComparison("TIN", "", "*****1111", "filed-only")
    assert shown["number and street"].level == "exact"
    assert shown["unit"].level == "different"
    assert shown["city, state and ZIP"].on_file == "SALEM OR 97301"


def test_the_closest_address_of_the_person_is_shown(town):
    town.load(filed("p1", "James Schulze", "7 Oak Ave"), filed("p1", "James Schulze"))
    fields = compare_one(town.con, town.requests(said("James Schulze")), 1, town.folder, "p1")
    assert [each.on_file for each in fields if each.field == "number and street"] == ["100 MAIN ST"]


def test_who_is_not_there_cannot_be_compared(town):
    town.load(filed("p1", "James Schulze"))
    table = town.requests(said("James Schulze"))
    for row, person in ((2, "p1"), (1, "p2")):
        with pytest.raises(InputError, match="no such request"):
            compare_one(town.con, table, row, town.folder, person)


WORDS = [
    ("Rajesh Patil", "Rakesh Patil", "given name", "both names are known"),
    ("Jasleen Gill", "Jaspeen Gill", "given name", "two names that hardly anybody bears"),
    ("Wilhelmina Gill", "Wilhelnina Gill", "given name", "nobody bears the one"),
    ("Md Miah", "Md Miah", "given name", "a title or marker"),
    ("James Smith", "James Smyth", "surname", "both names are known"),
    ("James Quinonez", "James Quinonex", "surname", "nobody bears the one"),
    ("Maria Garcia-Lopez", "Maria Lopez-Garcia", "surname", "one of two surnames, or both"),
    ("James Kumar Patil", "James Kumar Patil", "middle name", "it says nothing"),
]


def test_the_officer_reads_the_words_that_decided(town):
    town.load(*(filed(f"p{n}", known, f"{n} Oak Ave") for n, (known, *_) in enumerate(WORDS)))
    for n, (_, asked, field, words) in enumerate(WORDS):
        table = town.requests(said(asked, f"{n} Oak Ave"))
        fields = compare_one(town.con, table, 1, town.folder, f"p{n}")
        (why,) = (each.why for each in fields if each.field == field)
        assert why.startswith(words), (asked, why)


def test_the_officer_reads_that_a_particle_or_a_spelling_is_another(town):
    day = born("1961-04-12")
    town.load(
        filed("p1", "Rose Napoli", surname="Di Napoli"),
        filed("p2", "Anna Zaitseva", birth_date=day),
        filed("p3", "Ann Wu", "5 Yew St", postal_code="97301"),
        filed("p4", "Bo Quinn", "5 Yew St", postal_code="97302"),
    )
    asked = {
        "p1": (said("Rose Napoli", surname="De Napoli"), "surname", "another particle"),
        "p2": (said("Anna Zaytseva", birth_date=day), "surname", "two spellings"),
        "p3": (said("Ann Wu", "5 Yew St", postal_code=""), "city, state and ZIP", "others live at"),
    }
    for person, (request, field, words) in asked.items():
        fields = compare_one(town.con, town.requests(request), 1, town.folder, person)
        (why,) = (each.why for each in fields if each.field == field)
        assert why.startswith(words), (person, why)


# On file for the person, for a neighbour, what is asked, the field, and the words.
PLACES = [
    ("9 Elm Ave", "9 Elm Ave", "8 Elm Ave", "number and street", "number differs"),
    ("9 Elm Ave", "9 Elm Ave", "9 Elm St", "number and street", "kind of street differs"),
    ("9 N Elm Ave", "9 N Elm Ave", "9 S Elm Ave", "number and street", "direction differs"),
    ("9 N Elm Ave", "9 S Elm Ave", "9 Elm Ave", "number and street", "direction or kind of street"),
    ("9 Avenue A", "9 Avenue B", "9 Avenue B", "number and street", "both names are streets"),
    ("9 Elm Ave", "9 Elm Ave", "PO Box 9", "number and street", "kind of address differs"),
    ("9 Elm Ave Apt 4", "9 Elm Ave Lot 4", "9 Elm Ave Lot 4", "unit", "kind of unit differs"),
    ("9 Elm Ave Apt 4", "9 Elm Ave Apt 5", "9 Elm Ave", "unit", "unit left out, and the building"),
    ("9 Elm Ave Apt 4", "8 Elm Ave", "9 Elm Ave", "unit", "unit left out; the building has no"),
    ("9 Elm Ave Apt 4", "9 Elm Ave", "9 Elm Ave", "unit", "unit left out, and another household"),
    ("9 Elm Ave", "9 Elm Ave Apt 4", "9 Elm Ave Apt 4", "unit", "no unit on file, and another"),
]


@pytest.mark.parametrize("place", PLACES, ids=[f"{p[2]} beside {p[0]}" for p in PLACES])
def test_the_officer_reads_why_two_addresses_are_two(town, place):
    known, beside, asked, field, words = place
    town.load(filed("p1", "James Schulze", known), filed("p2", "Maria Quinn", beside))
    fields = compare_one(
        town.con, town.requests(said("James Schulze", asked)), 1, town.folder, "p1"
    )
    (why,) = (each.why for each in fields if each.field == field)
    assert why.startswith(words), why
