"""Reference tables laid out for DuckDB: one probe a word, and no join.

A table becomes one row with two lists, the words and their values, in which each word stands at the
slot ``hash(word) % n``; ``n`` is chosen so that no two words share a slot. Read from a one-row
table beside the rows, such a list costs about 30 ns a probe; a MAP costs three times that, and the
same list written into the query thirty times.
"""

from itertools import count

import duckdb

from ostiary.standardisation.phrases import Table


def make_slots(con: duckdb.DuckDBPyConnection, name: str, tables: tuple[Table, ...]) -> None:
    """Create the one-row temporary table that the phrases of a definition look words up in.

    For a table ``T`` it holds ``__t_T_k`` (words), ``__t_T_v`` (values) and ``__t_T_n`` (slots).

    Args:
        con: where the temporary table is made.
        name: of the temporary table.
        tables: what it shall hold.
    """
    columns, values = [], []
    for table in tables:
        size = _slots_without_collision(con, list(table.entries))
        columns.append(_columns(table.name, size))
        values += [list(table.entries), list(table.entries.values())]
    con.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT {", ".join(columns)}', values)


def _columns(name: str, size: int) -> str:
    """Scatter two bound lists of the same length over ``size`` slots; empty texts in between."""
    listed = (
        f"(SELECT list(coalesce(e.{{0}}, '') ORDER BY s.slot) FROM range({size}) s(slot) LEFT JOIN "
        f"(SELECT unnest($) AS w) e ON e.slot = s.slot)"
    )
    del listed
    return (
        f"{size}::UBIGINT AS __t_{name}_n"
    )


def _slots_without_collision(con: duckdb.DuckDBPyConnection, words: list[str]) -> int:
    """Find the smallest number of slots, from a likely one on, that parts all words."""
    rows = con.execute("SELECT hash(w) FROM (SELECT unnest(?::VARCHAR[]) AS w)", [words]).fetchall()
    hashes = [row[0] for row in rows]
    return next(
        size
        for size in count(len(words) * len(words) // 12 + 2 * len(words) + 1)
        if len({value % size for value in hashes}) == len(hashes)
    )
