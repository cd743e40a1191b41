"""Values that are not what they seem: read as what they say, or told; never taken for another."""

from datetime import date

import pytest

from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.requests import one_request, read_requests, row_errors
from ostiary.deciding.standardisation.vocabulary.nothing import NOTHING
from ostiary.domain.errors import InputError
from request_file import (
    LAWFUL,
    PERSON,
    REFERENCE_COLUMNS,
    csv_bytes,
    csv_file,
    errors_of,
    json_file,
    put,
    read_each,
    request,
    requests_of,
)

WORDS = [
    *("N/A", "n/a", "NULL", "null", "<null>", "(null)", "None", "nan", "NaN", "NaT", "<NA>", "-"),
    *("--", "?", ".", "TBD", "t.b.d.", "unknown", "Not Available", "not  available", r"\N", "nil"),
    *("#N/A", "#REF!", "#VALUE!", "0", "000", "XXX", "none given", "No reason", "_"),
    *(
        "#NV",
        "#WERT!",
        "#\u00a1REF!",
        "#\u00bfNOMBRE?",
        "Err:502",
        "#NOM?",
        "[object Object]",
        r"n\a",
    ),
    *("[List]", "[Record]", "System.Object[]", "System.String[]", "(HUGECLOB)", "<Binary>"),
    *("Error", "Loading...", "(MEMO)", "<unset>", "Infinity"),
    *("[object Object]", "ditto", "Same as above", "to be assigned", "not applicable at this time"),
    "keine Angabe",
]
BY_BEING_THERE = ["matter_number", "reason", "court_order"]


@pytest.mark.parametrize("column", BY_BEING_THERE)
def test_a_word_for_nothing_meets_no_condition_by_being_there(con, tmp_path, column):
    rows = [request(request_id=f"R{n}", **{column: word}) for n, word in enumerate(WORDS)]
    read_requests(con, csv_file(tmp_path, *rows))
    assert errors_of(con) == []
    assert {row[column] for row in requests_of(con, column)} == {None}


def test_an_offence_is_nothing_where_a_word_says_so_and_not_where_it_stands_elsewhere(
    con, tmp_path
):
    """26 USC 6103(l)(13)(D)(ii): what is dropped there lets a request pass."""
    nothing = ("N/A", "none", "-", "NULL", "000", "unknown", "#REF!")
    kept = ("ditto", "see above", "[List]", "(HUGECLOB)", "mail fraud")
    read = read_each(con, tmp_path, *({"offense": word} for word in (*nothing, *kept)))
    assert [row["offense"] for _, row in read] == [*[None] * len(nothing), *kept]


def test_every_listed_word_is_nothing_as_a_matter(con, tmp_path):
    rows = [request(request_id=f"R{n}", matter_number=w) for n, w in enumerate(NOTHING.entries)]
    read_requests(con, csv_file(tmp_path, *rows))
    assert {row["matter_number"] for row in requests_of(con, "matter_number")} == {None}


def test_a_matter_that_says_something_is_one(con, tmp_path):
    words = ["M-0", "20", "HSI-2025-NA", "unknown persons, indicted 2 May", "#12", "Err-502"]
    words += ["SAME-1", "7E12", "12e3", "2E-A", "20251600000000", "M-2E+13", "1.5"]
    words += ["202.0", "2025160.05", "4-Marble", "34-MAR-1", "MARCH-25"]
    read = read_each(con, tmp_path, *({"matter_number": word, "unit": word} for word in words))
    assert [(row["matter_number"], row["unit"]) for _, row in read] == [(w, w) for w in words]


@pytest.mark.parametrize(
    ("column", "nothing"),
    [
        *(("tin", None), ("birth_date", None), ("judicial_review_date", None)),
        *(("taxable_periods", []), ("recipients", []), ("items", [])),
    ],
)
def test_a_word_for_nothing_is_an_empty_number_day_or_list(con, tmp_path, column, nothing):
    words = ["N/A", "NULL", "nan", "NaT", "-", r"\N", "unknown", "#N/A"]
    rows = [request(request_id=f"R{n}", **{column: word}) for n, word in enumerate(words)]
    read_requests(con, csv_file(tmp_path, *rows))
    assert errors_of(con) == []
    assert requests_of(con, column) == [{column: nothing}] * len(words)


