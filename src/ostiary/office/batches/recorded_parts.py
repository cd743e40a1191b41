"""Reading what a batch recorded: page by page, and a large batch in parts."""

from collections.abc import Callable, Iterator

import duckdb

from ostiary.office.batches.tables import NUMBERED
from ostiary.office.folder.small_database import cursor_beside

FEW = 1_000
"""Requests whose rows and entries are made one by one: to plan a statement takes 15 ms."""
_PAGE = 20_000
_PART = 500_000  # rows of a batch that are joined and sorted at a time


def parts_of(con: duckdb.DuckDBPyConnection) -> Iterator[Callable[[str], str]]:
    """Cut a batch by its rows, so that joins and sorts of a large one stay small.

    Yields:
        For each part, what gives the name of a table as SQL for the rows of this part alone.
    """
    ((first, last),) = con.execute(
        f"SELECT coalesce(min(row), 0), coalesce(max(row), 0) FROM {NUMBERED}"
    ).fetchall()
    for low in range(first, last + 1, _PART):
        high = min(last, low + _PART - 1)
        yield f"(SELECT * FROM {{}} WHERE row BETWEEN {low} AND {high})".format


def rows_of(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[object, ...]]:
    """Read a query page by page on a cursor of its own, so that readings may interleave."""
    cursor = cursor_beside(con)
    cursor.execute(sql)
    while page := cursor.fetchmany(_PAGE):
        yield from page
    cursor.close()
