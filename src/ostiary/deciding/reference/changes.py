"""What a load does to the reference: people who are new, changed, ended, held, and found by no id.

Two references are compared person by person, before the newer one is put in place. The vocabularies
of the two number their texts differently, so a record is hashed over the hashes of its texts; the
records of a person are added up, for their order means nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields

import duckdb
import numpy as np
import pyarrow as pa

from ostiary.deciding.reference.blocking_keys import Hashes, hash_texts
from ostiary.deciding.reference.layout import TEXTS
from ostiary.deciding.reference.reader import ReferenceReader

_PEOPLE = 200_000  # people of a block
_NUMBERS = ("n_name_stated", "first_period", "last_period", "born", "tin", "hold")
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: a multiplicative hash


@dataclass(frozen=True, slots=True)
class Changes:
    """What a load would do, in people.

    Attributes:
        before: people on file before.
        new: people who were not on file.
        changed: people on file of whom something else is said now.
        ended: people who were on file and no longer are.
        held: people who are held now, see 26 USC 6103(i)(6).
        unmatched: people who are held now and were not on file before; 0 where nobody was.
    """

    before: int
    new: int
    changed: int
    ended: int
    held: int
    unmatched: int

    def counts(self) -> dict[str, int]:
        """Give the counts by name."""
        return asdict(self)


COUNTED = tuple(one.name for one in fields(Changes) if one.name != "before")
"""What a load can be expected to do."""

Approve = Callable[[Changes], None]
"""Looks at what a load would do; raises to stop it before anything is put in place."""


def changes_between(
    con: duckdb.DuckDBPyConnection, before: ReferenceReader | None, after: ReferenceReader
) -> Changes:
    """Compare the reference that is in place with the one that is to be."""
    if before is None or not before.people:
        held = np.unique(after.records["person"][after.records["hold"]])
        return Changes(0, after.people, 0, 0, len(held), 0)
    for one, opened in (("after", after), ("before", before)):
        _put(con, f"changes_{one}", opened)
        con.register("items_filed", opened.items)
        con.execute(
            f"CREATE OR REPLACE TABLE items_{one} AS SELECT person_id AS id,"
            " bit_xor(hash(period, source, item, value)) AS digest FROM items_filed GROUP BY 1"
        )
        con.unregister("items_filed")
    new, changed, ended, held, unmatched = con.execute(
        """
        SELECT count(*) FILTER (b.id IS NULL),
               count(*) FILTER (b.digest <> a.digest OR y.digest IS DISTINCT FROM x.digest),
               count(*) FILTER (a.id IS NULL),
               count(*) FILTER (a.held),
               count(*) FILTER (a.held AND b.id IS NULL)
        FROM changes_after a FULL JOIN changes_before b ON a.id = b.id
        LEFT JOIN items_after x ON x.id = a.id LEFT JOIN items_before y ON y.id = b.id
        """
    ).fetchall()[0]
    for one in ("after", "before"):
        con.execute(f"DROP TABLE changes_{one}; DROP TABLE items_{one}")
    return Changes(before.people, new, changed, ended, held, unmatched)


def _put(con: duckdb.DuckDBPyConnection, table: str, opened: ReferenceReader) -> None:
    con.execute(f"CREATE OR REPLACE TABLE {table} (id VARCHAR, digest UBIGINT, held BOOLEAN)")
    for block in _people_of(opened):
        con.register("changes_block", block)
        con.execute(f"INSERT INTO {table} SELECT * FROM changes_block")
        con.unregister("changes_block")


def _people_of(opened: ReferenceReader) -> Iterator[pa.Table]:
    """Give each person's id, a digest of what is said of them, and whether they are held.

    What is said of a person is each address with its years and the sources of these.
    """
    hashes = {name: hash_texts(name, opened.words[name]) for name in TEXTS}
    for start in range(0, opened.people, _PEOPLE):
        end = min(start + _PEOPLE, opened.people)
        firsts = np.asarray(opened.first_record[start : end + 1], np.int64)
        rows = np.asarray(opened.records[firsts[0] : firsts[-1]])
        mixed = np.zeros(len(rows), np.uint64)
        for name in TEXTS:
            mixed = _mix(mixed, hashes[name][rows[name]])
        for name in _NUMBERS:
            mixed = _mix(mixed, rows[name].astype(np.int64).view(np.uint64))
        mixed = _mix(mixed, _spans_of(opened, firsts[0], firsts[-1]))
        begins = firsts[:-1] - firsts[0]
        columns = {
            "id": opened.ids[start:end],
            "digest": np.add.reduceat(mixed, begins),
            "held": np.logical_or.reduceat(rows["hold"], begins),
        }
        yield pa.table(columns)


def _spans_of(opened: ReferenceReader, start: int, end: int) -> Hashes:
    """Give a digest of the spans of each record."""
    at, spans = opened.spans_of(np.arange(start, end))
    said = spans.astype(np.uint64) @ np.array([1 << 16, 1 << 8, 1], np.uint64)
    begins = np.flatnonzero(np.diff(at, prepend=-1))
    digests: Hashes = np.add.reduceat(_mix(said, np.zeros_like(said)), begins)
    return digests


def _mix(mixed: Hashes, values: Hashes) -> Hashes:
    told: Hashes = (mixed ^ values) * _ODD
    told ^= told >> np.uint64(29)
    return told
