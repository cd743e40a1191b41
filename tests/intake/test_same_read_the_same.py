"""Whatever says the same is read the same, and what cannot be told apart is refused by its name."""

import csv
import datetime as dt
import io
import json
from copy import deepcopy
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.errors import InputError
from request_file import REQUEST_COLUMNS, csv_file, errors_of, put, request, requests_of

ROWS = [
    request(),
    request(request_id="R2", unit="APT 3", middle_name="Bea", birth_date="", tin=""),
    request(request_id="R3", reason='he said "no",\nthen; left | twice\tover', recipients="off-9"),
]
FULL = [{name: row.get(name, "") for name in REQUEST_COLUMNS} for row in ROWS]


@pytest.fixture(scope="module")
def read_plainly(engine, tmp_path_factory):
    with engine.cursor() as con:
        con.execute("ATTACH ':memory:' AS plain; USE plain")
        read_requests(con, csv_file(tmp_path_factory.mktemp("plain"), *ROWS))
        found = requests_of(con)
    engine.execute("DETACH plain")
    return found


@pytest.fixture
def plain(read_plainly):
    """What is read of the rows as a plain CSV file."""
    return deepcopy(read_plainly)


def written(separator=",", above="", **how):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, REQUEST_COLUMNS, delimiter=separator, lineterminator="\n", **how)
    writer.writeheader()
    writer.writerows(FULL)
    return above + text.getvalue()


def humped(name):
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))


def header_changed(change):
    header, rest = written().split("\n", 1)
    return ",".join(map(change, header.split(","))) + "\n" + rest


def widened(*cells):
    """The file with nameless columns behind, as spreadsheets leave them."""
    rows = [[*row, *cells] for row in csv.reader(io.StringIO(written()))]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


DIALECTS = {
    "semicolons": written(";"),
    "tabs": written("\t"),
    "bars": written("|"),
    "all quoted": written(quoting=csv.QUOTE_ALL),
    "semicolons, quoted": written(";", quoting=csv.QUOTE_ALL),
    "tabs, quoted": written("\t", quoting=csv.QUOTE_ALL),
    "sep line": "sep=;\n" + written(";"),
    "sep line of commas": "sep=,\r\n" + written(),
    "sep line of another sign": "sep=^\n" + written("^"),
    "titles": written(above="Requests of August\n\nprepared by the registry, 2025\n"),
    "title and semicolons": written(";", above="Requests;of;August\n"),
    "byte order mark": "\ufeff" + written(),
    "byte order mark and semicolons": "\ufeff" + written(";"),
    "capitals": header_changed(str.upper),
    "words": header_changed(lambda name: name.replace("_", " ").title()),
    "hyphens": header_changed(lambda name: name.replace("_", "-")),
    "humps": header_changed(humped),
    "dots": header_changed(lambda name: name.replace("_", ".")),
    "joined": header_changed(lambda name: name.replace("_", "")),
    "blanks around": header_changed(lambda name: f" {name}\u00a0"),
    "unseen signs": header_changed(lambda name: f"\u200b{name}\ufeff"),
    "nameless columns": widened("", ""),
    "nameless columns with blanks": widened(" "),
    "rows of commas": written() + "," * (len(REQUEST_COLUMNS) - 1) + "\n" * 3,
    "rows of blanks": written() + " ," * (len(REQUEST_COLUMNS) - 1) + " \n",
    "rows of quotes": written() + ",".join(['""'] * len(REQUEST_COLUMNS)) + "\n",
    "carriage returns": written().replace("\n", "\r\n").replace('no",\r\n', 'no",\n'),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_of_csv_says_the_same(con, tmp_path, plain, name):
    read_requests(con, put(tmp_path / "other.csv", DIALECTS[name].encode()))
    found = requests_of(con)
    for row in found:
        row["reason"] = row["reason"].replace("\r\n", "\n")
    assert errors_of(con) == []
    assert found == plain


def test_a_nameless_column_with_a_value_is_refused_by_its_place(con, tmp_path):
    rows = list(csv.reader(io.StringIO(written())))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["" if n == 0 else 7 * n, *row] for n, row in enumerate(rows)])
    with pytest.raises(InputError, match=r"column 1 has no name .* row 1") as caught:
        read_requests(con, put(tmp_path / "a.csv", text.getvalue().encode()))
    assert "index=False" in caught.value.cure


def test_two_columns_that_become_one_name_are_refused(con, tmp_path):
    text = written().replace("unit,", "CITY,", 1)
    with pytest.raises(InputError, match="repeated in the header: `city`"):
        read_requests(con, put(tmp_path / "a.csv", text.encode()))


LISTS = ("taxable_periods", "recipients", "items")


def as_json(rows):
    def natural(name, value):
        return value.split(";") if name in LISTS and value else value or None

    return [{name: natural(name, value) for name, value in row.items()} for row in rows]


def left_out(rows):
    return [{key: value for key, value in row.items() if value} for row in rows]


