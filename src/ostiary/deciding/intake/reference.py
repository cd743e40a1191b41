"""The custodian's reference file becomes a typed table. It is all or nothing.

Tens of millions of rows stream through DuckDB into one table of their own; no row of it ever
becomes a Python object. Intake carries the table in and never looks into it: the pipeline hands it
on to matching, and nothing else in this room imports this module.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from ostiary.deciding.intake.footers import TELLS, below_the_rows, repeated_header, ruler
from ostiary.deciding.intake.misread import is_nobodys
from ostiary.deciding.intake.readers import KEPT, Loading
from ostiary.deciding.intake.typed import DAMAGES, FIRST_YEAR, LAST_YEAR, sensible_rows, typed
from ostiary.deciding.intake.value_checks import Check, checks, printable, required
from ostiary.domain.columns import CHOICES, REFERENCE, Column
from ostiary.domain.errors import InputError

_YEAR = Check(
    "period",
    "bad-year",
    f"not a year from {FIRST_YEAR} to {LAST_YEAR}",
    "write the year with four digits, or leave it empty",
    "(period IS NOT NULL AND NOT coalesce(regexp_full_match(period, '[0-9]{4}')"
    f" AND try_cast(period AS INTEGER) BETWEEN {FIRST_YEAR} AND {LAST_YEAR}, false))",
)
SOURCES = CHOICES["source"]
_SOURCE = Check(
    "source",
    "bad-source",
    "this is no source of an address",
    f"write {', '.join(SOURCES)}, or leave it empty",
    f"(source IS NOT NULL AND lower(source) NOT IN {SOURCES})",
)
_STATUSES = CHOICES["filing_status"]
_STATUS = Check(
    "filing_status",
    "bad-filing-status",
    "this is no filing status",
    f"write {', '.join(_STATUSES)}, or leave it empty",
    f"(filing_status IS NOT NULL AND lower(filing_status) NOT IN {_STATUSES})",
)


def _whole(column: str, pattern: str, cure: str) -> Check:
    return Check(
        column,
        f"bad-{column.replace('_', '-')}",
        "not a whole number",
        cure,
        f"({column} IS NOT NULL AND NOT regexp_full_match({column}, '{pattern}'))",
    )


_DOLLARS = ("-?[0-9]{1,15}", "write whole dollars, digits alone, or leave it empty")
LONGEST_PERSON_ID = 200
CHECKS = (
    required("person_id", "no-person-id"),
    *checks(REFERENCE),
    printable(
        "person_id",
        "bad-person-id",
        LONGEST_PERSON_ID,
        "give the person an id of printable characters",
    ),
    _YEAR,
    _SOURCE,
    _STATUS,
    _whole("unearned_income", *_DOLLARS),
    _whole("modified_adjusted_gross_income", *_DOLLARS),
    _whole(
        "number_of_individuals", "[0-9]{1,3}", "write a number, digits alone, or leave it empty"
    ),
)
"""What is asked of each value, in the order in which it is said."""
_ASKED = (
    ruler("person_id", REFERENCE),
    CHECKS[0],
    repeated_header("person_id", TELLS),
    *CHECKS[1:],
    below_the_rows("person_id", TELLS),
)
"""The same, and what is asked of a row."""


def read_reference(
    con: duckdb.DuckDBPyConnection, path: Path, table: str, *, fast: bool = True
) -> int:
    """Read a reference file (CSV, JSON Lines or Parquet) into a table.

    The table has the columns of :data:`ostiary.domain.columns.REFERENCE`: ``birth_date`` DATE,
    ``hold`` BOOLEAN (false where the file says nothing), ``period`` INTEGER (a year), ``tin`` the
    digits alone, the others VARCHAR. Empty values are NULL; rows are in the file's order. A table
    of that name is replaced.

    Call it outside a transaction.

    Args:
        con: where the table is made.
        path: the file.
        table: name of the table.
        fast: whether DuckDB's own reader may be tried before the careful one.

    Returns:
        The number of rows.

    Raises:
        InputError: the file, or any row in it, cannot be read; ``table`` is as it was. The message
            names the first such row, its column and the cure.
    """
    incoming = f"{table}_incoming"
    rows = Loading(con, path, REFERENCE, incoming, _shape, fast=fast).load().rows
    try:
        _refuse_faults(con, path, incoming)
    except InputError:
        con.execute(f"DROP TABLE {incoming}")
        raise
    for column in ("_fault", *KEPT):
        con.execute(f"ALTER TABLE {incoming} DROP COLUMN {column}")
    con.execute(f"DROP TABLE IF EXISTS {table}")
    con.execute(f"ALTER TABLE {incoming} RENAME TO {table}")
    return rows


def _shape(rows: str) -> str:
    values = ", ".join(f'{reference_value(column)} AS "{column.name}"' for column in REFERENCE)
    faults = " ".join(f"WHEN {check.fails} THEN {n}" for n, check in enumerate(_ASKED))
    fault = f"CASE WHEN _damage IS NOT NULL THEN -1 {faults} END"
    kept = ", ".join(KEPT)
    sensible = sensible_rows(REFERENCE, rows)
    return f"SELECT {values}, CAST({fault} AS SMALLINT) AS _fault, {kept} FROM ({sensible})"


def reference_value(column: Column) -> str:
    """Give the SQL that reads a cleaned text of the reference file as its kind.

    A TIN or a day that stands for unknown is empty: as a value it would contradict everybody.
    """
    if column.name == "period":
        return "try_cast(period AS INTEGER)"
    value = typed(column)
    if column.kind in {"digits", "date"}:
        unknown = is_nobodys(column, f"CAST({value} AS VARCHAR)")
        return f"CASE WHEN {unknown} THEN NULL ELSE {value} END"
    return value


def _refuse_faults(con: duckdb.DuckDBPyConnection, path: Path, table: str) -> None:
    """Raise for the first faulty row; what is wrong with others is told by kind, with counts."""
    found = con.execute(
        f"""
        SELECT min(rowid) + 1 AS first, _fault, _damage, _damaged_column, count(*) AS many
        FROM {table} WHERE _fault IS NOT NULL GROUP BY ALL ORDER BY first
        """
    ).fetchall()
    if not found:
        return
    kinds = [
        _Kind(row, *_said(fault, damage, column), many)
        for row, fault, damage, column, many in found
    ]
    first, more = kinds[0], sum(kind.rows for kind in kinds) - 1
    others = f" ({more} more rows cannot be read)" if more else ""
    raise InputError(
        first.message + others,
        where=f"{path} row {first.row}" + (f" column {first.column}" if first.column else ""),
        cure="".join([first.cure, *(f"\n  {kind}" for kind in kinds)] if more else [first.cure]),
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is wrong with some rows: the first of them, column, message, cure, and how many."""

    row: int
    column: str
    message: str
    cure: str
    rows: int

    def __str__(self) -> str:
        named = f"column {self.column}: " if self.column else ""
        rows = f"{self.rows:,} rows, the first is row" if self.rows > 1 else "row"
        return f"{named}{self.message} ({rows} {self.row:,}). {self.cure}"


def _said(fault: int, damage: str | None, damaged: str | None) -> tuple[str, str, str]:
    if damage is not None:
        message, cure = DAMAGES[damage]
        return damaged or "", message, cure
    check = _ASKED[fault]
    return check.column, check.message, check.cure
