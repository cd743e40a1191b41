"""The fast reading of CSV by DuckDB, and the sum that says whether it may stand.

DuckDB's reader is lenient where we may not be: it drops an empty field too many at the end of a
row, and a blank between a quote and a comma. So its result stands only when *every byte of the file
is accounted for*: values, commas, line ends and the quotes around values add up to the size of the
file. A reader can drop bytes, not invent them; when the sum is right, nothing was dropped. Carriage
returns are counted on their own, lest one dropped here hide a line that ends without one there.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import duckdb

from ostiary.deciding.intake.csv_text import MOST_BYTES
from ostiary.deciding.intake.files import sql_path

COUNTED = ("_bytes", "_quotes", "_returns", "_breaks")
"""What is counted in the raw values of a row: bytes, double quotes, CR and CRLF."""

_CHUNK_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class Body:
    """What follows the header of a CSV file.

    Attributes:
        path: the file.
        header: names of its columns.
        start: bytes before the first row, the byte order mark included.
        crlf: whether lines end with CRLF, as the header does, or with LF.
        separator: what parts the columns.
    """

    path: Path
    header: list[str]
    start: int
    crlf: bool
    separator: str = ","


def body_after(header: list[str], path: Path, file: BinaryIO, separator: str = ",") -> Body:
    """Describe the body of a file that stands at the end of its header; it stays there."""
    start = file.tell()
    file.seek(max(start - 2, 0))
    crlf = file.read(min(start, 2)) == b"\r\n"
    file.seek(start)
    return Body(path, header, start, crlf, separator)


def scan(body: Body) -> str:
    """Give the SQL that reads a body: each column as text, damaged rows not tolerated."""
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in body.header)
    # told LF, DuckDB lets CRLF stand in quotes; told CRLF, it finds no row, and is not told
    newline = "" if body.crlf else r"new_line = '\n',"
    return f"""read_csv({sql_path(body.path)}, auto_detect = false, header = true,
        columns = {{{columns}}}, delim = '{body.separator}', quote = '"', escape = '"', {newline}
        strict_mode = true, null_padding = false, ignore_errors = false, compression = 'none',
        hive_partitioning = false, max_line_size = {MOST_BYTES * 2})"""


def adds_up(con: duckdb.DuckDBPyConnection, table: str, body: Body) -> bool:
    """Whether a table read by :func:`scan` holds all that the file says, and nothing doubtful.

    Args:
        con: holds the table.
        table: has ``_loose`` and ``COUNTED`` of :func:`ostiary.deciding.intake.typed.cleaned_rows`.
        body: what was read.
    """
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in COUNTED)
    rows, loose, largest, *values = con.execute(
        f"SELECT count(*), coalesce(bool_or(_loose), false), max(_bytes), {sums} FROM {table}"
    ).fetchall()[0]
    if not rows or loose or largest > MOST_BYTES // 2:
        return False
    file, ended = _measured(body)
    size, quotes, returns, breaks = (a - b for a, b in zip(file, values, strict=True))
    commas = rows * (len(body.header) - 1)
    line_ends = rows if ended else rows - 1
    with_return = line_ends if body.crlf else 0
    return returns == breaks == with_return and bool(
        size == commas + line_ends + with_return + quotes
    )


def _measured(body: Body) -> tuple[tuple[int, int, int, int], bool]:
    """Count what is after the header, as ``COUNTED``; and tell whether LF ends it."""
    size = quotes = returns = breaks = 0
    last = b""
    with body.path.open("rb") as file:
        file.seek(body.start)
        while chunk := file.read(_CHUNK_BYTES):
            size += len(chunk)
            quotes += chunk.count(b'"')
            returns += chunk.count(b"\r")
            breaks += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
            last = chunk[-1:]
    return (size, quotes, returns, breaks), last == b"\n"
