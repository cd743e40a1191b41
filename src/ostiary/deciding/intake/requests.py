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
from ostiary.deciding.intake.footers import ASKS, below_the_rows, repeated_header
from ostiary.deciding.intake.json_text import Objects, Unfit
from ostiary.deciding.intake.misread import looks_like_a_day
from ostiary.deciding.intake.originals import lines_of
from ostiary.deciding.intake.plain_requests import MOST, plain_requests
from ostiary.deciding.intake.readers import KEPT, Loaded, Loading, Most
from ostiary.deciding.intake.request_rows import Asked, RequestRows
from ostiary.deciding.intake.tables import REQUESTS, ROW_ERRORS
from ostiary.deciding.intake.tabular import numbered
from ostiary.deciding.intake.typed import (
    DAMAGES,
    TURNED,
    Check,
    checks,
    printable,
    required,
    sensible_rows,
    stands_for_unknown,
    typed,
)
from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import InputError
from ostiary.domain.words import RowError

_LINES = "intake_lines"
_DOUBTFUL = "intake_doubtful"
MOST_RECIPIENTS = 64  # an answer is sealed to each of them
LONGEST_REQUEST_ID = 200
_RECIPIENTS = next(typed(column) for column in REQUEST if column.name == "recipients")
_NO_ROW = (below_the_rows("request_id", ASKS), repeated_header("request_id", ASKS))
_CHECKS = (
    required("request_id", "no-request-id"),
    *_NO_ROW,
    *checks(REQUEST),
    printable(
        "request_id",
        "bad-request-id",
        LONGEST_REQUEST_ID,
        "give the request a shorter id without control characters",
    ),
    *stands_for_unknown(REQUEST),
    Check("unit", TURNED, *DAMAGES[TURNED], looks_like_a_day("unit")),
    Check(
        "recipients",
        "too-many-recipients",
        f"more than {MOST_RECIPIENTS} recipients",
        "name only those who work on the matter themselves",
        f"(strlen(coalesce(recipients, '')) > {MOST_RECIPIENTS} AND"
        f" coalesce(len({_RECIPIENTS}) > {MOST_RECIPIENTS}, false))",
    ),
)
_REPEATED = Check(
    "request_id",
    "repeated-request-id",
    "an earlier row of this file has the same agency and request_id",
    "give each row a request_id of its own, and leave out rows that are sent twice",
    # what is no row has no id that it could repeat
    f"(_repeated AND NOT ({' OR '.join(check.fails for check in _NO_ROW)}))",
)
_ORDERED = (*_CHECKS[:3], _REPEATED, *_CHECKS[3:])
_UNREADABLE = "unreadable-row"
_NAMES = ", ".join(f'"{column.name}"' for column in REQUEST)


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
        loaded = Loading(con, asked, REQUEST, _LINES, _shape, fast=fast, most=most).load()
    try:
        _settle(con)
        if isinstance(asked, Path):
            _add_lines(con, asked, loaded.rows)
    finally:
        con.execute(f"DROP TABLE {_LINES}")
    (requests,) = con.execute(f"SELECT count(*) FROM {REQUESTS}").fetchall()[0]
    return ReadResult(loaded.rows, requests, loaded.rows - requests, loaded.careful)


def _take_values(con: duckdb.DuckDBPyConnection, asked: RequestRows) -> Loaded:
    """Make the table of lines from requests that are no file."""
    objects = Objects(REQUEST)
    rows = list(numbered(objects.rows(asked.opened()), objects))
    names = [*(column.name for column in REQUEST), "_line"]
    con.execute("SET preserve_insertion_order = true")  # row numbers rest on it
    con.execute(f"DROP TABLE IF EXISTS {_LINES}")
    table_from_rows(con, rows, names, REQUEST, table=_LINES, shape=_shape)
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
    con.execute(f"DROP TABLE IF EXISTS {_LINES}")
    table_from_rows(con, [fields], [c.name for c in REQUEST], REQUEST, table=_LINES, shape=_shape)
    _settle(con)
    con.execute(f"DROP TABLE {_LINES}")
    return row_errors(con)


def row_errors(con: duckdb.DuckDBPyConnection) -> tuple[RowError, ...]:
    """Give the rows of ``row_errors`` as values, by row and column."""
    found = con.execute(f'SELECT row, "column", code, message, cure FROM {ROW_ERRORS}').fetchall()
    return tuple(RowError(*values) for values in found)


def _unfit(kind: str, column: str) -> InputError:
    message, cure = DAMAGES[kind]
    return InputError(message, where=f"request column {column}" if column else "request", cure=cure)


def _shape(rows: str) -> str:
    return f"SELECT {_NAMES}, _odd, _suspect, false AS _wrong, {', '.join(KEPT)} FROM {rows}"


