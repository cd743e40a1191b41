"""What is proved day by day: some request passes, and a stay stops all that it covers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import z3

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.instruments import Instrument, Rule
from ostiary.deciding.law.prove.logic import FIRST_DAY, LAST_DAY, Formula
from ostiary.deciding.law.prove.prover import Outcome, Proof, Prover
from ostiary.domain.period import Period
from ostiary.domain.words import Layer, Stage


def not_vacuous(prover: Prover) -> Iterator[Proof]:
    """Show that each span of days lets something through, but for the orders in force then.

    A span counts when every layer of requirements has an instrument in force; before the first
    agreement, say, nothing is to be let through.
    """
    for span in spans(prover.book):
        stopped = _in_force(prover.book, span.first, Layer.ORDER)
        law = prover.without(Layer.ORDER) if stopped else prover.book
        for stage in Stage:
            day = prover.symbols.of["received" if stage is Stage.ADMISSION else "disclosed"].value
            when = [prover.symbols.within(day, span), prover.symbols.of["received"].value <= day]
            says = f"some request passes from {span.first} to {span.last}"
            through = prover.let_through(stage, law if stopped else None)
            proof = prover.some("not-vacuous", str(span.first), stage, says, through, *when)
            yield _with_culprits(prover, proof, stage, when)


def spans(book: Book) -> Iterator[Period]:
    """Give the spans of days without a change of the law in which each layer has an instrument."""
    periods = [one.period for one in book.instruments]
    periods += [version.period for _, rule in book.rules for version in rule.versions]
    changes = {FIRST_DAY, LAST_DAY + timedelta(days=1)}
    changes |= {period.first for period in periods}
    changes |= {period.last + timedelta(days=1) for period in periods if period.last}
    layers = {one.layer for one in book.instruments} - {Layer.ORDER}
    for first, following in pairwise(sorted(changes)):
        if all(_in_force(book, first, layer) for layer in layers):
            yield Period(first, following - timedelta(days=1))


def stay_wins(prover: Prover) -> Iterator[Proof]:
    """Show that a stop binds on every day of its order, on the day on which it is to bite.

    Each order is tried without the others, so that none leans on another that may end before it.
    """
    requirements = prover.without(Layer.ORDER).instruments
    for one, rule in prover.book.rules:
        if not rule.stops:
            continue
        alone = Book((*requirements, one))
        for stage in _must_bite(rule):
            bites = prover.symbols.of["received" if stage is Stage.ADMISSION else "disclosed"].value
            yield prover.never(
                "stay-wins",
                rule.id,
                stage,
                f"nothing that {one.title} covers is let through while it is in force",
                prover.let_through(stage, alone),
                z3.Not(prover.symbols.certainly_false(one.applies)),
                _covered(prover, one, rule, bites),
                speaks_of=("received", "disclosed", *facts_in(rule.versions[-1].tree)),
            )


def _must_bite(rule: Rule) -> Iterable[Stage]:
    """Give the stages at which a stop binds: notice may be given until an answer leaves."""
    awaits_notice = any("notice_to_court" in facts_in(one.tree) for one in rule.versions)
    return rule.stages if awaits_notice else Stage


def _with_culprits(prover: Prover, proof: Proof, stage: Stage, when: list[Formula]) -> Proof:
    if proof.outcome is not Outcome.FAILS:
        return proof
    requirements = [one for one in prover.asked[stage] if not one.rule.stops]
    named = {one.rule.id: z3.Not(one.unmet) for one in requirements}
    core = prover.quarrel(stage, named, *when)
    which = f": nothing meets {', '.join(core)}" if core else ""
    return replace(proof, says=f"NOT so: {proof.says}{which}")


def _covered(prover: Prover, one: Instrument, rule: Rule, day: object) -> Formula:
    """A day of the order, and in doubt or surely within the wording of that day.

    A wording counts from the first day of the order, or its own, until the next one: a wording that
    ends early does not let the order end early.
    """
    firsts = [one.period.first, *(version.period.first for version in rule.versions[1:])]
    lasts: list[date | None] = [first - timedelta(days=1) for first in firsts[1:]]
    lasts.append(one.period.last)
    return z3.Or(
        *(
            z3.And(
                prover.symbols.within(day, Period(first, last)),
                z3.Not(prover.symbols.certainly_false(version.tree)),
            )
            for first, last, version in zip(firsts, lasts, rule.versions, strict=True)
        )
    )


def _in_force(book: Book, day: date, layer: Layer) -> bool:
    return any(one.layer is layer and day in one.period for one in book.instruments)
