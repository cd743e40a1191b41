"""Rows that were read one by one become a table, in Arrow batches: memory stays small.

Of a few rows that are clean as they stand, which most are, nothing is cleaned: to plan that would
cost more than they do.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.csv_text import Damage, Fields
from ostiary.deciding.intake.misread import WRITTEN_AS_TEXT
from ostiary.deciding.intake.typed import cleaned_rows
from ostiary.domain.columns import Column

Shape = Callable[[str], str]
"""From SQL of cleaned rows to the SELECT that makes a table of them."""

_BATCH_ROWS = 20_000
FEW: Final = 1_000
"""Rows that are looked at before anything is planned; the engine reads three thousand sooner."""

FEW_BYTES: Final = FEW << 11
"""Bytes of all that few rows may hold."""

_LONGEST_CLEAN = 1_500  # signs of a row, none of more than two bytes: far below what is suspect
_CLEAN = re.compile("[!-~\u00c0-\u017f](?:[ -~\u00c0-\u017f]*[!-~\u00c0-\u017f])?")
_FORMULA = re.compile(WRITTEN_AS_TEXT)
_AS_CLEANED = {
    "_odd": (False, pa.bool_()),
    "_suspect": (False, pa.bool_()),
    **dict.fromkeys(("_returns", "_breaks"), (0, pa.int64())),
}


def table_from_rows(
    con: duckdb.DuckDBPyConnection,
    rows: Iterable[Fields | Damage],
    found: Sequence[str],
    columns: Sequence[Column],
    *,
    table: str,
    shape: Shape,
) -> None:
    """Make a table from rows of text; a damaged row keeps its place, with empty values.

    Args:
        con: where the table is made.
        rows: fields in the order of ``found``, or the damage.
        found: names of the columns that the rows have.
        columns: the columns of the contract.
        table: name of a table that does not exist yet.
        shape: what to select from the cleaned rows.
    """
    rows = iter(rows)
    few = _few_clean(rows)
    if table_from_few(con, few, found, columns, table=table, shape=shape):
        return
    rows = chain(few, rows)
    raised: list[BaseException] = []
    con.register("intake_batches", _batches(_watched(rows, raised), found))
    try:
        con.execute(f"CREATE TABLE {table} AS {shape_of('intake_batches', found, columns, shape)}")
    except duckdb.Error:
        if raised:  # DuckDB has made it an error of its own, with a trace in it
            raise raised[0] from None
        raise
    finally:
        con.unregister("intake_batches")


def _few_clean(rows: Iterator[Fields | Damage]) -> list[Fields | Damage]:
    """Take few rows, and one more, or as many as there are up to the first that is not clean."""
    few: list[Fields | Damage] = []
    for row in islice(rows, FEW + 1):
        few.append(row)
        if isinstance(row, Damage) or not is_clean(row):
            break
    return few


def table_from_few(
    con: duckdb.DuckDBPyConnection,
    rows: Sequence[Sequence[str | None] | Damage],
    found: Sequence[str],
    columns: Sequence[Column],
    *,
    table: str,
    shape: Shape,
) -> bool:
    """Make a table as :func:`table_from_rows` does, of few rows that are clean as they stand.

    Returns:
        Whether they are; no table is made of others.
    """
    clean = _clean_table(rows, found, columns) if len(rows) <= FEW else None
    if clean is None:
        return False
    con.register("intake_clean", clean)
    try:
        con.execute(f"CREATE TABLE {table} AS {shape('intake_clean')}")
    finally:
        con.unregister("intake_clean")
    return True


def _clean_table(
    rows: Sequence[Sequence[str | None] | Damage], found: Sequence[str], columns: Sequence[Column]
) -> pa.Table | None:
    """Give rows as :func:`.intake.typed.cleaned_rows` does; None where any is to be cleaned."""
    clean = [row for row in rows if not isinstance(row, Damage) and is_clean(row)]
    if len(clean) < len(rows):
        return None
    values = dict(zip(found, zip(*clean, strict=True), strict=True)) if rows else {}
    nothing = [None] * len(rows)
    names = (*(column.name for column in columns), "_damage", "_damaged_column", "_line")
    texts = {n: pa.array([v or None for v in values.get(n, nothing)], pa.string()) for n in names}
    same = {n: pa.array([value] * len(rows), kind) for n, (value, kind) in _AS_CLEANED.items()}
    return pa.table(texts | same | _counted(clean, with_line="_line" in found))


def _counted(rows: Sequence[Sequence[str | None]], *, with_line: bool) -> dict[str, pa.Array]:
    """Count what the values of clean rows hold; the line, which is the last, is no value."""
    wholes = ["".join(text for text in row[: len(row) - with_line] if text) for row in rows]
    return {
        "_bytes": pa.array([len(whole.encode()) for whole in wholes], pa.int64()),
        "_quotes": pa.array([whole.count('"') for whole in wholes], pa.int64()),
        "_loose": pa.array([not whole for whole in wholes], pa.bool_()),
    }


def is_clean(row: Sequence[str | None]) -> bool:
    """Tell whether no text of a row is changed by being cleaned.

    Clean is what is printable, of Latin letters, has no space at its ends, and is no formula that
    stands for its text.
    """
    texts = [text for text in row if text]
    if sum(map(len, texts)) > _LONGEST_CLEAN or not all(map(_CLEAN.fullmatch, texts)):
        return False
    return not any(map(_FORMULA.fullmatch, texts))


def _watched(
    rows: Iterable[Fields | Damage], raised: list[BaseException]
) -> Iterator[Fields | Damage]:
    try:
        yield from rows
    except BaseException as error:
        raised.append(error)
        raise


def shape_of(source: str, found: Sequence[str], columns: Sequence[Column], shape: Shape) -> str:
    """Give the SELECT over a source of raw text; optional columns it lacks are NULL."""
    absent = [column.name for column in columns if column.name not in found]
    if source == "intake_batches" and "_line" not in found:
        absent.append("_line")
    if absent:
        nulls = ", ".join(f'CAST(NULL AS VARCHAR) AS "{name}"' for name in absent)
        source = f"(SELECT *, {nulls} FROM {source})"
    return shape(f"({cleaned_rows(columns, source)})")


def _batches(rows: Iterator[Fields | Damage], names: Sequence[str]) -> pa.RecordBatchReader:
    with_line = "_line" in names  # it is the last
    nothing: Fields = [None] * (len(names) - with_line)

    def lines() -> Iterator[Fields]:
        for row in rows:
            if isinstance(row, Damage):
                line = [str(row.line)] if with_line else []
                yield [*nothing, *line, row.kind, row.column]
            else:
                yield [*row, None, None]

    return in_batches(lines(), [*names, "_damage", "_damaged_column"])


def in_batches(lines: Iterator[Fields], names: Sequence[str]) -> pa.RecordBatchReader:
    """Give rows of text as Arrow batches, each as it is asked for."""
    schema = pa.schema([(name, pa.string()) for name in names])

    def batches() -> Iterator[pa.RecordBatch]:
        while many := list(islice(lines, _BATCH_ROWS)):
            texts = [pa.array(values, pa.string()) for values in zip(*many, strict=True)]
            yield pa.RecordBatch.from_arrays(texts, schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())
