"""Totals, counts, notes and headers among the rows: refused by row, and never a request."""

import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ostiary.deciding.intake.footers import ASKS, TELLS, may_be_below, may_name_the_column
from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.requests import one_request, read_requests
from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import InputError
from request_file import (
    PERSON,
    REFERENCE_COLUMNS,
    REQUEST_COLUMNS,
    csv_bytes,
    csv_file,
    errors_of,
    json_file,
    put,
    request,
    requests_of,
)

FOOTERS = [
    *("Total", "TOTAL:", "Totals", "Grand total", "Subtotal", "Sum", "Summe", "Count", "Total 3"),
    *("3 rows", "(3 rows)", "3 rows selected.", "3 record(s)", "Count: 3", "End of report", "EOF"),
    *("* Note: draft", "** END **", "-- end --", "Note:", "Page 1 of 1", "Prepared by the unit"),
    *("Report generated 2025-08-01", "Applied filters:\nagency is dhs-ice", "† as of today"),
]
NUMBERED = [*FOOTERS[:5], "A 12"]
SAID = {
    "middle_name": "Q",
    "name_suffix": "JR",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "country": "US",
    "tin": "123-45-6780",
    "birth_date": "1980-02-03",
    "offense_limb": "A",
    "removal_basis": "/us/usc/t8/s1227/a/1",
    "items": "address-confirmation",
    "removal_order_date": "2025-01-02",
    "judicial_review_date": "2025-01-03",
    "purpose": "eligibility",
    "circumstance": "danger",
    "court_order": "1:25-mj-1",
    "court_order_date": "2025-01-04",
    "court_order_judge": "district-judge",
    "court_order_findings": "crime",
    "court_order_items": "address-confirmation",
    "court_order_periods": "2023",
    "programme": "/us/usc/t26/s6103/l/7/D/i",
    "matter_kind": "missing-child",
    "period": "2023",
    "source": "return",
    "hold": "true",
    "filing_status": "single",
}
COLUMNS = [column.name for column in REQUEST]
IDS = ["R1", "7", "0004", "ICE-2025-0000018", "a/b", "TOTAL-1", "endgame", "sum_2", "Ä-1"]


def test_what_stands_below_the_rows_is_no_request(con, tmp_path):
    below = [{"request_id": one} for one in FOOTERS]
    read_requests(con, csv_file(tmp_path, request(), *below))
    wrong = {(row, column) for row, column, code in errors_of(con) if code == "no-row"}
    assert wrong == {(number, "request_id") for number in range(2, len(FOOTERS) + 2)}
    assert [one["request_id"] for one in requests_of(con)] == ["R1"]


def test_what_is_read_without_an_engine_is_looked_at_alike(con, tmp_path):
    """A small file of plain values goes another way, which may not be milder."""
    for one in FOOTERS:
        if one.isascii() and one.isprintable():
            assert may_be_below(one), one
    read_requests(con, csv_file(tmp_path, {"request_id": "Total"}))
    assert errors_of(con) == [(1, "request_id", "no-row")]
    assert not [one for one in IDS if one.isascii() and may_be_below(one)]


def test_an_id_alone_that_is_no_footer_stays_a_request(con, tmp_path):
    """The law returns it; only what nobody calls a request is refused."""
    read_requests(con, csv_file(tmp_path, *({"request_id": one} for one in IDS)))
    assert errors_of(con) == []
    assert [one["request_id"] for one in requests_of(con)] == IDS


@pytest.mark.parametrize("column", ASKS)
def test_a_row_that_says_something_is_a_request_whatever_its_id(con, tmp_path, column):
    said = {"taxable_periods": "2023"} | SAID
    rows = [{"request_id": one, column: request().get(column) or said[column]} for one in NUMBERED]
    read_requests(con, csv_file(tmp_path, *rows, columns=COLUMNS))
    assert errors_of(con) == []


def test_a_row_that_says_something_of_a_person_is_one(con, tmp_path):
    told = {"person_id": "A 12"}
    for column in set(TELLS) & set(REFERENCE_COLUMNS):
        rows = {**told, column: PERSON.get(column) or SAID.get(column, "1")}
        content = csv_bytes(PERSON, rows, columns=REFERENCE_COLUMNS)
        read_reference(con, put(tmp_path / "people.csv", content), "people")
        assert len(con.execute("FROM people").fetchall()) == 2


