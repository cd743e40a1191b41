"""A workbook's cells are read for what they are and as they are shown; none swells at will."""

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter

from ostiary.deciding.intake import workbook_unpacked
from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.errors import InputError
from request_file import (
    PERSON,
    REFERENCE_COLUMNS,
    REQUEST_COLUMNS,
    csv_bytes,
    csv_file,
    errors_of,
    put,
    request,
    requests_of,
)
from zip_parts import reword

ROWS = [
    request(),
    request(request_id="R2", unit="APT 3", postal_code="02138", tin="", birth_date=""),
    request(request_id="R3", reason='he said "no",\nthen = left', middle_name="=B"),
]


def book(path, *sheets, options=None):
    """A workbook; a sheet is its name, rows above the header, columns on its left, and rows."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False} | (options or {})) as made:
        day = made.add_format({"num_format": "d mmm yyyy"})
        for name, above, left, rows, columns in sheets:
            sheet = made.add_worksheet(name)
            for number in range(above):
                sheet.write_string(number, 0, "Requests of August" if number == 0 else "")
            for at, column in enumerate(columns, start=left):
                sheet.write_string(above, at, column)
                for number, row in enumerate(rows, start=above + 1):
                    value = row.get(column, "")
                    if isinstance(value, dt.date):
                        sheet.write_datetime(number, at, value, day)
                    elif isinstance(value, str):
                        sheet.write_string(number, at, value)
                    else:
                        sheet.write(number, at, value)
    return path


def one_sheet(path, rows, **options):
    return book(path, ("Sheet1", 0, 0, rows, REQUEST_COLUMNS), **options)


@pytest.fixture
def plain(con, tmp_path):
    read_requests(con, csv_file(tmp_path, *ROWS))
    return requests_of(con)


LAYOUTS = {
    "plain": ("Sheet1", 0, 0),
    "titles above": ("Sheet1", 3, 0),
    "empty columns on the left": ("Sheet1", 0, 2),
    "both": ("Requests", 2, 1),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_sheet_of_text_says_what_the_csv_says(con, tmp_path, plain, name):
    sheet, above, left = LAYOUTS[name]
    read_requests(con, book(tmp_path / "a.xlsx", (sheet, above, left, ROWS, REQUEST_COLUMNS)))
    assert errors_of(con) == []
    assert requests_of(con) == plain


def test_days_numbers_and_truths_are_read_for_what_they_are(con, tmp_path, plain):
    first = ROWS[0] | {
        "signed_on": dt.date(2025, 8, 1),
        "birth_date": dt.date(1980, 2, 29),
        "removal_order_date": dt.datetime(2024, 1, 15),  # noqa: DTZ001 - a cell has no zone
        "tin": 900700001,
        "postal_code": 62701,
        "sole_use": True,
        "ai_analysis": False,
    }
    read_requests(con, one_sheet(tmp_path / "a.xlsx", [first, *ROWS[1:]]))
    assert errors_of(con) == []
    assert requests_of(con) == plain


@pytest.mark.parametrize("first_day", [1900, 1904])
def test_days_are_the_same_in_both_calendars_of_workbooks(con, tmp_path, first_day):
    row = ROWS[0] | {"signed_on": dt.date(2025, 8, 1)}
    options = {"date_1904": first_day == 1904}
    read_requests(con, one_sheet(tmp_path / "a.xlsx", [row], options=options))
    assert requests_of(con)[0]["signed_on"] == dt.date(2025, 8, 1)


CHANGED_BY_THE_SPREADSHEET = {
    "digits": ({"matter_number": 20251600000001234}, "matter_number", "digits-lost"),
    "fifteen": ({"request_id": 10**15}, "request_id", "digits-lost"),
    "day": ({"matter_number": dt.date(2025, 3, 4)}, "matter_number", "unreadable-row"),
    "clock": ({"signed_on": dt.datetime(2025, 8, 1, 9, 30)}, "signed_on", "bad-date"),  # noqa: DTZ001
    "serial": ({"signed_on": 45870}, "signed_on", "bad-date"),
    "zero": ({"tin": 90700001}, "tin", "bad-digits"),
    "truth": ({"signed_on": True}, "signed_on", "bad-date"),
}


@pytest.mark.parametrize("name", CHANGED_BY_THE_SPREADSHEET)
def test_what_a_spreadsheet_has_changed_is_an_error_at_its_row(con, tmp_path, name):
    change, column, code = CHANGED_BY_THE_SPREADSHEET[name]
    read_requests(con, one_sheet(tmp_path / "a.xlsx", [ROWS[0], ROWS[1] | change]))
    assert errors_of(con) == [(2, column, code)]
    ((line,),) = con.execute("SELECT line FROM row_errors").fetchall()
    assert line == 3


def test_blank_rows_and_columns_of_a_sheet_are_passed_over(con, tmp_path):
    rows = [ROWS[0], {}, {"city": "  "}, ROWS[1], {}]
    result = read_requests(con, one_sheet(tmp_path / "a.xlsx", rows))
    assert (result.rows, result.requests) == (2, 2)
    read_requests(con, one_sheet(tmp_path / "b.xlsx", [*rows, ROWS[2] | {"signed_on": "soon"}]))
    assert con.execute("SELECT row, line FROM row_errors").fetchall() == [(3, 7)]


def test_of_several_sheets_the_one_with_the_columns_is_read(con, tmp_path, plain):
    notes = ("Notes", 0, 0, [{"a": "b"}], ["a"])
    named = ("Data", 0, 0, ROWS, REQUEST_COLUMNS)
    read_requests(con, book(tmp_path / "a.xlsx", notes, named))
    assert requests_of(con) == plain
    with pytest.raises(InputError, match="more than one sheet has these columns: `Data` and `D2`"):
        read_requests(con, book(tmp_path / "b.xlsx", named, ("D2", *named[1:])))
    with pytest.raises(InputError, match="none of the expected columns"):
        read_requests(con, book(tmp_path / "c.xlsx", notes))


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (lambda sheet: sheet.set_row(2, None, None, {"hidden": True}), 3, "are hidden"),
        (
            lambda sheet: sheet.autofilter(0, 0, 3, 5) or sheet.set_row(1, options={"hidden": 1}),
            2,
            "are hidden",
        ),
        (lambda sheet: sheet.set_column(3, 4, None, None, {"hidden": True}), None, "columns"),
        (lambda sheet: sheet.set_column(3, 4, 0), None, "columns"),
        (lambda sheet: sheet.set_column(20, 20, 0.1), None, "columns"),
        (lambda sheet: sheet.set_row(2, 0), 3, "are hidden"),
        (lambda sheet: sheet.set_row(2, 0.2), 3, "are hidden"),
        (lambda sheet: sheet.merge_range(2, 5, 3, 5, "two"), 4, "are merged"),
        (lambda sheet: sheet.merge_range(3, 0, 3, 2, "wide"), 4, "are merged"),
    ],
)
def test_what_the_sender_does_not_see_is_refused_by_its_line(con, tmp_path, change, line, message):
    path = tmp_path / "requests.xlsx"
    written(path, change)
    with pytest.raises(InputError, match=message) as refused:
        read_requests(con, path)
    assert f" line {line or len(ROWS) + 1}" in refused.value.where
    assert refused.value.cure


@pytest.mark.parametrize("how", ["hide", "very_hidden"])
def test_a_hidden_sheet_with_the_columns_is_refused(con, tmp_path, how):
    path = tmp_path / "requests.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as made:
        made.add_worksheet("Notes").write_string(0, 0, "see below")
        sheet = made.add_worksheet("Requests")
        fill(sheet)
        getattr(sheet, how)()
    with pytest.raises(InputError, match="sheet with these columns is hidden") as refused:
        read_requests(con, path)
    assert refused.value.cure


def test_rows_that_are_not_there_may_be_hidden_by_default(con, tmp_path, plain):
    """`zeroHeight` hides what the sheet does not list (ECMA-376, part 1, 18.3.1.81)."""
    path = tmp_path / "requests.xlsx"
    written(path, lambda sheet: sheet.set_default_row(hide_unused_rows=True))
    with zipfile.ZipFile(path) as archive:
        assert b'zeroHeight="1"' in archive.read("xl/worksheets/sheet1.xml")
    read_requests(con, path)
    assert errors_of(con) == []
    assert requests_of(con) == plain


SHOWN_OTHERWISE = {
    "a ZIP Code of four": ("postal_code", 213, "0000"),
    "a TIN of eight": ("tin", 1234567, "00-000-000"),
    "letters in front": ("matter_number", 12, '"M-"0'),
    "letters, one by one": ("matter_number", 12, "\\M\\-0000"),
    "zeros of few digits": ("request_id", 7, "000"),
    "nothing": ("matter_number", 12, ";;;"),
    "zeros, in red below nought": ("matter_number", 12, "[Blue]0000;[Red]-0000"),
    "thousands cut": ("matter_number", 12345, "0,"),
    "thousands cut before a point": ("matter_number", 12345, "0,.0"),
    "a zero that fills the cell": ("matter_number", 12, "*00"),
    "a hundredfold": ("matter_number", 12, "0%"),
    "a hundredfold, built in": ("matter_number", 12, "0.00%"),
    "by a condition": ("matter_number", 7, "[>9]0;00"),
    "nought as nothing": ("matter_number", 0, "#"),
    "nought by an empty section": ("matter_number", 0, "0;;;@"),
    "nought as a dash": ("matter_number", 0, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'),
    "a sign that is not there": ("matter_number", 12, "\\-0"),
    "a sign that is left out": ("matter_number", -12, "0;0"),
    "a currency in front": ("matter_number", 12, "[$USD]0"),
    "text as nothing": ("matter_number", "HSI-9", ";;;"),
    "text as another one": ("matter_number", "HSI-9", '0;0;0;"M-1"'),
}


@pytest.mark.parametrize("name", SHOWN_OTHERWISE)
def test_a_number_that_its_format_shows_as_something_else_is_refused(con, tmp_path, name):
    column, number, shown = SHOWN_OTHERWISE[name]

    def change(sheet):
        sheet.write(2, REQUEST_COLUMNS.index(column), number, sheet.formats[shown])

    written(tmp_path / "requests.xlsx", change, formats=[shown])
    with pytest.raises(InputError, match="the format of a number") as refused:
        read_requests(con, tmp_path / "requests.xlsx")
    letter = xlsxwriter.utility.xl_col_to_name(REQUEST_COLUMNS.index(column))
    assert refused.value.where.endswith(f" line 3 column {letter}")
    assert "as text" in refused.value.cure


SHOWN_AS_IT_IS = (
    *("0", "00000", "0.00", "#,##0", "000-00-0000", "@", "General", "0;-0;;@", "[$-409]0", "0_-"),
    *('_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', "[<=9]0;000", "#"),
)


@pytest.mark.parametrize("shown", SHOWN_AS_IT_IS)
def test_a_number_that_is_shown_as_it_is_is_read(con, tmp_path, plain, shown):
    def change(sheet):
        at = REQUEST_COLUMNS.index("tin")
        sheet.write_number(1, at, 900700001, sheet.formats[shown])

    written(tmp_path / "requests.xlsx", change, formats=[shown])
    read_requests(con, tmp_path / "requests.xlsx")
    assert errors_of(con) == []
    assert requests_of(con) == plain


@pytest.mark.parametrize(("of_cell", "of_condition"), [("0", "00000"), ("00000", "0")])
def test_a_format_of_a_condition_is_none_of_a_cell(con, tmp_path, of_cell, of_condition):
    """ECMA-376, part 1, 18.8.14: a `numFmt` within `dxf` may have any cell format's number."""
    path = tmp_path / "requests.xlsx"
    at = REQUEST_COLUMNS.index("matter_number")
    written(
        path,
        lambda sheet: sheet.write_number(2, at, 2134, sheet.formats["\\ 0"]),
        formats=["\\ 0"],
    )
    styles = "xl/styles.xml"
    _retold(path, b'formatCode="\\ 0"', f'formatCode="{of_cell}"'.encode(), styles)
    other = (
        f'<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="{of_condition}"/></dxf></dxfs>'
    )
    _retold(path, b'<dxfs count="0"/>', other.encode(), styles)
    if of_cell == "00000":
        with pytest.raises(InputError, match="the format of a number"):
            read_requests(con, path)
        return
    read_requests(con, path)
    assert requests_of(con)[1]["matter_number"] == "2134"


