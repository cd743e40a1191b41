"""What stands on a sheet is what is sent: crossed out, unseen, and shown in part is not guessed at.

A table of dresses that people and programs give to cells of a workbook, each with what is read of
it. In every one the value itself is that of the plain file.
"""

import datetime as dt

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.errors import InputError
from request_file import (
    PERSON,
    REFERENCE_COLUMNS,
    REQUEST_COLUMNS,
    csv_file,
    errors_of,
    request,
    requests_of,
)
from zip_parts import reword

ROWS = [request(), request(request_id="R2", postal_code="02134", tin="012345678")]
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"


def at(column):
    return REQUEST_COLUMNS.index(column)


@pytest.fixture
def made(tmp_path):
    """Make a workbook of the rows, of whose sheet something is changed, and say a part anew."""

    def make(change=lambda _: None, part="", old=b"", new=b""):
        path = tmp_path / "requests.xlsx"
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            sheet = book.add_worksheet()
            sheet.style = lambda **said: book.add_format(said)
            header = dict(zip(REQUEST_COLUMNS, REQUEST_COLUMNS, strict=True))
            for number, row in enumerate([header, *ROWS]):
                for column in (name for name in REQUEST_COLUMNS if row.get(name)):
                    sheet.write_string(number, at(column), row[column])
            change(sheet)
        if part:
            reword(path, part, old, new)
        return path

    return make


@pytest.fixture
def plain(con, tmp_path):
    read_requests(con, csv_file(tmp_path, *ROWS))
    return requests_of(con)


CROSSED, UNSEEN = "crossed out", "colour of its cell"
DRESSES = {
    "a line through it": ({"font_strikeout": True}, CROSSED),
    "from corner to corner": ({"diag_type": 3, "diag_border": 1}, CROSSED),
    "upwards": ({"diag_type": 1, "diag_border": 1}, CROSSED),
    "a corner's colour without a line": ({"diag_type": 3, "diag_color": "#FF0000"}, CROSSED),
    "white": ({"font_color": "#FFFFFF"}, UNSEEN),
    "blacked out": ({"pattern": 1, "bg_color": "#000000"}, UNSEEN),
    "blue on blue": ({"font_color": "#0000ff", "bg_color": "#0000FF"}, UNSEEN),
    "white on blue": ({"font_color": "#FFFFFF", "bg_color": "#0000FF"}, ""),
    "red": ({"font_color": "#FF0000", "bold": True, "underline": 1}, ""),
    "yellow": ({"bg_color": "#FFFF00", "border": 1, "italic": True}, ""),
    "white on a pattern": ({"pattern": 4, "font_color": "#FFFFFF", "fg_color": "#FFFFFF"}, ""),
}


@pytest.mark.parametrize("name", DRESSES)
def test_a_dress_of_a_cell_leaves_its_value_or_is_an_error_of_its_row(con, made, plain, name):
    dress, said = DRESSES[name]
    path = made(lambda sheet: sheet.write(2, at("tin"), ROWS[1]["tin"], sheet.style(**dress)))
    read_requests(con, path)
    assert errors_of(con) == ([(2, "tin", "unreadable-row")] if said else [])
    assert requests_of(con) == (plain[:1] if said else plain)
    for line, message, cure in con.execute("SELECT line, message, cure FROM row_errors").fetchall():
        assert (line, said in message, bool(cure)) == (3, True, True)


WHITE, BLUE = {"font_color": "#FFFFFF"}, {"font_color": xlsxwriter.color.Color.theme(4, 0)}
OWN = b"""<dxfs count="2"><dxf><font><color theme="0"/></font><fill><patternFill><bgColor rgb="%b"/>
</patternFill></fill></dxf><dxf><font><b/></font></dxf></dxfs><tableStyles count="1"><tableStyle
name="TableStyleDark2" pivot="0" count="1"><tableStyleElement type="%b" dxfId="%d"/>
</tableStyle></tableStyles>"""
NO_OWN = (
    b'<dxfs count="0"/><tableStyles count="0" defaultTableStyle="TableStyleMedium9"'
    b' defaultPivotStyle="PivotStyleLight16"/>'
)
TABLES = {
    "dark": ("Dark 2", {}, None, ""),
    "black": ("Dark 1", {}, None, ""),
    "dark, and a ground of its own": ("Dark 2", {"bg_color": "#FFFFFF"}, None, UNSEEN),
    "the ground of the table": ("Dark 2", BLUE, None, UNSEEN),
    "dark by name, and light": ("Dark 8", {}, None, UNSEEN),
    "light": ("Light 9", {}, None, UNSEEN),
    "the usual one": ("Medium 2", {}, None, UNSEEN),
    "below the table": ("Dark 2", {}, b"", UNSEEN),
    "the workbook's own": ("Dark 2", {}, OWN % (b"FF003366", b"wholeTable", 0), ""),
    "the workbook's own, white": ("Dark 2", {}, OWN % (b"FFFFFFFF", b"wholeTable", 0), UNSEEN),
    "the workbook's own, bold": ("Dark 2", {}, OWN % (b"FF003366", b"wholeTable", 1), UNSEEN),
    "every other row": ("Dark 2", {}, OWN % (b"FF003366", b"firstRowStripe", 0), UNSEEN),
}


