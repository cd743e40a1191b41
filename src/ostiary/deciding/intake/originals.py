"""Rows of a request file as they were sent, for whoever has to mend them.

What intake makes of a row is cleaned; a sender looks for what stood there. So the file is read once
more, for the rows wanted alone: by DuckDB where it was in order, else record by record.
"""

from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import duckdb

from ostiary.deciding.intake.batches import in_batches
from ostiary.deciding.intake.csv_balance import body_after, scan
from ostiary.deciding.intake.csv_text import Damage, Fields
from ostiary.deciding.intake.files import Kind, identify
from ostiary.deciding.intake.json_stream import Values, is_stream
from ostiary.deciding.intake.json_text import Objects
from ostiary.deciding.intake.readers import Loading, records_of
from ostiary.deciding.intake.request_rows import Asked, RequestRows
from ostiary.deciding.intake.tabular import Numbered, Table, header_of, rows_of
from ostiary.deciding.intake.workbook import sheet_of
from ostiary.domain.columns import REQUEST

_ALL = [column.name for column in REQUEST]
_CHUNK_BYTES = 1 << 24
_NOTHING: Fields = [None] * len(_ALL)


def keep_originals(
    con: duckdb.DuckDBPyConnection, asked: Asked, *, careful: bool, wanted: str, into: str
) -> None:
    """Make a table of rows as they stand in a request file.

    Args:
        con: where the table is made.
        asked: the file, as it was read before; or requests as values.
        careful: whether it was read record by record.
        wanted: table with the numbers of the rows in ``row``.
        into: table to make: ``row``, ``line`` (NULL where the file has none), the columns of
            :data:`ostiary.domain.columns.REQUEST` as VARCHAR, and ``as_sent``: the text of a row
            that could not be cut into columns.

    Raises:
        InputError: the file is no longer as it was.
    """
    kind = Kind.JSON_LINES if isinstance(asked, RequestRows) else identify(asked)
    if kind is Kind.PARQUET and isinstance(asked, Path):
        found, source = Loading(con, asked, REQUEST, "unused", str).parquet_texts()
        _select(con, found, source, "CAST(NULL AS BIGINT)", wanted, into)
    elif kind is Kind.CSV and not careful and isinstance(asked, Path):
        _from_ordered(con, asked, wanted, into)
    else:
        rows = {row for (row,) in con.execute(f"SELECT row FROM {wanted}").fetchall()}
        _from_rows(con, _originals(asked, rows), into)


def lines_of(
    con: duckdb.DuckDBPyConnection, path: Path, rows: Collection[int], many: int
) -> dict[int, int]:
    """Give the lines on which rows begin, of a CSV file that was not read record by record.

    Args:
        con: reads the file once more, where values in it hold line ends.
        path: the file.
        rows: their numbers.
        many: how many rows the file has.
    """
    with path.open("rb") as file:
        records = records_of(file, REQUEST)
        header = header_of(records, REQUEST, str(path))
        body = body_after(header.kept, path, file, records.dialect.separator)
        if _lines_left(file) == many:
            return {row: row + records.lines for row in rows}
    found = con.execute(
        f"SELECT row, line FROM (SELECT row_number() OVER () AS row,"
        f" {_line_of_row(header.kept, records.lines)} AS line FROM {scan(body)})"
        " WHERE row IN (SELECT unnest(?))",
        [list(rows)],
    )
    return dict(found.fetchall())


def _lines_left(file: BinaryIO) -> int:
    """Count the lines that a file still has."""
    lines, last = 0, b"\n"
    while chunk := file.read(_CHUNK_BYTES):
        lines += chunk.count(b"\n")
        last = chunk[-1:]
    return lines + (last != b"\n")


def _line_of_row(names: list[str], above: int) -> str:
    """Give the SQL of the line of a row, for a scan of a file in order."""
    whole = f"concat_ws(',', {', '.join(_quoted(names))})"
    ends = f"(length({whole}) - length(replace({whole}, chr(10), '')))"
    before = f"coalesce(sum({ends}) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)"
    return f"CAST(row_number() OVER () + {above} + {before} AS BIGINT)"


