"""Trailers, `####`, signs that look alike, other quotes, days: as an acceptance found them."""

# ruff: noqa: RUF001 - these are the signs

import json

import pytest

from ostiary.deciding.intake.dialect import dialect_of
from ostiary.deciding.intake.footers import may_be_below, may_count
from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import InputError
from request_file import (
    PERSON,
    REFERENCE_COLUMNS,
    REQUEST_COLUMNS,
    csv_bytes,
    csv_file,
    errors_of,
    put,
    read_each,
    request,
    requests_of,
)

TRAILERS = [
    *(("TOTAL", "3"), ("Total", "3 rows"), ("TRL", "0000003"), ("T", "3", "20250806"), ("99", "3")),
    *(("Record count", "3"), ("Rows", "3"), ("EOF", "3", "2025-08-06")),
    *(
        ("9999999999", "3"),
        ("Number of requests", "3"),
        ("Gesamt", "1,280"),
        ("Page", "1", "of", "1"),
    ),
    *(
        ("HDR", "3", "2025-08-06"),
        ("CONTROL", "3", "3"),
        ("Z", "3.0"),
        ("CHECKSUM", "9f86d081884c7d65"),
    ),
    *(("TRAILER",), ("UNCLASSIFIED//FOUO",), ("HEADER",)),
]
ROWS = [
    {"request_id": "TOTAL", "agency": "dhs-ice"},
    {"request_id": "T", "provision": "/us/usc/t26/s6103/i/2"},
    {"request_id": "99", "surname": "Sample"},
    {"request_id": "TRL-7", "agency": "7", "reason": "to serve process"},
    {"request_id": "R7", "tin": "900-70-0001"},
    {"request_id": "R8", "agency": "8", "postal_code": "62701"},
    {"request_id": "R9"},
]


def test_a_trailer_with_all_columns_is_no_request(con, tmp_path):
    rows = [dict(zip(REQUEST_COLUMNS, one, strict=False)) for one in TRAILERS]
    read_requests(con, csv_file(tmp_path, request(), *rows))
    wrong = [(row, column, code) for row, column, code in errors_of(con) if code == "no-row"]
    assert wrong == [(n, "request_id", "no-row") for n in range(2, len(rows) + 2)]
    assert [one["request_id"] for one in requests_of(con)] == ["R1"]


@pytest.mark.parametrize("trailer", TRAILERS)
def test_nor_is_it_alone_in_a_file_of_any_kind(con, tmp_path, trailer):
    """What is read without an engine is looked at alike."""
    assert may_be_below(trailer[0]) or any(map(may_count, trailer[1:]))
    row = dict.fromkeys(REQUEST_COLUMNS) | dict(zip(REQUEST_COLUMNS, trailer, strict=False))
    read_requests(con, put(tmp_path / "a.jsonl", json.dumps(row).encode()))
    assert errors_of(con) == [(1, "request_id", "no-row")]


def test_a_row_that_says_a_word_is_a_request_whatever_counts_beside_it(con, tmp_path):
    read_requests(con, csv_file(tmp_path, *ROWS))
    assert errors_of(con) == []


@pytest.mark.parametrize("trailer", [("TOTAL", "3"), ("TRL", "0000003"), ("99", "3", "2025-08-06")])
def test_a_trailer_below_the_people_is_nobody(con, tmp_path, trailer):
    row = dict(zip(REFERENCE_COLUMNS, trailer, strict=False))
    content = csv_bytes(PERSON, row, columns=REFERENCE_COLUMNS)
    with pytest.raises(InputError, match="row 2 column person_id"):
        read_reference(con, put(tmp_path / "people.csv", content), "people")


MISREAD = [
    *((name, "########", "not-shown") for name in ("signed_on", "birth_date", "tin")),
    *((name, "#####", "not-shown") for name in ("postal_code", "taxable_periods")),
    *(("matter_number", text, "digits-lost") for text in ("2.02516 E+13", "2.02516×10^13")),
    *(("matter_number", text, "turned-into-a-day") for text in ("3/4/2025", "12:30:00 PM")),
    *(("matter_number", text, "turned-into-a-day") for text in ("2025-03-04 00:00:00",)),
    ("postal_code", "1-Jan-62", "turned-into-a-day"),
    *(("matter_number", f"M{sign}1", "other-sign") for sign in "\u2010\u2011\u2013\u2212\uff0d"),
    *(("matter_number", text, "other-sign") for text in ("\u041c-1", "M-\uff11", "\uff2d-1")),
    *(("request_id", text, "turned-into-a-day") for text in ("4-Mar", "04-Mar-2025", "MAR-25")),
    *(("request_id", text, "other-sign") for text in ("R\u20111", "\uff321")),
    *(("matter_number", f"M{sign}1", "invisible-character") for sign in "\ufe0e\u2800\u3164\ufffc"),
    *(("matter_number", f"M{sign}1", "invisible-character") for sign in "\x7f\x0b\x02\U000e0041"),
    *(("given_name", text, "coded-signs") for text in ("Jos=C3=A9", "Jos<U+00E9>", "Jos<e9>")),
    *(("given_name", text, "coded-signs") for text in ("_x004A_os", "b'Jose'")),
    *(("birth_date", day, "no-day") for day in ("2061-02-03", "2025-08-02")),
]
READABLE = [
    *(("matter_number", text) for text in ("\u0414\u0415\u041b\u041e-1", "25E107", "M/4/2025")),
    *(("matter_number", text) for text in ("\u00d1-1", "2025-03-04", "12:30", "#1", "# # #")),
    *(("request_id", text) for text in ("2025-08-07T14:03:22", "2025-08-07 14:03:22.123")),
    *(("request_id", text) for text in ("3/4/2025", "12/31/2024 9:15 PM", "14:03:22", "#1")),
    *(("given_name", text) for text in ("<Ann>", "b'", "x_y")),
    ("birth_date", "2025-08-01"),
]


