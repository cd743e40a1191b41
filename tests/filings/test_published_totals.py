"""What comes in is published totals; what may be about a person stays out, and is not repeated."""

from datetime import date

import pytest

from commands import ostiary
from ostiary.deciding.standardisation.vocabulary.places import STATES as TABLE
from ostiary.domain.errors import InputError
from ostiary.office.filings.areas import STATES, read_area
from ostiary.office.filings.series import read_series
from published_totals import HEADER, a_series, lines, written


@pytest.fixture(scope="module")
def good():
    series, _ = a_series()
    return lines(series)


def changed(rows, number, line):
    return [*rows[: number - 1], line, *rows[number:]]


REFUSED = {
    "small cell": ("itin-returns,TX,2015-06,9", "row 3: a count below 10"),
    "nobody": ("itin-returns,TX,2015-06,0", "row 3: a count below 10"),
    "nine digits": ("itin-returns,TX,2015-06,912345678", "row 3: a nine-digit number"),
    "dashes": ("itin-returns,TX,2015-06,912-34-5678", "row 3: a nine-digit number"),
    "blanks": ("912 34 5678,TX,2015-06,120", "row 3: a nine-digit number"),
    "two blanks": ("912  34  5678,TX,2015-06,120", "row 3: a nine-digit number"),
    "strokes": ("912/34/5678,TX,2015-06,120", "row 3: a nine-digit number"),
    "long dashes": ("912\u201334\u20135678,TX,2015-06,120", "row 3: a nine-digit number"),
    "wide digits": ("\uff1912345678,TX,2015-06,120", "row 3: a nine-digit number"),
    "of an employer": ("itin-returns 12-3456789,TX,2015-06,120", "row 3: a nine-digit number"),
    "thousands of digits": (
        f"itin-returns,TX,2015-06,{'9' * 5000}",
        "row 3: `count` is no whole number",
    ),
    "a name as series": ("Maria Quispe,TX,2015-06,120", "row 3: `series` is none of"),
    "county": ("itin-returns,Harris County,2015-06,120", "row 3: `area` is neither US nor a state"),
    "zip": ("itin-returns,77002,2015-06,120", "row 3: `area` is neither US nor a state"),
    "state and zip": ("itin-returns,TX 77002,2015-06,120", "row 3: `area` is neither"),
    "series of a person": ("itin-returns 41,TX,2015-06,120", "row 3: `series` is none of"),
    "birth date": ("itin-returns,TX,1987-03-12,120", "row 3: `month` is no calendar month"),
    "year": ("itin-returns,TX,2015,120", "row 3: `month` is no calendar month"),
    "week": ("itin-returns,TX,2015-W23,120", "row 3: `month` is no calendar month"),
    "month 13": ("itin-returns,TX,2015-13,120", "row 3: `month` is no calendar month"),
    "fraction": ("itin-returns,TX,2015-06,120.5", "row 3: `count` is no whole number"),
    "negative": ("itin-returns,TX,2015-06,-120", "row 3: `count` is no whole number"),
    "word": ("itin-returns,TX,2015-06,(D)", "row 3: `count` is no whole number"),
    "other digits": (
        "itin-returns,TX,2015-06,\N{FULLWIDTH DIGIT ONE}20",
        "row 3: `count` is no whole number",
    ),
    "too many": ("itin-returns,TX,2015-06,100000001", "row 3: a nine-digit number"),
    "far too many": ("itin-returns,TX,2015-06,1630000000", "row 3: no month has so many"),
    "too short": ("itin-returns,TX,2015-06", "row 3: 3 values under 4 columns"),
    "twice": ("itin-returns,TX,2015-05,120", "row 3: a second count"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_row_that_is_no_total_is_refused_by_its_number(case, good, tmp_path):
    line, said = REFUSED[case]
    with pytest.raises(InputError) as caught:
        read_series(written(tmp_path / "f.csv", changed(good, 3, line)))
    assert said in str(caught.value)
    values = [cell for cell in line.split(",") if cell not in ("itin-returns", "TX", "9", "0")]
    assert not [cell for cell in values if cell in str(caught.value)]


COLUMNS = {
    "ssn": "about persons",
    "TIN": "about persons",
    "Taxpayer Name": "about persons",
    "first_name": "about persons",
    "date of birth": "about persons",
    "street address": "about persons",
    "A-Number": "about persons",
    "Quispe Maria": "column 5 is none of a published total's",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_about_persons_is_refused_before_any_row_is_read(column, good, tmp_path):
    with pytest.raises(InputError, match=COLUMNS[column]) as caught:
        read_series(written(tmp_path / "f.csv", [f"{row},x" for row in good], f"{HEADER},{column}"))
    assert "Quispe" not in str(caught.value)


def test_a_file_with_a_row_a_person_is_refused(tmp_path):
    rows = [f"returns,TX,2024-{month:02d},1" for month in range(1, 13) for _ in range(3)]
    with pytest.raises(InputError, match="a count below 10") as caught:
        read_series(written(tmp_path / "f.csv", rows))
    assert "and 26 more" in str(caught.value)


WHOLE = {
    "gap": (
        lambda rows: rows[:20] + rows[21:22] + rows[23:],
        "no row for 2016-12, 2017-02; add each",
    ),
    "small on average": (
        lambda rows: [f"{row.rpartition(',')[0]},{120 + n}" for n, row in enumerate(rows)],
        "fewer than 300 a month",
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_a_series_that_is_not_whole_is_refused(case, good, tmp_path):
    change, said = WHOLE[case]
    with pytest.raises(InputError, match=said):
        read_series(written(tmp_path / "f.csv", change(good)))


def test_a_month_that_is_not_over_is_refused(good, tmp_path):
    last = max(row.split(",")[2] for row in good)
    year, month = map(int, last.split("-"))
    path = written(tmp_path / "f.csv", good)
    with pytest.raises(InputError, match=f"{last} is not over"):
        read_series(path, today=date(year, month, 28))
    assert read_series(path, today=date(year + 1, month, 1))


def test_two_publications_of_one_month_are_told_from_two_counts(good, tmp_path):
    rows = [f"{row},2026-01-15" for row in good]
    again = f"{good[4]},2026-06-15"
    with pytest.raises(InputError, match="published on another day; keep one"):
        read_series(written(tmp_path / "f.csv", [*rows, again], f"{HEADER},published"))


def test_stages_are_not_mixed_and_totals_since_a_season_began_are_refused(good, tmp_path):
    header = f"{HEADER},stage,basis"
    mixed = [f"{row},{'received' if n % 2 else 'processed'},flow" for n, row in enumerate(good)]
    with pytest.raises(InputError, match="stages are mixed"):
        read_series(written(tmp_path / "f.csv", mixed, header))
    with pytest.raises(InputError, match="row 1: `basis`"):
        read_series(written(tmp_path / "f.csv", [f"{r},received,cumulative" for r in good], header))


def test_states_are_those_of_the_table_of_addresses():
    for code, name in STATES.items():
        assert read_area(name.lower()) == read_area(code) == code
        assert TABLE.entries[name.upper().replace(" ", "")] == code
    assert len(STATES) == 52


def test_the_forms_of_one_table_are_read_alike(good, tmp_path):
    [plain] = read_series(written(tmp_path / "a.csv", good))
    cells = [row.split(",") for row in good]
    forms = {
        "wide.csv": ["state,month,itin_returns", *(f"Texas,{m}-01,{c}" for _, _, m, c in cells)],
        "semicolons.csv": [
            "\N{ZERO WIDTH NO-BREAK SPACE}Series;Area;Month;Count",
            *(f"ITIN Returns;tx;{m.replace('-', '/')};{c}" for _, _, m, c in cells),
        ],
        "thousands.csv": [
            HEADER,
            *(f'itin-returns,TX,{m},"{int(c):,}"' for _, _, m, c in reversed(cells)),
        ],
    }
    for name, rows in forms.items():
        (tmp_path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
        [read] = read_series(tmp_path / name)
        assert (read.name, read.area, read.counts) == (plain.name, plain.area, plain.counts)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "the file is empty"),
        (b"series,area,month,count\n", "holds no row"),
        (b"series,area,month\nreturns,TX,2024-01\n", "a column is missing"),
        (b"area,month,count\nTX,2024-01,120\n", "a column is missing"),
        (b"series,area,area,month,count\n", "a column comes twice"),
        (b"series,area,month,count\nreturns,TX,2024-01,\xff\n", "is no UTF-8 text"),
        (b'series,area,month,count\nreturns,"TX"x,2024-01,12\n', "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_cure(body, said, tmp_path):
    (tmp_path / "f.csv").write_bytes(body)
    with pytest.raises(InputError, match=said) as caught:
        read_series(tmp_path / "f.csv")
    assert caught.value.cure


def test_on_the_command_line_bad_input_ends_with_2_and_leaves_nothing(good, tmp_path):
    file = written(tmp_path / "f.csv", changed(good, 3, "itin-returns,TX,2015-06,4"))
    done = ostiary("filings", file, "--out", tmp_path / "out")
    assert done.status == 2
    assert "row 3: a count below 10" in done.err
    assert not (tmp_path / "out").exists()
    assert ostiary("filings", tmp_path / "none.csv").status == 2
