"""One request explained: provision, fact found, rule, finding, cure, and the least change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NotRequired, TypedDict

import duckdb

from ostiary.deciding.intake.tables import FACTS
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import decide_one
from ostiary.deciding.law.english import in_english
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.instruments import Rule
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.facts import VOCABULARY, Facts
from ostiary.domain.words import Stage


class Explained(TypedDict):
    """Why a single request came out as it did.

    Attributes:
        status: what the law says of it.
        findings: one a rule that is not met: ``rule``, ``citation``, ``asks`` or ``stops`` in
            English, ``found`` (facts by their meaning), ``finding``, ``cure`` and ``layer``.
        least: the smallest set of facts that would have to be otherwise; None where nothing that
            the requester can change would do. Left out where nobody asked.
    """

    status: str
    findings: Sequence[Mapping[str, Any]]
    least: NotRequired[Mapping[str, Any] | None]


def explain_only_one(
    con: duckdb.DuckDBPyConnection, book: Book, received: date, *, least: bool
) -> Explained | None:
    """Explain the request in the table ``facts`` when it is the only one there."""
    names = list(VOCABULARY)
    rows = con.execute(f"SELECT {', '.join(names)} FROM {FACTS} LIMIT 2").fetchall()
    if len(rows) != 1:
        return None
    facts = dict(zip(names, rows[0], strict=True))
    day = Day(Stage.ADMISSION, received)
    decided = decide_one(book, facts, day)
    rules = {rule.id: rule for _, rule in book.rules}
    said: Explained = {
        "status": str(decided.status),
        "findings": [
            {
                "rule": one.rule,
                "citation": one.citation,
                **_asked(rules[one.rule], facts, day),
                "finding": one.finding,
                "cure": one.cure,
                "layer": one.layer,
            }
            for one in decided.findings
        ],
    }
    if least:
        from ostiary.deciding.law.prove.cures import (  # noqa: PLC0415 - an extra that need not be there
            cheapest_cure,
        )

        said["least"] = cheapest_cure(book, facts, day)
    return said


def _asked(rule: Rule, facts: Facts, day: Day) -> dict[str, Any]:
    """Say what a rule asks or stops, and what was found of it."""
    wording = rule.version_on(day.of(rule)) or rule.versions[-1]
    return {
        "stops" if rule.stops else "asks": in_english(wording.tree),
        "found": {VOCABULARY[name].clause: facts[name] for name in facts_in(wording.tree)},
    }