def test_a_flag_takes_no_word_for_nothing(con, tmp_path):
    read_requests(con, csv_file(tmp_path, request(ai_analysis="N/A")))
    assert errors_of(con) == [(1, "ai_analysis", "bad-flag")]


def test_a_request_id_that_says_nothing_is_none(con, tmp_path):
    read_requests(con, csv_file(tmp_path, request(request_id="N/A")))
    assert errors_of(con) == [(1, "request_id", "no-request-id")]


@pytest.mark.parametrize("column", ["matter_number", "request_id", "postal_code", "court_order"])
def test_digits_that_a_spreadsheet_lost_are_told(con, tmp_path, column):
    values = ["2.02516E+13", "2.02516e+13", "2,02516E+13", "2E+13", "2.02516E13", "1.5e-05"]
    rows = [request(**{"request_id": f"R{n}", column: value}) for n, value in enumerate(values)]
    read_requests(con, csv_file(tmp_path, *rows))
    assert errors_of(con) == [(n, column, "digits-lost") for n in range(1, len(values) + 1)]
    assert all("as text" in one.cure for one in row_errors(con))


MADE = [
    ("matter_number", "2025160.0", "made-decimal"),
    ("court_order", "20251600,00", "made-decimal"),
    ("matter_number", "4-Mar", "turned-into-a-day"),
    ("matter_number", "MAR-25", "turned-into-a-day"),
    ("court_order", "04-Mar-2025", "turned-into-a-day"),
    ("unit", "3-Apr", "turned-into-a-day"),
]


def test_what_a_program_has_made_of_an_id_is_told(con, tmp_path):
    read = read_each(con, tmp_path, *({column: value} for column, value, _ in MADE))
    assert [errors for errors, _ in read] == [[(column, code)] for column, _, code in MADE]


def test_a_formula_that_is_a_text_is_that_text(con, tmp_path):
    row = request(**{name: f'="{value}"' for name, value in LAWFUL.items()})
    read_requests(con, csv_file(tmp_path, request()))
    plain = requests_of(con)
    read_requests(con, csv_file(tmp_path, row))
    assert (errors_of(con), requests_of(con)) == ([], plain)


def test_a_dash_between_the_digits_of_a_number_is_a_hyphen(con, tmp_path):
    dashes = "\u2010\u2011\u2012\u2013\u2212\uff0d"
    read = read_each(con, tmp_path, *({"tin": f"900{dash}70{dash}0001"} for dash in dashes))
    assert [row["tin"] for _, row in read] == ["900700001"] * len(dashes)


def test_a_number_that_stands_for_unknown_is_told(con, tmp_path):
    tins = ["000000000", "999999999", "111-11-1111", "123 45 6789", "987654321", "078-05-1120"]
    read = read_each(con, tmp_path, *({"tin": tin} for tin in tins))
    assert [errors for errors, _ in read] == [[("tin", "nobodys-number")]] * len(tins)


def test_a_number_of_an_area_that_is_never_issued_is_read(con, tmp_path):
    tins = ["000927668", "666123456", "900700001"]
    read = read_each(con, tmp_path, *({"tin": tin} for tin in tins))
    assert [row["tin"] for _, row in read] == tins


def test_the_day_that_programs_count_from_is_told(con, tmp_path):
    columns = ["birth_date", "removal_order_date", "signed_on"]
    read = read_each(con, tmp_path, *({column: "1900-01-01"} for column in columns))
    assert [errors for errors, _ in read] == [[(column, "no-day")] for column in columns]


INVISIBLE = list("\u200b\ufeff\u00ad\u200e\u202a\u2060\u180e\u00a0\u200d")


@pytest.mark.parametrize(
    "column", ["request_id", "agency", "signer", "provision", "posture", "matter_number", "surname"]
)
def test_signs_that_nobody_sees_go_from_the_ends(con, tmp_path, column):
    own = [LAWFUL[column] + (str(n) if column == "request_id" else "") for n in range(9)]
    rows = [
        request(**{"request_id": f"R{n}", column: f"{sign}{own[n]}{sign}"})
        for n, sign in enumerate(INVISIBLE)
    ]
    read_requests(con, csv_file(tmp_path, *rows))
    assert requests_of(con, column) == [{column: value} for value in own]


