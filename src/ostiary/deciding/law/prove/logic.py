"""Reader three of a rule: formulas for the prover Z3.

Every fact is a pair, its value and whether it is undetermined. Days are ordinals. Enumerations and
identifiers are places in a finite list: the values of the vocabulary, or every literal that a text
compares the identifier with, ``other``, and one that stands for all the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import z3
from sqlglot import exp

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.grammar import literal_value
from ostiary.deciding.law.prove.fact_axioms import ALWAYS_KNOWN, COUNTS
from ostiary.deciding.law.truth import reading
from ostiary.domain.facts import VOCABULARY, Value
from ostiary.domain.period import Period
from ostiary.domain.words import Stage

REST = "something-else"
"""Stands for every identifier that no text names."""

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2060, 12, 31)
"""Proofs are about requests received and answered between these days."""

Formula = Any  # z3.BoolRef; the library carries no types


@dataclass(frozen=True, slots=True)
class Symbol:
    """A fact that is not settled yet.

    Attributes:
        value: Z3 constant; an integer, but for bool facts.
        unknown: Z3 constant: the fact is undetermined, and ``value`` means nothing.
    """

    value: Any
    unknown: Formula


class Symbols:
    """The vocabulary as Z3 constants; an :class:`~ostiary.deciding.law.truth.Algebra` of formulas.

    Args:
        trees: every text that will be read with it; their literals give the identifiers a range.

    Attributes:
        context: where Z3 keeps the terms. Nothing guards it, so two threads of the office that
            asked in one would corrupt it; and what was asked before would sway the next answer.
            So each question has its own.
    """

    def __init__(self, trees: Iterable[exp.Expr]) -> None:
        self.context = z3.Context()
        self.of: dict[str, Symbol] = {
            name: Symbol(
                self.named(name) if fact.kind == "bool" else z3.Int(name, self.context),
                self.named(f"{name}?"),
            )
            for name, fact in VOCABULARY.items()
        }
        self.values = _ranges(trees)
        self._read: dict[tuple[int, bool], tuple[exp.Expr, Formula]] = {}

    def certainly_true(self, tree: exp.Expr) -> Formula:
        """Say that a rule surely holds."""
        return self._reading(tree, sure=True)

    def certainly_false(self, tree: exp.Expr) -> Formula:
        """Say that a rule surely fails."""
        return self._reading(tree, sure=False)

    def _reading(self, tree: exp.Expr, *, sure: bool) -> Formula:
        """Read a text once: many questions are about the same ones. It is kept, so its id stays."""
        asked = (id(tree), sure)
        if asked not in self._read:
            self._read[asked] = (tree, reading(tree, self, sure=sure))
        return self._read[asked][1]

    def possible(self, stage: Stage) -> list[Formula]:
        """Say what is so of every request, by the kinds of facts and by their derivations."""
        disclosed = self.of["disclosed"].unknown
        return [
            *(self._in_range(name) for name in VOCABULARY),
            *(z3.Not(self.of[name].unknown) for name in ALWAYS_KNOWN),
            *(self.of[name].value >= 0 for name in COUNTS),
            self.of["received_year"].value == _year(self.of["received"].value),
            disclosed if stage is Stage.ADMISSION else z3.Not(disclosed),
        ]

    def is_(self, name: str, value: Value) -> Formula:
        """Say that a fact has this value (``None``: is undetermined)."""
        symbol = self.of[name]
        if value is None:
            return symbol.unknown
        return z3.And(z3.Not(symbol.unknown), symbol.value == self.code(name, value))

    def code(self, name: str, value: Value) -> bool | int:
        """Give what stands for a value of a fact in formulas."""
        if isinstance(value, date):
            return value.toordinal()
        if isinstance(value, str):
            known = self.values[name]
            return known.index(value) if value in known else known.index(REST)
        return value if value is not None else 0

    def facts(self, model: Any) -> dict[str, Value]:
        """Give the request that a model describes."""
        return {name: self._decoded(name, model) for name in VOCABULARY}

    def within(self, day: Any, period: Period) -> Formula:
        """Say that a day lies in a period."""
        last = [day <= period.last.toordinal()] if period.last else []
        return z3.And(day >= period.first.toordinal(), *last)

    def named(self, name: str) -> Formula:
        """Give a statement that is known by its name only."""
        return z3.Bool(name, self.context)

    def constant(self, *, holds: bool) -> Formula:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return z3.BoolVal(holds, self.context)

    def all_of(self, formulas: Iterable[Formula]) -> Formula:
        """Say that all are true, as they are when there is none."""
        return z3.And(*formulas, self.context)

    def both(self, left: Formula, right: Formula) -> Formula:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return z3.And(left, right)

    def either(self, left: Formula, right: Formula) -> Formula:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return z3.Or(left, right)

    def known(self, fact: str, *, holds: bool) -> Formula:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return z3.Not(self.of[fact].unknown) if holds else self.of[fact].unknown

    def flag(self, fact: str, *, holds: bool) -> Formula:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        value = self.of[fact].value
        return z3.And(self.known(fact, holds=True), value if holds else z3.Not(value))

    def among(self, fact: str, values: Sequence[exp.Expr], *, holds: bool) -> Formula:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        codes = [self.code(fact, literal_value(value)) for value in values]
        found = z3.Or(*(self.of[fact].value == code for code in codes))
        return found if holds else z3.Not(found)

    def compared(self, node: exp.Expr, sign: str, *, holds: bool) -> Formula:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        left, right = self._operands(node)
        said = {
            "=": lambda: left == right,
            "<>": lambda: left != right,
            "<": lambda: left < right,
            "<=": lambda: left <= right,
            ">": lambda: left > right,
            ">=": lambda: left >= right,
        }[sign]()
        if isinstance(said, bool):  # literals on both sides
            return self.constant(holds=said is holds)
        return said if holds else z3.Not(said)

    def _operands(self, node: exp.Expr) -> tuple[Any, Any]:
        """An identifier's literal is known only by the fact it is compared with."""
        sides = (node.this, node.expression)
        fact = next((side.name for side in sides if isinstance(side, exp.Column)), "")
        left, right = (
            self.of[side.name].value
            if isinstance(side, exp.Column)
            else self.code(fact, literal_value(side))
            for side in sides
        )
        return left, right

    def _in_range(self, name: str) -> Formula:
        value, kind = self.of[name].value, VOCABULARY[name].kind
        if kind == "date":
            return z3.And(value >= FIRST_DAY.toordinal(), value <= LAST_DAY.toordinal())
        if name in self.values:
            return z3.And(value >= 0, value < len(self.values[name]))
        return self.constant(holds=True)

    def _decoded(self, name: str, model: Any) -> Value:
        symbol, kind = self.of[name], VOCABULARY[name].kind
        if z3.is_true(model.eval(symbol.unknown, model_completion=True)):
            return None
        value = model.eval(symbol.value, model_completion=True)
        if kind == "bool":
            return bool(z3.is_true(value))
        number = int(value.as_long())
        if kind == "date":
            return date.fromordinal(number)
        return self.values[name][number] if name in self.values else number


