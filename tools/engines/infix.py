"""What CEL and Cedar write alike: ``&&``, ``||``, ``!`` and comparisons between operands."""

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence

from sqlglot import exp

from ostiary.deciding.law.grammar import literal_value

SIGNS = {"=": "==", "<>": "!="}
OPPOSITE = {"=": "!=", "<>": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Infix(ABC):
    """An :class:`~.law.truth.Algebra` of text; a language adds facts, days, membership."""

    def constant(self, *, holds: bool) -> str:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return json.dumps(holds)

    def both(self, left: str, right: str) -> str:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return f"({left} && {right})"

    def either(self, left: str, right: str) -> str:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return f"({left} || {right})"

    def compared(self, node: exp.Expr, sign: str, *, holds: bool) -> str:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        written = SIGNS.get(sign, sign) if holds else OPPOSITE[sign]
        return f"{self.operand(node.this)} {written} {self.operand(node.expression)}"

    def among(self, fact: str, values: Sequence[exp.Expr], *, holds: bool) -> str:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        found = self.found(self.fact(fact), "[" + ", ".join(map(self.operand, values)) + "]")
        return found if holds else f"!({found})"

    def operand(self, node: exp.Expr) -> str:
        """Write one side of a comparison."""
        if isinstance(node, exp.Column):
            return self.fact(node.name)
        value = literal_value(node)
        if hasattr(value, "isoformat"):
            return self.day(value.isoformat())
        return json.dumps(value, ensure_ascii=False)

    @abstractmethod
    def known(self, fact: str, *, holds: bool) -> str:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""

    @abstractmethod
    def flag(self, fact: str, *, holds: bool) -> str:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""

    @abstractmethod
    def fact(self, name: str) -> str:
        """Write a fact."""

    @abstractmethod
    def day(self, iso: str) -> str:
        """Write a day."""

    @abstractmethod
    def found(self, fact: str, values: str) -> str:
        """Write that a fact is in a list."""
