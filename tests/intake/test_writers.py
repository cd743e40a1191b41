"""What real programs write, as they write it, is read as it was meant: a table, each line run.

Each program is given the same requests, in the types that people have them in there, and told no
more than a person would tell it.
"""

import csv
import datetime as dt
import importlib.metadata
import json
import subprocess
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from playwright._impl._driver import compute_driver_executable

from ostiary.deciding.intake.packed import unpacked
from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.columns import REQUEST
from request_file import REQUEST_COLUMNS, csv_file, errors_of, request, requests_of

DOC = Path(__file__).parents[2] / "docs" / "explanation" / "how-files-are-read.md"
ROWS = [
    request(postal_code="02138"),
    request(request_id="R2", unit="APT 3", middle_name="Bea", birth_date="", tin=""),
    request(request_id="R3", reason='he said "no",\nthen; left | twice', given_name="Zoë"),
    request(request_id="0004", surname="O'Neil, Jr.", recipients="off-9", ai_analysis="true"),
]
FULL = [{name: row.get(name, "") or None for name in REQUEST_COLUMNS} for row in ROWS]
DAYS = ("signed_on", "birth_date", "removal_order_date")
FLAGS = ("sole_use", "ai_analysis")
TRUTHS = {"true", "false"}
LISTS = ("recipients", "items", "taxable_periods")


def texts():
    """The columns, all of them text."""
    return {name: [row[name] for row in FULL] for name in REQUEST_COLUMNS}


def typed(*, lists=False):
    """The columns with days as days and flags as truths, and lists as lists where asked."""
    columns = texts()
    for name in DAYS:
        columns[name] = [text and dt.date.fromisoformat(text) for text in columns[name]]
    for name in FLAGS:
        columns[name] = [text == "true" for text in columns[name]]
    if lists:
        for name in LISTS:
            columns[name] = [text and text.split(";") for text in columns[name]]
    return columns


def by_csv(dialect, **how):
    def write(path):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, REQUEST_COLUMNS, dialect=dialect, **how)
            writer.writeheader()
            writer.writerows(FULL)

    return write


def by_pandas(how, *, as_typed=False, **options):
    def write(path):
        frame = pd.DataFrame(typed() if as_typed else texts())
        if as_typed:
            for name in DAYS:
                frame[name] = pd.to_datetime(frame[name])
        getattr(frame, how)(path, **options)

    return write


def by_polars(how, *, as_typed=False, lists=False, **options):
    def write(path):
        columns = typed(lists=lists) if as_typed or lists else texts()
        getattr(pl.DataFrame(columns, strict=False), how)(path, **options)

    return write


def by_duckdb(how, *, as_typed=False):
    def write(path):
        with duckdb.connect() as con:
            con.register("rows", pa.table(typed(lists=True) if as_typed else texts()))
            con.execute(f"COPY (SELECT * FROM rows) TO '{path}' ({how})")

    return write


def by_arrow(write_table, *, as_typed=False, **options):
    def write(path):
        write_table(pa.table(typed(lists=True) if as_typed else texts()), path, **options)

    return write


def by_openpyxl(path):
    book = openpyxl.Workbook()
    book.active.append(REQUEST_COLUMNS)
    columns = typed()
    for number in range(len(ROWS)):
        book.active.append([columns[name][number] for name in REQUEST_COLUMNS])
    book.save(path)


def by_xlsxwriter(path):
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, REQUEST_COLUMNS)
        for number, row in enumerate(FULL, start=1):
            for at, name in enumerate(REQUEST_COLUMNS):
                if row[name] is not None:
                    sheet.write_string(number, at, row[name])


def by_node(code):
    """The Node that Playwright brings; rows come as JSON on its standard input."""

    def write(path):
        program = f"const rows = JSON.parse(require('fs').readFileSync(0)); {code}"
        node = compute_driver_executable()[0]
        done = subprocess.run(
            [node, "-e", program], input=json.dumps(FULL).encode(), capture_output=True, check=True
        )
        path.write_bytes(done.stdout)

    return write


def by_postgresql(how):
    def write(path, server):
        with server.connect("postgres") as connection:
            cursor = connection.cursor()
            columns = ", ".join(f'"{name}" text' for name in REQUEST_COLUMNS)
            cursor.execute(f"CREATE TEMP TABLE rows ({columns})")
            marks = ", ".join(["%s"] * len(REQUEST_COLUMNS))
            cursor.executemany(
                f"INSERT INTO rows VALUES ({marks})", [list(row.values()) for row in FULL]
            )
            with cursor.copy(f"COPY rows TO STDOUT ({how})") as copied:
                path.write_bytes(b"".join(bytes(part) for part in copied))

    return write


