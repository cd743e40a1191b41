"""What programs write beside the rows, and what is handed in for rows and is something else."""

import csv
import io
import json
import re
import zipfile

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

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

ROWS = [request(), request(request_id="R2", ai_analysis=""), request(request_id="R3", tin="")]
WHOLE = [dict.fromkeys(REQUEST_COLUMNS, "") | row for row in ROWS]
NULLS = ["NULL", "null", r"\N", "NA", "<NA>", "nan", "None", "#NULL!", ".", "(null)", "(Blank)"]


@pytest.fixture
def plain(con, tmp_path):
    read_requests(con, csv_file(tmp_path, *ROWS))
    return requests_of(con)


def frame(**how) -> pd.DataFrame:
    return pd.DataFrame(WHOLE, **how)


@pytest.mark.parametrize(
    "indexed",
    [
        lambda: frame().to_csv(),
        lambda: frame(index=[1, 2, 3]).to_csv(),
        lambda: frame().to_csv(index_label="Unnamed: 0"),
        lambda: frame().to_csv(sep=";"),
        lambda: frame().reset_index(names="Unnamed: 0").to_csv(index_label="Unnamed: 0.1"),
        lambda: frame().reset_index(names="Unnamed: 0").to_csv(),
        lambda: frame(index=[1, 2, 3]).reset_index(names="Unnamed: 0").to_csv(),
    ],
    ids=["pandas", "R", "pandas twice", "semicolons", "thrice", "written twice", "R, pandas"],
)
def test_a_column_without_a_name_that_counts_the_rows_is_passed_over(con, tmp_path, plain, indexed):
    read_requests(con, put(tmp_path / "r.csv", indexed().encode()))
    assert errors_of(con) == []
    assert requests_of(con) == plain


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("damaged", [1, 2, 3])
def test_a_damaged_row_leaves_the_index_one(con, tmp_path, plain, first, damaged):
    lines = frame(index=range(first, first + 3)).to_csv().splitlines()
    lines[damaged] += ",one too many"
    read_requests(con, put(tmp_path / "r.csv", "\n".join([*lines, ""]).encode()))
    assert [row for row, *_ in errors_of(con)] == [damaged]
    left = [one for at, one in enumerate(plain, start=1) if at != damaged]
    assert [one["request_id"] for one in requests_of(con)] == [one["request_id"] for one in left]


@pytest.mark.parametrize("numbers", [[0, 2, 4], [2, 3, 4], [1, 0, 2], ["a", "b", "c"]])
def test_any_other_column_without_a_name_is_refused(con, tmp_path, numbers):
    """Rows were dropped or sorted: what the numbers mean is not known."""
    with pytest.raises(InputError, match="column 1 has no name in the header"):
        read_requests(con, put(tmp_path / "r.csv", frame(index=numbers).to_csv().encode()))


def test_an_index_in_a_workbook_is_passed_over_too(con, tmp_path, plain):
    frame().to_excel(tmp_path / "r.xlsx")
    read_requests(con, tmp_path / "r.xlsx")
    assert errors_of(con) == []
    assert requests_of(con) == plain


@pytest.mark.parametrize("null", NULLS)
def test_a_flag_that_a_program_left_out_is_as_an_empty_one(con, tmp_path, plain, null):
    """An undertaking is not given by it, and no analysis is announced: as with an empty cell."""
    flags = ("sole_use", "ai_analysis", "approval_certified")
    rows = [row | {name: row[name] or null for name in flags} for row in WHOLE]
    read_requests(con, csv_file(tmp_path, *rows))
    assert errors_of(con) == []
    assert requests_of(con) == plain


@pytest.mark.parametrize("word", ["N/A", "unknown", "TBD", "yes", "0", "no"])
def test_what_people_write_in_a_flag_is_an_error(con, tmp_path, word):
    read_requests(con, csv_file(tmp_path, request(ai_analysis=word)))
    assert errors_of(con) == [(1, "ai_analysis", "bad-flag")]


@pytest.mark.parametrize("null", NULLS)
def test_no_word_lifts_a_hold(con, tmp_path, null):
    path = put(
        tmp_path / "people.csv", csv_bytes(PERSON | {"hold": null}, columns=REFERENCE_COLUMNS)
    )
    with pytest.raises(InputError, match="column hold"):
        read_reference(con, path, "people")


