"""Stories about namesakes: the son who is not in the file cannot be told from his father who is."""

import pytest

from small_file import born, filed

BARE = ("confirmed", "bare-name-agrees")
POSSIBLE = ("ambiguous", "namesake-possible")


def families(count: int, *, son: str) -> list[dict[str, object]]:
    """Tell of fathers James and daughters Mary, each with a son at home."""
    people = []
    for n in range(count):
        door, surname = f"{n} Oak Ave", f"Familia{chr(65 + n // 26)}{chr(65 + n % 26)}"
        people += [
            filed(f"f{n}", f"James A {surname}", door, birth_date=born("1950-01-01")),
            filed(f"s{n}", f"{son} B {surname}", door, birth_date=born("1980-01-01")),
            filed(f"d{n}", f"Mary C {surname}", door),
        ]
    return people


@pytest.fixture
def asked() -> list[dict[str, object]]:
    return [
        filed("p1", "James Joseph Schulze", birth_date=born("1960-01-01")),
        filed("p2", "Mary Joan Okafor", "7 Main St"),
        filed("p3", "James Lindqvist", "9 Main St"),
    ]


def test_where_sons_bear_their_fathers_names_a_bare_name_is_ambiguous(town, asked):
    town.load(*asked, *families(40, son="James"))
    assert town.ask("James Schulze") == POSSIBLE
    assert town.ask("James Schulze", birth_date=born("1960-01-01"))[0] == "confirmed"
    assert town.ask("James J Schulze")[0] == "confirmed"
    assert town.ask("James K Lindqvist", "9 Main St") == POSSIBLE, "the file has no middle name"


def test_among_women_of_the_same_file_it_is_not(town, asked):
    town.load(*asked, *families(40, son="James"))
    assert town.ask("Mary Okafor", "7 Main St") == BARE


def test_where_they_do_not_a_bare_name_agrees(town, asked):
    town.load(*asked, *families(40, son="Peter"))
    assert town.ask("James Schulze") == BARE
    assert town.ask("James K Lindqvist", "9 Main St")[0] == "confirmed"


def test_namesakes_in_a_large_house_are_chance(town, asked):
    crowd = [filed(f"x{n}", "James A Familia", "1 Elm St") for n in range(30)]
    town.load(*asked, *crowd, *families(40, son="Peter"))
    assert town.ask("James Schulze") == BARE
