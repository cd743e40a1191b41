"""Stories of request files: what becomes a request, what becomes a row error, and of which kind."""

from datetime import date

import pytest

from ostiary.deciding.intake.requests import ReadResult, read_requests, row_errors
from ostiary.deciding.intake.typed import agency_meant
from ostiary.domain.columns import REQUEST
from request_file import (
    REQUEST_COLUMNS,
    csv_bytes,
    csv_file,
    errors_of,
    json_file,
    put,
    request,
    requests_of,
)

WIDTH = len(REQUEST_COLUMNS)


def test_a_lawful_row_is_read_as_what_its_columns_say(con, tmp_path):
    result = read_requests(con, csv_file(tmp_path, request()))
    assert result == ReadResult(rows=1, requests=1, unreadable=0, careful=False)
    (found,) = requests_of(con)
    assert list(found) == ["row", *REQUEST_COLUMNS]
    assert found["row"] == 1
    assert found["signed_on"] == date(2025, 8, 1)
    assert found["birth_date"] == date(1980, 2, 29)
    assert found["tin"] == "900700001"
    assert found["taxable_periods"] == [2022, 2023]
    assert found["recipients"] == ["off-1", "off-2"]
    assert (found["sole_use"], found["ai_analysis"]) == (True, False)
    assert found["unit"] is None


LISTS = [column.name for column in REQUEST if column.kind in {"list", "years"}]
FLAGS = [column.name for column in REQUEST if column.kind == "flag"]


def test_what_is_merely_missing_is_for_the_law_to_say(con, tmp_path):
    read_requests(con, csv_file(tmp_path, {"request_id": "R1"}))
    (found,) = requests_of(con)
    assert found.pop("row") == 1
    assert found.pop("request_id") == "R1"
    assert all(found.pop(name) == [] for name in LISTS)
    assert all(found.pop(name) is False for name in FLAGS)
    assert set(found.values()) == {None}
    assert errors_of(con) == []


@pytest.mark.parametrize("name", ["NULL", "NA", "null", "None", "nan", "N/A", "\\N", "Null Sr"])
def test_a_surname_that_looks_like_nothing_is_a_surname(con, tmp_path, name):
    read_requests(con, csv_file(tmp_path, request(surname=name)))
    assert requests_of(con, "surname") == [{"surname": name}]


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "\u2028"])
def test_white_space_of_every_kind_goes_from_the_ends_and_stays_inside(con, tmp_path, space):
    row = request(surname=f"{space}de{space}la Cruz{space}", unit=space, recipients=f"{space}a ; b")
    read_requests(con, csv_file(tmp_path, row))
    (found,) = requests_of(con, "surname, unit, recipients")
    assert found == {"surname": f"de{space}la Cruz", "unit": None, "recipients": ["a", "b"]}


def test_a_quoted_value_may_hold_commas_quotes_and_lines(con, tmp_path):
    reason = 'he said "no",\nthen,\r\nleft'
    read_requests(con, csv_file(tmp_path, request(reason=reason)))
    assert requests_of(con, "reason") == [{"reason": reason}]


def test_columns_may_stand_in_any_order_and_a_byte_order_mark_before_them(con, tmp_path):
    content = csv_bytes(request(), columns=REQUEST_COLUMNS[::-1])
    read_requests(con, put(tmp_path / "requests.csv", b"\xef\xbb\xbf" + content))
    assert requests_of(con, "request_id, surname") == [{"request_id": "R1", "surname": "Sample"}]