@pytest.mark.parametrize("wide", [True, False])
def test_a_default_of_no_width_hides_the_columns_of_which_nothing_else_is_said(
    con, tmp_path, plain, wide
):
    path = tmp_path / "requests.xlsx"
    last = len(REQUEST_COLUMNS) - (0 if wide else 20)
    written(path, lambda sheet: sheet.set_column(0, last, 12))
    nothing = b'<sheetFormatPr defaultColWidth="0" defaultRowHeight="15"/>'
    _retold(path, b'<sheetFormatPr defaultRowHeight="15"/>', nothing, "xl/worksheets/sheet1.xml")
    if not wide:
        with pytest.raises(InputError, match="columns of this workbook are hidden"):
            read_requests(con, path)
        return
    read_requests(con, path)
    assert requests_of(con) == plain


def _retold(path, old, new, relations="xl/_rels/workbook.xml.rels"):
    """Write the targets of a workbook's relations, or what another part says, otherwise."""
    reword(path, relations, old, new)


@pytest.mark.parametrize("target", [b'="worksheets/', b'="/xl/worksheets/'])
@pytest.mark.parametrize("first", [True, False])
def test_what_is_hidden_on_another_sheet_is_nothing_of_the_one_that_is_read(
    con, tmp_path, plain, first, target
):
    path = tmp_path / "requests.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as made:
        sheets = [made.add_worksheet(name) for name in ("R & D <1>", "Notes")]
        asked, other = sheets if first else reversed(sheets)
        fill(asked)
        other.write_column(0, 0, ["a", "b", "c"])
        other.set_row(1, None, None, {"hidden": True})
        other.set_column(0, 0, None, None, {"hidden": True})
    _retold(path, b'="worksheets/', target)
    read_requests(con, path)
    assert errors_of(con) == []
    assert requests_of(con) == plain


