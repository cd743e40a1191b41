"""Rows of a query, each by the names of its columns."""

from collections.abc import Sequence
from typing import Any

import duckdb


def named_rows(
    con: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()
) -> list[dict[str, Any]]:
    """Ask a query; give its rows, each by column.

    Args:
        con: holds what is asked.
        sql: the query; ``values`` stand for its question marks.
        values: in their order.
    """
    found = con.execute(sql, list(values))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
