"""The decision: which rules of the book a request does not meet.

1. A request is let through only when every rule that speaks to it is *certainly* met.
2. A requirement that is not in force is not met; an order that is not in force binds nobody.
3. An undetermined fact never lets anything through, and never lifts a stop.
4. One request (generated Python) and a batch (DuckDB) are decided alike, bit by bit.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, Protocol

import duckdb

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.findings import findings_of
from ostiary.deciding.law.legal_time import Asked, Day, asked
from ostiary.deciding.law.sql import DUCKDB, decision_sql
from ostiary.deciding.law.truth import certainly_false, certainly_true
from ostiary.domain.facts import Facts
from ostiary.domain.words import Determination, Stage, Status


class Decide(Protocol):
    """The decision over a table of facts on one engine or another, as :func:`decide_batch`."""

    def __call__(
        self, con: duckdb.DuckDBPyConnection, book: Book, day: Day, *, facts: str, into: str
    ) -> None:
        """Decide."""


def status_of(book: Book, mask: int) -> Status:
    """Give the status that a mask amounts to: a stop weighs most, then what counsel must answer."""
    if not mask:
        return Status.ACCEPTED
    if mask & book.suspending:
        return Status.SUSPENDED
    return Status.TO_COUNSEL if mask & book.for_counsel else Status.RETURNED


def decide_one(book: Book, facts: Facts, day: Day) -> Determination:
    """Decide one request.

    Args:
        book: the law.
        facts: every word of the vocabulary, ``None`` where it is undetermined.
        day: the legal time.
    """
    mask = mask_one(book, facts, day)
    return Determination(
        status=status_of(book, mask),
        mask=mask,
        stage=day.stage,
        on=day.disclosed if day.stage is Stage.DISCLOSURE and day.disclosed else day.received,
        book=book.digest,
        findings=findings_of(book, mask, facts, day.of),
    )


def mask_one(book: Book, facts: Facts, day: Day) -> int:
    """Give the mask of one request alone, without its words."""
    return _made(book, day, _source(book, day))(facts)


def asked_of(book: Book, facts: Facts, day: Day) -> tuple[Asked, ...]:
    """Give the rules that speak to one request on a day: those whose instrument applies to it.

    An instrument that is not certainly silent speaks, as in the decision itself.
    """
    silent = _made(book, "silent", _silence(book))(facts)
    place = {one.id: n for n, one in enumerate(book.instruments)}
    return tuple(one for one in asked(book, day) if not silent >> place[one.instrument.id] & 1)


def decide_batch(
    con: duckdb.DuckDBPyConnection, book: Book, day: Day, *, facts: str, into: str
) -> None:
    """Decide a table of facts.

    Args:
        con: the connection that holds the table.
        book: the law.
        day: the legal time, the same for all rows.
        facts: table with ``row`` and one column for each word of the vocabulary.
        into: name of the table to make: ``row`` BIGINT, ``mask`` VARCHAR (as
            :func:`ostiary.deciding.law.masks.mask_text` writes it), ``status`` VARCHAR.
    """
    con.execute(f"CREATE OR REPLACE TABLE {into} AS {decision_sql(book, day, facts, DUCKDB)}")


def _silence(book: Book) -> Iterator[str]:
    """Write the function that says which instruments are silent, one bit an instrument."""
    yield "def decide(f):\n    mask = 0"
    for n, one in enumerate(book.instruments):
        yield f"    if {certainly_false(one.applies)}: mask |= {1 << n}"
    yield "    return mask"


def _source(book: Book, day: Day) -> Iterator[str]:
    """Write the function that gives the mask of a request."""
    yield "def decide(f):\n    mask = 0"
    for one, spoken in groupby(asked(book, day), key=attrgetter("instrument")):
        yield f"    if not {certainly_false(one.applies)}:"
        yield from (f"        if {_unmet(rule)}: mask |= {1 << rule.bit}" for rule in spoken)
    yield "    return mask"


def _unmet(one: Asked) -> str:
    if one.version is None:
        return "True"
    if one.rule.stops:
        return f"not {certainly_false(one.version.tree)}"
    return f"not {certainly_true(one.version.tree)}"


def _made(book: Book, key: Hashable, lines: Iterable[str]) -> Callable[[Facts], int]:
    """Make a function of facts, once for each book and key."""
    if key not in book.compiled:
        names: dict[str, Any] = {"date": date}
        source = compile("\n".join(lines), "<rule book>", "exec")
        exec(source, names)  # noqa: S102 - made from the whitelisted tree alone
        book.compiled[key] = names["decide"]
    return book.compiled[key]