BAD_VALUES = [
    ("signed_on", "2025-02-30", "bad-date"),
    ("signed_on", "2025-8-1", "bad-date"),
    ("signed_on", "20250801", "bad-date"),
    ("signed_on", "2025/08/01", "bad-date"),
    ("signed_on", "2025-08-01T00:01", "bad-date"),
    ("signed_on", "yesterday", "bad-date"),
    ("birth_date", "1899-12-31", "bad-date"),
    ("birth_date", "2101-01-01", "bad-date"),
    ("birth_date", "infinity", "bad-date"),
    ("birth_date", "epoch", "bad-date"),
    ("sole_use", "yes", "bad-flag"),
    ("ai_analysis", "1", "bad-flag"),
    ("tin", "12345678", "bad-digits"),
    ("tin", "1234567890", "bad-digits"),
    ("tin", "XXX-XX-1234", "bad-digits"),
    ("tin", "\u0661\u0662\u0663456789", "bad-digits"),
    ("taxable_periods", "22", "bad-years"),
    ("taxable_periods", "2022-2023", "bad-years"),
    ("taxable_periods", "2022 2023", "bad-years"),
    ("taxable_periods", "2022;1899", "bad-years"),
    ("taxable_periods", "2022;2101", "bad-years"),
    ("taxable_periods", "2e3", "bad-years"),
    ("taxable_periods", "2022.5", "bad-years"),
    ("surname", "a\0b", "control-character"),
    ("reason", "x" * 4001, "too-long"),
]


@pytest.mark.parametrize(("column", "value", "code"), BAD_VALUES)
def test_a_value_that_is_none_sets_its_row_aside_and_the_others_go_on(
    con, tmp_path, column, value, code
):
    rows = [request(), request(request_id="R2", **{column: value}), request(request_id="R3")]
    assert read_requests(con, csv_file(tmp_path, *rows)).unreadable == 1
    assert errors_of(con) == [(2, column, code)]
    assert [found["row"] for found in requests_of(con, "row")] == [1, 3]
    (error,) = row_errors(con)
    assert error.cure
    assert not {error.message, error.cure} & {value}


@pytest.mark.parametrize(("column", "value", "code"), BAD_VALUES)
def test_json_lines_meet_the_same_checks(con, tmp_path, column, value, code):
    read_requests(con, json_file(tmp_path, request(**{column: value})))
    assert errors_of(con) == [(1, column, code)]


GOOD_VALUES = [
    ("tin", "900 70 0001", "900700001"),
    ("tin", "900-70-0001", "900700001"),
    ("sole_use", "TRUE", True),
    ("sole_use", "False", False),
    ("signed_on", " 2025-08-01 ", date(2025, 8, 1)),
    ("signed_on", "1900-01-02", date(1900, 1, 2)),
    ("signed_on", "2100-12-31", date(2100, 12, 31)),
    ("taxable_periods", "1900; 2100;", [1900, 2100]),
    ("items", ";address-confirmation;;", ["address-confirmation"]),
    ("reason", "\u00e9" * 4000, "\u00e9" * 4000),
]


@pytest.mark.parametrize(("column", "text", "value"), GOOD_VALUES)
def test_values_at_the_edge_of_what_can_be_read(con, tmp_path, column, text, value):
    read_requests(con, csv_file(tmp_path, request(birth_date="") | {column: text}))
    assert requests_of(con, column) == [{column: value}]


def test_all_errors_of_a_row_are_told_at_once_and_none_repeats_a_value(con, tmp_path):
    row = request(
        request_id="", signed_on="soon", tin="hidden-7", sole_use="hidden", reason="hidden\0"
    )
    read_requests(con, csv_file(tmp_path, row))
    assert errors_of(con) == [
        (1, "request_id", "no-request-id"),
        (1, "signed_on", "bad-date"),
        (1, "tin", "bad-digits"),
        (1, "reason", "control-character"),
        (1, "sole_use", "bad-flag"),
    ]
    assert not any("hidden" in e.message + e.cure or "soon" in e.message for e in row_errors(con))
    assert requests_of(con) == []


def test_a_request_id_stands_once_for_each_agency(con, tmp_path):
    rows = [
        request(),
        request(agency="irs-ci"),
        request(request_id=" R1 "),
        request(agency=""),
        request(agency=""),
        request(request_id="r1"),
    ]
    read_requests(con, csv_file(tmp_path, *rows))
    repeated = ("request_id", "repeated-request-id")
    assert errors_of(con) == [(3, *repeated), (5, *repeated)]