def test_what_would_be_misread_is_a_row_error(con, tmp_path):
    read = read_each(con, tmp_path, *({column: value} for column, value, _ in MISREAD))
    told = [(*one, errors) for one, (errors, _) in zip(MISREAD, read, strict=True)]
    assert [one for one in told if one[3] != [(one[0], one[2])]] == []


def test_what_can_be_told_is_read(con, tmp_path):
    read = read_each(con, tmp_path, *({column: value, "tin": ""} for column, value in READABLE))
    assert [one for one, (errors, _) in zip(READABLE, read, strict=True) if errors] == []


def test_what_nobody_sees_goes_at_the_ends(con, tmp_path):
    ends = "\ufe0f\u2800\u3164\u115f\ufffc"
    rows = ({"matter_number": f"{end}M-1{end}", "agency": f"dhs-ice{end}"} for end in ends)
    read = read_each(con, tmp_path, *rows)
    assert [(errors, one["matter_number"], one["agency"]) for errors, one in read] == [
        ([], "M-1", "dhs-ice")
    ] * len(ends)


MEANT = [
    *(("agency", f"dhs{sign}ice", "dhs-ice") for sign in "\u2010\u2011\u2013\u2212"),
    ("agreement", "treasury\u2011dhs\u20132025", "treasury-dhs-2025"),
    ("signer", "dhs\u2011secretary", "dhs-secretary"),
    *(("posture", text, "grand-jury") for text in ("Grand Jury", "grand_jury", "GRAND\u2011JURY")),
    ("posture", "INVESTIGATION", "INVESTIGATION"),
    ("posture", "on appeal", "on appeal"),
    *(("matter_number", text, None) for text in ("k.A.", "n/d", "N/K", "TRUE", "test")),
    *(("reason", text, None) for text in ("see attached", "as discussed", "lorem ipsum")),
]


def test_what_says_the_same_is_read_the_same(con, tmp_path):
    read = read_each(con, tmp_path, *({column: value} for column, value, _ in MEANT))
    said = [
        (column, value, row[column])
        for (column, value, _), (_, row) in zip(MEANT, read, strict=True)
    ]
    assert (said, [errors for errors, _ in read if errors]) == (MEANT, [])


def quoted(opening, closing, *, header):
    names = [f"{opening}{name}{closing}" if header else name for name in REQUEST_COLUMNS]
    values = [f"{opening}{request().get(name, '')}{closing}" for name in REQUEST_COLUMNS]
    return ",".join(names) + "\n" + ",".join(values) + "\n"


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("signs", ["''", "\u201c\u201d", "\u2018\u2019", "\u201e\u201c"])
def test_other_quotes_are_named_for_the_whole_file(con, tmp_path, signs, header):
    path = put(tmp_path / "a.csv", quoted(*signs, header=header).encode())
    with pytest.raises(InputError, match="other quotes than double ones") as caught:
        read_requests(con, path)
    assert '"' in caught.value.cure
    assert "Sample" not in str(caught.value)


def test_an_apostrophe_before_a_value_is_no_quote():
    header = ",".join(REQUEST_COLUMNS)
    row = ",".join(["'R1", "dhs-ice", "'t Hooft'", *[""] * (len(REQUEST_COLUMNS) - 3)])
    assert dialect_of(f"{header}\n{row}\n".encode(), REQUEST).quotes == ""


@pytest.mark.parametrize(
    "text", [json.dumps([request()]), json.dumps(request()), "\ufeff[\n {}\n]"]
)
def test_json_under_another_name_is_called_so(con, tmp_path, text):
    with pytest.raises(InputError, match="this is JSON") as caught:
        read_requests(con, put(tmp_path / "a.csv", text.encode()))
    assert ".json" in caught.value.cure


def test_what_answers_no_question_may_still_be_an_id(con, tmp_path):
    names = ["nd", "test", "no", "sample"]
    rows = ({"request_id": name, "agency": name, "recipients": name} for name in names)
    read = read_each(con, tmp_path, *rows)
    found = [(e, one["request_id"], one["agency"], one["recipients"]) for e, one in read]
    assert found == [([], name, name, [name]) for name in names]


@pytest.mark.parametrize(
    "own",
    ["2025-08-07T14:03:22", "12/31/2024", "P\u20131", "\u041f-1", "14:03:22", "P-1", "\uff30-1"],
)
def test_a_custodian_names_people_as_it_likes(con, tmp_path, own):
    content = csv_bytes(PERSON | {"person_id": own}, columns=REFERENCE_COLUMNS)
    read_reference(con, put(tmp_path / "people.csv", content), "people")
    assert con.sql("SELECT person_id FROM people").fetchall() == [(own,)]


@pytest.mark.parametrize("made", ["4-Mar", "MAR-25", "2.02516E+13", "1234567.0"])
def test_what_a_spreadsheet_made_of_a_persons_id_refuses_the_file(con, tmp_path, made):
    content = csv_bytes(PERSON | {"person_id": made}, columns=REFERENCE_COLUMNS)
    with pytest.raises(InputError, match="column person_id"):
        read_reference(con, put(tmp_path / "people.csv", content), "people")


def test_any_dash_in_a_recipients_id_is_the_hyphen(con, tmp_path):
    forms = ["off{0}1;off-2", '["off{0}1", "off{0}2"]', "off{0}1, off-2"]
    dashes = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
    rows = [{"recipients": form.format(dash)} for form in forms for dash in dashes]
    read = read_each(con, tmp_path, *rows)
    assert [(errors, one["recipients"]) for errors, one in read] == [
        ([], ["off-1", "off-2"])
    ] * len(rows)
