"""Which rules a day asks about, and what each would have to find to let a request pass.

Found here anew from the book, not through :mod:`.law.decide`: what is to be compared with
the deciding code must not be told by it which rules to look at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from sqlglot import exp

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.truth import Algebra, reading

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Asked:
    """One rule on one day.

    Attributes:
        rule: its id.
        applies: to which requests its instrument speaks.
        condition: the wording in force; ``None`` when none is, and so nobody meets it.
        stops: it bites unless it surely fails; any other rule bites unless it surely holds.
    """

    rule: str
    applies: exp.Expr
    condition: exp.Expr | None
    stops: bool


def asked_on(book: Book, day: Day) -> Iterator[Asked]:
    """Give the rules that have a say at a stage and on a day, in book order."""
    for one, rule in book.rules:
        on = day.of(rule)
        version = rule.version_on(on)
        speaks = rule.guard or on in one.period
        binds = version is not None or not rule.stops
        if day.stage in rule.stages and speaks and binds:
            tree = version.tree if version else None
            yield Asked(rule.id, one.applies, tree, stops=rule.stops)


def passes(asked: Asked, algebra: Algebra[Said]) -> Said:
    """Say, in an engine's own language, that a request surely gets past a rule.

    Two-valued whatever the engine makes of null: the walk of :mod:`.law.truth` guards each
    comparison by *is determined*, so an undetermined fact makes this false, never an error.
    """
    return algebra.either(met(asked, algebra), not_meant(asked, algebra))


def met(asked: Asked, algebra: Algebra[Said]) -> Said:
    """Say that a rule surely holds, or for a stop: that it surely does not bite."""
    if asked.condition is None:
        return algebra.constant(holds=False)
    return reading(asked.condition, algebra, sure=not asked.stops)


def not_meant(asked: Asked, algebra: Algebra[Said]) -> Said:
    """Say that the rule's instrument surely does not speak to a request."""
    return reading(asked.applies, algebra, sure=False)
