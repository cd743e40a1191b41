"""The decision: which rules of the book a request does not meet.

1. A request is let through only when every rule that speaks to it is *certainly* met.
2. A requirement that is not in force is not met; an order that is not in force binds nobody.
3. An undetermined fact never lets anything through, and never lifts a stop.
4. One request (generated Python) and a batch (DuckDB) are decided alike, bit by bit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from ostiary.domain.facts import Facts
from ostiary.domain.words import Determination, Stage, Status
from ostiary.law.book import Book, Instrument, Rule, Version
from ostiary.law.findings import findings_of
from ostiary.law.truth import certainly_false, certainly_true


@dataclass(frozen=True, slots=True)
class Day:
    """The legal time of a decision: its stage, the day of receipt, the day of disclosure.

    Attributes:
        stage: admission asks by the day of receipt alone.
        received: day of receipt.
        disclosed: day of disclosure, needed at the disclosure stage.
    """

    stage: Stage
    received: date
    disclosed: date | None = None

    def of(self, rule: Rule) -> date:
        """Give the day that picks the wording of a rule."""
        if self.stage is Stage.DISCLOSURE and rule.clock == "disclosed" and self.disclosed:
            return self.disclosed
        return self.received


def status_of(book: Book, mask: int) -> Status:
    """Give the status that a mask amounts to: a stop weighs more than a shortcoming."""
    if mask & book.suspending:
        return Status.SUSPENDED
    return Status.RETURNED if mask else Status.ACCEPTED


def decide_one(book: Book, facts: Facts, day: Day) -> Determination:
    """Decide one request.

    Args:
        book: the law.
        facts: every word of the vocabulary, ``None`` where it is undetermined.
        day: the legal time.
    """
    mask = _compiled(book, day)(facts)
    return Determination(
        status=status_of(book, mask),
        mask=mask,
        stage=day.stage,
        on=day.disclosed if day.stage is Stage.DISCLOSURE and day.disclosed else day.received,
        book=book.digest,
        findings=findings_of(book, mask, facts, day.of),
    )


def decide_batch(
    con: duckdb.DuckDBPyConnection, book: Book, day: Day, *, facts: str, into: str
) -> None:
    """Decide a table of facts.

    Args:
        con: the connection that holds the table.
        book: the law.
        day: the legal time, the same for all rows.
        facts: table with ``row`` and one column for each word of the vocabulary.
        into: name of the table to make: ``row`` BIGINT, ``mask`` BIGINT, ``status`` VARCHAR.
    """
    bits = " + ".join(_sql_bits(book, day)) or "0"
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {into} AS
        SELECT row, mask, CASE WHEN mask & {book.suspending} <> 0 THEN '{Status.SUSPENDED}'
                               WHEN mask <> 0 THEN '{Status.RETURNED}'
                               ELSE '{Status.ACCEPTED}' END AS status
        FROM (SELECT row, CAST({bits} AS BIGINT) AS mask FROM {facts})
        """
    )


def _asked(book: Book, day: Day) -> Iterator[tuple[int, Instrument, Rule, Version | None]]:
    """The rules that have a say on a day, with their bit and the wording in force."""
    for bit, (one, rule) in enumerate(book.rules):
        on = day.of(rule)
        if day.stage not in rule.stages:
            continue
        version = rule.version_on(on)
        silent = on not in one.period and not rule.guard
        if silent or (rule.stops and version is None):
            continue
        yield bit, one, rule, version


def _source(book: Book, day: Day) -> str:
    lines = ["def decide(f):", "    mask = 0"]
    for one, asked in groupby(_asked(book, day), key=itemgetter(1)):
        lines.append(f"    if not {certainly_false(one.applies)}:")
        for bit, _, rule, version in asked:
            lines.append(f"        if {_unmet(rule, version)}: mask |= {1 << bit}")
    return "\n".join([*lines, "    return mask"])


def _unmet(rule: Rule, version: Version | None) -> str:
    if version is None:
        return "True"
    if rule.stops:
        return f"not {certainly_false(version.tree)}"
    return f"not {certainly_true(version.tree)}"


def _compiled(book: Book, day: Day) -> Callable[[Facts], int]:
    if day not in book.compiled:
        names: dict[str, Any] = {"date": date}
        source = compile(_source(book, day), "<rule book>", "exec")
        exec(source, names)  # noqa: S102 - made from the whitelisted tree alone
        book.compiled[day] = names["decide"]
    return book.compiled[day]


def _sql_bits(book: Book, day: Day) -> Iterator[str]:
    for bit, one, rule, version in _asked(book, day):
        applies = f"coalesce(({one.applies.sql('duckdb')}), TRUE)"
        if version is None:
            unmet = "TRUE"
        elif rule.stops:
            unmet = f"coalesce(({version.tree.sql('duckdb')}), TRUE)"
        else:
            unmet = f"NOT coalesce(({version.tree.sql('duckdb')}), FALSE)"
        yield f"(CASE WHEN {applies} AND {unmet} THEN {1 << bit} ELSE 0 END)"
