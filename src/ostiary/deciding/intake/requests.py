"""A request file becomes the table ``requests``, and its unreadable rows the table ``row_errors``.

The two tables together hold every data row of the file. A row with any error is not a request, and
all of its errors are listed. What is merely *missing* is no error here: the law returns such a
request with a finding and a cure. Only ``request_id`` must be there, for nothing could be answered
without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.batches import table_from_rows
from ostiary.deciding.intake.files import Kind, check_known, identify
from ostiary.deciding.intake.json_text import Objects, Unfit
from ostiary.deciding.intake.originals import lines_of
from ostiary.deciding.intake.readers import KEPT, Loaded, Loading, Most
from ostiary.deciding.intake.request_rows import Asked, RequestRows
from ostiary.deciding.intake.settling import LINES, NAMES, settle
from ostiary.deciding.intake.tables import REQUESTS, ROW_ERRORS
from ostiary.deciding.intake.tabular import numbered
from ostiary.deciding.intake.typed import DAMAGES
from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import InputError
from ostiary.domain.words import RowError


@dataclass(frozen=True, slots=True)
class ReadResult:
    """How a request file was read.

    Attributes:
        rows: data rows in the file; each is a request or has errors.
        requests: rows that became requests.
        unreadable: rows that have errors.
        careful: whether the file had to be read record by record.
    """

    rows: int
    requests: int
    unreadable: int
    careful: bool


def read_requests(
    con: duckdb.DuckDBPyConnection, asked: Asked, *, fast: bool = True, most: Most | None = None
) -> ReadResult:
    """Read a request file (CSV, JSON Lines or Parquet) into ``requests`` and ``row_errors``.

    ``requests``: ``row`` (BIGINT, data rows from 1) and the columns of
    :data:`ostiary.domain.columns.REQUEST`, typed as :func:`.intake.typed.typed` says, in
    the file's order. ``row_errors``: ``row``, ``column`` (empty for a whole row), ``code``,
    ``message``, ``cure``, ``line`` (of a text file, from 1, the header included) and ``request_id``
    (where it could be read), by row and column; no text of it repeats a value. Both are replaced.

    Call it outside a transaction.

    Args:
        con: where the tables are made.
        asked: the file, whose suffix tells its kind; or requests as values.
        fast: whether DuckDB's own reader may be tried before the careful one.
        most: what may be read record by record; as much as there is when None.

    Raises:
        InputError: the file is refused whole; the tables are as they were.
    """
    if isinstance(asked, RequestRows):
        loaded = _take_values(con, asked)
    else:
        loaded = Loading(con, asked, REQUEST, LINES, _shape, fast=fast, most=most).load()
    try:
        settle(con)
        if isinstance(asked, Path):
            _add_lines(con, asked, loaded.rows)
    finally:
        con.execute(f"DROP TABLE {LINES}")
    (requests,) = con.execute(f"SELECT count(*) FROM {REQUESTS}").fetchall()[0]
    return ReadResult(loaded.rows, requests, loaded.rows - requests, loaded.careful)


def _take_values(con: duckdb.DuckDBPyConnection, asked: RequestRows) -> Loaded:
    """Make the table of lines from requests that are no file."""
    objects = Objects(REQUEST)
    rows = list(numbered(objects.rows(asked.opened()), objects))
    names = [*(column.name for column in REQUEST), "_line"]
    con.execute("SET preserve_insertion_order = true")  # row numbers rest on it
    con.execute(f"DROP TABLE IF EXISTS {LINES}")
    table_from_rows(con, rows, names, REQUEST, table=LINES, shape=_shape)
    return Loaded(len(rows), careful=True)


def one_request(
    con: duckdb.DuckDBPyConnection, mapping: Mapping[str, object]
) -> tuple[RowError, ...]:
    """Read one request given as a JSON object, as if it were a file of one row.

    A key that is left out is an empty value. ``requests`` and ``row_errors`` are replaced; the
    request is row 1 of the one or the other.

    Returns:
        What is wrong with its values; empty when ``requests`` now holds the request.

    Raises:
        InputError: a key is unknown, or a value is of a kind that its column cannot hold.
    """
    check_known(list(mapping), REQUEST, where="request")
    try:
        fields = Objects(REQUEST).texts(mapping)
        "".join(field for field in fields if field).encode("utf-8")
    except Unfit as unfit:
        raise _unfit(unfit.damage.kind, unfit.damage.column) from None
    except UnicodeEncodeError:
        raise _unfit("not-utf-8", "") from None
    con.execute(f"DROP TABLE IF EXISTS {LINES}")
    table_from_rows(con, [fields], [c.name for c in REQUEST], REQUEST, table=LINES, shape=_shape)
    settle(con)
    con.execute(f"DROP TABLE {LINES}")
    return row_errors(con)


def row_errors(con: duckdb.DuckDBPyConnection) -> tuple[RowError, ...]:
    """Give the rows of ``row_errors`` as values, by row and column."""
    found = con.execute(f'SELECT row, "column", code, message, cure FROM {ROW_ERRORS}').fetchall()
    return tuple(RowError(*values) for values in found)


def _unfit(kind: str, column: str) -> InputError:
    message, cure = DAMAGES[kind]
    return InputError(message, where=f"request column {column}" if column else "request", cure=cure)


def _shape(rows: str) -> str:
    return f"SELECT {NAMES}, _odd, _suspect, false AS _wrong, {', '.join(KEPT)} FROM {rows}"


def _add_lines(con: duckdb.DuckDBPyConnection, path: Path, rows: int) -> None:
    """Say on which line of a CSV file each row with an error begins, where it is not said yet."""
    if identify(path) is not Kind.CSV:
        return
    found = con.execute(f"SELECT DISTINCT row FROM {ROW_ERRORS} WHERE line IS NULL").fetchall()
    if found:
        lines = lines_of(con, path, {row for (row,) in found}, rows)
        table = pa.table({"row": list(lines), "line": list(lines.values())})
        con.register("lines_of_rows", table)
        con.execute(
            f"UPDATE {ROW_ERRORS} e SET line = l.line FROM lines_of_rows l WHERE l.row = e.row"
        )
        con.unregister("lines_of_rows")
