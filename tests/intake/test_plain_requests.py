"""What is read without an engine is read as the engine reads it, and is never a row in error."""

import csv
import random

import pyarrow as pa

from ostiary.deciding.intake import batches
from ostiary.deciding.intake import requests as intake
from ostiary.deciding.intake.plain_requests import plain_requests
from ostiary.deciding.intake.readers import Loading
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
)
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


def odd_rows(world, many: int) -> list[dict[str, str]]:
    """Give the world's requests, each with some values that are right, wrong or nothing."""
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    chance, rows = random.Random(18), []
    for number in range(many):
        row = {column.name: told[number % len(told)].get(column.name, "") for column in REQUEST}
        row["request_id"] = f"R-{number}"
        for column in chance.sample(REQUEST, chance.choice((0, 1, 1, 2))):
            value = chance.choice(VALUES[column.kind])
            row[column.name] = f"{value}-{number}" if column.name == "request_id" else value
        rows.append(row)
    return rows


def test_what_is_plain_is_read_as_the_engine_reads_it(con, world, tmp_path):
    rows = odd_rows(world, 4_000)
    path = tmp_path / "requests.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
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
            con.register("plain", found)
            assert number not in wrong
            assert con.execute("FROM plain").fetchall() == [by_engine[number]]
            if plain == 1:
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


def test_a_small_file_is_plain_or_read_as_any_other(con, world, tmp_path):
    """One value that is not plain, and the whole file goes the way of large ones: same tables."""
    rows = odd_rows(world, 60)
    for name, some in (("few", rows[:20]), ("one-odd", [*rows[:3], rows[3] | {"tin": "12"}])):
        path = tmp_path / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(some)
        read = read_requests(con, path)
        assert read.rows == len(some)
        ((many, first),) = con.execute("SELECT count(*), min(row) FROM requests").fetchall()
        assert (many, first) == (read.requests, 1)


def test_rows_that_are_clean_as_they_stand_are_not_cleaned(con, world):
    names = [column.name for column in REQUEST]
    rows = [[row[name] or None for name in names] for row in odd_rows(world, 1_500)]
    rows += [[text, *[None] * (len(names) - 1)] for text in (*TEXTS, " x", "x ", "x\ty", "\u00ad")]
    clean = [row for row in rows if batches._is_clean(row)]
    assert 500 < len(clean) < len(rows)
    con.register(
        "texts", pa.table(dict(zip(names, map(pa.array, zip(*clean, strict=True)), strict=True)))
    )
    nothing = ", ".join(
        f"NULL::VARCHAR AS {name}" for name in ("_damage", "_damaged_column", "_line")
    )
    cleaned = cleaned_rows(REQUEST, f"(SELECT *, {nothing} FROM texts)")
    listed = ", ".join((*names, "_odd", "_suspect"))
    by_engine = con.execute(f"SELECT {listed} FROM ({cleaned})").fetchall()
    con.register("clean", batches._clean_table(clean, names, REQUEST))
    assert con.execute(f"SELECT {listed} FROM clean").fetchall() == by_engine
