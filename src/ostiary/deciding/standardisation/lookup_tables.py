"""Reference tables laid out for DuckDB: one probe a word, and no join.

A table becomes one row with two lists, the words and their values, in which each word stands at the
slot ``hash(word) % n``; ``n`` is chosen so that no two words share a slot. Read from a one-row
table beside the rows, such a list costs about 30 ns a probe; a MAP costs three times that, and the
same list written into the query thirty times.
"""

from itertools import count

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ostiary.deciding.standardisation.terms import Table

_NO_WORD = "chr(127)"
"""Stands in slots without a word; no folded text holds it."""


def slots_of(tables: tuple[Table, ...]) -> pa.Table:
    """Lay tables out in one row, for the phrases of a definition to look words up in.

    For a table ``T`` it holds ``__t_T_k`` (words), ``__t_T_v`` (values) and ``__t_T_n`` (slots).
    """
    rows: list[str] = []
    bound: list[list[str]] = []
    with duckdb.connect() as con:
        for table in tables:
            words, values = list(table.entries), list(table.entries.values())
            rows.append(_row(table.name, _slots_without_collision(con, words), len(bound)))
            bound += [words, values]
        return con.sql(f"SELECT * FROM {', '.join(rows)}", params=bound).to_arrow_table()


def _row(name: str, size: int, bound: int) -> str:
    """Scatter the two bound lists behind the first ``bound`` ones over ``size`` slots."""
    return (
        f"(SELECT list(coalesce(word, {_NO_WORD}) ORDER BY slot) AS __t_{name}_k, "
        f"list(coalesce(value, '') ORDER BY slot) AS __t_{name}_v, "
        f"{size}::UBIGINT AS __t_{name}_n FROM range({size}) AS slots(slot) LEFT JOIN "
        f"(SELECT unnest(${bound + 1}::VARCHAR[]) AS word, "
        f"unnest(${bound + 2}::VARCHAR[]) AS value) ON (hash(word) % {size})::BIGINT = slot)"
    )


def _slots_without_collision(con: duckdb.DuckDBPyConnection, words: list[str]) -> int:
    """Find the smallest number of slots, from a likely one on, that parts all words."""
    rows = con.execute("SELECT hash(word) FROM (SELECT unnest(?::VARCHAR[]) AS word)", [words])
    hashes = rows.fetchnumpy()["hash(word)"]
    likely = len(words) ** 2 // 12 + 2 * len(words) + 1
    return next(n for n in count(likely) if _parted(hashes % np.uint64(n), n))


def _parted(slots: npt.NDArray[np.uint64], size: int) -> bool:
    taken = np.zeros(size, np.bool_)
    taken[slots] = True
    return int(taken.sum()) == len(slots)