def test_signs_that_nobody_sees_go_from_the_ends_of_entries(con, tmp_path):
    rows = (
        {"recipients": f"off-1{sign};{sign}off-2", "items": f"{sign}address-confirmation"}
        for sign in INVISIBLE
    )
    read = read_each(con, tmp_path, *rows)
    assert [(row["recipients"], row["items"]) for _, row in read] == [
        (["off-1", "off-2"], ["address-confirmation"])
    ] * len(INVISIBLE)


@pytest.mark.parametrize(("sign", "named"), [("\u200b", "U+200B"), ("\u00ad", "U+00AD")])
@pytest.mark.parametrize("column", ["request_id", "agency", "signer", "matter_number"])
def test_a_sign_that_nobody_sees_inside_an_id_is_named(con, tmp_path, column, sign, named):
    value = LAWFUL[column]
    read_requests(con, csv_file(tmp_path, request(**{column: f"{value[:1]}{sign}{value[1:]}"})))
    assert (1, column, "invisible-character") in errors_of(con)
    assert any(named in one.message for one in row_errors(con))


LISTS = [
    "off-1;off-2",
    "off-1, off-2",
    "off-1,off-2",
    "off-1 | off-2",
    "off-1\noff-2",
    "off-1\r\noff-2\r\n",
    '["off-1", "off-2"]',
    "['off-1', 'off-2']",
    '[\n  "off-1",\n  "off-2"\n]',
    'c("off-1", "off-2")',
    "['off-1' 'off-2']",
    "frozenset({'off-1', 'off-2'})",
    "off-1\uff1boff-2",
    "{off-1,off-2}",
    '{"off-1","off-2"}',
    "[off-1, off-2]",
    "('off-1', 'off-2')",
    "off-1;off-2;",
    " off-1 ;; off-2 ",
    "off-1 and off-2",
    "off-1, AND off-2",
    "off-1 & off-2",
    "off-1&off-2",
    "off-1 &amp; off-2",
    "off-1 / off-2",
    "off-1 + off-2",
    "off-1 \u2022 off-2",
    "off-1<br/>off-2",
    "off-1\u2028off-2",
    "- off-1\n- off-2",
    "1. off-1\n2. off-2",
    "array(['off-1', 'off-2'], dtype=object)",
]
UNCERTAIN = [
    "off-1 or off-2",
    "off-1 off-2",
    "[off-1 off-2]",
    "off-1 y off-2",
    "off-1 \u2013 off-2",
    "off-1~off-2",
    "off-1\\noff-2",
    "&quot;off-1&quot;;&quot;off-2&quot;",
    "<off-1>,<off-2>",
    "off-1 (lead), off-2",
]


def test_a_list_is_read_in_every_common_form(con, tmp_path):
    years = [text.replace("off-1", "2022").replace("off-2", "2023") for text in LISTS]
    rows = ({"recipients": a, "taxable_periods": b} for a, b in zip(LISTS, years, strict=True))
    read = read_each(con, tmp_path, *rows)
    found = [(text, row and row["recipients"]) for text, (_, row) in zip(LISTS, read, strict=True)]
    assert found == [(text, ["off-1", "off-2"]) for text in LISTS]
    assert [row["taxable_periods"] for _, row in read] == [[2022, 2023]] * len(LISTS)


def test_a_list_that_cannot_be_cut_with_certainty_is_told(con, tmp_path):
    read = read_each(con, tmp_path, *({"recipients": text} for text in UNCERTAIN))
    told = [(text, errors) for text, (errors, _) in zip(UNCERTAIN, read, strict=True)]
    assert told == [(text, [("recipients", "bad-list")]) for text in UNCERTAIN]
    assert all("`;`" in one.cure for one in row_errors(con))


def test_years_as_data_frames_write_them(con, tmp_path):
    texts = ["2022.0; 2023.0", "2022.0;2023", "[2022 2023]", "2022 / 2023"]
    read = read_each(con, tmp_path, *({"taxable_periods": text} for text in texts))
    assert [row["taxable_periods"] for _, row in read] == [[2022, 2023]] * len(texts)


def test_years_that_may_be_a_span_are_told(con, tmp_path):
    texts = ["2022/2023", "2022-2023", "2022 to 2023", "2022 2023"]
    read = read_each(con, tmp_path, *({"taxable_periods": text} for text in texts))
    assert [errors for errors, _ in read] == [[("taxable_periods", "bad-years")]] * len(texts)


