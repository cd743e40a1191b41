"""What is read without an engine is read as the engine reads it, and is never a row in error."""

import csv
import random

import pyarrow as pa
import pytest

from ostiary.deciding.intake import batches, settling
from ostiary.deciding.intake import requests as intake
from ostiary.deciding.intake.plain_requests import plain_requests
from ostiary.deciding.intake.readers import KEPT, Loading
from ostiary.deciding.intake.requests import read_requests
from ostiary.deciding.intake.typed import cleaned_rows
from ostiary.domain.columns import REQUEST

TEXTS = (
    *("", "x", "N/A", "none", "NULL", "-", "0", "00", "XXX", "#N/A", "#REF!", "1.#QNAN", "unknown"),
    *("1E5", "1.5e10", "12E+05", "3e-07", "A1", "B-2024-17", "  b ", "José", "Nuñez\u200b", "ß"),
    *(
        "a\u200bb",
        "a b",
        "\uff21",
        "a" * 60,
        "b" * 130,
        "c 1" * 400,
        "d" * 4001,
        "X X",
        "no",
        "n.a.",
    ),
    *("case 12, count 3", "not provided", "DHS-ICE", "Dhs-Ice", "İstanbul", "\\", "a\\b", "q'q"),
    *(
        "A?B",
        "Ma\ufffdo",
        "Nu\u00c3\u00b1ez",
        "A &amp; B",
        "De%20Vos",
        "N\\u00d1",
        "/us/usc/t8/s1253/",
    ),
    *("8 U.S.C. 1253(a)(1)", "26 USC \u00a7 6103 (i)(2)", "IRC 6103(i)(2)"),
)
ODD_TEXTS = (*TEXTS, " x", "x ", "x\ty", "\u00ad", '="a"', '="a', '"', 'a"b""', "\u017f\u00e9", "")
VALUES = {
    "text": TEXTS,
    "date": (
        *("", "2025-08-06", "2025-8-6", "1900-01-01", "1899-12-31", "2100-12-31", "2101-01-01"),
        *("2025-02-30", "2024-02-29", "N/A", "2025-08-06T00:00:00Z", "20250806", "08/06/2025"),
        *("2025-08-06 00:00", "0000-00-00", "\uff12\uff10\uff12\uff15-08-06"),
    ),
    "flag": ("", "true", "false", "TRUE", "False", "yes", "1", "none"),
    "digits": (
        *("", "666010001", "666-01-0001", "66601-0001", "666 01 0001", "12345678", "1234567890"),
        *("000000000", "123-45-6789", "078-05-1120", "٦٦٦٠١٠٠٠١", "N/A", "66601000A"),
    ),
    "list": (
        *("", "a", "a;b", "A;B", "a; b", "a,b", ";a", "a;;b", "a;", '["a", "b"]', "c(a)", "none"),
        *("officer-1;officer-2", "a;a", ";".join(f"o{n}" for n in range(70)), "a\u200bb", "é"),
        *(";".join("o" for _ in range(65)), "Address-Confirmation;Name"),
    ),
    "years": (
        *("", "2023", "2022;2023", "2100", "1899", "23", "2022;", "2022, 2023", "2022-2023", "n/a"),
        *("2022;2022", "1900", "\uff12\uff10\uff12\uff13"),
    ),
}


def requests_of_the(world) -> list[dict[str, str]]:
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def odd_rows(world, many: int) -> list[dict[str, str]]:
    """Give the world's requests, each with some values that are right, wrong or nothing."""
    told = requests_of_the(world)
    chance, rows = random.Random(18), []
    for number in range(many):
        row = {column.name: told[number % len(told)].get(column.name, "") for column in REQUEST}
        row["request_id"] = f"R-{number}"
        for column in chance.sample(REQUEST, chance.choice((0, 1, 1, 2))):
            value = chance.choice(VALUES[column.kind])
            row[column.name] = f"{value}-{number}" if column.name == "request_id" else value
        rows.append(row)
    return rows


@pytest.fixture
def by_engine_alone(monkeypatch):
    monkeypatch.setattr(settling, "MOST_ROWS", 0)


@pytest.mark.usefixtures("by_engine_alone")
def test_what_is_plain_is_read_as_the_engine_reads_it(con, world, tmp_path):
    rows = odd_rows(world, 4_000)
    path = written(tmp_path / "requests.csv", rows)
    read_requests(con, path)
    wrong = {row for (row,) in con.execute("SELECT DISTINCT row FROM row_errors").fetchall()}
    by_engine = {row[0]: row for row in con.execute("FROM requests").fetchall()}
    kinds = con.execute("DESCRIBE requests").fetchall()
    Loading(con, path, REQUEST, "kept", intake._shape, fast=True).load()
    names = ", ".join(f'"{column.name}"' for column in REQUEST)
    lines = con.execute(f"SELECT _damage, rowid + 1, {names} FROM kept ORDER BY rowid").fetchall()
    plain = 0
    for damage, number, *texts in lines:
        found = plain_requests([(number, *texts)])
        if damage is None and found is not None:
            plain += 1
            assert number not in wrong
            assert [tuple(row.values()) for row in found.to_pylist()] == [by_engine[number]]
            if plain == 1:
                con.register("plain", found)
                con.execute("CREATE OR REPLACE TABLE made AS FROM plain")
                assert con.execute("DESCRIBE made").fetchall() == kinds
    assert plain > 2_000
    assert len(wrong) > 300


