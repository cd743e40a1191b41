"""What programs put beside the rows (signs, formulas) is told, and no value is lost."""

# ruff: noqa: RUF001 - digits and letters of other scripts are what is tried

from io import BytesIO

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.errors import InputError
from request_file import (
    REQUEST_COLUMNS,
    csv_bytes,
    csv_file,
    errors_of,
    put,
    request,
    requests_of,
)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        *(("signed_on", day, "bad-date") for day in ("２０２５-08-01", "٢٠٢٥-٠٨-٠١", "２０２５年")),
        *(("birth_date", day, "bad-date") for day in ("１９８０－０２－２９", "१९८०")),
        *(("tin", tin, "bad-digits") for tin in ("٩٠٠٧٠٠٠٠١", "９００７０００１", "九")),
        ("taxable_periods", "２０２２", "bad-years"),
    ],
)
def test_a_value_in_digits_of_another_script_is_told_and_not_dropped(
    con, tmp_path, column, value, code
):
    """Dropped, a TIN or a day of birth would no longer contradict."""
    read_requests(con, csv_file(tmp_path, request(**{column: value})))
    assert (1, column, code) in errors_of(con)


@pytest.mark.parametrize("column", ["matter_number", "reason", "court_order"])
@pytest.mark.parametrize("text", ["案件一", "Дело", "Привет", "０١", "№٥"])
def test_what_is_said_in_another_script_is_said(con, tmp_path, column, text):
    read_requests(con, csv_file(tmp_path, request(**{column: text})))
    assert requests_of(con, column) == [{column: text}]


@pytest.mark.parametrize("text", ["—", "…", "·", "０", "٠", "※", "\u3164"])
def test_signs_and_zeros_of_any_script_are_still_nothing(con, tmp_path, text):
    read_requests(con, csv_file(tmp_path, request(matter_number=text)))
    assert errors_of(con) == []
    assert requests_of(con, "matter_number") == [{"matter_number": None}]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *((name, "'" + request()[name]) for name in ("request_id", "agency", "postal_code", "tin")),
        *((name, "'" + request()[name]) for name in ("matter_number", "signed_on", "provision")),
        *(("matter_number", text) for text in ("=A1&B1", "=B7", '=HYPERLINK("x")')),
    ],
)
def test_a_sign_for_a_spreadsheet_is_told(con, tmp_path, column, value):
    read_requests(con, csv_file(tmp_path, request(**{column: value})))
    assert (1, column, "sign-of-a-spreadsheet") in errors_of(con)


@pytest.mark.parametrize(("column", "value"), [("surname", "'t Hooft"), ("request_id", "=R1")])
def test_a_name_or_an_id_may_begin_as_it_likes(con, tmp_path, column, value):
    read_requests(con, csv_file(tmp_path, request(**{column: value})))
    assert requests_of(con, column) == [{column: value}]


@pytest.mark.parametrize("end", [b"\x1a", b"\x1a\n", b"\x1a\r\n", b"\n\x1a"])
def test_the_sign_by_which_dos_ends_a_file_is_no_row(con, tmp_path, end):
    read_requests(con, put(tmp_path / "requests.csv", csv_bytes(request()) + end))
    assert (errors_of(con), len(requests_of(con))) == ([], 1)


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        (csv_bytes(request()).replace(b"\n", b"\r"), "Macintosh"),
        (csv_bytes(request()).replace(b",", b', "', 1), "no blanks"),
    ],
)
def test_a_header_that_cannot_be_read_says_why(con, tmp_path, text, cure):
    with pytest.raises(InputError) as caught:
        read_requests(con, put(tmp_path / "requests.csv", text))
    assert cure in caught.value.cure


def workbook(**cells):
    """A workbook of one request, some of its cells as they are."""
    book, text = openpyxl.Workbook(), BytesIO()
    book.active.append(REQUEST_COLUMNS)
    row = request() | cells
    book.active.append([row.get(name) or None for name in REQUEST_COLUMNS])
    book.save(text)
    return text.getvalue()


@pytest.mark.parametrize("column", ["signed_on", "tin", "birth_date", "reason"])
def test_a_formula_that_nobody_has_calculated_is_not_taken_for_nothing(con, tmp_path, column):
    path = put(tmp_path / "requests.xlsx", workbook(**{column: "=TODAY()"}))
    with pytest.raises(InputError, match="never calculated") as caught:
        read_requests(con, path)
    assert caught.value.where.endswith("line 2")


@pytest.mark.parametrize(("column", "value"), [("matter_number", 0.2022), ("tin", 900700001.5)])
def test_a_fraction_in_a_workbook_is_no_text(con, tmp_path, column, value):
    read_requests(con, put(tmp_path / "requests.xlsx", workbook(**{column: value})))
    assert errors_of(con) == [(1, column, "unreadable-row")]


def test_parts_with_other_columns_are_named(con, tmp_path):
    columns = {name: [request().get(name)] for name in REQUEST_COLUMNS}
    folder = tmp_path / "parts"
    folder.mkdir()
    pq.write_table(pa.table(columns), folder / "a.parquet")
    pq.write_table(
        pa.table({k: v for k, v in columns.items() if k != "unit"}), folder / "b.parquet"
    )
    with pytest.raises(InputError, match=r"b\.parquet has other columns.*`unit`"):
        read_requests(con, folder)
