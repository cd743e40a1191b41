"""The decision as a formula: what ``decide`` would say of a request that is not settled yet.

It mirrors :mod:`.law.decide` sentence by sentence, with the days of receipt and disclosure
as unknowns, so that every dated wording and every stay is in one formula. Tests hold the two
against each other on random and on boundary requests.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import z3

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.instruments import Instrument, Rule
from ostiary.deciding.law.prove.logic import Formula, Symbols
from ostiary.domain.words import Stage


@dataclass(frozen=True)
class Asked:
    """A rule that is asked at a stage; a formula is written when it is first asked for.

    Attributes:
        bit: its place in the book.
        instrument: whose rule it is.
        rule: the rule.
        stage: at which stage.
        symbols: the facts.
    """

    bit: int
    instrument: Instrument
    rule: Rule
    stage: Stage
    symbols: Symbols

    @cached_property
    def unmet(self) -> Formula:
        """Its bit is set."""
        return _unmet(self.instrument, self.rule, self.stage, self.symbols)

    @cached_property
    def speaks(self) -> Formula:
        """It is in force, and its instrument certainly speaks to the request."""
        return _speaks(self.instrument, self.rule, self.stage, self.symbols)


def asked(book: Book, stage: Stage, symbols: Symbols) -> list[Asked]:
    """Give each rule of a stage, which says when it is not met."""
    return [
        Asked(bit, one, rule, stage, symbols)
        for bit, (one, rule) in enumerate(book.rules)
        if stage in rule.stages
    ]


def accepted(book: Book, stage: Stage, symbols: Symbols) -> Formula:
    """Say that the book lets a request through at a stage."""
    return all_met(asked(book, stage, symbols), symbols)


def all_met(rules: Iterable[Asked], symbols: Symbols) -> Formula:
    """Say that each of the rules that are asked at a stage is met."""
    return symbols.all_of(z3.Not(one.unmet) for one in rules)


def day_of(rule: Rule, stage: Stage, symbols: Symbols) -> Any:
    """Give the day that picks the wording of a rule, as ``Day.of`` does."""
    late = stage is Stage.DISCLOSURE and rule.clock == "disclosed"
    return symbols.of["disclosed" if late else "received"].value


def _unmet(one: Instrument, rule: Rule, stage: Stage, symbols: Symbols) -> Formula:
    day = day_of(rule, stage, symbols)
    in_scope = z3.Not(symbols.certainly_false(one.applies))
    has_a_say = in_scope if rule.guard else z3.And(in_scope, symbols.within(day, one.period))
    wordings = list(_wordings(rule, day, symbols))
    if rule.stops:
        bites = [z3.And(on, z3.Not(symbols.certainly_false(tree))) for on, tree in wordings]
        return z3.And(has_a_say, z3.Or(*bites))
    met = [z3.And(on, symbols.certainly_true(tree)) for on, tree in wordings]
    return z3.And(has_a_say, z3.Not(z3.Or(*met)))


def _speaks(one: Instrument, rule: Rule, stage: Stage, symbols: Symbols) -> Formula:
    day = day_of(rule, stage, symbols)
    in_force = z3.Or(*(on for on, _ in _wordings(rule, day, symbols)))
    return z3.And(symbols.within(day, one.period), symbols.certainly_true(one.applies), in_force)


def _wordings(rule: Rule, day: Any, symbols: Symbols) -> Iterator[tuple[Formula, Any]]:
    """Each wording with the days on which it is the one; where two overlap, the earlier is."""
    before: list[Formula] = []
    for version in rule.versions:
        on = symbols.within(day, version.period)
        yield z3.And(on, *(z3.Not(earlier) for earlier in before)), version.tree
        before.append(on)
