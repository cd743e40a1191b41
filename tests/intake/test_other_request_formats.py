"""JSON Lines, Parquet and a single JSON object say what a CSV file of the same rows says."""

import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ostiary.deciding.intake.requests import one_request, read_requests
from ostiary.domain.errors import InputError
from request_file import (
    LAWFUL,
    REQUEST_COLUMNS,
    csv_file,
    errors_of,
    json_file,
    put,
    request,
    requests_of,
    tables_of,
)

ROWS = [request(), request(request_id="R2", surname="NULL", unit="", recipients="off-1")]
NATURAL = {
    "taxable_periods": [2022, "2023"],
    "recipients": ["off-1", "off-2"],
    "items": ["address-confirmation"],
    "sole_use": True,
    "ai_analysis": False,
    "tin": 900700001,
    "unit": None,
}


def from_csv(con, folder, *rows):
    read_requests(con, csv_file(folder, *rows))
    return requests_of(con)


def test_json_lines_say_the_same(con, tmp_path):
    expected = from_csv(con, tmp_path, *ROWS)
    read_requests(con, json_file(tmp_path, *ROWS))
    assert requests_of(con) == expected


def test_json_lines_may_use_lists_booleans_and_whole_numbers(con, tmp_path):
    expected = from_csv(con, tmp_path, request())
    read_requests(con, json_file(tmp_path, LAWFUL | NATURAL))
    assert requests_of(con) == expected


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("[1, 2]", ""),
        ("null", ""),
        ('"text"', ""),
        ("{", ""),
        ('{"request_id": "R2",}', ""),
        ('{"request_id": NaN}', ""),
        ('{"request_id": "R2", "request_id": "R3"}', ""),
        ('{"request_id": "R2"} {"request_id": "R3"}', ""),
        ('{"request_id": "R2"},', ""),
        ('{"surname": "\\ud800"}', ""),
        ('{"surname": "a\tb"}', ""),
        ("[" * 100_000, ""),
        ('{"postal_code": 62701.0}', "postal_code"),
        ('{"postal_code": 1e5}', "postal_code"),
        ('{"matter_number": 12345678901234567890}', "matter_number"),
        ('{"surname": ["A", "B"]}', "surname"),
        ('{"surname": {"en": "A"}}', "surname"),
        ('{"items": [["A"]]}', "items"),
        ('{"items": [null]}', "items"),
        ('{"items": [true]}', "items"),
        ('{"surname": "' + "x" * (1 << 21) + '"}', ""),
    ],
)
def test_a_line_that_can_be_read_in_no_way_or_in_two_is_a_row_error(con, tmp_path, line, column):
    path = json_file(tmp_path, request(), request(request_id="R9"))
    first, last = path.read_bytes().splitlines(True)
    put(path, b"\xef\xbb\xbf" + first + b"\n  \n" + line.encode() + b"\r\n" + last)
    result = read_requests(con, path)
    assert (result.rows, result.requests) == (3, 2)
    assert errors_of(con) == [(2, column, "unreadable-row")]


def test_bytes_that_are_not_utf_8_cost_one_line_of_json(con, tmp_path):
    path = json_file(tmp_path, request(), request(request_id="R2"))
    put(path, path.read_bytes().replace(b"Ada", b"Ad\xe9", 1))
    read_requests(con, path)
    assert errors_of(con) == [(1, "", "unreadable-row")]


def test_an_unknown_key_refuses_the_file_and_so_does_an_id_that_no_line_has(con, tmp_path):
    path = put(tmp_path / "a.jsonl", json.dumps(request() | {"note": "x"}).encode())
    with pytest.raises(InputError, match="unknown columns: `note`"):
        read_requests(con, path)
    row = {name: value for name, value in request().items() if name != "request_id"}
    with pytest.raises(InputError, match="missing columns: `request_id`"):
        read_requests(con, put(tmp_path / "a.jsonl", json.dumps(row).encode()))
    assert tables_of(con) == []


def test_a_key_that_no_line_has_is_an_empty_value(con, tmp_path):
    expected = from_csv(con, tmp_path, request())
    read_requests(con, put(tmp_path / "a.jsonl", json.dumps(request()).encode()))
    assert requests_of(con) == expected


def test_a_key_that_one_line_leaves_out_is_an_empty_value_there(con, tmp_path):
    path = json_file(tmp_path, request())
    put(path, path.read_bytes() + b'{"request_id": "R2"}\n')
    read_requests(con, path)
    assert requests_of(con, "request_id, surname")[1] == {"request_id": "R2", "surname": None}


@pytest.mark.parametrize("name", ["a.parquet", "a.extract"])
def test_parquet_says_the_same_in_text_or_in_natural_types(con, tmp_path, name):
    expected = from_csv(con, tmp_path, request())
    row = {column: [LAWFUL.get(column)] for column in REQUEST_COLUMNS} | {
        "signed_on": [date(2025, 8, 1)],
        "tin": [900700001],
        "taxable_periods": pa.array([[2022, 2023]], pa.list_(pa.int16())),
        "recipients": [["off-1", "off-2"]],
        "sole_use": [True],
        "city": pa.array(["Springfield"]).dictionary_encode(),
        "unit": pa.nulls(1),
    }
    pq.write_table(pa.table(row), tmp_path / name)
    assert read_requests(con, tmp_path / name).requests == 1
    assert requests_of(con) == expected


def test_parquet_values_meet_the_same_checks(con, tmp_path):
    rows = [request(tin="7"), request(surname="a\0b"), request(request_id=None)]
    table = pa.table({name: [row.get(name) for row in rows] for name in REQUEST_COLUMNS})
    pq.write_table(table, tmp_path / "a.parquet")
    read_requests(con, tmp_path / "a.parquet")
    assert errors_of(con) == [
        (1, "tin", "bad-digits"),
        (2, "request_id", "repeated-request-id"),
        (2, "surname", "control-character"),
        (3, "request_id", "no-request-id"),
    ]


def test_one_request_is_read_as_a_file_of_one_row_would_be(con, tmp_path):
    expected = from_csv(con, tmp_path, request())
    assert one_request(con, LAWFUL | NATURAL) == ()
    assert requests_of(con) == expected


def test_one_request_gives_back_its_errors(con):
    errors = one_request(con, request(tin="7", signed_on="2025-02-30"))
    assert [(e.row, e.column, e.code) for e in errors] == [
        (1, "signed_on", "bad-date"),
        (1, "tin", "bad-digits"),
    ]
    assert requests_of(con) == []


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"request_id": "R1", "surnam": "x"}, "write `surname` for `surnam`"),
        ({"request_id": "R1", "surname": {"a": 1}}, "request column surname"),
        ({"request_id": "R1", "surname": 1.5}, "request column surname"),
        ({"request_id": "R1", "surname": "\ud800"}, "UTF-8"),
    ],
)
def test_one_request_that_is_none_is_refused(con, mapping, said):
    with pytest.raises(InputError, match=said):
        one_request(con, mapping)
    assert tables_of(con) == []