def _settle(con: duckdb.DuckDBPyConnection) -> None:
    """Part the lines into requests and row errors."""
    con.execute(ROW_ERRORS.made_empty())
    if _settle_plain(con):
        return
    if _collect_doubtful(con):
        con.execute(f"INSERT INTO {ROW_ERRORS} {_row_errors()}")
        # marked in place and then filtered: a join would lose the order of the file
        con.execute(
            f"UPDATE {_LINES} SET _wrong = true WHERE rowid IN (SELECT row - 1 FROM {_DOUBTFUL})"
        )
    con.execute(f"DROP TABLE {_DOUBTFUL}")
    values = ", ".join(f'{typed(column)} AS "{column.name}"' for column in REQUEST)
    con.execute(
        f"CREATE OR REPLACE TABLE {REQUESTS} AS SELECT row, {values}"
        f" FROM ({_sensible_lines()}) WHERE NOT _wrong"
    )


def _settle_plain(con: duckdb.DuckDBPyConnection) -> bool:
    """Make ``requests`` of few lines that are all plain; say whether they were."""
    lines = con.execute(
        f"SELECT _damage, rowid + 1, {_NAMES} FROM {_LINES} ORDER BY rowid LIMIT {MOST + 1}"
    ).fetchall()
    if len(lines) > MOST or any(damage is not None for damage, *_ in lines):
        return False
    plain = plain_requests(row for _, *row in lines)
    if plain is None:
        return False
    con.register("plain_requests", plain)
    con.execute(f"CREATE OR REPLACE TABLE {REQUESTS} AS FROM plain_requests")
    con.unregister("plain_requests")
    return True


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


def _sensible_lines() -> str:
    """Give the SELECT of the lines with their numbers, words for nothing made empty."""
    return sensible_rows(REQUEST, f"(SELECT rowid + 1 AS row, * FROM {_LINES})")


def _collect_doubtful(con: duckdb.DuckDBPyConnection) -> int:
    """Copy the lines that have any error, usually few, to where each check can look at them."""
    wrong = " OR ".join(check.fails for check in _CHECKS)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {_DOUBTFUL} AS
        WITH many AS (
            SELECT lower(agency) AS agency, request_id, min(rowid) AS first FROM {_LINES}
            WHERE request_id IS NOT NULL GROUP BY ALL HAVING count(*) > 1
        ),
        repeated AS (
            SELECT l.rowid AS line FROM {_LINES} l JOIN many
            ON l.request_id = many.request_id AND lower(l.agency) IS NOT DISTINCT FROM many.agency
            WHERE l.rowid > many.first
        )
        SELECT l.*, r.line IS NOT NULL AS _repeated
        FROM ({_sensible_lines()}) l LEFT JOIN repeated r ON l.row = r.line + 1
        WHERE _damage IS NOT NULL OR r.line IS NOT NULL OR {wrong}
        """
    )
    (many,) = con.execute(f"SELECT count(*) FROM {_DOUBTFUL}").fetchall()[0]
    return int(many)


def _row_errors() -> str:
    """Give the SELECT of every error of the doubtful lines, by row and column."""
    kinds = list(DAMAGES)
    damaged = " ".join(f"WHEN '{kind}' THEN {kinds.index(kind) - len(kinds)}" for kind in kinds)
    failed = ", ".join(
        f"CASE WHEN _damage IS NULL AND {check.fails}"
        f" THEN {{'nth': {at}, 'detail': {check.detail}}} END"
        for at, check in enumerate(_ORDERED)
    )
    texts = [
        *((kinds.index(kind) - len(kinds), "", _UNREADABLE, *DAMAGES[kind]) for kind in kinds),
        *((at, c.column, c.code, c.message, c.cure) for at, c in enumerate(_ORDERED)),
    ]
    return f"""
        SELECT row, coalesce(_damaged_column, said."column") AS "column", code,
               message || detail AS message, cure, try_cast(_line AS BIGINT) AS line, request_id
        FROM (
            SELECT row, _damaged_column, _line, request_id, unnest(list_filter(
                [CASE WHEN _damage IS NOT NULL
                      THEN {{'nth': CASE _damage {damaged} END, 'detail': ''}} END, {failed}],
                lambda one: one IS NOT NULL), recursive := true)
            FROM {_DOUBTFUL}
        )
        JOIN (VALUES {", ".join(map(_literal, texts))}) said(nth, "column", code, message, cure)
            USING (nth)
        ORDER BY row, nth"""


def _literal(values: tuple[int | str, ...]) -> str:
    quoted = (str(v) if isinstance(v, int) else "'" + v.replace("'", "''") + "'" for v in values)
    return f"({', '.join(quoted)})"
