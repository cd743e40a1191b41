"""Reference tables laid out for DuckDB: one probe a word, and no join.

A table becomes one row with two lists, the words and their values, in which each word stands at the
slot ``hash(word) % n``; ``n`` is chosen so that no two words share a slot. Read from a one-row
table beside the rows, such a list costs about 30 ns a probe; a MAP costs three times that, and the
same list written into the query thirty times.
"""

from collections.abc import Iterable
from itertools import count

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ostiary.deciding.standardisation.terms import Table

_NO_WORD = chr(127)
"""Stands in slots without a word; no folded text holds it."""


def slots_of(tables: tuple[Table, ...]) -> pa.Table:
    """Lay tables out in one row, for the phrases of a definition to look words up in.

    For a table ``T`` it holds ``__t_T_k`` (words), ``__t_T_v`` (values) and ``__t_T_n`` (slots).
    """
    columns: dict[str, pa.Array] = {}
    with duckdb.connect() as con:
        for table in tables:
            hashes = _hashes(con, list(table.entries))
            size = _slots_without_collision(hashes)
            slots = (hashes % np.uint64(size)).astype(np.int64)
            name = f"__t_{table.name}"
            columns[f"{name}_k"] = _scattered(table.entries.keys(), slots, size, _NO_WORD)
            columns[f"{name}_v"] = _scattered(table.entries.values(), slots, size, "")
            columns[f"{name}_n"] = pa.array([size], pa.uint64())
    return pa.table(columns)


def _scattered(
    texts: Iterable[str], slots: npt.NDArray[np.int64], size: int, elsewhere: str
) -> pa.Array:
    """Give one list of so many slots, with each text at its own and another text at all others."""
    place = np.full(size, len(slots))
    place[slots] = np.arange(len(slots))
    values = pa.array([*texts, elsewhere], pa.string()).take(pa.array(place))
    return pa.ListArray.from_arrays(pa.array([0, size], pa.int32()), values)


def _hashes(con: duckdb.DuckDBPyConnection, words: list[str]) -> npt.NDArray[np.uint64]:
    """Hash words as the phrases do that look them up."""
    found = con.execute("SELECT hash(word) FROM (SELECT unnest(?::VARCHAR[]) AS word)", [words])
    hashes: npt.NDArray[np.uint64] = found.fetchnumpy()["hash(word)"]
    return hashes


def _slots_without_collision(hashes: npt.NDArray[np.uint64]) -> int:
    """Find the smallest number of slots, from a likely one on, that parts all words."""
    likely = len(hashes) ** 2 // 12 + 2 * len(hashes) + 1
    return next(n for n in count(likely) if _parted(hashes % np.uint64(n), n))


def _parted(slots: npt.NDArray[np.uint64], size: int) -> bool:
    taken = np.zeros(size, np.bool_)
    taken[slots] = True
    return bool(np.count_nonzero(taken) == len(slots))