def test_capitals_say_the_same_where_there_are_none(con, tmp_path):
    forms = ["Address-Confirmation", "ADDRESS-CONFIRMATION", "Address Confirmation"]
    forms += ["address_confirmation", "address\u2010confirmation", "address\u2013confirmation"]
    read = read_each(con, tmp_path, *({"items": text, "agency": "DHS-ICE"} for text in forms))
    assert [(row["items"], row["agency"]) for _, row in read] == [
        (["address-confirmation"], "dhs-ice")
    ] * len(forms)


def test_a_request_id_stands_once_for_an_agency_in_whichever_letters(con, tmp_path):
    read_requests(con, csv_file(tmp_path, request(), request(agency="DHS-ICE")))
    assert errors_of(con) == [(2, "request_id", "repeated-request-id")]


MIDNIGHTS = [
    *("2025-08-01 00:00:00", "2025-08-01T00:00:00", "2025-08-01T00:00:00.000"),
    *("2025-08-01T00:00", "2025-08-01 00:00", "2025-08-01 12:00:00 AM", "2025-08-01 12:00 am"),
    *("2025-08-01T00:00:00.000Z", "2025-08-01 00:00:00+00:00", "2025-08-01T00:00:00.000-05:00"),
]
OTHER_TIMES = [
    *("2025-08-01 00:00:01", "2025-08-01T12:00:00Z", "2025-02-30T00:00:00"),
    *("1754006400000", "2025-08-01 12:00", "2025-08-01 12:00 PM"),
]


def test_the_midnight_with_which_a_day_begins_is_that_day(con, tmp_path):
    read = read_each(con, tmp_path, *({"signed_on": text} for text in MIDNIGHTS))
    assert [row["signed_on"] for _, row in read] == [date(2025, 8, 1)] * len(MIDNIGHTS)


def test_another_time_of_the_day_is_no_day(con, tmp_path):
    read = read_each(con, tmp_path, *({"signed_on": text} for text in OTHER_TIMES))
    assert [errors for errors, _ in read] == [[("signed_on", "bad-date")]] * len(OTHER_TIMES)


def test_one_request_and_json_are_read_alike(con, tmp_path):
    row = request(matter_number="N/A", recipients="a, b", items="Address-Confirmation", tin="nan")
    assert one_request(con, row) == ()
    alone = requests_of(con)
    read_requests(con, json_file(tmp_path, row))
    assert requests_of(con) == alone
    read_requests(con, csv_file(tmp_path, row))
    assert requests_of(con) == alone


def people(con, folder, **changes):
    path = put(folder / "people.csv", csv_bytes(PERSON | changes, columns=REFERENCE_COLUMNS))
    read_reference(con, path, "people")
    return con.execute("SELECT tin, birth_date, period, source, hold FROM people").fetchall()[0]


@pytest.mark.parametrize(
    ("changes", "at", "value"),
    [
        ({"tin": "000000000"}, 0, None),
        ({"tin": "999-99-9999"}, 0, None),
        ({"tin": "NULL"}, 0, None),
        ({"birth_date": "1900-01-01"}, 1, None),
        ({"birth_date": "1980-02-29 00:00:00"}, 1, date(1980, 2, 29)),
        ({"birth_date": r"\N"}, 1, None),
        ({"source": "Postal-Update"}, 3, "Postal-Update"),
        ({"source": ""}, 3, None),
    ],
)
def test_the_reference_is_read_by_the_same_rules(con, tmp_path, changes, at, value):
    assert people(con, tmp_path, **changes)[at] == value


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"person_id": "1234567.0"}, "person_id"),
        ({"person_id": "4-Mar"}, "person_id"),
        ({"source": "telephone"}, "source"),
        ({"hold": "N/A"}, "hold"),
        ({"hold": "unknown"}, "hold"),
        ({"person_id": "2.02516E+13"}, "person_id"),
        ({"person_id": "p\u200b1"}, "person_id"),
        ({"person_id": "x" * 201}, "person_id"),
        ({"person_id": "p\u00071"}, "person_id"),
    ],
)
def test_what_the_reference_must_not_say_is_refused(con, tmp_path, changes, column):
    with pytest.raises(InputError) as caught:
        people(con, tmp_path, **changes)
    assert caught.value.where.endswith(f"row 1 column {column}")