@pytest.mark.parametrize("name", TABLES)
def test_white_letters_are_seen_on_the_dark_ground_of_a_table(con, made, plain, name):
    """18.8.40: what a table's style paints lies under cells without a ground of their own."""
    style, dress, own, said = TABLES[name]

    def dressed(sheet):
        columns = [{"header": column} for column in REQUEST_COLUMNS]
        how = {"style": f"Table Style {style}", "columns": columns}
        sheet.add_table(0, 0, 1 if own == b"" else 2, len(columns) - 1, how)
        sheet.write(2, at("tin"), ROWS[1]["tin"], sheet.style(**(WHITE | dress)))

    path = made(dressed)
    if own:
        reword(path, STYLES, NO_OWN, own)
    read_requests(con, path)
    assert errors_of(con) == ([(2, "tin", "unreadable-row")] if said else [])
    assert requests_of(con) == (plain[:1] if said else plain)


def test_a_row_that_is_crossed_out_is_told_and_the_others_are_read(con, made, plain):
    def cross(sheet):
        for column in ("request_id", "surname", "city"):
            sheet.write(1, at(column), ROWS[0][column], sheet.style(font_strikeout=True))

    read_requests(con, made(cross))
    assert errors_of(con) == [(1, "request_id", "unreadable-row")]
    assert requests_of(con) == plain[1:]


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_part_of_a_text_that_is_crossed_out_is_no_part_to_guess_at(con, made, is_shared):
    """18.4.4: runs of a text have fonts of their own, in the shared table or in the cell itself."""

    def cross(sheet):
        if is_shared:
            old = sheet.style(font_strikeout=True)
            sheet.write_rich_string(2, at("surname"), old, "Former ", "Sample")
        else:
            sheet.write_number(2, at("surname"), 77777)

    cell = f'<c r="{xl_col_to_name(at("surname"))}3"'.encode()
    runs = b"<is><r><rPr><strike/></rPr><t>Former </t></r><r><t>Sample</t></r></is>"
    inline = (SHEET, cell + b"><v>77777</v>", cell + b' t="inlineStr">' + runs)
    read_requests(con, made(cross, *(() if is_shared else inline)))
    assert errors_of(con) == [(2, "surname", "unreadable-row")]


def test_a_line_that_is_switched_off_is_none(con, made, plain):
    def cross(sheet):
        sheet.write(2, at("tin"), ROWS[1]["tin"], sheet.style(font_strikeout=True))

    read_requests(con, made(cross, STYLES, b"<strike/>", b'<strike val="0"/>'))
    assert errors_of(con) == []
    assert requests_of(con) == plain


def test_a_column_whose_name_is_crossed_out_is_refused_by_its_letter(con, made):
    path = made(lambda sheet: sheet.write(0, 3, "agreement", sheet.style(font_strikeout=True)))
    with pytest.raises(InputError, match="name of a column is crossed out") as refused:
        read_requests(con, path)
    assert refused.value.where.endswith(" line 1 column D")


RULES = {
    "crossed out": ({"font_strikeout": True}, True),
    "white": ({"font_color": "#FFFFFF"}, True),
    "as nothing": ({"num_format": ";;;"}, True),
    "red": ({"font_color": "#9C0006", "bg_color": "#FFC7CE"}, False),
}


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("first", [1, 9])
def test_a_rule_that_may_hide_values_below_the_header_is_refused(con, made, plain, name, first):
    dress, hides = RULES[name]

    def rule(sheet):
        said = {"type": "formula", "criteria": "=$A2=1", "format": sheet.style(**dress)}
        sheet.conditional_format(first, 0, 20, 30, said)

    if not hides or first == 9:
        read_requests(con, made(rule))
        assert requests_of(con) == plain
        return
    with pytest.raises(InputError, match="conditional formatting") as refused:
        read_requests(con, made(rule))
    assert " column " in refused.value.where


