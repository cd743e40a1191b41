"""What became of counsel's cases: passed or not, and a failure in words that counsel can act on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.counsel_cases import Case, Expected
from ostiary.domain.facts import Facts


@dataclass(frozen=True, slots=True)
class Tried:
    """A case and what the book made of it.

    Attributes:
        case: the case.
        facts: every fact that the law was asked with.
        batch: what deciding it in a table found.
        alone: what deciding it by itself found.
        findings: rule id to the words that a requester would read.
    """

    case: Case
    facts: Facts
    batch: Expected
    alone: Expected
    findings: Mapping[str, str]

    @property
    def passed(self) -> bool:
        """Whether both ways of deciding found exactly what the case expects."""
        return self.batch == self.alone == self.case.expect

    @property
    def in_dispute(self) -> frozenset[str]:
        """The rules that the expectation and the two ways of deciding do not agree about."""
        views = (self.case.expect.rules, self.batch.rules, self.alone.rules)
        return frozenset.union(*views) - frozenset.intersection(*views)


def summary_of(book: Book, tried: Sequence[Tried]) -> dict[str, Any]:
    """Sum up what was tried, for people and programs.

    Returns:
        ``book`` (digest), ``cases``, ``passed``, ``instruments`` (id, cases, passed),
        ``failures`` (see :func:`failure_of`), and ``unexpected``: rules that no case expects.
    """
    counts = [
        (one.id, [case.passed for case in tried if case.case.instrument == one.id])
        for one in book.instruments
    ]
    expected = frozenset[str]().union(*(one.case.expect.rules for one in tried))
    return {
        "book": book.digest,
        "cases": len(tried),
        "passed": sum(one.passed for one in tried),
        "instruments": [
            {"instrument": name, "cases": len(passed), "passed": sum(passed)}
            for name, passed in counts
        ],
        "failures": [failure_of(book, one) for one in tried if not one.passed],
        "unexpected": [rule.id for _, rule in book.rules if rule.id not in expected],
    }


def failure_of(book: Book, one: Tried) -> dict[str, Any]:
    """Describe a case that failed.

    Returns:
        ``instrument``, ``name``, ``why``, ``received``, ``disclosed``, ``expected``, ``found`` and
        ``alone`` (each ``status`` and ``rules`` in book order), ``findings`` by rule, ``turns_on``
        (the facts that the rules in dispute speak of) and ``facts`` (all of them).
    """
    turns_on = sorted(set(_spoken_of(book, one.in_dispute)))
    return {
        "instrument": one.case.instrument,
        "name": one.case.name,
        "why": one.case.why,
        "received": one.case.day.received,
        "disclosed": one.case.day.disclosed,
        "expected": _said(book, one.case.expect),
        "found": _said(book, one.batch),
        "alone": _said(book, one.alone),
        "findings": {rule: one.findings[rule] for rule in sorted(one.findings)},
        "turns_on": {name: one.facts[name] for name in turns_on},
        "facts": dict(one.facts),
    }


def _said(book: Book, view: Expected) -> dict[str, Any]:
    rules = [rule.id for _, rule in book.rules if rule.id in view.rules]
    return {"status": str(view.status), "rules": rules}


def _spoken_of(book: Book, rules: frozenset[str]) -> Iterator[str]:
    for one, rule in book.rules:
        if rule.id in rules:
            for tree in (one.applies, *(version.tree for version in rule.versions)):
                yield from (column.name for column in tree.find_all(exp.Column))
