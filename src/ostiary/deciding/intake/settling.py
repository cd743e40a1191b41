"""The lines of a request file are parted into requests and row errors.

To plan what is asked of 42 columns takes longer than to read a small file. So the values of few
lines are looked at first, in Python (:mod:`.intake.plain_requests`): columns whose every value is
plain are taken as they were read there, and the engine is asked about the others alone.
"""

from collections.abc import Sequence
from typing import Final

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.lost_text import marred
from ostiary.deciding.intake.plain_requests import PlainColumns, plain_columns
from ostiary.deciding.intake.request_checks import NO_ROW, REPEATED, checks_of
from ostiary.deciding.intake.tables import REQUESTS, ROW_ERRORS
from ostiary.deciding.intake.typed import DAMAGES, sensible_rows, typed
from ostiary.domain.columns import REQUEST, Column

LINES: Final = "intake_lines"
"""The table of cleaned lines, in the order of the file; ``_wrong`` is false."""

MOST_ROWS = 10_000
"""Lines of which columns are read in Python: of more, the engine reads all of them sooner."""
_MOST_BYTES = 8 << 20

_DOUBTFUL = "intake_doubtful"
_UNREADABLE = "unreadable-row"
_AGENCY: Final = next(typed(column) for column in REQUEST if column.name == "agency")
"""SQL of the agency as its requests will have it: what repeats an id is told by that."""
NAMES: Final = ", ".join(f'"{column.name}"' for column in REQUEST)
"""SQL of the columns of a request, in the order of the contract."""


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``requests`` and ``row_errors`` of :data:`LINES`."""
    con.execute(ROW_ERRORS.made_empty())
    plain = _plain_columns(con)
    if plain is None:
        _set_wrong_apart(con, REQUEST)
        con.execute(f"CREATE OR REPLACE TABLE {REQUESTS} AS {_typed(REQUEST)}")
        return
    if plain.doubtful:
        _set_wrong_apart(con, plain.doubtful)
    _make_requests(con, plain)


def _plain_columns(con: duckdb.DuckDBPyConnection) -> PlainColumns | None:
    """Read what is plain of few lines; None of many."""
    rows, size = con.execute(f"SELECT count(*), sum(_bytes) FROM {LINES}").fetchall()[0]
    if rows > MOST_ROWS or (size or 0) > _MOST_BYTES:
        return None
    lines = con.execute(f"SELECT rowid + 1, {NAMES} FROM {LINES} ORDER BY rowid").fetchall()
    return plain_columns(lines)


def _make_requests(con: duckdb.DuckDBPyConnection, plain: PlainColumns) -> None:
    """Make ``requests`` of plain columns, and of the others as the engine reads them."""
    if plain.doubtful:
        read = con.sql(f"{_typed(plain.doubtful)} ORDER BY row").to_arrow_table()
        # a row's number is its place
        columns = plain.typed([row - 1 for row in read["row"].to_pylist()])
        columns |= dict(zip(read.column_names, read.columns, strict=True))
    else:
        columns = {"row": pa.array(plain.rows, pa.int64()), **plain.typed()}
    con.register("read_requests", pa.table({name: columns[name] for name in _READ}))
    con.execute(f"CREATE OR REPLACE TABLE {REQUESTS} AS FROM read_requests")
    con.unregister("read_requests")


_READ = ("row", *(column.name for column in REQUEST))


def _typed(columns: Sequence[Column]) -> str:
    """Give the SELECT of the rows without an error, these columns of them."""
    values = ", ".join(f'{typed(column)} AS "{column.name}"' for column in columns)
    return f"SELECT row, {values} FROM ({_sensible_lines(columns)}) WHERE NOT _wrong"


def _set_wrong_apart(con: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> None:
    """Write the errors of these columns, and mark the lines that have any."""
    if _collect_doubtful(con, columns):
        con.execute(f"INSERT INTO {ROW_ERRORS} {_row_errors(columns)}")
        # marked in place and then filtered: a join would lose the order of the file
        con.execute(
            f"UPDATE {LINES} SET _wrong = true WHERE rowid IN (SELECT row - 1 FROM {_DOUBTFUL})"
        )
    con.execute(f"DROP TABLE {_DOUBTFUL}")


def _sensible_lines(columns: Sequence[Column]) -> str:
    """Give the SELECT of the lines with their numbers, words for nothing made empty."""
    return sensible_rows(columns, f"(SELECT rowid + 1 AS row, * FROM {LINES})")


def _collect_doubtful(con: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> int:
    """Copy the lines that have any error, usually few, to where each check can look at them."""
    asked = checks_of({column.name for column in columns})
    wrong = " OR ".join(check.fails for check in asked if check is not REPEATED)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {_DOUBTFUL} AS
        WITH many AS (
            SELECT {_AGENCY} AS whose, request_id, min(rowid) AS first FROM {LINES}
            WHERE request_id IS NOT NULL GROUP BY ALL HAVING count(*) > 1
        ),
        repeated AS (
            SELECT l.rowid AS line FROM {LINES} l JOIN many
            ON l.request_id = many.request_id AND {_AGENCY} IS NOT DISTINCT FROM many.whose
            WHERE l.rowid > many.first
        )
        SELECT l.*, r.line IS NOT NULL AS _repeated
        FROM (SELECT *, {marred()} AS _marred FROM ({_sensible_lines(columns)})) l
        LEFT JOIN repeated r ON l.row = r.line + 1
        WHERE _damage IS NOT NULL OR r.line IS NOT NULL OR {wrong}
        """
    )
    (many,) = con.execute(f"SELECT count(*) FROM {_DOUBTFUL}").fetchall()[0]
    return int(many)


def _row_errors(columns: Sequence[Column]) -> str:
    """Give the SELECT of every error of the doubtful lines, by row and column.

    Of what is no row nothing else is said, nor of a record that is damaged.
    """
    asked, kinds = checks_of({column.name for column in columns}), list(DAMAGES)
    damaged = " ".join(f"WHEN '{kind}' THEN {kinds.index(kind) - len(kinds)}" for kind in kinds)
    failed = ", ".join(
        f"CASE WHEN _damage IS NULL AND {check.fails}"
        f"{'' if check in NO_ROW else ' AND NOT _is_none'}"
        f" THEN {{'nth': {at}, 'detail': {check.detail}}} END"
        for at, check in enumerate(asked)
    )
    none = " OR ".join(check.fails for check in asked if check in NO_ROW) or "false"
    texts = [
        *((kinds.index(kind) - len(kinds), "", _UNREADABLE, *DAMAGES[kind]) for kind in kinds),
        *((at, c.column, c.code, c.message, c.cure) for at, c in enumerate(asked)),
    ]
    return f"""
        SELECT row, coalesce(_damaged_column, said."column") AS "column", code,
               message || detail AS message, cure, try_cast(_line AS BIGINT) AS line, request_id
        FROM (
            SELECT row, _damaged_column, _line, request_id, unnest(list_filter(
                [CASE WHEN _damage IS NOT NULL
                      THEN {{'nth': CASE _damage {damaged} END, 'detail': ''}} END, {failed}],
                lambda one: one IS NOT NULL), recursive := true)
            FROM (SELECT *, {none} AS _is_none FROM {_DOUBTFUL})
        )
        JOIN (VALUES {", ".join(map(_literal, texts))}) said(nth, "column", code, message, cure)
            USING (nth)
        ORDER BY row, nth"""


def _literal(values: tuple[int | str, ...]) -> str:
    quoted = (str(v) if isinstance(v, int) else "'" + v.replace("'", "''") + "'" for v in values)
    return f"({', '.join(quoted)})"
