"""What became of every row, and the rows to mend: files that open in a spreadsheet.

In these files a value that a spreadsheet would take for a formula stands behind an apostrophe; in
``to_mend.csv`` intake takes it away again, see :mod:`ostiary.domain.mending`.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from ostiary.domain.columns import REQUEST
from ostiary.domain.mending import FORMULA, MENDING
from ostiary.domain.spreadsheets import harmless
from ostiary.office.batches import tables

FINDINGS = "findings.csv"
TO_MEND = "to_mend.csv"
_COLUMNS = [column.name for column in REQUEST]
_OF_FINDINGS = (
    *("row", "line", "request_id", "status"),
    *("column", "rule", "citation", "finding", "cure", "layer"),
)
_FIRST = ("row", "line", "status", "what", "cure", "sent_as")
_FEW = 1_000  # rows that are written before a statement for many is planned, in 10 ms
_MARK = "\ufeff"  # without it spreadsheets take UTF-8 for a code page


def write_findings(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write ``findings.csv`` from the table ``finding_lines``; nothing without one."""
    _write(
        con,
        tables.FINDING_LINES,
        _OF_FINDINGS,
        "t.row, t.nth",
        folder / FINDINGS,
    )


def write_to_mend(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write ``to_mend.csv``, a row that failed a row, from ``to_mend``; nothing without one.

    What is wrong stands in front, then the columns of the contract that the file or the contract
    wants, and the text of rows that could not be cut last.
    """
    if not _is_there(con, tables.TO_MEND):
        return
    filled = con.execute(
        f"SELECT {', '.join(f'count({_quoted(name)})' for name in _COLUMNS)} FROM {tables.TO_MEND}"
    ).fetchall()[0]
    _write(con, tables.TO_MEND, _of_mending(filled), "t.row", folder / TO_MEND)


def _of_mending(filled: Iterable[int]) -> tuple[str, ...]:
    """Name the columns of the rows to mend; ``filled`` counts values by column of the contract."""
    kept = (one.name for one, many in zip(REQUEST, filled, strict=True) if one.required or many)
    return (*_FIRST, *kept, MENDING[-1])


def write_mending_values(
    folder: Path,
    findings: Iterable[Mapping[str, object]],
    mending: Sequence[Mapping[str, object]],
) -> None:
    """Write both files of values, each row by column; one that it lacks is empty."""
    filled = [sum(row.get(name) is not None for row in mending) for name in _COLUMNS]
    for name, columns, rows in (
        (FINDINGS, _OF_FINDINGS, findings),
        (TO_MEND, _of_mending(filled), mending),
    ):
        texts = ([_as_text(row.get(column)) for column in columns] for row in rows)
        (folder / name).write_bytes(_text(columns, texts))


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def _write(
    con: duckdb.DuckDBPyConnection, table: str, names: tuple[str, ...], order: str, path: Path
) -> None:
    if not _is_there(con, table):
        return
    header = _header(names)
    texts = ", ".join(f"CAST({_quoted(name)} AS VARCHAR)" for name in names)
    few = con.execute(f"SELECT {texts} FROM {table} t ORDER BY {order} LIMIT {_FEW + 1}").fetchall()
    if len(few) <= _FEW:
        path.write_bytes(_text(names, few))
        return
    # DuckDB takes no PREFIX without a SUFFIX; a blank line is no row to any reader
    columns = ", ".join(_harmless(name) for name in names)
    target = str(path).replace("'", "''")
    con.execute(
        f"""
        COPY (SELECT {columns} FROM {table} t ORDER BY {order}) TO '{target}'
        (FORMAT csv, HEADER false, FORCE_QUOTE *, PREFIX '{header}', SUFFIX '{chr(10)}')
        """
    )


def _header(names: Iterable[str]) -> str:
    return _MARK + ",".join(f'"{name}"' for name in names) + "\n"


def _text(names: Iterable[str], rows: Iterable[Iterable[str | None]]) -> bytes:
    return (_header(names) + "\n".join(map(_line, rows)) + "\n").encode()


def _line(row: Iterable[str | None]) -> str:
    """Write a row as the statement for many writes it."""
    values = (value or "" for value in row)
    return ",".join('"' + harmless(one).replace('"', '""') + '"' for one in values)


def _harmless(name: str) -> str:
    value = f"CAST({_quoted(name)} AS VARCHAR)"
    formula = FORMULA.replace("'", "''")
    return (
        f"coalesce(CASE WHEN regexp_matches({value}, '{formula}') THEN '''' || {value}"
        f" ELSE {value} END, '') AS {_quoted(name)}"
    )


def _is_there(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether there is such a table; a list of all tables would tell of other steps' as well."""
    try:
        con.execute(f"SELECT 1 FROM {table} LIMIT 0")
    except duckdb.CatalogException:
        return False
    return True


def _quoted(name: str) -> str:
    return f'"{name}"'