def by_hand(text):
    return lambda path: path.write_bytes(text.encode())


def quoted(value):
    return '"' + value.replace('"', '""') + '"'


def as_r_writes():
    """``write.csv(rows, row.names = FALSE)``: texts in quotes, NA bare, logicals in capitals."""
    names = [one.name for one in REQUEST if one.required]
    lines = [",".join(map(quoted, names))]
    for row in FULL:
        cells = ["NA" if row[name] is None else quoted(row[name]) for name in names]
        for name in FLAGS:
            cells[names.index(name)] = row[name].upper()
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


def as_excel_writes(separator):
    """*CSV UTF-8* of a spreadsheet: a mark, CRLF, quotes where they must be, TRUE and FALSE."""
    lines = []
    for row in [dict(zip(REQUEST_COLUMNS, REQUEST_COLUMNS, strict=True)), *FULL]:
        cells = []
        for name in REQUEST_COLUMNS:
            value = row[name] or ""
            value = (
                value.upper() if name in FLAGS and row is not FULL and value in TRUTHS else value
            )
            cells.append(quoted(value) if set(value) & {separator, '"', "\n"} else value)
        lines.append(separator.join(cells))
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def as_sas_writes():
    """``PROC EXPORT DBMS=CSV``: a blank for nothing, quotes where they must be, CRLF."""
    lines = [",".join(REQUEST_COLUMNS)]
    for row in FULL:
        cells = [row[name] or " " for name in REQUEST_COLUMNS]
        lines.append(",".join(quoted(c) if set(c) & {",", '"', "\n"} else c for c in cells))
    return "\r\n".join(lines) + "\r\n"


def as_a_mainframe_writes():
    """Every field in quotes and filled with blanks to a fixed width, names in capitals."""
    lines = [",".join(quoted(name.upper().ljust(24)) for name in REQUEST_COLUMNS)]
    lines += [
        ",".join(quoted((row[name] or "").ljust(60)) for name in REQUEST_COLUMNS) for row in FULL
    ]
    return "\r\n".join(lines) + "\r\n"


