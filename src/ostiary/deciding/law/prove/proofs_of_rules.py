"""What is proved rule by rule: none is idle, and no two exclude each other."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, combinations_with_replacement, groupby, product
from operator import attrgetter

import z3

from ostiary.deciding.law.instruments import Rule
from ostiary.deciding.law.prove.acceptance import Asked
from ostiary.deciding.law.prove.logic import Formula
from ostiary.deciding.law.prove.proofs_of_days import spans
from ostiary.deciding.law.prove.prover import Outcome, Proof, Prover, UndecidedError
from ostiary.domain.facts import Facts
from ostiary.domain.words import Layer, Stage


def no_dead_rule(prover: Prover) -> Iterator[Proof]:
    """Show that each rule finds something on some request."""
    for _, rule in prover.book.rules:
        unmet = {stage: prover.unmet(stage, rule) for stage in sorted(rule.stages)}
        says = f"some request does not meet `{rule.id}`"
        tried = [
            prover.some("no-dead-rule", rule.id, stage, says, formula)
            for stage, formula in unmet.items()
        ]
        found = next((one for one in tried if one.outcome is Outcome.HOLDS), tried[0])
        idle = f"no request ever fails `{rule.id}`: it is idle"
        yield replace(found, says=idle) if found.outcome is Outcome.FAILS else found


def accompanied(prover: Prover) -> Iterator[tuple[str, list[str]]]:
    """Give the rules that are never the only one not met, with those that always come with them."""
    for _, rule in prover.book.rules:
        stages = sorted(rule.stages)
        try:
            if not any(prover.possible(stage, *alone(prover, stage, rule)) for stage in stages):
                yield rule.id, _companions(prover, stages[0], rule)
        except UndecidedError:
            continue


def sole_blocker(prover: Prover, stage: Stage, rule: Rule, *more: Formula) -> Facts | None:
    """Find a request on which a rule is the only one not met; ``more`` narrows the search.

    Raises:
        UndecidedError: the prover gave no answer in time.
    """
    return prover.find(stage, *alone(prover, stage, rule), *more)


def alone(prover: Prover, stage: Stage, rule: Rule) -> list[Formula]:
    """Say that a rule is not met, and every other one is."""
    others = (one.rule for one in prover.asked[stage] if one.rule is not rule)
    return [
        prover.unmet(stage, rule),
        *(z3.Not(prover.unmet(stage, other)) for other in others),
    ]


def no_contradiction(prover: Prover) -> Iterator[Proof]:
    """Show of any two requirements that speak to one request that one request can meet both.

    It is asked anew in each span of :func:`spans`, since wordings change from one to the next; an
    order's days change no wording of a requirement.
    """
    for span, stage in product(spans(prover.without(Layer.ORDER)), Stage):
        bites = prover.symbols.of["received" if stage is Stage.ADMISSION else "disclosed"].value
        when = prover.symbols.within(bites, span)
        asked = [one for one in prover.asked[stage] if not one.rule.stops]
        met = {
            one.rule.id: z3.And(one.speaks, z3.Not(prover.unmet(stage, one.rule))) for one in asked
        }
        excluding = [
            replace(one, says=f"{one.says}, from {span.first} to {span.last}")
            for one in _excluding(prover, stage, asked, met, when)
        ]
        yield from excluding
        if not excluding:
            says = f"requirements can be met two by two from {span.first} to {span.last}"
            yield Proof("no-contradiction", str(span.first), stage, Outcome.HOLDS, says)


def _excluding(
    prover: Prover, stage: Stage, asked: list[Asked], met: dict[str, Formula], when: Formula
) -> Iterator[Proof]:
    """Give the pairs that exclude each other; one request that meets many settles many pairs."""
    settled: list[frozenset[str]] = []
    try:
        for some, others in _neighbours(prover, stage, asked, when):
            both = [met[one.rule.id] for one in {*some, *others}]
            settled.append(prover.true_together(stage, met, when, *both))
            for one, other in combinations(some, 2) if some is others else product(some, others):
                pair = (one.rule.id, other.rule.id)
                if any(set(pair) <= names for names in settled):
                    continue
                together = prover.true_together(stage, met, when, met[pair[0]], met[pair[1]])
                settled.append(together)
                if not together and prover.possible(stage, when, one.speaks, other.speaks):
                    says = (
                        f"`{pair[0]}` and `{pair[1]}` speak to one request and exclude each other"
                    )
                    yield Proof("no-contradiction", ", ".join(pair), stage, Outcome.FAILS, says)
    except UndecidedError:
        says = "requirements can be met two by two"
        yield Proof("no-contradiction", "pairs", stage, Outcome.UNDECIDED, says)


def _neighbours(
    prover: Prover, stage: Stage, asked: list[Asked], when: Formula
) -> Iterator[tuple[list[Asked], list[Asked]]]:
    """Give the rules of each two instruments that may speak to one request, and of each one."""
    by_instrument = [list(rules) for _, rules in groupby(asked, key=attrgetter("instrument"))]
    for some, others in combinations_with_replacement(by_instrument, 2):
        speak = [prover.symbols.certainly_true(one[0].instrument.applies) for one in (some, others)]
        if some is others or prover.possible(stage, when, *speak):
            yield some, others


def _companions(prover: Prover, stage: Stage, rule: Rule) -> list[str]:
    """Begin with all others, and strike out what some request meets, until none strikes more."""
    always = {
        one.rule.id: prover.unmet(stage, one.rule)
        for one in prover.asked[stage]
        if one.rule is not rule
    }
    this = prover.unmet(stage, rule)
    while always and prover.possible(stage, this, z3.Not(z3.And(*always.values()))):
        still = prover.true_together(stage, always, this, z3.Not(z3.And(*always.values())))
        always = {name: formula for name, formula in always.items() if name in still}
    return list(always)