def zipped(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "x")
    return packed.getvalue()


def arrow() -> bytes:
    sink = pa.BufferOutputStream()
    feather.write_feather(pa.Table.from_pylist(WHOLE), sink)
    return sink.getvalue().to_pybytes()


def parquet() -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(WHOLE), sink)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(
    ("name", "content", "what", "cure"),
    [
        ("r.csv", arrow(), "an Arrow or Feather file", "Parquet"),
        ("r.arrow", arrow(), "an Arrow or Feather file", "Parquet"),
        ("r.parquet", arrow(), "an Arrow or Feather file", "Parquet"),
        ("r.orc", b"ORC\x08", "an ORC file", "Parquet"),
        ("r.avro", b"Obj\x01\x04", "an Avro file", "Parquet"),
        ("r.csv", b"SQLite format 3\0\x10", "a SQLite database", "export"),
        ("r.csv", b"%PDF-1.7\n", "a PDF", "export"),
        ("r.txt", rb"{\rtf1\ansi", "a word processor", "export"),
        ("r.xml", b"\xef\xbb\xbf<?xml version='1.0'?><r/>", "XML", "export"),
        ("r.xls", b"<HTML><table><tr>", "a web page", "export"),
        ("r.csv", b"\n<!DOCTYPE html><table>", "a web page", "export"),
        ("r.csv", b"<Table><tr><td>request_id", "a web page", "export"),
        ("r.csv", csv_bytes(request()).decode().encode("cp037"), "EBCDIC", "UTF-8"),
        ("r.csv", parquet(), "Parquet", "the ending .parquet"),
        ("r.jsonl", parquet(), "Parquet", "the ending .parquet"),
        ("r.ods", zipped("mimetype"), "an OpenDocument file", "save it as .xlsx"),
        ("r.xlsb", zipped("xl/workbook.bin"), "a binary workbook", "save it as .xlsx"),
        ("r.numbers", zipped("Index/Document.iwa"), "a document of Numbers", "export it as Excel"),
        ("r.csv", zipped("xl/workbook.xml"), "does not end in .xlsx", "give it that ending"),
        ("r.zip", zipped("a.csv"), "a ZIP archive", "unpack it"),
        ("r.zip", b"PK\x03\x04" + bytes(9), "a workbook or a ZIP archive, and damaged", "again"),
        ("r.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007", "save it as .xlsx"),
        (
            "r.txt",
            b"request_id agency   surname\nR1         dhs-ice  Sample\n",
            "side by side",
            "comma",
        ),
        ("r.lst", b"REQUEST_ID AGENCY\n", "unknown kind of file", ".csv"),
        ("r.csv", b'"request_id" "agency" "surname"\n"R1" "x" "y"\n', "header", "commas"),
    ],
)
def test_what_is_no_file_of_rows_is_called_what_it_is(con, tmp_path, name, content, what, cure):
    with pytest.raises(InputError, match=what) as refused:
        read_requests(con, put(tmp_path / name, content))
    assert cure in refused.value.cure


@pytest.mark.parametrize("log", ["_delta_log", ".hoodie", "metadata"])
def test_a_folder_whose_log_says_which_files_count_is_refused(con, tmp_path, log):
    """Rows that were deleted from such a table still lie in its files."""
    folder = tmp_path / "table"
    (folder / log).mkdir(parents=True)
    put(folder / log / "v1.metadata.json", b"{}")
    put(folder / "part-0.parquet", parquet())
    with pytest.raises(InputError, match="its own log says which of its files count") as refused:
        read_requests(con, folder)
    assert "plain Parquet" in refused.value.cure


def test_what_is_called_metadata_is_no_log_of_a_table_by_its_name(con, tmp_path):
    folder = tmp_path / "table"
    folder.mkdir()
    put(folder / "metadata", b"{}")
    put(folder / "part-0.parquet", parquet())
    with pytest.raises(InputError, match="something else lies here: metadata"):
        read_requests(con, folder)