JSONS = {
    "array on one line": json.dumps(as_json(FULL)),
    "array, an object a line": "[\n" + ",\n".join(json.dumps(row) for row in FULL) + "\n]\n",
    "array, indented": json.dumps(FULL, indent=2),
    "array, indented with tabs": json.dumps(FULL, indent="\t"),
    "array with a mark": "\ufeff" + json.dumps(FULL),
    "array of few keys": json.dumps(left_out(FULL)),
    "objects over several lines": "\n".join(json.dumps(row, indent=2) for row in FULL),
    "objects over several lines, blank lines": "\n\n".join(json.dumps(r, indent=4) for r in FULL),
    "lines": "\n".join(json.dumps(row) for row in FULL),
    "lines of few keys": "\n".join(json.dumps(row) for row in left_out(FULL)),
    "lines in ASCII with returns": "\r\n".join(json.dumps(row) for row in as_json(FULL)),
}


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".ndjson"])
@pytest.mark.parametrize("name", JSONS)
def test_json_of_each_layout_says_the_same(con, tmp_path, plain, name, suffix):
    read_requests(con, put(tmp_path / f"other{suffix}", JSONS[name].encode()))
    assert errors_of(con) == []
    assert requests_of(con) == plain


KEYS = {
    "humps": humped,
    "capitals": str.upper,
    "words": lambda name: name.replace("_", " ").title(),
}


@pytest.mark.parametrize("name", KEYS)
def test_keys_and_columns_of_parquet_are_named_as_a_header_is(con, tmp_path, plain, name):
    rows = [{KEYS[name](key): value or None for key, value in row.items()} for row in FULL]
    read_requests(con, put(tmp_path / "a.json", json.dumps(rows).encode()))
    assert (errors_of(con), requests_of(con)) == ([], plain)
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    read_requests(con, tmp_path / "a.parquet")
    assert (errors_of(con), requests_of(con)) == ([], plain)


def test_two_keys_that_mean_one_column_are_a_row_error(con, tmp_path):
    row = json.dumps(FULL[0] | {"postalCode": "60601"})
    read_requests(con, put(tmp_path / "a.jsonl", f"{row}\n{json.dumps(FULL[1])}\n".encode()))
    assert [row for row, *_ in errors_of(con)] == [1]


@pytest.mark.parametrize("around", ["requests", "data"])
def test_rows_under_a_key_are_refused_with_what_to_hand_in(con, tmp_path, around):
    text = json.dumps({around: FULL, "count": len(FULL)})
    with pytest.raises(InputError, match="expected keys") as caught:
        read_requests(con, put(tmp_path / "a.json", text.encode()))
    assert "nothing around it" in caught.value.cure


OTHER_LAYOUTS = {
    "by columns": {name: {str(n): row[name] for n, row in enumerate(FULL)} for name in FULL[0]},
    "lists by columns": {name: [row[name] for row in FULL] for name in FULL[0]},
    "values": [list(row.values()) for row in FULL],
    "by ids": {row["request_id"]: row for row in FULL},
    "split": {"columns": list(FULL[0]), "data": [list(row.values()) for row in FULL]},
}


@pytest.mark.parametrize("name", OTHER_LAYOUTS)
def test_a_table_laid_out_in_another_way_is_refused_whole(con, tmp_path, name):
    path = put(tmp_path / "a.json", json.dumps(OTHER_LAYOUTS[name]).encode())
    with pytest.raises(InputError) as caught:
        read_requests(con, path)
    assert "one object a row" in caught.value.cure


@pytest.mark.parametrize("suffix", [".tsv", ".tab", ".txt"])
def test_text_under_another_ending_says_the_same(con, tmp_path, plain, suffix):
    read_requests(con, put(tmp_path / f"a{suffix}", written("\t").encode()))
    assert (errors_of(con), requests_of(con)) == ([], plain)


BROKEN = [
    JSONS["array, indented"][:-5],
    JSONS["array, indented"] + "x",
    JSONS["array, an object a line"].replace("},\n{", "}\n{", 1),
    JSONS["array, an object a line"].replace('"R2"', "R2", 1),
    JSONS["objects over several lines"][:-2],
    JSONS["array, indented"] + "[]",
]


@pytest.mark.parametrize("text", BROKEN)
def test_an_array_that_breaks_off_is_refused_whole_with_its_line(con, tmp_path, text):
    with pytest.raises(InputError) as caught:
        read_requests(con, put(tmp_path / "a.json", text.encode()))
    assert " line " in caught.value.where
    assert "one object a line" in caught.value.cure


def test_an_object_that_no_row_can_hold_is_one_row_error(con, tmp_path):
    rows = [json.dumps(FULL[0], indent=1), '{"request_id": "R7", "surname": {"en": "A"}}', "7"]
    rows += ['{"request_id": "R8", "request_id": "R9"}', json.dumps(FULL[1])]
    result = read_requests(con, put(tmp_path / "a.json", f"[{', '.join(rows)}]".encode()))
    assert (result.rows, result.requests) == (5, 2)
    assert [row for row, *_ in errors_of(con)] == [2, 3, 4]


def parquet(**changes):
    columns = {name: pa.array([row[name] or None for row in FULL], pa.string()) for name in FULL[0]}
    return pa.table(columns | changes)


