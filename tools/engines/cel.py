"""CEL, by Google's C++ implementation.

Rules become one expression: a list of booleans, one a rule. Null is a value in CEL, and ordering it
is an error; the guards of the translation keep every comparison away from it. Days are ISO text,
which is ordered as days are. The library returns errors as values: they are looked for here.
"""

import importlib
import json
from collections.abc import Sequence
from datetime import date
from itertools import compress
from typing import Any

from engines.asked import Asked, asked_on, passes
from engines.engine import EngineError, Failed
from engines.infix import Infix
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.facts import VOCABULARY, Facts

DAYS = tuple(name for name, fact in VOCABULARY.items() if fact.kind == "date")


class CelText(Infix):
    """Writes CEL over one variable a fact, ``null`` where it is undetermined."""

    def known(self, fact: str, *, holds: bool) -> str:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return f"{fact} {'!=' if holds else '=='} null"

    def flag(self, fact: str, *, holds: bool) -> str:
        """See :class:`~.law.truth.Algebra`; null equals neither, and that is no error."""
        return f"{fact} == {json.dumps(holds)}"

    def fact(self, name: str) -> str:
        """Write a fact."""
        return name

    def day(self, iso: str) -> str:
        """Write a day."""
        return f'"{iso}"'

    def found(self, fact: str, values: str) -> str:
        """Write that a fact is in a list."""
        return f"{fact} in {values}"


def expression(asked: Sequence[Asked]) -> str:
    """Give the CEL expression whose n-th boolean says that rule n is not met."""
    return "[" + ",\n ".join(f"!{passes(one, CelText())}" for one in asked) + "]"


class Cel:
    """One compiled, type-checked expression for the whole law of a day."""

    name = "CEL (Google C++)"
    package = "cel-expr-python"
    module = "cel_expr_python.cel"
    licence = "Apache-2.0"

    def __init__(self, book: Book, day: Day) -> None:
        asked = list(asked_on(book, day))
        cel = importlib.import_module(self.module)
        self._rules = [one.rule for one in asked]
        environment = cel.NewEnv(variables=dict.fromkeys(VOCABULARY, cel.Type.DYN))
        self._decide = environment.compile(expression(asked))

    def prepared(self, facts: Facts) -> dict[str, Any]:
        """Give a mapping of plain values."""
        values: dict[str, Any] = dict(facts)
        for name in DAYS:
            day = facts[name]
            if isinstance(day, date):
                values[name] = day.isoformat()
        return values

    def failed(self, prepared: dict[str, Any]) -> Failed:
        """Decide one request.

        Raises:
            EngineError: the value that came back is no list of booleans.
        """
        unmet = self._decide.eval(data=prepared).plain_value()
        if type(unmet) is not list or not {True, False}.issuperset(unmet):
            raise EngineError(str(unmet))
        return frozenset(compress(self._rules, unmet))

    decide = failed
