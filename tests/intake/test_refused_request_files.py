"""Stories of files that are refused whole: the message says why, and nothing is left behind."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.errors import InputError
from request_file import (
    REQUEST_COLUMNS,
    csv_bytes,
    csv_file,
    put,
    request,
    requests_of,
    tables_of,
)

HEADER = ",".join(REQUEST_COLUMNS).encode() + b"\n"


def refusal(con, path):
    """The text of the error; nothing may have been made."""
    with pytest.raises(InputError) as caught:
        read_requests(con, path)
    assert tables_of(con) == []
    assert str(path) in caught.value.where
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.csv", HEADER, "no rows"),
        ("a.csv", HEADER.rstrip(), "no rows"),
        ("a.csv", HEADER + b"\n \n", "no rows"),
        ("a.csv", b"\n\n", "header"),
        ("a.csv", "request_id,agency\n".encode("utf-16"), "UTF-16"),
        ("a.csv", "request_id,agency\n".encode("utf-16-le"), "UTF-16"),
        ("a.csv", "request_id,agency\n".encode("utf-16-be"), "UTF-16"),
        ("a.csv", "request_id,agency\n".encode("utf-32"), "UTF-32"),
        ("a.json", "[{}]".encode("utf-32-be"), "UTF-8"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "without a file"),
        ("a.csv", b"PK\x03\x04\x14\0\0\0", "workbook"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "workbook"),
        ("a.csv.zst", b"\x28\xb5\x2f\xfd\0\0", "Zstandard"),
        ("a.csv", b"PAR1\0\xff", "this is Parquet"),
        ("a.csv", HEADER.replace(b"city", b"cit\xe9") + b"x\n", "not UTF-8"),
        ("a.csv", HEADER.replace(b"city", b'"city') + b"x\n", "header"),
        ("a.xlsx", b"PK\x03\x04", "workbook"),
        ("a", b"request_id\n", "unknown kind of file"),
        ("a.jsonl", b"\n\n", "no rows"),
        ("a.jsonl", b"\x1f\x8b\x08\0\0", "gzip"),
        ("a.parquet", b"request_id\n", "not a Parquet file"),
        ("a.parquet", b"PAR1 and no more", "cannot be read"),
    ],
)
def test_what_is_no_request_file_is_refused(con, tmp_path, name, content, said):
    assert said in refusal(con, put(tmp_path / name, content))


def test_no_file_and_a_folder(con, tmp_path):
    assert "no such file" in refusal(con, tmp_path / "nowhere.csv")
    assert "folder" in refusal(con, tmp_path)
    (tmp_path / "parts" / "agency=doj").mkdir(parents=True)
    assert "parted into folders" in refusal(con, tmp_path / "parts")
    (tmp_path / "parts" / "agency=doj").rmdir()
    (tmp_path / "parts").rmdir()
    put(tmp_path / "part-0.parquet", b"PAR1")
    put(tmp_path / "notes.csv", b"x")
    assert "notes.csv" in refusal(con, tmp_path)


def test_every_missing_and_every_unknown_column_is_named_with_the_nearest_name(con, tmp_path):
    columns = [*REQUEST_COLUMNS, "notes"]
    columns[columns.index("surname")] = "surnam"
    columns.remove("tin")
    text = refusal(con, csv_file(tmp_path, {"request_id": "R1"}, columns=columns))
    assert "missing columns: `surname`, `tin`" in text
    assert "unknown columns: `surnam`, `notes`" in text
    assert "write `surname` for `surnam`" in text
    assert "leave out `notes`" in text
    assert "add `tin`" in text


def test_a_column_written_twice_is_named(con, tmp_path):
    content = HEADER.replace(b"unit", b"city") + b"x\n"
    assert "repeated in the header: `city`" in refusal(con, put(tmp_path / "a.csv", content))


def test_a_file_without_header_is_refused_and_its_first_row_is_not_told(con, tmp_path):
    _, row = csv_bytes(request(surname="Secretname")).splitlines(True)
    text = refusal(con, put(tmp_path / "a.csv", row + row))
    assert "none of the expected columns" in text
    assert "Secretname" not in text


def test_a_refused_file_leaves_the_last_good_one_as_it_was(con, tmp_path):
    read_requests(con, csv_file(tmp_path, request()))
    before = tables_of(con)
    with pytest.raises(InputError):
        read_requests(con, put(tmp_path / "bad.csv", HEADER))
    assert tables_of(con) == before
    assert len(requests_of(con)) == 1


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("surname", pa.array([["A"]])),
        ("signed_on", pa.array([1], pa.timestamp("us"))),
        ("surname", pa.array([0], pa.timestamp("us"))),
        ("tin", pa.array([900700001.0])),
        ("city", pa.array([{"name": "x"}])),
        ("unit", pa.array([b"\xff"], pa.binary())),
    ],
)
def test_a_parquet_column_of_an_odd_type_is_refused_by_name(con, tmp_path, column, values):
    row = dict.fromkeys(REQUEST_COLUMNS, pa.array([None], pa.string())) | {column: values}
    pq.write_table(pa.table(row), tmp_path / "a.parquet")
    with pytest.raises(InputError) as caught:
        read_requests(con, tmp_path / "a.parquet")
    assert caught.value.where.endswith(f"column {column}")
    assert tables_of(con) == []
