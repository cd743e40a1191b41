"""Requests as values are read as the JSON Lines file of the same objects is, to the last table."""

import csv
import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ostiary.deciding.intake.originals import keep_originals
from ostiary.deciding.intake.request_rows import RequestRows
from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.errors import InputError
from ostiary.office.batches.request_sources import digest_of, size_of
from request_file import REQUEST_COLUMNS, errors_of, json_file, request

THREE = "(SELECT unnest([1, 2, 3]) AS row)"
odd = st.sampled_from(
    ["", " ", "  x ", "N/A", "078-05-1120", "2025-02-30", "a\nb", "\u00e9\u200b", "\ud800", "=1+1"]
)
values = st.one_of(
    odd, st.none(), st.booleans(), st.integers(-3, 10**19), st.lists(odd, max_size=2), st.just(0.5)
)
rows = st.builds(
    lambda changes, name: request(request_id=name) | changes,
    st.dictionaries(st.sampled_from(REQUEST_COLUMNS[1:]), values, max_size=3),
    st.sampled_from(["R1", "R2", "R3", "N/A", " R4 "]),
)


def told(con, asked):
    """All that is made of what is asked: how it was read, its tables, and its rows as sent."""
    read = read_requests(con, asked)
    keep_originals(con, asked, careful=True, wanted=THREE, into="sent")
    tables = (con.execute(f"FROM {name}").fetchall() for name in ("requests", "row_errors", "sent"))
    return read, *tables


ids = st.one_of(values, st.sampled_from(["R1", "R5"]))
of_any_id = st.builds(lambda one, other: one | {"request_id": other}, rows, ids)


@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(rows, min_size=1, max_size=3))
def test_values_and_the_file_that_they_would_be_are_read_alike(con, tmp_path, objects):
    file, asked = json_file(tmp_path, *objects), RequestRows.of("form.jsonl", objects)
    assert told(con, asked) == told(con, file)
    assert digest_of(asked) == digest_of(file) == hashlib.sha256(file.read_bytes()).hexdigest()
    assert size_of(asked) == size_of(file)


def test_what_is_no_column_is_left_out_and_what_is_missing_is_empty(con):
    asked = RequestRows.of("form.jsonl", [{"request_id": "R1", "csrf": "x"}])
    assert read_requests(con, asked).requests == 1
    (row,) = con.execute("SELECT request_id, agency, surname FROM requests").fetchall()
    assert row == ("R1", None, None)


@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(of_any_id, max_size=2))
def test_whatever_an_id_is_beside_a_row_that_has_one(con, tmp_path, objects):
    objects = [request(request_id="R0"), *objects]
    file, asked = json_file(tmp_path, *objects), RequestRows.of("form.jsonl", objects)
    assert told(con, asked) == told(con, file)


def test_a_file_whose_rows_all_have_no_id_is_refused_whole_and_values_one_by_one(con, tmp_path):
    objects = [request(request_id=["R1"]), request(request_id={"R": 2})]
    with pytest.raises(InputError, match="no row of this file is a JSON object with an id"):
        read_requests(con, json_file(tmp_path, *objects))
    assert read_requests(con, RequestRows.of("form.jsonl", objects)).unreadable == 2
    found = con.execute('SELECT row, "column", code FROM row_errors').fetchall()
    assert found == [(row, "request_id", "unreadable-row") for row in (1, 2)]


def test_rows_keep_their_order_on_a_connection_that_kept_none(con):
    con.execute("SET preserve_insertion_order = false")
    objects = [request(request_id=f"R{n}") for n in range(5_000)]
    read_requests(con, RequestRows.of("form.jsonl", objects))
    found = con.execute("SELECT row, request_id FROM requests").fetchall()
    assert found == [(n + 1, f"R{n}") for n in range(5_000)]
    assert con.execute("SELECT current_setting('preserve_insertion_order')").fetchone() == (True,)


@pytest.mark.parametrize(
    ("cell", "more", "column"),
    [
        ("agency", [], "provision"),
        ("provision", [], "provision"),
        ("surname", [], "tin"),
        ("unit", [], "tin"),
        ("items", [], ""),
        ("surname", ["a", "b"], "taxable_periods"),
        ("matter_number", ["a", "b"], "sole_use"),
    ],
)
def test_a_row_of_another_width_is_told_where_its_values_go_astray(
    con, tmp_path, cell, more, column
):
    """A comma is missing, or one too many, to the left of the first value that does not fit."""
    said = request(tin="", birth_date="1980-02-03", unit="APT 3")
    full = {name: said.get(name, "") for name in REQUEST_COLUMNS}
    lines = [list(full), [*full.values()], [*(full | {"request_id": "R2"}).values()]]
    at = lines[0].index(cell)
    lines[1][at : at + 1] = more
    path = tmp_path / "r.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    assert read_requests(con, path).requests == 1
    assert errors_of(con) == [(1, column, "unreadable-row")]
    ((message, cure),) = con.execute("SELECT message, cure FROM row_errors").fetchall()
    assert ("more fields" if more else "fewer fields") in message
    assert bool(column) == ("to the left" in cure)