def test_two_rows_of_one_name_are_not_plain():
    row = [None] * len(REQUEST)
    one = [1, "R-1", "dhs-ice", *row[2:]]
    assert plain_requests([one]) is not None
    assert plain_requests([one, [2, "R-1", "DHS-ICE", *row[2:]]]) is None
    assert plain_requests([one, [2, "R-1", None, *row[2:]]]) is not None
    assert plain_requests([[1, None, "dhs-ice", *row[2:]]]) is None


def written(path, rows):
    """Write rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def tables(con, first, last):
    """Give what stands of these rows in both tables, rows and lines counted from the first."""
    told = con.execute(
        f"SELECT * REPLACE (row - {first - 1} AS row, line - {first - 1} AS line) FROM row_errors"
        f" WHERE row BETWEEN {first} AND {last}"
    ).fetchall()
    asked = con.execute(
        f"SELECT * REPLACE (row - {first - 1} AS row) FROM requests"
        f" WHERE row BETWEEN {first} AND {last}"
    ).fetchall()
    return told, asked


def test_few_rows_are_read_as_many_are(con, world, tmp_path, monkeypatch):
    """Columns with a doubtful value go to the engine alone: requests, errors and their order."""
    rows, few = odd_rows(world, 1_200), 6
    rows[2] |= {"request_id": "", "agency": "none"}
    rows[9] |= {"request_id": rows[8]["request_id"], "agency": rows[8]["agency"].upper()}
    rows[15] = dict.fromkeys(rows[0], "") | {"request_id": "Total", "matter_number": "N/A"}
    rows[20] = {name: name for name in rows[0]}
    rows[26] |= {"request_id": "a" * 201}
    rows[27] |= {"request_id": "\u00e9 " * 100 + "\u00e9"}
    rows[32] |= {"request_id": "a\u2028b"}
    rows[38] |= {"request_id": rows[37]["request_id"], "agency": "n/a"}
    with monkeypatch.context() as alone:
        alone.setattr(settling, "MOST_ROWS", 0)
        read_requests(con, written(tmp_path / "many.csv", rows))
    wanted = [tables(con, at + 1, at + few) for at in range(0, 180, few)]
    kinds = con.execute("DESCRIBE requests").fetchall()
    assert sum(bool(told) for told, _ in wanted) > 15
    for at, both in zip(range(0, 180, few), wanted, strict=True):
        read_requests(con, written(tmp_path / "few.csv", rows[at : at + few]))
        assert tables(con, 1, few) == both
        assert con.execute("DESCRIBE requests").fetchall() == kinds


def test_thousands_of_rows_are_read_column_by_column_as_the_engine_reads_them(
    con, world, tmp_path, monkeypatch
):
    """Columns of few texts are read in Python, the others and those in doubt by the engine."""
    rows = odd_rows(world, 40)
    clean = dict.fromkeys(rows[0], "") | requests_of_the(world)[0] | {"birth_date": ""}
    for number in range(3_000):
        town = f"Town {number}"  # more texts than are read in Python
        rows.append(clean | {"request_id": f"C-{number}", "city": town, "tin": "666010001"})
    rows.append(rows[-1] | {"birth_date": "2025-13-01"})
    path = written(tmp_path / "thousands.csv", rows)
    told = []
    for most in (settling.MOST_ROWS, 0):
        monkeypatch.setattr(settling, "MOST_ROWS", most)
        read_requests(con, path)
        told.append((tables(con, 1, len(rows)), con.execute("DESCRIBE requests").fetchall()))
    assert told[0] == told[1]
    (errors, asked), _ = told[0]
    assert len(asked) > 3_000
    assert {(row, column) for row, column, *_ in errors} >= {(len(rows), "birth_date")}


def test_rows_that_are_clean_as_they_stand_are_not_cleaned(con, world):
    names = [column.name for column in REQUEST]
    rows = [[row[name] or None for name in names] for row in odd_rows(world, 1_500)]
    rows += [[text, *[None] * (len(names) - 1)] for text in ODD_TEXTS]
    clean = [row for row in rows if batches.is_clean(row)]
    assert 500 < len(clean) < len(rows)
    con.register(
        "texts", pa.table(dict(zip(names, map(pa.array, zip(*clean, strict=True)), strict=True)))
    )
    nothing = ", ".join(
        f"NULL::VARCHAR AS {name}" for name in ("_damage", "_damaged_column", "_line")
    )
    cleaned = cleaned_rows(REQUEST, f"(SELECT *, {nothing} FROM texts)")
    listed = ", ".join((*names, *KEPT, "_odd", "_suspect"))
    by_engine = con.execute(f"SELECT {listed} FROM ({cleaned})").fetchall()
    con.register("clean", batches._clean_table(clean, names, REQUEST))
    assert con.execute(f"SELECT {listed} FROM clean").fetchall() == by_engine