def test_what_terminals_of_databases_print_around_the_rows_is_named(con, tmp_path):
    """psql: a line below the header, and the count; the rows themselves are read."""
    widths = [max(len(name), *(len(row[name]) for row in WHOLE)) for name in REQUEST_COLUMNS]
    lines = [" | ".join(n.center(w) for n, w in zip(REQUEST_COLUMNS, widths, strict=True))]
    lines += ["-+-".join("-" * width for width in widths)]
    lines += [
        " | ".join(row[n].ljust(w) for n, w in zip(row, widths, strict=True)) for row in WHOLE
    ]
    read_requests(con, put(tmp_path / "r.txt", "\n".join([*lines, "(3 rows)", ""]).encode()))
    assert [row for row, *_ in errors_of(con)] == [1, 5]
    assert [one["request_id"] for one in requests_of(con)] == ["R1", "R2", "R3"]


def test_json_text_sequences_are_read(con, tmp_path, plain):
    """RFC 7464: a record separator before each object."""
    text = "".join(f"\x1e{json.dumps(row)}\n" for row in WHOLE)
    read_requests(con, put(tmp_path / "r.json", text.encode()))
    assert (errors_of(con), requests_of(con)) == ([], plain)


def test_bars_and_a_word_for_null_are_read(con, tmp_path, plain):
    with duckdb.connect() as other:
        other.register("rows", pa.Table.from_pylist(WHOLE))
        other.execute(
            f"COPY rows TO '{tmp_path / 'r.csv'}' (HEADER, DELIMITER '|', NULLSTR 'NULL')"
        )
    read_requests(con, tmp_path / "r.csv")
    assert (errors_of(con), requests_of(con)) == ([], plain)


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("sign", ["^", "~", ":", "#", "\x01", "\x1f", "¦", "§"])
def test_a_sign_that_parts_the_columns_is_named_with_the_cure(con, tmp_path, plain, sign, quoting):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=sign, quoting=quoting, lineterminator="\n")
    writer.writerows([REQUEST_COLUMNS, *([row[name] for name in REQUEST_COLUMNS] for row in WHOLE)])
    path = tmp_path / "r.csv"
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    with pytest.raises(InputError, match=re.escape(f"parted by `{shown}`")) as refused:
        read_requests(con, put(path, text.getvalue().encode()))
    assert refused.value.where == f"{path} row 0"
    assert "commas between the columns" in refused.value.cure
    if sign.isascii() and sign.isprintable():
        assert f"`sep={sign}`" in refused.value.cure
        read_requests(con, put(path, f"sep={sign}\n{text.getvalue()}".encode()))
        assert requests_of(con) == plain


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1e"])
def test_a_first_row_that_stands_in_the_header_is_not_quoted(con, tmp_path, end):
    content = csv_bytes(request(surname="Hush"), request(surname="Hush")).decode()
    with pytest.raises(InputError, match="the header cannot be read") as refused:
        read_requests(con, put(tmp_path / "r.csv", content.replace("\n", end).encode()))
    assert "hush" not in str(refused.value).lower()
    assert "end lines with LF" in refused.value.cure


def test_a_row_without_a_header_is_not_quoted_for_a_word_that_names_a_column(con, tmp_path):
    row = request(surname="Hush", city="Unit", given_name="State")
    first, *_ = csv_bytes(row).decode().splitlines()[1:]
    with pytest.raises(InputError, match="hardly any of the expected columns") as refused:
        read_requests(con, put(tmp_path / "r.csv", f"{first}\n{first}\n".encode()))
    assert "hush" not in str(refused.value).lower()


@pytest.mark.parametrize("line", ["Requests\x85of August", "Requests\u2028of August", "a\x0bb"])
def test_a_title_with_another_programs_line_end_is_one_line(con, tmp_path, plain, line):
    content = f"{line}\n".encode() + csv_bytes(*WHOLE)
    read_requests(con, put(tmp_path / "r.csv", content))
    assert requests_of(con) == plain


@pytest.mark.parametrize("ending", ["jsonl", "json"])
def test_an_object_within_the_object_is_named_and_not_left_out(con, tmp_path, ending):
    rows = [
        {name: row[name] for name in REQUEST_COLUMNS if name not in {"city", "state"}}
        | {"address": {"city": row["city"], "state": row["state"]}}
        for row in WHOLE
    ]
    lines = json.dumps(rows) if ending == "json" else "\n".join(map(json.dumps, rows))
    with pytest.raises(InputError, match="the key `address` holds an object of its own") as refused:
        read_requests(con, put(tmp_path / f"r.{ending}", lines.encode()))
    assert "beside the other keys" in refused.value.cure