_Original = tuple[int, int, Fields, str]
"""A row: its number, its line, its fields as the contract orders them, its text if damaged."""


def _originals(path: Asked, rows: Collection[int]) -> Iterator[_Original]:
    """Read a file up to the last row wanted, and give those wanted."""
    last = max(rows, default=0)
    if isinstance(path, RequestRows):
        yield from _of_objects(path.opened(), path.name, rows, last)
        return
    kind = identify(path)
    if kind is Kind.WORKBOOK:
        sheet = sheet_of(path, REQUEST)
        yield from _of_table(sheet, path, rows, last)
        return
    with path.open("rb") as file:
        if kind is Kind.CSV:
            yield from _of_table(records_of(file, REQUEST), path, rows, last)
        else:
            yield from _of_objects(file, str(path), rows, last)


def _of_table(table: Table, path: Path, rows: Collection[int], last: int) -> Iterator[_Original]:
    header = header_of(table, REQUEST, str(path))
    places = {name: at for at, name in enumerate(header.kept)}
    for number, row in enumerate(islice(rows_of(table, header, str(path)), last), start=1):
        if number not in rows:
            continue
        if isinstance(row, Damage):
            yield number, table.line, _NOTHING, table.raw
        else:
            fields = [row[places[name]] if name in places else None for name in _ALL]
            yield number, table.line, fields, ""


def _of_objects(file: BinaryIO, name: str, rows: Collection[int], last: int) -> Iterator[_Original]:
    objects = Objects(REQUEST)
    if is_stream(file):
        values = Values(file, name)
        source: Numbered = values
        found = objects.values(values.texts())
    else:
        source, found = objects, objects.rows(file)
    for number, row in enumerate(islice(found, last), start=1):
        if number not in rows:
            continue
        if isinstance(row, Damage):
            yield number, source.line, _NOTHING, objects.raw
        else:
            yield number, source.line, row, ""


def _from_rows(con: duckdb.DuckDBPyConnection, found: Iterator[_Original], into: str) -> None:
    names = ["row", "line", *_ALL, "as_sent"]
    texts = ([str(row), str(line), *fields, text or None] for row, line, fields, text in found)
    con.register("original_rows", in_batches(texts, names))
    try:
        _keep(con, "SELECT * FROM original_rows", into)
    finally:
        con.unregister("original_rows")


def _from_ordered(con: duckdb.DuckDBPyConnection, path: Path, wanted: str, into: str) -> None:
    """Read a CSV file that is in order: only line ends within values part lines from rows."""
    with path.open("rb") as file:
        records = records_of(file, REQUEST)
        header = header_of(records, REQUEST, str(path))
        body = body_after(header.kept, path, file, records.dialect.separator)
    line = _line_of_row(header.kept, records.lines)
    _select(con, header.kept, scan(body), line, wanted, into)


def _select(
    con: duckdb.DuckDBPyConnection, found: list[str], source: str, line: str, wanted: str, into: str
) -> None:
    columns = ", ".join(
        f'CAST("{name}" AS VARCHAR) AS "{name}"' if name in found else f'NULL AS "{name}"'
        for name in _ALL
    )
    _keep(
        con,
        f"""
        SELECT row, line, {columns}, NULL AS as_sent
        FROM (SELECT *, row_number() OVER () AS row, {line} AS line FROM {source})
        WHERE row IN (SELECT row FROM {wanted})
        """,
        into,
    )


def _keep(con: duckdb.DuckDBPyConnection, select: str, into: str) -> None:
    texts = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in _quoted([*_ALL, "as_sent"]))
    con.execute(
        f"CREATE OR REPLACE TABLE {into} AS"
        f" SELECT CAST(row AS BIGINT) AS row, CAST(line AS BIGINT) AS line, {texts} FROM ({select})"
    )


def _quoted(names: list[str]) -> list[str]:
    return [f'"{name}"' for name in names]
