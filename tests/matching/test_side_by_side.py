"""The officer's page: one request beside one person, field by field."""

import pytest

from ostiary.domain.errors import InputError
from ostiary.matching.side_by_side import FieldComparison, compare_one
from small_file import born, filed, said


def test_an_officer_sees_both_sides_of_every_field(town):
    town.load(filed("p1", "James Joseph Schulze", unit="Apt 4", tin="000111111"))
    request = said("Jim J Schulze", "100 Main Street", unit="Apt 5", birth_date=born("1960-01-01"))
    fields = compare_one(town.con, town.requests(request), 1, town.folder, "p1")
    shown = {each.field: each for each in fields}
    assert shown["given name"].level == "nickname"
    assert shown["middle name"] == FieldComparison("middle name", "J", "JOSEPH", "initial", 8.54)
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