@pytest.mark.parametrize("name", ["Requestid", "request-id"])
def test_an_id_that_is_called_as_its_column_is_one_where_no_other_column_is(con, tmp_path, name):
    assert may_name_the_column(name, "request_id")
    read_requests(con, csv_file(tmp_path, request(), request(request_id=name)))
    assert errors_of(con) == []
    read_requests(con, csv_file(tmp_path, request(), request(request_id=name, signer="Signer")))
    assert errors_of(con) == [(2, "request_id", "no-row")]


def test_what_is_no_row_repeats_none(con, tmp_path):
    read_requests(con, csv_file(tmp_path, request(), *([{"request_id": "Total"}] * 2)))
    assert errors_of(con) == [(2, "request_id", "no-row"), (3, "request_id", "no-row")]
    read_requests(con, csv_file(tmp_path, *([request(request_id="Total")] * 2)))
    assert errors_of(con) == [(2, "request_id", "repeated-request-id")]


def test_of_what_is_no_row_nothing_else_is_said(con, tmp_path):
    """Files that were put behind each other: names of columns are neither days nor flags."""
    header = {name: name.title() for name in COLUMNS}
    read_requests(con, csv_file(tmp_path, request(), header, {"request_id": "Sum", "unit": "=1"}))
    assert errors_of(con) == [(2, "request_id", "no-row"), (3, "request_id", "no-row")]


def test_a_total_with_its_number_is_named(con, tmp_path):
    read_requests(con, csv_file(tmp_path, request(), {"request_id": "Total", "unit": "3"}))
    assert errors_of(con) == [(2, "request_id", "no-row")]


@pytest.mark.parametrize("spelling", ["request_id", "Request ID", "requestId", "REQUEST_ID"])
def test_a_header_between_the_rows_is_none_of_them(con, tmp_path, spelling):
    header = {name: name for name in REQUEST_COLUMNS} | {"request_id": spelling}
    read_requests(con, csv_file(tmp_path, request(), header, request(request_id="R2")))
    assert (2, "request_id", "no-row") in errors_of(con)
    assert [one["request_id"] for one in requests_of(con)] == ["R1", "R2"]


RULERS = [
    {name: "-" * len(name) for name in REQUEST_COLUMNS},
    dict.fromkeys(REQUEST_COLUMNS[:9], "=" * 12),
    {"surname": "-----", "sole_use": "-----"},
    dict.fromkeys(REQUEST_COLUMNS, "---") | {"items": ""},
]


@pytest.mark.parametrize("number", range(len(RULERS)))
@pytest.mark.parametrize("among", [1, 1_100])
def test_a_line_that_rules_off_the_header_is_one_error(con, tmp_path, number, among):
    """Terminals of databases write it; of few rows and of many it is told alike."""
    rows = [request(request_id=f"R{n}") for n in range(among)]
    path = csv_file(tmp_path, RULERS[number], *rows)
    assert read_requests(con, path).requests == among
    assert con.execute('SELECT row, line, "column", cure FROM row_errors').fetchall() == [
        (1, 2, "request_id", "delete this line")
    ]


def test_a_ruler_in_one_piece_is_called_one_too(con, tmp_path):
    lines = csv_bytes(request()).splitlines(True)
    read_requests(con, put(tmp_path / "r.csv", lines[0] + b"-" * 70 + b"\n" + lines[1]))
    assert con.execute("SELECT line, cure FROM row_errors").fetchall() == [(2, "delete this line")]
    assert [one["request_id"] for one in requests_of(con)] == ["R1"]


def test_a_ruler_in_a_reference_file_is_named(con, tmp_path):
    ruled = dict.fromkeys(REFERENCE_COLUMNS, "----")
    path = put(tmp_path / "people.csv", csv_bytes(ruled, PERSON, columns=REFERENCE_COLUMNS))
    with pytest.raises(InputError, match="row 1 column person_id: a line of signs"):
        read_reference(con, path, "people")


def test_a_row_without_an_id_is_no_ruler_for_a_dash(con, tmp_path):
    read_requests(con, csv_file(tmp_path, request(request_id="", middle_name="-"), request()))
    assert errors_of(con) == [(1, "request_id", "no-request-id")]