def symbols_for(book: Book, more: Iterable[exp.Expr] = ()) -> Symbols:
    """Give the symbols that every text of a book can be read with, and ``more`` texts."""
    trees = [one.applies for one in book.instruments]
    trees += [version.tree for _, rule in book.rules for version in rule.versions]
    return Symbols([*trees, *more])


def _ranges(trees: Iterable[exp.Expr]) -> Mapping[str, list[str]]:
    named: dict[str, set[str]] = {
        name: {"other"} for name, fact in VOCABULARY.items() if fact.kind == "id"
    }
    for tree in trees:
        for node in tree.find_all(exp.EQ, exp.NEQ, exp.In):
            if node.this.name in named and isinstance(node.this, exp.Column):
                found = node.expressions if isinstance(node, exp.In) else [node.expression]
                named[node.this.name].update(literal.name for literal in found)
    ranges = {name: [*sorted(values), REST] for name, values in named.items()}
    enums = {name: list(fact.values) for name, fact in VOCABULARY.items() if fact.kind == "enum"}
    return ranges | enums


def _year(day: Any) -> Any:
    """The calendar year of a day: the first year, and one more for each new year passed."""
    new_years = [date(year, 1, 1) for year in range(FIRST_DAY.year + 1, LAST_DAY.year + 1)]
    return FIRST_DAY.year + z3.Sum([z3.If(day >= one.toordinal(), 1, 0) for one in new_years])
