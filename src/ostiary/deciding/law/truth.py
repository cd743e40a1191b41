"""What a rule says, in two readings: *certainly true* and *certainly false*.

SQL's logic has three values. Two two-valued readings carry it without a third: a comparison with
an undetermined fact is neither certainly true nor certainly false; NOT swaps the readings;
AND and OR are De Morgan's. The walk over the tree is written once, over an *algebra*: Python source
is one (below), the prover's formulas another (:mod:`.law.prove.logic`). So each reader learns a
construct from the same lines.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Protocol, TypeVar

from sqlglot import exp

from ostiary.deciding.law.grammar import COMPARISONS, literal_value

Said = TypeVar("Said")


class Algebra(Protocol[Said]):
    """What a reader must be able to say; ``Said`` is its kind of statement."""

    def constant(self, *, holds: bool) -> Said:
        """Say something that always holds, or never."""

    def both(self, left: Said, right: Said) -> Said:
        """Say that both hold."""

    def either(self, left: Said, right: Said) -> Said:
        """Say that at least one holds."""

    def known(self, fact: str, *, holds: bool) -> Said:
        """Say that a fact is determined, or that it is not."""

    def flag(self, fact: str, *, holds: bool) -> Said:
        """Say that a bool fact is determined and has this value."""

    def among(self, fact: str, values: Sequence[exp.Expr], *, holds: bool) -> Said:
        """Say of a fact that is known that it is one of the literals, or none of them."""

    def compared(self, node: exp.Expr, sign: str, *, holds: bool) -> Said:
        """Say of operands that are known that ``node.this sign node.expression``, or not."""


def reading(node: exp.Expr, algebra: Algebra[Said], *, sure: bool) -> Said:
    """Read a rule: that it surely holds (``sure``), or that it surely fails."""
    if isinstance(node, exp.Paren):
        return reading(node.this, algebra, sure=sure)
    if isinstance(node, exp.Not):
        return reading(node.this, algebra, sure=not sure)
    if isinstance(node, exp.And | exp.Or):
        join = algebra.both if isinstance(node, exp.And) is sure else algebra.either
        return join(
            reading(node.this, algebra, sure=sure), reading(node.expression, algebra, sure=sure)
        )
    return _atom(node, algebra, sure=sure)


def certainly_true(node: exp.Expr) -> str:
    """Give Python source over a mapping ``f`` of facts: true when the rule surely holds."""
    return reading(node, PYTHON, sure=True)


def certainly_false(node: exp.Expr) -> str:
    """Give Python source over a mapping ``f`` of facts: true when the rule surely fails."""
    return reading(node, PYTHON, sure=False)


def _atom(node: exp.Expr, algebra: Algebra[Said], *, sure: bool) -> Said:
    if isinstance(node, exp.Is):
        return algebra.known(node.this.name, holds=not sure)
    if isinstance(node, exp.Boolean):
        return algebra.constant(holds=bool(node.this) is sure)
    if isinstance(node, exp.Column):
        return algebra.flag(node.name, holds=sure)
    if isinstance(node, exp.In):
        said = algebra.among(node.this.name, node.expressions, holds=sure)
        operands = [node.this]
    else:
        said = algebra.compared(node, COMPARISONS[type(node)], holds=sure)
        operands = [node.this, node.expression]
    facts = [side.name for side in operands if isinstance(side, exp.Column)]
    known = [algebra.known(fact, holds=True) for fact in facts]
    return algebra.both(reduce(algebra.both, known), said) if known else said


class _Python:
    """Reader one: Python source over a mapping ``f`` of facts."""

    _SIGNS = {"=": "==", "<>": "!="}  # noqa: RUF012 - never changed

    def constant(self, *, holds: bool) -> str:
        return str(holds)

    def both(self, left: str, right: str) -> str:
        return f"({left} and {right})"

    def either(self, left: str, right: str) -> str:
        return f"({left} or {right})"

    def known(self, fact: str, *, holds: bool) -> str:
        return f"(f[{fact!r}] {'is not' if holds else 'is'} None)"

    def flag(self, fact: str, *, holds: bool) -> str:
        return f"(f[{fact!r}] is {holds})"

    def among(self, fact: str, values: Sequence[exp.Expr], *, holds: bool) -> str:
        items = ", ".join(map(self._value, values))
        return f"(f[{fact!r}] {'in' if holds else 'not in'} ({items},))"

    def compared(self, node: exp.Expr, sign: str, *, holds: bool) -> str:
        left, right = self._value(node.this), self._value(node.expression)
        test = f"({left} {self._SIGNS.get(sign, sign)} {right})"
        return test if holds else f"(not {test})"

    def _value(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Column):
            return f"f[{node.name!r}]"
        value = literal_value(node)
        return repr(value) if not hasattr(value, "toordinal") else f"date.fromisoformat('{value}')"


PYTHON = _Python()
