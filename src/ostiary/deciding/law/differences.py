"""What two laws say, and what they make of the same facts: who is decided otherwise, and how."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Rewording:
    """One thing that two laws say unlike.

    Attributes:
        where: the rule, or the instrument where it is none of one rule.
        what: which part of it (``sql``, ``finding``, ``items``, ...), with the first day of its
            version where a rule has several days; ``rule`` or ``instrument`` of a whole one.
        before: what the first law says, as canonical text; empty where it says nothing.
        after: what the second one says.
    """

    where: str
    what: str
    before: str
    after: str


def rewordings(first: Book, second: Book) -> tuple[Rewording, ...]:
    """Give all that bears meaning and reads otherwise in a second law.

    What is compared is what the digest of a book covers, so two laws of one digest have none.

    Returns:
        In the order of the first book, then what the second one adds. An instrument or a rule that
        only one of them has is told as one, not part by part.
    """
    return tuple(_unlike(*(dict(_said(book)) for book in (first, second))))


_Said = Mapping[str, Mapping[str, str]]


def _said(book: Book) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Give each instrument and each rule by its name, with its parts as texts."""
    for one in book.instruments:
        own = {name: _text(told) for name, told in one.meaning.items() if name != "rules"}
        yield one.id, {"instrument": one.title, **own}
        for rule in one.meaning["rules"]:
            yield rule["id"], {"rule": f"of {one.id}", **dict(_parts(rule))}


def _parts(rule: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, told in rule.items():
        if name != "versions":
            yield name, _text(told)
    versions = rule["versions"]
    for version in versions:
        since = f" from {version['period'][0]}" if len(versions) > 1 else ""
        for name, told in version.items():
            yield name + since, _text(told)


def _text(told: object) -> str:
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, default=str)


def _unlike(before: _Said, after: _Said) -> Iterator[Rewording]:
    for where in dict.fromkeys((*before, *after)):
        old, new = before.get(where), after.get(where)
        if old is None or new is None:
            what, told = next(iter((old or new or {}).items()))
            yield Rewording(where, what, told if old else "", told if new else "")
            continue
        for what in dict.fromkeys((*old, *new)):
            if old.get(what, "") != new.get(what, "") and what != "instrument":
                yield Rewording(where, what, old.get(what, ""), new.get(what, ""))


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
