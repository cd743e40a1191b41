"""The table keeps what it was given, adds the standard columns, and leaves nothing else behind."""

from collections.abc import Iterator

import duckdb
import pytest

from ostiary.deciding.standardisation import (
    INPUTS,
    STANDARD_COLUMNS,
    STANDARD_VERSION,
    columns,
    standard_digest,
    standardise_table,
    version,
)
from ostiary.domain.errors import InputError


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        columns = ", ".join(f"'x{name}' AS {name}" for name in INPUTS)
        connection.execute(f"CREATE TABLE people AS SELECT 7 AS person_id, {columns}, 'z' AS note")
        yield connection


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    rows = con.execute(f"DESCRIBE {table}").fetchall()
    return {row[0]: row[1] for row in rows}


def test_the_columns_of_the_source_come_first_and_unchanged(
    con: duckdb.DuckDBPyConnection,
) -> None:
    standardise_table(con, "people", "standard")
    expected = ["person_id", *INPUTS, "note", *STANDARD_COLUMNS]
    assert list(_columns(con, "standard")) == expected
    kept = ", ".join(("person_id", *INPUTS, "note"))
    kept_rows = con.execute(f"SELECT {kept} FROM standard").fetchall()
    assert kept_rows == con.execute("FROM people").fetchall()


def test_the_standard_columns_are_text_but_for_the_one_flag(
    con: duckdb.DuckDBPyConnection,
) -> None:
    standardise_table(con, "people", "standard")
    types = _columns(con, "standard")
    flags = {name for name in STANDARD_COLUMNS if types[name] == "BOOLEAN"}
    assert flags == {"n_name_stated"}
    assert {types[name] for name in STANDARD_COLUMNS} == {"VARCHAR", "BOOLEAN"}


def test_no_other_table_is_left_behind(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("UPDATE people SET surname = 'Núñez'")
    standardise_table(con, "people", "standard")
    assert con.execute("SELECT n_surname FROM standard").fetchall() == [("NUNEZ",)]
    tables = con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
    assert tables == [("people",), ("standard",)]


def test_names_of_tables_may_be_anything(con: duckdb.DuckDBPyConnection) -> None:
    con.execute('ALTER TABLE people RENAME TO "the ""people"""')
    standardise_table(con, 'the "people"', "select")
    assert con.execute('SELECT count(*) FROM "select"').fetchall() == [(1,)]


def test_a_missing_column_is_named(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("ALTER TABLE people DROP COLUMN unit")
    with pytest.raises(InputError, match="no column unit"):
        standardise_table(con, "people", "standard")


def test_a_table_is_not_standardised_twice(con: duckdb.DuckDBPyConnection) -> None:
    standardise_table(con, "people", "standard")
    with pytest.raises(InputError, match="already"):
        standardise_table(con, "standard", "again")


def test_a_table_that_is_there_is_never_replaced(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(InputError, match="of this name already"):
        standardise_table(con, "people", "people")
    assert con.execute("SELECT count(*) FROM people").fetchall() == [(1,)]


def test_the_digest_is_stable_and_covers_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    assert STANDARD_VERSION == "15"
    first = standard_digest()
    assert len(first) == 64
    assert first == standard_digest() == version.computed_digest()
    monkeypatch.setattr(version, "STANDARD_VERSION", "next")
    assert version.computed_digest() != first


def test_the_digest_covers_every_table(monkeypatch: pytest.MonkeyPatch) -> None:
    first = standard_digest()
    monkeypatch.setitem(version.LETTERS, "Ω", "O")
    assert version.computed_digest() != first


def test_what_stands_in_many_rows_is_put_into_standard_form_once_and_comes_out_the_same(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    con.execute(
        "CREATE TABLE many AS SELECT n AS person_id, * EXCLUDE (person_id) REPLACE ("
        " CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN 'Núñez' ELSE 'de la Cruz Jr' END AS surname,"
        " CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE '12 Árbol Ct #' || n % 2 END"
        " AS address_line) FROM people, range(60) r(n)"
    )
    standardise_table(con, "many", "by_row")
    monkeypatch.setattr(columns, "_MANY", 1)
    standardise_table(con, "many", "by_value")
    of_rows, of_values = (
        con.execute(f"FROM {name} ORDER BY person_id").fetchall() for name in ("by_row", "by_value")
    )
    assert of_values == of_rows
    tables = con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
    assert tables == [("by_row",), ("by_value",), ("many",), ("people",)]
