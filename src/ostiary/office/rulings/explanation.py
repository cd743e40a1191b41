"""One request explained: provision, fact found, rule, finding, cure, and the least change."""

from datetime import date
from typing import Any

import duckdb

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import decide_one
from ostiary.deciding.law.english import in_english
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.instruments import Rule
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.prove.cures import cheapest_cure
from ostiary.domain.facts import VOCABULARY, Facts
from ostiary.domain.words import Stage


def explain_only_one(
    con: duckdb.DuckDBPyConnection, book: Book, received: date, *, least: bool
) -> dict[str, Any] | None:
    """Explain the request in the table ``facts`` when it is the only one there.

    Returns:
        ``status``; ``findings`` with rule, citation, condition in English, facts found, finding
        and cure; where it is asked for, ``least``: the smallest set of facts that would have to be
        otherwise (empty when nothing has to, ``None`` when nothing that the requester can change
        would do).
    """
    names = list(VOCABULARY)
    rows = con.execute(f"SELECT {', '.join(names)} FROM facts LIMIT 2").fetchall()
    if len(rows) != 1:
        return None
    facts = dict(zip(names, rows[0], strict=True))
    day = Day(Stage.ADMISSION, received)
    decided = decide_one(book, facts, day)
    rules = {rule.id: rule for _, rule in book.rules}
    return {
        "status": str(decided.status),
        "findings": [
            {
                "rule": one.rule,
                "citation": one.citation,
                **_asked(rules[one.rule], facts, day),
                "finding": one.finding,
                "cure": one.cure,
            }
            for one in decided.findings
        ],
    } | ({"least": cheapest_cure(book, facts, day)} if least else {})


def _asked(rule: Rule, facts: Facts, day: Day) -> dict[str, Any]:
    """Say what a rule asks or stops, and what was found of it."""
    wording = rule.version_on(day.of(rule)) or rule.versions[-1]
    return {
        "stops" if rule.stops else "asks": in_english(wording.tree),
        "found": {VOCABULARY[name].meaning: facts[name] for name in facts_in(wording.tree)},
    }