WRITERS = [
    ("Python, csv", "requests.csv", by_csv("excel")),
    ("Python, csv: excel-tab", "requests.csv", by_csv("excel-tab")),
    ("Python, csv: unix", "requests.csv", by_csv("unix")),
    (
        "Python, csv: semicolons",
        "requests.csv",
        by_csv("excel", delimiter=";", quoting=1),
    ),
    ("Python, json: lines", "requests.jsonl", by_hand("\n".join(map(json.dumps, FULL)))),
    ("Python, json: array", "requests.json", by_hand(json.dumps(FULL, indent=2))),
    ("pandas, to_csv", "requests.csv", by_pandas("to_csv", index=False)),
    ("pandas, to_csv of days", "requests.csv", by_pandas("to_csv", as_typed=True, index=False)),
    ("pandas, to_csv packed", "requests.csv.gz", by_pandas("to_csv", index=False)),
    ("pandas, to_json lines", "requests.jsonl", by_pandas("to_json", orient="records", lines=True)),
    ("pandas, to_json records", "requests.json", by_pandas("to_json", orient="records", indent=2)),
    ("pandas, to_parquet", "requests.parquet", by_pandas("to_parquet")),
    ("pandas, to_parquet of days", "requests.parquet", by_pandas("to_parquet", as_typed=True)),
    ("pandas, to_excel", "requests.xlsx", by_pandas("to_excel", as_typed=True, index=False)),
    ("Polars, write_csv", "requests.csv", by_polars("write_csv")),
    ("Polars, write_csv of days", "requests.csv", by_polars("write_csv", as_typed=True)),
    ("Polars, write_ndjson", "requests.ndjson", by_polars("write_ndjson", lists=True)),
    ("Polars, write_json", "requests.json", by_polars("write_json")),
    ("Polars, write_parquet", "requests.parquet", by_polars("write_parquet", lists=True)),
    ("Polars, write_excel", "requests.xlsx", by_polars("write_excel", as_typed=True)),
    ("DuckDB, CSV", "requests.csv", by_duckdb("FORMAT csv, HEADER", as_typed=False)),
    ("DuckDB, CSV with Zstandard", "requests.csv.zst", by_duckdb("FORMAT csv, HEADER")),
    ("DuckDB, JSON", "requests.json", by_duckdb("FORMAT json", as_typed=True)),
    ("DuckDB, JSON array", "requests.json", by_duckdb("FORMAT json, ARRAY true")),
    ("DuckDB, Parquet", "requests.parquet", by_duckdb("FORMAT parquet", as_typed=True)),
    ("Arrow, CSV", "requests.csv", by_arrow(pa_csv.write_csv)),
    ("Arrow, Parquet", "requests.parquet", by_arrow(pq.write_table, as_typed=True)),
    ("Arrow, Parquet 1.0", "requests.parquet", by_arrow(pq.write_table, version="1.0")),
    ("openpyxl", "requests.xlsx", by_openpyxl),
    ("XlsxWriter", "requests.xlsx", by_xlsxwriter),
    (
        "Node, JSON.stringify",
        "requests.json",
        by_node("process.stdout.write(JSON.stringify(rows))"),
    ),
    (
        "Node, keys left out",
        "requests.jsonl",
        by_node(
            "for (const row of rows) { for (const k in row) if (row[k] === null) delete row[k];"
            " console.log(JSON.stringify(row)) }"
        ),
    ),
    ("as R's write.csv", "requests.csv", by_hand(as_r_writes())),
    ("as Excel's CSV UTF-8", "requests.csv", by_hand(as_excel_writes(","))),
    ("as Excel's, semicolons", "requests.csv", by_hand(as_excel_writes(";"))),
    ("as SAS's PROC EXPORT", "requests.csv", by_hand(as_sas_writes())),
    ("as a mainframe", "requests.csv", by_hand(as_a_mainframe_writes())),
]
ON_A_SERVER = [
    ("PostgreSQL, COPY CSV", "requests.csv", by_postgresql("FORMAT csv, HEADER")),
    (
        "PostgreSQL, COPY FORCE_QUOTE",
        "requests.csv",
        by_postgresql("FORMAT csv, HEADER, FORCE_QUOTE *"),
    ),
]
DISTRIBUTIONS = {
    "pandas": "pandas",
    "Polars": "polars",
    "DuckDB": "duckdb",
    "Arrow": "pyarrow",
    "openpyxl": "openpyxl",
    "XlsxWriter": "xlsxwriter",
}


@pytest.fixture
def plain(con, tmp_path):
    read_requests(con, csv_file(tmp_path, *[{k: v or "" for k, v in row.items()} for row in FULL]))
    return requests_of(con)


def read_back(con, path):
    """Give the requests that a file holds; not one of its rows is an error."""
    folder = path.parent / "unpacked"
    folder.mkdir()
    with unpacked(path, folder) as found:
        read_requests(con, found)
    assert errors_of(con) == []
    found = requests_of(con)
    for row in found:  # names and addresses keep R's word for nothing; their standard form drops it
        row |= {name: None for name, value in row.items() if value == "NA"}
    return found


@pytest.mark.parametrize("program", [one[0] for one in WRITERS])
def test_what_a_program_writes_is_read_as_it_was_meant(con, tmp_path, plain, program):
    name, write = next(one[1:] for one in WRITERS if one[0] == program)
    folder = tmp_path / "written"
    folder.mkdir()
    write(folder / name)
    assert read_back(con, folder / name) == plain


@pytest.mark.postgres
@pytest.mark.parametrize("program", [one[0] for one in ON_A_SERVER])
def test_what_a_server_writes_is_read_as_it_was_meant(
    con, tmp_path, plain, postgres_server, program
):
    name, write = next(one[1:] for one in ON_A_SERVER if one[0] == program)
    folder = tmp_path / "written"
    folder.mkdir()
    write(folder / name, postgres_server)
    assert read_back(con, folder / name) == plain


def test_the_table_in_the_docs_names_each_program_in_the_version_that_is_run():
    table = DOC.read_text(encoding="utf-8")
    for program, distribution in DISTRIBUTIONS.items():
        version = ".".join(importlib.metadata.version(distribution).split(".")[:2])
        assert f"| {program} {version} |" in table
    assert len(WRITERS) + len(ON_A_SERVER) >= 20