def test_where_it_is_unclear_which_part_a_sheet_is_every_part_counts(con, tmp_path):
    path = tmp_path / "requests.xlsx"
    written(path, lambda sheet: sheet.set_row(2, None, None, {"hidden": True}))
    with zipfile.ZipFile(path) as archive:
        ids = archive.read("xl/workbook.xml")
    assert b'r:id="rId1"' in ids
    _retold(path, b'Id="rId2"', b'Id="rId1"')
    with pytest.raises(InputError, match=r"are hidden|cannot be read"):
        read_requests(con, path)


def test_a_hidden_column_with_nothing_below_its_name_hides_nothing(con, tmp_path, plain):
    empty = [name for name in REQUEST_COLUMNS if not any(row.get(name) for row in ROWS)]

    def hide(sheet):
        for at in map(REQUEST_COLUMNS.index, empty):
            sheet.set_column(at, at, None, None, {"hidden": True})
        sheet.set_column(len(REQUEST_COLUMNS), 99, None, None, {"hidden": True})

    assert empty
    written(tmp_path / "requests.xlsx", hide)
    read_requests(con, tmp_path / "requests.xlsx")
    assert requests_of(con) == plain


def test_a_merged_title_and_a_hidden_empty_row_say_nothing(con, tmp_path, plain):
    def titled(sheet):
        sheet.merge_range(0, 0, 0, 4, "Requests of August")
        sheet.set_row(5, None, None, {"hidden": True})

    written(tmp_path / "requests.xlsx", titled, above=1)
    read_requests(con, tmp_path / "requests.xlsx")
    assert errors_of(con) == []
    assert requests_of(con) == plain


