"""People and places as they are: the same, or another one, each kind in both directions.

``as_they_are.txt`` and those of the third to the eleventh breaker have a table a kind.
Each row has who or where is on file, what is asked about it, and who else lives in the town, with
``~`` between. A person is given name, middle name, surname and suffix with bars between, and a
birth date behind ``@``, an address of their own behind `` at ``; an address is line, unit, city,
state and ZIP Code with semicolons between, ``-`` for none. Every row has a town of its own.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pytest

from ostiary.deciding.matching.reference_loading import load_reference
from ostiary.deciding.matching.single import SingleVerifier
from ostiary.deciding.matching.verify import verify_batch
from ostiary.deciding.standardisation import (
    INPUTS,
    standard_address,
    standard_name,
    standardise_table,
)

TABLES = [
    Path(__file__).with_name(name)
    for name in (
        "as_they_are.txt",
        "a_third_breaker.txt",
        "a_fourth_breaker.txt",
        "a_fifth_breaker.txt",
        "a_sixth_breaker.txt",
        "a_seventh_breaker.txt",
        "an_eighth_breaker.txt",
        "a_ninth_breaker.txt",
        "a_tenth_breaker.txt",
        "an_eleventh_breaker.txt",
    )
]
ADDRESS = ("address_line", "unit", "city", "state", "postal_code")
NAME = ("given_name", "middle_name", "surname", "name_suffix")
WHO = (*NAME, "birth_date")
SINGLY = 7  # every so many rows are asked one by one, too

Told = dict[str, object]


class Row(NamedTuple):
    """One row of a table."""

    kind: str
    filed: Told
    asked: Told
    others: list[Told]

    @property
    def is_same(self) -> bool:
        return self.kind.endswith("the same")


def _told(text: str, number: int) -> Told:
    """Read a person or an address; what it does not say is the town's own."""
    town = "".join(chr(65 + int(digit)) for digit in f"{number:04}")
    told: Told = dict(zip(NAME, ("James", "", f"{town}ovic", ""), strict=True))
    told |= {
        "address_line": f"{100 + number // 900} Main St",
        "unit": "",
        "city": f"Town{town}",
        "state": "OR",
    }
    told |= {"postal_code": f"{97000 + number % 900}", "country": "US", "birth_date": None}
    if " at " in text:
        whose, _, where = text.partition(" at ")
        return _told(where, number) | {key: _told(whose, number)[key] for key in WHO}
    if "|" in text:
        person, _, born = text.partition("@")
        told |= dict.fromkeys(NAME, "") | dict(zip(NAME, person.split("|"), strict=False))
        return told | {"birth_date": date.fromisoformat(born) if born else None}
    said = dict(zip(ADDRESS, text.split(";"), strict=False))
    given = {key: value.replace("-", "") if value == "-" else value for key, value in said.items()}
    return told | {key: v for key, v in given.items() if v or said[key] == "-" or key == "unit"}


def tables() -> Iterator[tuple[str, str]]:
    """Give each row of the tables with its kind."""
    kind = ""
    for line in (line for table in TABLES for line in table.read_text("utf-8").splitlines()):
        if line.startswith("["):
            kind = line.strip("[]")
        else:
            yield kind, line


def rows() -> Iterator[Row]:
    """Give each row about somebody who is on file."""
    pairs = [(kind, line) for kind, line in tables() if ": " in kind]
    for number, (kind, line) in enumerate(pairs, 1):
        filed, asked, *others = (_told(part, number) for part in line.split(" ~ "))
        named = [o if o["given_name"] != "James" else o | {"surname": "Wozniak"} for o in others]
        yield Row(kind, filed, asked, named)


def _table(con: duckdb.DuckDBPyConnection, name: str, told: list[Told]) -> str:
    con.register("told", pa.Table.from_pylist(told))
    con.execute(
        f"CREATE TABLE {name} AS SELECT * REPLACE (CAST(birth_date AS DATE) AS birth_date),"
        " CAST(NULL AS VARCHAR) AS tin FROM told"
    )
    con.unregister("told")
    return name


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Every row with what became of it in one batch, and some of them singly."""
    every, folder = list(rows()), tmp_path_factory.mktemp("as-they-are") / "reference"
    row = {"period": 2023, "source": "return", "hold": False}
    people = [
        told | row | {"person_id": f"p{number}" + f"-{other}" * (other > 0)}
        for number, one in enumerate(every, 1)
        for other, told in enumerate((one.filed, *one.others))
    ]
    with duckdb.connect() as con:
        load_reference(con, _table(con, "people", people), folder)
        requests = [one.asked | {"row": number} for number, one in enumerate(every, 1)]
        standardise_table(con, _table(con, "typed", requests), "requests")
        verify_batch(con, "requests", folder, "verified")
        found = con.execute("SELECT outcome, rule, person_id FROM verified ORDER BY row").fetchall()
    return every, found, SingleVerifier(folder)


def test_each_kind_ends_rightly(asked):
    every, found, _ = asked
    wrong = [
        (one.kind, one.filed, one.asked, rule)
        for number, (one, (outcome, rule, person)) in enumerate(zip(every, found, strict=True), 1)
        if (outcome == "confirmed" and person == f"p{number}") != one.is_same
        and (one.is_same or outcome == "confirmed")
    ]
    assert wrong == []


def test_one_by_one_they_end_as_in_the_batch(asked):
    every, found, asker = asked
    for one, batch in list(zip(every, found, strict=True))[::SINGLY]:
        given = {name: str(one.asked[name]) for name in INPUTS}
        name = standard_name(**{key: given.pop(key) for key in NAME})
        singly = asker.verify(name, standard_address(**given), one.asked["birth_date"])
        told = singly.verification
        assert (told.outcome, told.rule, told.person_id) == batch, one


def test_there_are_examples_of_each_kind_in_both_directions():
    many: dict[str, int] = {}
    for kind, _ in tables():
        many[kind] = many.get(kind, 0) + 1
    assert len(many) > 90
    both = {kind.split(": ")[0] for kind in many if ": " in kind}
    assert len([kind for kind in both if f"{kind}: another" in many]) > 30


@pytest.mark.parametrize(
    ("kind", "complete"), [("addresses", True), ("no addresses", False)], ids=str
)
def test_addresses_are_addresses_and_placeholders_are_none(kind, complete):
    here = {"city": "Springfield", "state": "IL", "postal_code": "62704"}
    wrong = []
    for line in (line for found, line in tables() if found == kind):
        said = dict(zip(ADDRESS, line.split(";"), strict=False))
        given = {k: "" if v == "-" else v or here.get(k, "") for k, v in said.items()}
        if (standard_address(**(here | given)).a_shape == "complete") != complete:
            wrong.append(line)
    assert wrong == []
