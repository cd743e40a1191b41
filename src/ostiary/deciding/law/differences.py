"""What two laws make of the same facts: who is decided otherwise, and by which rules."""

from dataclasses import dataclass

import duckdb

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import decide_batch
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import bits_of, mask_of


@dataclass(frozen=True, slots=True)
class Difference:
    """Requests that two laws treat unlike in the same way.

    Attributes:
        before: status under the first law.
        after: status under the second.
        fewer: rules that only the first law finds not met.
        more: rules that only the second one does.
        requests: how many.
    """

    before: str
    after: str
    fewer: tuple[str, ...]
    more: tuple[str, ...]
    requests: int


def compare_laws(
    con: duckdb.DuckDBPyConnection, first: Book, second: Book, day: Day, *, facts: str, into: str
) -> list[Difference]:
    """Decide a table of facts under two laws.

    Args:
        con: holds the table.
        first: one law.
        second: the other.
        day: the legal time, the same for both.
        facts: table with ``row`` and the vocabulary.
        into: table to make of the rows decided otherwise: ``row``, ``before``, ``after`` (status),
            ``mask_before``, ``mask_after``.

    Returns:
        The kinds of difference, most frequent first.
    """
    decide_batch(con, first, day, facts=facts, into="decided_before")
    decide_batch(con, second, day, facts=facts, into="decided_after")
    rows = con.execute(
        """
        SELECT a.mask, b.mask, a.status, b.status, count(*)
        FROM decided_before a JOIN decided_after b USING (row) GROUP BY ALL
        """
    ).fetchall()
    unlike: list[Difference] = []
    masks: list[tuple[str, str]] = []
    for mask_before, mask_after, before, after, requests in rows:
        old, new = _named(first, mask_before), _named(second, mask_after)
        if old != new or before != after:
            masks.append((mask_before, mask_after))
            unlike.append(_difference(before, after, old, new, requests))
    con.execute("CREATE OR REPLACE TEMP TABLE unlike_masks (a VARCHAR, b VARCHAR)")
    if masks:
        con.executemany("INSERT INTO unlike_masks VALUES (?, ?)", masks)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {into} AS
        SELECT row, a.status AS before, b.status AS after, a.mask AS mask_before,
               b.mask AS mask_after
        FROM decided_before a JOIN decided_after b USING (row)
        JOIN unlike_masks u ON u.a = a.mask AND u.b = b.mask
        """
    )
    return sorted(_gathered(unlike), key=lambda one: -one.requests)


def _named(book: Book, mask: str) -> frozenset[str]:
    return frozenset(book.rules[bit][1].id for bit in bits_of(mask_of(mask)))


def _difference(
    before: str, after: str, old: frozenset[str], new: frozenset[str], requests: int
) -> Difference:
    return Difference(before, after, tuple(sorted(old - new)), tuple(sorted(new - old)), requests)


def _gathered(unlike: list[Difference]) -> list[Difference]:
    """Add up the masks that differ in the same rules."""
    sums: dict[tuple[str, str, tuple[str, ...], tuple[str, ...]], int] = {}
    for one in unlike:
        key = (one.before, one.after, one.fewer, one.more)
        sums[key] = sums.get(key, 0) + one.requests
    return [Difference(*key, requests) for key, requests in sums.items()]
