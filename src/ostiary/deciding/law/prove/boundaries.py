"""Requests on the edges of the law, written by the prover, for tests of the readers that decide.

Random requests seldom stand one day before a stay with one thing missing; these do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.prove.acceptance import accepted
from ostiary.deciding.law.prove.logic import Formula
from ostiary.deciding.law.prove.proofs_of_rules import sole_blocker
from ostiary.deciding.law.prove.prover import Prover
from ostiary.domain.facts import Facts
from ostiary.domain.words import Layer, Stage


@dataclass(frozen=True, slots=True)
class Boundary:
    """A request on an edge.

    Attributes:
        why: what makes it one.
        stage: the stage it is to be decided at.
        facts: the request.
        blocked_by: the one rule it does not meet; ``None`` when the book says of its own.
    """

    why: str
    stage: Stage
    facts: Facts
    blocked_by: str | None = None


def edges(book: Book) -> list[date]:
    """Give the days around each change of the law: the day before, the day, the day after."""
    periods = [one.period for one in book.instruments]
    periods += [version.period for _, rule in book.rules for version in rule.versions]
    firsts = {period.first for period in periods}
    firsts |= {period.last + timedelta(days=1) for period in periods if period.last}
    return sorted({first + timedelta(days=off) for first in firsts for off in (-1, 0, 1)})


def boundaries(prover: Prover) -> Iterator[Boundary]:
    """Write a request for each edge that would pass but for orders, and for each sole blocker."""
    for stage in Stage:
        yield from _sole_blockers(prover, stage, "on any day")
        for day in edges(prover.book):
            on = prover.symbols.of["received" if stage is Stage.ADMISSION else "disclosed"].value
            that_day = on == day.toordinal()
            yield from _passing(prover, stage, day, that_day)
            yield from _sole_blockers(prover, stage, f"on {day}", that_day)


def _passing(prover: Prover, stage: Stage, day: date, that_day: Formula) -> Iterator[Boundary]:
    """The book without orders says who would pass; where nobody would, anybody serves."""
    passes = accepted(prover.without(Layer.ORDER), stage, prover.symbols)
    found = prover.find(stage, passes, that_day) or prover.find(stage, that_day)
    if found is not None:
        yield Boundary(f"on {day}", stage, found)


def _sole_blockers(
    prover: Prover, stage: Stage, when: str, *narrowed: Formula
) -> Iterator[Boundary]:
    for one in prover.asked[stage]:
        found = sole_blocker(prover, stage, one.rule, *narrowed)
        if found is not None:
            why = f"{one.rule.id} alone {when}"
            yield Boundary(why, stage, found, one.rule.id)