@pytest.mark.parametrize("other", ["dhs\u2013ice", "DHS\u2011ICE", " dhs\u2212ice", "DHS-ICE"])
@pytest.mark.parametrize("more", [{}, {"signed_on": "soon"}], ids=["sound", "wrong"])
def test_an_id_stands_once_for_an_agency_however_its_name_is_written(con, tmp_path, other, more):
    rows = [request(agency="dhs-ice"), request(agency=other) | more, request(agency="dhs_ice")]
    read_requests(con, csv_file(tmp_path, *rows))
    assert (2, "request_id", "repeated-request-id") in errors_of(con)
    assert con.sql("SELECT agency FROM requests ORDER BY row").fetchall() == [
        ("dhs-ice",),
        ("dhs_ice",),
    ]
    assert agency_meant(other) == "dhs-ice"


def test_a_repeat_of_a_row_that_is_itself_wrong_is_still_a_repeat(con, tmp_path):
    read_requests(con, csv_file(tmp_path, request(tin="7"), request()))
    assert errors_of(con) == [(1, "tin", "bad-digits"), (2, "request_id", "repeated-request-id")]


@pytest.mark.parametrize(
    "line",
    [
        b"R2,too,few",
        b"R2" + b"," * WIDTH,
        b'"R2' + b"," * (WIDTH - 1),
        b'"R2"x' + b"," * (WIDTH - 1),
        b'"R2" ' + b"," * (WIDTH - 1),
        b' "R2"' + b"," * (WIDTH - 1),
        b"R2,a\rb" + b"," * (WIDTH - 2),
        b"R2,\xe9" + b"," * (WIDTH - 2),
        b"R2,\xed\xa0\x80" + b"," * (WIDTH - 2),
        b"R2," + b"x" * (1 << 21) + b"," * (WIDTH - 2),
    ],
    ids=[
        "too few",
        "too many",
        "open quote",
        "text after quote",
        "blank after quote",
        "blank before quote",
        "lone carriage return",
        "latin-1",
        "half a surrogate",
        "two megabytes",
    ],
)
def test_a_damaged_row_is_counted_and_the_rows_around_it_are_read(con, tmp_path, line):
    first, second, third = csv_bytes(request(), request(request_id="R3")).splitlines(True)
    path = put(tmp_path / "requests.csv", first + second + line + b"\n" + third)
    assert read_requests(con, path) == ReadResult(rows=3, requests=2, unreadable=1, careful=True)
    assert errors_of(con) == [(2, "", "unreadable-row")]
    found = requests_of(con, "row, request_id")
    assert [tuple(row.values()) for row in found] == [(1, "R1"), (3, "R3")]


def test_a_stray_quote_swallows_no_other_row(con, tmp_path):
    rows = csv_bytes(*(request(request_id=f"R{n}", reason='a, "b"') for n in range(5)))
    lines = rows.splitlines(True)
    lines[2] = lines[2].replace(b",Ada,", b',"Ada,')
    result = read_requests(con, put(tmp_path / "requests.csv", b"".join(lines)))
    assert (result.rows, result.requests) == (5, 4)
    assert errors_of(con) == [(2, "", "unreadable-row")]


def test_blank_lines_are_no_rows_and_the_last_line_end_may_be_missing(con, tmp_path):
    header, first, second = csv_bytes(request(), request(request_id="R2")).splitlines(True)
    content = header + b"\n" + first + b"  \n\r\n" + second.rstrip() + b"\n\n\n"
    read_requests(con, put(tmp_path / "requests.csv", content))
    assert [found["row"] for found in requests_of(con, "row")] == [1, 2]
    read_requests(con, put(tmp_path / "requests.csv", header + first + second.rstrip()))
    assert [found["row"] for found in requests_of(con, "row")] == [1, 2]


@pytest.mark.parametrize("name", ["r[1].csv", "r*.csv", "r?.csv", "it's.csv", "a=1.csv", "r.CSV"])
def test_a_file_may_have_any_name(con, tmp_path, name):
    csv_file(tmp_path, request(request_id="other")).rename(tmp_path / "r1.csv")
    path = csv_file(tmp_path, request()).rename(tmp_path / name)
    assert not read_requests(con, path).careful
    assert requests_of(con, "request_id") == [{"request_id": "R1"}]
