"""Asks Z3, and says what was asked, what came of it, and on which request it fails.

An answer that does not come in time counts as a failure: what is not proved is not so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import z3

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.instruments import Instrument, Rule
from ostiary.deciding.law.prove.acceptance import Asked, accepted, all_met, asked
from ostiary.deciding.law.prove.fact_axioms import UNCHANGING
from ostiary.deciding.law.prove.invariants import Invariants
from ostiary.deciding.law.prove.logic import Formula, symbols_for
from ostiary.domain.facts import VOCABULARY, Facts
from ostiary.domain.words import Layer, Stage

PATIENCE_MS = 5000
Found = TypeVar("Found")


class Outcome(StrEnum):
    """What came of a question; all but the first are failures."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"


class UndecidedError(Exception):
    """The prover gave no answer in time."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was to be shown.

    Attributes:
        check: which kind, such as ``every-element``.
        about: the invariant, rule, instrument or fact.
        stage: at which stage; ``None`` when it is about dates or lists.
        outcome: whether it was shown.
        says: what was to be shown or, when it fails, what is wrong.
        request: on which request it fails, when there is one to show.
        speaks_of: the facts of ``request`` that matter most.
    """

    check: str
    about: str
    stage: Stage | None
    outcome: Outcome
    says: str
    request: Facts | None = None
    speaks_of: tuple[str, ...] = ()


class Prover:
    """A book as formulas, with questions to ask of it.

    Attributes:
        book: the law.
        invariants: what it is held against.
        added: instruments of the book that the invariants do not know.
        symbols: the facts as unknowns.
    """

    def __init__(
        self, book: Book, invariants: Invariants, added: Iterable[Instrument] = ()
    ) -> None:
        self.book = book
        self.added = tuple(added)
        self.invariants = invariants
        self.symbols = symbols_for(book, (one.tree for one in invariants.sentences))
        self.asked: dict[Stage, list[Asked]] = {
            stage: asked(book, stage, self.symbols) for stage in Stage
        }
        self._lets_through: dict[tuple[Stage, Book], Formula] = {}
        self._solvers = {stage: self._solver(stage) for stage in Stage}
        self._unmet: dict[Stage, dict[str, Formula]] = {}

    def let_through(self, stage: Stage, book: Book | None = None) -> Formula:
        """Say that a request is let through: at disclosure, one that had been at admission.

        Facts that may change in between are unknowns of their own there.
        """
        asked_of = (stage, book or self.book)
        if asked_of not in self._lets_through:
            self._lets_through[asked_of] = self._let_through(*asked_of)
        return self._lets_through[asked_of]

    def find(self, stage: Stage, *formulas: Formula) -> Facts | None:
        """Look for a request of which all formulas are true; ``None`` when there is none.

        Raises:
            UndecidedError: no answer came in time.
        """
        model = self._model(stage, formulas)
        return self.symbols.facts(model) if model is not None else None

    def possible(self, stage: Stage, *formulas: Formula) -> bool:
        """Say whether there is a request of which all formulas are true; quicker than to find one.

        Raises:
            UndecidedError: no answer came in time.
        """
        return self._model(stage, formulas) is not None

    def unmet(self, stage: Stage, rule: Rule) -> Formula:
        """Say that a rule is not met, by a name that its formula was given once for all."""
        if stage not in self._unmet:
            self._unmet[stage] = self._named(stage)
        return self._unmet[stage][rule.id]

    def true_together(
        self, stage: Stage, named: Mapping[str, Formula], *formulas: Formula
    ) -> frozenset[str]:
        """Name what else is true of one request of which all formulas are; nothing if none is.

        Raises:
            UndecidedError: no answer came in time.
        """
        model = self._model(stage, formulas)
        if model is None:
            return frozenset()
        return frozenset(
            name
            for name, formula in named.items()
            if z3.is_true(model.eval(formula, model_completion=True))
        )

    def never(
        self,
        check: str,
        about: str,
        stage: Stage,
        says: str,
        *formulas: Formula,
        speaks_of: Iterable[str] = (),
    ) -> Proof:
        """Show that no request makes all formulas true; fail with the one that does."""
        request, outcome = self._tried(lambda: self.find(stage, *formulas))
        if outcome is Outcome.HOLDS and request is not None:
            outcome = Outcome.FAILS
        return Proof(check, about, stage, outcome, says, request, tuple(speaks_of))

    def some(self, check: str, about: str, stage: Stage, says: str, *formulas: Formula) -> Proof:
        """Show that some request makes all formulas true."""
        found, outcome = self._tried(lambda: self.possible(stage, *formulas))
        if outcome is Outcome.HOLDS and not found:
            outcome = Outcome.FAILS
        return Proof(check, about, stage, outcome, says)

    def quarrel(self, stage: Stage, named: Mapping[str, Formula], *given: Formula) -> list[str]:
        """Name few of the formulas that cannot all be true together."""
        solver = self._solver(stage)
        solver.set("core.minimize", True)
        solver.add(*given)
        for name, formula in named.items():
            solver.assert_and_track(formula, self.symbols.named(f"holds:{name}"))
        if solver.check() != z3.unsat:
            return []
        return sorted(str(one).removeprefix("holds:") for one in solver.unsat_core())

    def without(self, *layers: Layer) -> Book:
        """Give the book without the instruments of some layers."""
        return Book(tuple(one for one in self.book.instruments if one.layer not in layers))

    def _model(self, stage: Stage, formulas: Iterable[Formula]) -> Any:
        solver = self._solvers[stage]
        solver.push()
        try:
            solver.add(*formulas)
            answer = solver.check()
            if answer == z3.unknown:
                raise UndecidedError
            return solver.model() if answer == z3.sat else None
        finally:
            solver.pop()

    def _let_through(self, stage: Stage, law: Book) -> Formula:
        now = self._accepted(stage, law)
        if stage is Stage.ADMISSION:
            return now
        before = z3.And(
            *self.symbols.possible(Stage.ADMISSION), self._accepted(Stage.ADMISSION, law)
        )
        return z3.And(now, z3.substitute(before, *self._renamed()))

    def _accepted(self, stage: Stage, law: Book) -> Formula:
        """Say that a book lets a request through; of ours the formulas stand already."""
        if law is not self.book:
            return accepted(law, stage, self.symbols)
        return all_met(self.asked[stage], self.symbols)

    def _renamed(self) -> list[tuple[Formula, Formula]]:
        pairs = []
        for name in sorted(set(VOCABULARY) - set(UNCHANGING)):
            symbol = self.symbols.of[name]
            fresh = z3.Const(f"{name}, at admission", symbol.value.sort())
            unknown = self.symbols.named(f"{name}?, at admission")
            pairs += [(symbol.value, fresh), (symbol.unknown, unknown)]
        return pairs

    def _named(self, stage: Stage) -> dict[str, Formula]:
        """Name each rule's formula: the solver takes it in once, and not at each question."""
        asked, solver = self.asked[stage], self._solvers[stage]
        named = {one.rule.id: self.symbols.named(f"unmet: {one.rule.id}") for one in asked}
        solver.add(*(named[one.rule.id] == one.unmet for one in asked))
        return named

    def _solver(self, stage: Stage) -> z3.Solver:
        solver = z3.Solver(ctx=self.symbols.context)
        solver.set("timeout", PATIENCE_MS)
        solver.set("random_seed", 0)
        solver.add(*self.symbols.possible(stage))
        return solver

    @staticmethod
    def _tried(question: Callable[[], Found | None]) -> tuple[Found | None, Outcome]:
        try:
            return question(), Outcome.HOLDS
        except UndecidedError:
            return None, Outcome.UNDECIDED