def written(path, change, above=0, formats=()):
    """A workbook of the rows, of whose sheet something is changed."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as made:
        sheet = made.add_worksheet()
        sheet.formats = {one: made.add_format({"num_format": one}) for one in formats}
        fill(sheet, above)
        change(sheet)


def fill(sheet, above=0):
    """Write the rows below their header."""
    header = dict(zip(REQUEST_COLUMNS, REQUEST_COLUMNS, strict=True))
    for number, row in enumerate([header, *ROWS]):
        for at, column in enumerate(REQUEST_COLUMNS):
            if row.get(column):
                sheet.write_string(number + above, at, row[column])


def test_a_reference_file_may_be_a_workbook(con, tmp_path):
    made = book(tmp_path / "a.xlsx", ("People", 0, 0, [PERSON], REFERENCE_COLUMNS))
    assert read_reference(con, made, "people") == 1


def test_what_is_no_workbook_says_so(con, tmp_path):
    for content, said in [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "behind a password"),
        (csv_bytes(*ROWS), "not a workbook"),
        (b"PK\x03\x04" + bytes(500), "cannot be read"),
        (zipped({"a.txt": b"x"}), "cannot be read"),
    ]:
        with pytest.raises(InputError, match=said):
            read_requests(con, put(tmp_path / "a.xlsx", content))


def zipped(parts, how=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def with_sheet(path, text, name="xl/worksheets/sheet1.xml"):
    """A good workbook with the text of its sheet replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = text
    return put(path, zipped(parts))


HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
SWOLLEN = {
    "a cell in the last corner": b'<row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "the corner in other quotes": b"<row r='1048576'><c t='n' r = 'XFD1048576'><v>1</v></c></row>",
    "cells without a place": b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>" + b"<row/>" * 600,
    "bytes": b"<row>" + b" " * 2_000_000 + b"</row>",
}


@pytest.mark.parametrize("name", SWOLLEN)
def test_a_workbook_that_would_swell_is_refused_before_it_is_opened(
    con, tmp_path, monkeypatch, name
):
    monkeypatch.setattr(workbook_unpacked, "MOST_BYTES", 1_500_000)
    path = with_sheet(one_sheet(tmp_path / "a.xlsx", ROWS), HEAD + SWOLLEN[name] + TAIL)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(InputError, match="more than") as caught:
        read_requests(con, path)
    assert "CSV" in caught.value.cure


def test_what_an_archive_says_of_its_size_is_not_believed(con, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_unpacked, "MOST_BYTES", 1_500_000)
    text = HEAD + b" " * 2_000_000 + TAIL
    path = with_sheet(one_sheet(tmp_path / "a.xlsx", ROWS), text)
    said = len(text).to_bytes(4, "little")
    assert path.read_bytes().count(said) >= 2
    put(path, path.read_bytes().replace(said, (900).to_bytes(4, "little")))
    with pytest.raises(InputError):
        read_requests(con, path)


@pytest.mark.parametrize(
    "damage",
    [
        (b't="s"><v>', b't="</v>'),
        (b'="C3"', b'="C3""'),
        (b"<sheetData>", b'<!DOCTYPE a [<!ENTITY b "c">]><sheetData>'),
        (b"</row>", b""),
        (b'r="A3"', b'r="A4"'),  # a cell that would take the place of another row's
        (b'r="C3"', b'r="B3"'),
        (b'<row r="3"', b'<row r="2"'),
        (b'<row r="3"', b'<row r="9"'),
    ],
)
def test_a_sheet_that_is_no_xml_is_refused_and_no_row_of_it_lost(con, tmp_path, damage):
    path = one_sheet(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/worksheets/sheet1.xml")
    assert damage[0] in text
    with pytest.raises(InputError, match="cannot be read"):
        read_requests(con, with_sheet(path, text.replace(*damage, 1)))


def test_other_parts_may_name_cells_in_any_order(con, tmp_path, plain):
    path = one_sheet(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        chain = '<calcChain xmlns="urn:x"><c r="B9" i="1"/><c r="A2" i="1"/></calcChain>'
        archive.writestr("xl/calcChain.xml", chain)
    read_requests(con, path)
    assert requests_of(con) == plain
