"""Stories of the reference file: every row of it, or none."""

from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ostiary.deciding.intake.reference import read_reference
from ostiary.domain.errors import InputError
from request_file import PERSON, REFERENCE_COLUMNS, csv_bytes, put, tables_of


def people(folder, *changes, columns=REFERENCE_COLUMNS):
    rows = [{n: v for n, v in (PERSON | change).items() if n in columns} for change in changes]
    return put(folder / "people.csv", csv_bytes(*rows, columns=columns))


def test_people_are_read_as_what_they_are(con, tmp_path):
    path = people(tmp_path, {}, {"person_id": "p2", "hold": "TRUE", "surname": "NULL", "tin": ""})
    assert read_reference(con, path, "people") == 2
    found = con.execute(
        "SELECT person_id, surname, birth_date, tin, period, hold, unit FROM people"
    ).fetchall()
    assert found == [
        ("p1", "Sample", date(1980, 2, 29), "900700001", 2023, False, None),
        ("p2", "NULL", date(1980, 2, 29), None, 2023, True, None),
    ]
    kinds = con.execute("SELECT column_name, column_type FROM (DESCRIBE people)").fetchall()
    other = {"birth_date": "DATE", "hold": "BOOLEAN", "period": "INTEGER"}
    assert kinds == [(name, other.get(name, "VARCHAR")) for name in REFERENCE_COLUMNS]
    assert tables_of(con) == ["people"]


def test_nobody_is_on_hold_where_the_file_has_no_such_column(con, tmp_path):
    read_reference(con, people(tmp_path, {}, columns=REFERENCE_COLUMNS[:-1]), "people")
    assert con.execute("SELECT hold FROM people").fetchall() == [(False,)]


def test_parquet_people_in_natural_types(con, tmp_path):
    row = {n: pa.array([PERSON.get(n)], pa.string()) for n in REFERENCE_COLUMNS} | {
        "birth_date": pa.array([date(1980, 2, 29)]),
        "period": pa.array([2023], pa.int16()),
        "hold": pa.array([True]),
    }
    pq.write_table(pa.table(row), tmp_path / "people.parquet")
    read_reference(con, tmp_path / "people.parquet", "people")
    found = con.execute("SELECT birth_date, period, hold FROM people").fetchall()
    assert found == [(date(1980, 2, 29), 2023, True)]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"person_id": " "}, "person_id"),
        ({"birth_date": "1980-02-30"}, "birth_date"),
        ({"tin": "12"}, "tin"),
        ({"period": "23"}, "period"),
        ({"period": "2023.5"}, "period"),
        ({"hold": "maybe"}, "hold"),
        ({"surname": "a\0b"}, "surname"),
        ({"city": "x" * 4001}, "city"),
    ],
)
def test_one_wrong_value_refuses_the_file_and_says_where(con, tmp_path, change, column):
    with pytest.raises(InputError) as caught:
        read_reference(con, people(tmp_path, {}, change, {}, change), "people")
    assert caught.value.where.endswith(f"people.csv row 2 column {column}")
    assert "1 more" in caught.value.message
    assert caught.value.cure
    assert tables_of(con) == []


@pytest.mark.parametrize(
    "damage", [(b"Ada", b"Ad\xe9"), (b"Ada", b'"Ada'), (b"Ada", b"Ada,"), (b",return", b"")]
)
def test_one_damaged_row_refuses_the_file(con, tmp_path, damage):
    path = people(tmp_path, {}, {}, {})
    lines = path.read_bytes().splitlines(True)
    lines[2] = lines[2].replace(*damage)
    with pytest.raises(InputError) as caught:
        read_reference(con, put(path, b"".join(lines)), "people")
    assert caught.value.where.endswith(("people.csv row 2", "people.csv row 2 column tin"))
    assert "Ada" not in str(caught.value)


def test_one_empty_field_too_many_does_not_pass_for_a_row_in_order(con, tmp_path):
    path = people(tmp_path, {}, {})
    put(path, path.read_bytes()[:-1] + b",\n")
    with pytest.raises(InputError, match="more fields than the header"):
        read_reference(con, path, "people")


def test_the_file_before_stays_when_the_next_is_refused(con, tmp_path):
    read_reference(con, people(tmp_path, {}), "people")
    with pytest.raises(InputError):
        read_reference(con, people(tmp_path, {"tin": "12"}), "people")
    assert con.execute("SELECT count(*) FROM people").fetchall() == [(1,)]
    assert tables_of(con) == ["people"]


def test_people_can_be_kept_in_a_database_file(tmp_path):
    with duckdb.connect(str(tmp_path / "reference.duckdb")) as con:
        read_reference(con, people(tmp_path, {}, {"person_id": "p2"}), "people")
    with duckdb.connect(str(tmp_path / "reference.duckdb"), read_only=True) as con:
        found = con.execute("SELECT person_id FROM people").fetchall()
    assert found == [("p1",), ("p2",)]


def test_all_that_is_wrong_is_told_at_once_by_kind(con, tmp_path):
    people = [
        PERSON,
        PERSON | {"birth_date": "soon"},
        PERSON | {"tin": "12"},
        PERSON | {"birth_date": "later"},
        PERSON | {"source": "hearsay"},
    ]
    path = put(tmp_path / "a.csv", csv_bytes(*people, columns=REFERENCE_COLUMNS))
    with pytest.raises(InputError, match="3 more rows cannot be read") as caught:
        read_reference(con, path, "people")
    assert caught.value.where.endswith("row 2 column birth_date")
    told = caught.value.cure.split("\n")[1:]
    assert [line.strip().partition(":")[0] for line in told] == [
        "column birth_date",
        "column tin",
        "column source",
    ]
    assert "(2 rows, the first is row 2)" in told[0]
    assert "(row 5)" in told[2]
    assert "hearsay" not in str(caught.value)