DAYS = [dt.datetime.fromisoformat(row["signed_on"]) for row in FULL]
PARQUETS = {
    "midnights": parquet(signed_on=pa.array(DAYS, pa.timestamp("us"))),
    "midnights in nanoseconds": parquet(signed_on=pa.array(DAYS, pa.timestamp("ns"))),
    "midnights in milliseconds": parquet(signed_on=pa.array(DAYS, pa.timestamp("ms"))),
    "midnights in UTC": parquet(signed_on=pa.array(DAYS, pa.timestamp("us", "UTC"))),
    "days": parquet(signed_on=pa.array([one.date() for one in DAYS])),
    "doubles without a value": parquet(name_suffix=pa.array([None] * 3, pa.float64())),
    "doubles that are none": parquet(name_suffix=pa.array([float("nan")] * 3)),
    "integers without a value": parquet(judicial_review_date=pa.array([None] * 3, pa.int32())),
    "structures without a value": parquet(
        court_order=pa.array([None] * 3, pa.struct([("a", pa.int8())]))
    ),
    "nulls": parquet(name_suffix=pa.nulls(3)),
    "dictionaries": parquet(city=pa.array([row["city"] for row in FULL]).dictionary_encode()),
    "large texts": parquet(city=pa.array([row["city"] for row in FULL], pa.large_string())),
    "views": parquet(city=pa.array([row["city"] for row in FULL], pa.string_view())),
    "an index of pandas": parquet(__index_level_0__=pa.array([0, 1, 2])),
    "lists": parquet(recipients=pa.array([row["recipients"].split(";") for row in FULL])),
    "large lists": parquet(
        recipients=pa.array(
            [row["recipients"].split(";") for row in FULL], pa.large_list(pa.large_string())
        )
    ),
    "booleans": parquet(sole_use=pa.array([True] * 3)),
    "texts that are called bytes": parquet(
        reason=pa.array([row["reason"].encode() for row in FULL], pa.binary())
    ),
    "whole decimals": parquet(
        postal_code=pa.array([Decimal(row["postal_code"]) for row in FULL], pa.decimal128(9, 0))
    ),
}


@pytest.mark.parametrize("name", PARQUETS)
def test_parquet_of_each_kind_says_the_same(con, tmp_path, plain, name):
    pq.write_table(PARQUETS[name], tmp_path / "other.parquet")
    read_requests(con, tmp_path / "other.parquet")
    assert errors_of(con) == []
    assert requests_of(con) == plain


def test_a_time_of_the_day_is_refused_with_its_row_and_cure(con, tmp_path):
    times = [DAYS[0], DAYS[1].replace(hour=4), DAYS[2]]
    pq.write_table(parquet(signed_on=pa.array(times, pa.timestamp("us"))), tmp_path / "a.parquet")
    with pytest.raises(InputError, match="first of them row 2") as caught:
        read_requests(con, tmp_path / "a.parquet")
    assert caught.value.where.endswith("column signed_on")
    assert "YYYY-MM-DD" in caught.value.cure


@pytest.mark.parametrize("beside", [(), ("_SUCCESS",), ("_SUCCESS", "._SUCCESS.crc", "_metadata")])
def test_a_folder_of_parts_is_one_file(con, tmp_path, plain, beside):
    folder = tmp_path / "parts"
    folder.mkdir()
    for name in beside:
        (folder / name).touch()
    for number in range(3):
        pq.write_table(parquet().slice(number, 1), folder / f"part-{number:05}-c000.snappy.parquet")
    read_requests(con, folder)
    assert requests_of(con) == plain


def by_duckdb(path, how):
    with duckdb.connect() as other:
        other.register("rows", parquet())
        other.execute(f"COPY (SELECT * FROM rows) TO '{path}' ({how})")


def by_arrow(path, _):
    pa_csv.write_csv(parquet(), path)


def by_python(path, dialect):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, REQUEST_COLUMNS, dialect=dialect)
        writer.writeheader()
        writer.writerows(FULL)


WRITERS = [
    (by_duckdb, "a.csv", "FORMAT csv, HEADER"),
    (by_duckdb, "a.csv", "FORMAT csv, HEADER, DELIMITER ';'"),
    (by_duckdb, "a.csv", "FORMAT csv, HEADER, FORCE_QUOTE *"),
    (by_duckdb, "a.json", "FORMAT json"),
    (by_duckdb, "a.json", "FORMAT json, ARRAY true"),
    (by_duckdb, "a.parquet", "FORMAT parquet"),
    (by_duckdb, "a.parquet", "FORMAT parquet, COMPRESSION zstd"),
    (by_duckdb, "a.parquet", "FORMAT parquet, PARQUET_VERSION v2"),
    (by_arrow, "a.csv", ""),
    (by_python, "a.csv", "excel"),
    (by_python, "a.csv", "excel-tab"),
    (by_python, "a.csv", "unix"),
]


@pytest.mark.parametrize(("write", "name", "how"), WRITERS)
def test_what_a_program_writes_is_read_as_it_was_meant(con, tmp_path, plain, write, name, how):
    write(tmp_path / name, how)
    read_requests(con, tmp_path / name)
    assert errors_of(con) == []
    assert requests_of(con) == plain