def test_a_picture_in_the_place_of_a_value_hides_it(con, made):
    kind = {"type": "icon_set", "icon_style": "3_flags", "icons_only": True}
    with pytest.raises(InputError, match="conditional formatting"):
        read_requests(con, made(lambda sheet: sheet.conditional_format("A2:Z9", kind)))


ZEROS = {
    "a ZIP Code": ("postal_code", 2134, "00000", "02134"),
    "its nine digits": ("postal_code", 21341234, "00000\\-0000", "021341234"),
    "a TIN": ("tin", 12345678, "000\\-00\\-0000", "012345678"),
    "a TIN, with words of a language": ("tin", 12345678, "[$-409]000-00-0000;@", "012345678"),
}


@pytest.mark.parametrize("name", ZEROS)
def test_zeros_that_a_format_shows_are_read_where_all_values_have_as_many_digits(
    con, made, plain, name
):
    column, number, shown, value = ZEROS[name]
    change = lambda sheet: sheet.write(2, at(column), number, sheet.style(num_format=shown))  # noqa: E731
    read_requests(con, made(change))
    assert errors_of(con) == []
    assert [row[column] for row in requests_of(con)] == [plain[0][column], value]


def test_zeros_are_read_in_a_reference_file_and_beside_empty_columns_too(con, tmp_path):
    path = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, zip_code = book.add_worksheet(), book.add_format({"num_format": "00000"})
        for number, column in enumerate(REFERENCE_COLUMNS, start=2):
            sheet.write_string(3, number, column)
            sheet.write_string(4, number, PERSON.get(column, ""))
        sheet.write_number(4, REFERENCE_COLUMNS.index("postal_code") + 2, 501, zip_code)
    assert read_reference(con, path, "people") == 1
    assert con.execute("SELECT postal_code FROM people").fetchall() == [("00501",)]


IN_PART = ("d-mmm", "mmm-yy", "yyyy", "mmmm d", "dddd", "h:mm", "[$-F400]h:mm:ss\\ AM/PM", 16, 17)
IN_FULL = (
    *("yyyy-mm-dd", "m/d/yy;@", "[$-409]mmmm\\ d\\,\\ yyyy;@", 'd" de "mmmm" de "yyyy', 14, 15),
    *('yyyy"年"m"月"d"日"', "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "ge.m.d"),
)


@pytest.mark.parametrize("shown", [*IN_PART, *IN_FULL])
def test_of_a_day_that_is_shown_in_part_the_rest_is_made_up(con, made, plain, shown):
    """Who types `Feb-80` gets its first day, who types `2/29` the year that it is."""
    day = dt.date(1980, 2, 29)
    path = made(lambda it: it.write_datetime(2, at("birth_date"), day, it.style(num_format=shown)))
    read_requests(con, path)
    in_part = shown in IN_PART
    assert errors_of(con) == ([(2, "birth_date", "unreadable-row")] if in_part else [])
    assert requests_of(con) == (plain[:1] if in_part else plain)


def test_values_that_a_program_left_to_a_spreadsheet_to_calculate_are_refused(con, made, plain):
    """18.2.2: nought stands beside the formula, and the workbook says that it is none."""
    path = made(lambda sheet: sheet.write_formula(2, at("tin"), "=12345677+1"))
    with pytest.raises(InputError, match="not yet calculated") as refused:
        read_requests(con, path)
    assert refused.value.where.endswith(" line 3")
    calculated = made(
        lambda sheet: sheet.write_formula(2, at("surname"), '="Sam"&"ple"', None, "Sample"),
        *("xl/workbook.xml", b' fullCalcOnLoad="1"', b""),
    )
    read_requests(con, calculated)
    assert requests_of(con) == plain


def test_a_note_on_a_cell_is_no_value(con, made, plain):
    read_requests(con, made(lambda sheet: sheet.write_comment(2, at("tin"), "withdrawn?")))
    assert errors_of(con) == []
    assert requests_of(con) == plain


def test_a_second_table_in_a_sheet_is_no_sheet(con, made):
    twice = b'</sheetData><sheetData><row r="9"/></sheetData>'
    with pytest.raises(InputError, match="cannot be read"):
        read_requests(con, made(lambda _: None, SHEET, b"</sheetData>", twice))
