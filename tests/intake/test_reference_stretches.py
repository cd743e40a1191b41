"""A reference file read stretch by stretch holds what the other reader finds, or is not taken."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ostiary.deciding.intake import reference_chunks
from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.reference_chunks import AmissError, can_stretch, stretches
from ostiary.domain.errors import InputError
from ostiary.worlds.world import make_world
from request_file import PERSON, REFERENCE_COLUMNS, csv_bytes, put


def people(folder, *changes, columns=REFERENCE_COLUMNS):
    rows = [PERSON | change for change in changes]
    table = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in columns}
    pq.write_table(pa.table(table), folder / "people.parquet")
    return folder / "people.parquet"


def both(con, path):
    """Read a file in both ways, as lists of rows."""
    columns = ", ".join(REFERENCE_COLUMNS)
    read_reference(con, path, "people")
    theirs = con.execute(f"SELECT {columns} FROM people").fetchall()
    found = [table.select(REFERENCE_COLUMNS) for table in stretches(con, path)]
    mine = [tuple(row.values()) for table in found for row in table.to_pylist()]
    return mine, theirs


def test_a_world_is_read_alike_in_many_stretches(con, tmp_path, monkeypatch):
    monkeypatch.setattr(reference_chunks, "STRETCH", 700)
    make_world(tmp_path / "world", people=2_000, requests=10, seed=2)
    mine, theirs = both(con, tmp_path / "world" / "people.parquet")
    assert mine == theirs
    assert len(mine) > 3_000


def test_values_are_cleaned_and_typed_alike(con, tmp_path):
    path = people(
        tmp_path,
        {},
        {"person_id": " p-2 ", "hold": "TRUE", "surname": " NULL\u2003", "tin": "900-70-0001"},
        {"person_id": "p\u00e9", "tin": "", "birth_date": None, "period": "", "unit": "  "},
        {"person_id": "p4", "tin": " 900 700 001", "city": None, "hold": "False"},
    )
    mine, theirs = both(con, path)
    assert mine == theirs


@pytest.mark.parametrize("name", ["personid", "Person-ID", "PERSON_ID"])
def test_a_person_called_as_the_column_is_left_to_the_other_reader(con, tmp_path, name):
    with pytest.raises(AmissError):
        both(con, people(tmp_path, {}, {"person_id": name}))


def test_natural_types_and_a_missing_column_are_read_alike(con, tmp_path):
    row = {n: pa.array([PERSON.get(n)], pa.string()) for n in REFERENCE_COLUMNS if n != "hold"} | {
        "birth_date": pa.array([date(1980, 2, 29)]),
        "period": pa.array([2023], pa.int16()),
    }
    pq.write_table(pa.table(row), tmp_path / "people.parquet")
    mine, theirs = both(con, tmp_path / "people.parquet")
    assert mine == theirs


@pytest.mark.parametrize(
    "change",
    [
        {"person_id": " "},
        {"person_id": None},
        {"person_id": "x" * 4001},
        {"birth_date": "1980-02-30"},
        {"tin": "12"},
        {"tin": "12345678\u0669"},
        {"period": "23"},
        {"hold": "maybe"},
        {"surname": "a\0b"},
        {"city": "x" * 4001},
    ],
)
def test_what_the_other_reader_refuses_is_not_taken(con, tmp_path, change):
    path = people(tmp_path, {}, change)
    with pytest.raises(InputError):
        read_reference(con, path, "people")
    with pytest.raises(AmissError):
        list(stretches(con, path))


def test_a_file_that_is_none_is_not_taken(con, tmp_path):
    without = people(tmp_path, {}, columns=REFERENCE_COLUMNS[1:])
    with pytest.raises(AmissError):
        list(stretches(con, without))
    empty = people(tmp_path)
    with pytest.raises(AmissError):
        list(stretches(con, empty))
    empty.write_bytes(empty.read_bytes()[:-20] + b"0" * 16 + b"PAR1")
    with pytest.raises(AmissError):
        list(stretches(con, empty))


def test_other_kinds_of_file_are_left_to_the_other_reader(tmp_path):
    assert can_stretch(people(tmp_path, {}))
    assert not can_stretch(put(tmp_path / "people.csv", csv_bytes(PERSON, columns=list(PERSON))))