def test_in_every_kind_of_file(con, tmp_path):
    read_requests(con, json_file(tmp_path, request(), {"request_id": "Total"}))
    assert errors_of(con) == [(2, "request_id", "no-row")]
    rows = [request(), {"request_id": "Total"}]
    table = pa.table({n: [row.get(n) or None for row in rows] for n in REQUEST_COLUMNS})
    pq.write_table(table, tmp_path / "r.parquet")
    read_requests(con, tmp_path / "r.parquet")
    assert errors_of(con) == [(2, "request_id", "no-row")]
    pd.DataFrame(rows).reindex(columns=REQUEST_COLUMNS).to_excel(tmp_path / "r.xlsx", index=False)
    read_requests(con, tmp_path / "r.xlsx")
    assert errors_of(con) == [(2, "request_id", "no-row")]
    assert [one.code for one in one_request(con, {"request_id": "Total"})] == ["no-row"]


def test_every_row_is_a_request_or_an_error(con, tmp_path):
    ids = [one for pair in zip(FOOTERS, IDS, strict=False) for one in pair]
    result = read_requests(con, csv_file(tmp_path, *({"request_id": one} for one in ids)))
    assert result.rows == len(ids) == result.requests + result.unreadable
    assert [one["request_id"] for one in requests_of(con)] == IDS


@pytest.mark.parametrize("name", ["Total", "(2 rows)", "person_id", "End of file"])
def test_a_total_below_the_people_is_nobody(con, tmp_path, name):
    path = put(
        tmp_path / "people.csv",
        csv_bytes(PERSON, {"person_id": name}, columns=REFERENCE_COLUMNS),
    )
    if name == "person_id":
        header = {one: one for one in REFERENCE_COLUMNS}
        path.write_bytes(csv_bytes(PERSON, header, columns=REFERENCE_COLUMNS))
    with pytest.raises(InputError, match="row 2 column person_id") as refused:
        read_reference(con, path, "people")
    assert "leave out what stands below" in refused.value.cure


@pytest.mark.parametrize("before", ["", " ", "\t", "\n"])
@pytest.mark.parametrize("between", ["", " ", "\t", ",", ", ", " ; "])
def test_objects_on_one_line_are_refused_whole_with_the_cause(con, tmp_path, between, before):
    text = before + between.join(
        json.dumps(request(request_id=f"R{n}", reason="}{")) for n in range(3)
    )
    with pytest.raises(InputError, match="several JSON objects stand on this line") as refused:
        read_requests(con, put(tmp_path / "r.jsonl", text.encode()))
    assert "a line of its own" in refused.value.cure
    assert refused.value.where.endswith(f"r.jsonl line {1 + before.count(chr(10))}")


def test_where_not_every_row_is_of_several_objects_that_is_not_said_of_the_file(con, tmp_path):
    text = json.dumps(request()) * 2 + "\n[1, 2]\n"
    with pytest.raises(InputError, match="no row of this file is a JSON object with an id"):
        read_requests(con, put(tmp_path / "r.jsonl", text.encode()))


def test_a_line_of_several_objects_between_others_is_named(con, tmp_path):
    rows = [json.dumps(request(request_id=f"R{n}")) for n in range(5)]
    text = f"{rows[0]}\n{rows[1]}{rows[2]}\n{rows[3]},{rows[4]}\n"
    read_requests(con, put(tmp_path / "r.jsonl", text.encode()))
    said = con.execute("SELECT row, line, message FROM row_errors").fetchall()
    several = "several JSON objects stand on this line"
    assert said == [(2, 2, several), (3, 3, several)]


def test_a_row_without_any_value_is_one_error_with_its_cure(con, tmp_path):
    """As JSON Lines and Parquet have it; data frames write one of each index that was added."""
    nothing = dict.fromkeys(REQUEST_COLUMNS)
    for row in ({}, nothing, dict.fromkeys(REQUEST_COLUMNS, "nan")):
        text = "\n".join([json.dumps(request()), json.dumps(row)])
        read_requests(con, put(tmp_path / "r.jsonl", text.encode()))
        assert errors_of(con) == [(2, "request_id", "no-request-id")]
    written = pd.DataFrame([request(), {}]).reindex(columns=REQUEST_COLUMNS)
    written.to_csv(tmp_path / "r.csv", index=False, na_rep="nan")
    read_requests(con, tmp_path / "r.csv")
    assert errors_of(con) == [(2, "request_id", "no-request-id")]
