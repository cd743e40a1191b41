"""What is proved of a rule book.

1. ``every-element``: whatever is let through has everything that the invariants ask.
2. ``no-needless-refusal``: no rule refuses what has everything that the invariants ask.
3. ``not-vacuous``: in every span of days between two changes of the law, something is let through.
4. ``stay-wins``: no request that an order covers is let through from its first day to its last.
5. ``narrows-only``: agreements, policies, safeguards and orders never let through more.
6. ``undetermined``: with a fact undetermined, nothing passes that any value of it would stop. Of
   what a person determines: silence passes nothing that a *yes* would stop, and neither does a *no*
   (what a *no* stops beyond silence, the invariants say).
7. ``no-dead-rule``: every rule finds something on some request.
8. ``no-contradiction``: no two requirements that speak to one request exclude each other.
9. ``versions``, ``whitelist`` and ``records``: see :mod:`ostiary.deciding.law.prove.static_checks`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import z3

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.instruments import Instrument
from ostiary.deciding.law.prove.acceptance import all_met
from ostiary.deciding.law.prove.fact_axioms import ALWAYS_KNOWN, UNCHANGING
from ostiary.deciding.law.prove.invariants import Invariants
from ostiary.deciding.law.prove.logic import Formula
from ostiary.deciding.law.prove.proofs_of_days import not_vacuous, stay_wins
from ostiary.deciding.law.prove.proofs_of_rules import accompanied, no_contradiction, no_dead_rule
from ostiary.deciding.law.prove.prover import Outcome, Proof, Prover
from ostiary.deciding.law.prove.static_checks import records, versions, whitelist
from ostiary.domain.facts import HUMAN, VOCABULARY
from ostiary.domain.words import Layer, Stage


@dataclass(frozen=True)
class Report:
    """What was proved.

    Attributes:
        proofs: all that was tried.
        accompanied: when all was tried, rules that are never the only one not met, each with the
            rules that are not met whenever it is not; an empty list when different rules take
            turns.
    """

    proofs: tuple[Proof, ...]
    accompanied: dict[str, list[str]]

    @property
    def failures(self) -> tuple[Proof, ...]:
        """All that was not shown."""
        return tuple(one for one in self.proofs if one.outcome is not Outcome.HOLDS)


def prove(
    book: Book,
    invariants: Invariants,
    checks: Iterable[str] = (),
    *,
    added: Iterable[Instrument] = (),
) -> Report:
    """Try what is to be proved of a book.

    Args:
        book: the law, with the ``added`` orders in it.
        invariants: what it is held against.
        checks: some of :data:`CHECKS`; or all, and only then who accompanies whom.
        added: an office's own orders, which the invariants do not know; that they refuse is no
            needless refusal.
    """
    prover = Prover(book, invariants, added)
    wanted = tuple(checks) or tuple(CHECKS)
    proofs = tuple(proof for name in wanted for proof in CHECKS[name](prover))
    return Report(proofs, {} if checks else dict(accompanied(prover)))


def every_element(prover: Prover) -> Iterator[Proof]:
    """Show of each invariant that it is certainly so of every request let through."""
    for one in prover.invariants.sentences:
        for stage in sorted(one.stages):
            yield prover.never(
                "every-element",
                one.id,
                stage,
                f"{one.says} ({one.citation})",
                prover.let_through(stage),
                z3.Not(prover.symbols.certainly_true(one.tree)),
                speaks_of=facts_in(one.tree),
            )


def no_needless_refusal(prover: Prover) -> Iterator[Proof]:
    """Show of each rule that it refuses nothing that the invariants do not mind.

    The Secretary *shall* disclose on a request that conforms (26 USC 6103(i)(2)(A)): a wrong
    refusal is an error too. With ``every-element`` this shows that rules and invariants, two
    wordings of one law, say the same.
    """
    for stage in Stage:
        conforms = prover.symbols.all_of(_conforming(prover, stage))
        for one in prover.asked[stage]:
            if one.instrument in prover.added:
                continue
            yield prover.never(
                "no-needless-refusal",
                one.rule.id,
                stage,
                f"`{one.rule.id}` refuses no request that has all that the invariants ask",
                conforms,
                one.unmet,
                speaks_of=dict.fromkeys(
                    name for version in one.rule.versions for name in facts_in(version.tree)
                ),
            )


def narrows_only(prover: Prover) -> Iterator[Proof]:
    """Show that the book lets through no more than the statutes alone, nor than without any part.

    The way in which layers are joined makes it so; it is proved of the whole all the same.
    """
    statutes = prover.without(*(layer for layer in Layer if layer is not Layer.STATUTE))
    lesser = {"the statutes alone": statutes}
    for one in prover.book.instruments:
        if one.layer is not Layer.STATUTE:
            rest = tuple(other for other in prover.book.instruments if other is not one)
            lesser[one.id] = Book(rest)
    for about, law in lesser.items():
        for stage in Stage:
            yield prover.never(
                "narrows-only",
                about,
                stage,
                f"the book lets through no more than {_without(about)}",
                prover.let_through(stage),
                z3.Not(prover.let_through(stage, law)),
            )


def undetermined(prover: Prover) -> Iterator[Proof]:
    """Show that doubt about a fact lets through only what every value of the fact would.

    What a person determines is undetermined while nobody has spoken. That may be for want of any
    doubt, and then a *no* stops what silence let through; a *yes* never does.
    """
    for stage in Stage:
        passes = all_met(prover.asked[stage], prover.symbols)
        for name in sorted(set(VOCABULARY) - set(ALWAYS_KNOWN) - {"disclosed"}):
            if name in HUMAN:
                yield from _silence(prover, stage, name, passes)
                continue
            proof = prover.never(
                "undetermined",
                name,
                stage,
                f"a request with `{name}` undetermined passes only if any `{name}` would",
                _said_of(prover, name, passes, None),
                z3.Not(prover.symbols.of[name].unknown),
                z3.Not(passes),
                speaks_of=(name,),
            )
            yield _left_open(proof, name)


def _silence(prover: Prover, stage: Stage, name: str, passes: Formula) -> Iterator[Proof]:
    """Show that neither silence nor a *no* of an officer passes what a *yes* would stop."""
    for said, word in ((None, "silence"), (False, "no")):
        yield prover.never(
            "undetermined",
            f"{name}, {word}",
            stage,
            f"of `{name}`, an officer's {word} passes nothing that a yes would stop",
            _said_of(prover, name, passes, said),
            z3.Not(_said_of(prover, name, passes, True)),
            speaks_of=(name,),
        )


def _said_of(prover: Prover, name: str, passes: Formula, said: bool | None) -> Formula:
    """Give a formula with a fact set to a value, or to undetermined."""
    symbol, constant = prover.symbols.of[name], prover.symbols.constant
    known = z3.substitute(passes, (symbol.unknown, constant(holds=said is None)))
    return known if said is None else z3.substitute(known, (symbol.value, constant(holds=said)))


def _conforming(prover: Prover, stage: Stage) -> Iterator[Formula]:
    """All that is asked at a stage; at disclosure also what was asked of unchanging facts."""
    for one in prover.invariants.sentences:
        lasting = Stage.ADMISSION in one.stages and set(facts_in(one.tree)) <= set(UNCHANGING)
        if stage in one.stages or lasting:
            yield prover.symbols.certainly_true(one.tree)
    if stage is Stage.DISCLOSURE:
        yield prover.symbols.of["received"].value <= prover.symbols.of["disclosed"].value


def _left_open(proof: Proof, name: str) -> Proof:
    if proof.request is None:
        return proof
    value = proof.request[name]
    says = f"let through with `{name}` undetermined, but not with {value}"
    return replace(proof, says=says, request={**proof.request, name: None})


def _without(about: str) -> str:
    return about if about.startswith("the ") else f"it would without {about}"


CHECKS: dict[str, Callable[[Prover], Iterator[Proof]]] = {
    "every-element": every_element,
    "no-needless-refusal": no_needless_refusal,
    "not-vacuous": not_vacuous,
    "stay-wins": stay_wins,
    "narrows-only": narrows_only,
    "undetermined": undetermined,
    "no-dead-rule": no_dead_rule,
    "no-contradiction": no_contradiction,
    "versions": lambda prover: versions(prover.book),
    "whitelist": lambda prover: whitelist(prover.book, prover.invariants.items),
    "records": lambda prover: records(prover.book, prover.invariants.records),
}
"""Every check by its name, in the order in which they are tried."""
