"""Rego, by two engines: regorus (Rust, compiled for its virtual machine) and rego-cpp.

Rego has no *or* inside a body: a rule with several bodies is one. So a condition is written as its
disjunctive normal form, a body a conjunction. The two engines order null differently; the guards of
the translation keep every comparison away from it. Days are ISO text, ordered as days are.
"""

import importlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any

from sqlglot import exp

from engines.asked import Asked, asked_on, met, not_meant
from engines.engine import EngineError, Failed
from engines.infix import OPPOSITE, SIGNS
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.grammar import literal_value
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.facts import Facts

Bodies = tuple[tuple[str, ...], ...]
"""A disjunction of conjunctions."""

UNMET = "ostiary/unmet"


class RegoBodies:
    """An :class:`~ostiary.deciding.law.truth.Algebra` of rule bodies over ``input``."""

    def constant(self, *, holds: bool) -> Bodies:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return ((),) if holds else ()

    def both(self, left: Bodies, right: Bodies) -> Bodies:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        pairs = product(left, right)
        return tuple(dict.fromkeys(tuple(dict.fromkeys((*a, *b))) for a, b in pairs))

    def either(self, left: Bodies, right: Bodies) -> Bodies:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return tuple(dict.fromkeys((*left, *right)))

    def known(self, fact: str, *, holds: bool) -> Bodies:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return ((f"input.{fact} {'!=' if holds else '=='} null",),)

    def flag(self, fact: str, *, holds: bool) -> Bodies:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return ((f"input.{fact} == {json.dumps(holds)}",),)

    def among(self, fact: str, values: Sequence[exp.Expr], *, holds: bool) -> Bodies:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        items = ", ".join(map(_operand, values))
        return ((f"{'' if holds else 'not '}input.{fact} in {{{items}}}",),)

    def compared(self, node: exp.Expr, sign: str, *, holds: bool) -> Bodies:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        written = SIGNS.get(sign, sign) if holds else OPPOSITE[sign]
        return ((f"{_operand(node.this)} {written} {_operand(node.expression)}",),)


def policy_module(asked: Sequence[Asked]) -> str:
    """Give the Rego module of a day; the set ``unmet`` holds the ids of rules not met.

    Whether an instrument speaks to a request is a rule of its own, asked for once a request.
    """
    lines = ["package ostiary", "import rego.v1"]
    not_meant_by: dict[Bodies, str] = {}
    for number, one in enumerate(asked):
        elsewhere = not_meant(one, RegoBodies())
        if elsewhere not in not_meant_by:
            not_meant_by[elsewhere] = f"not_meant_{len(not_meant_by)}"
            lines.extend(_rule(not_meant_by[elsewhere], elsewhere))
        lines.extend(_rule(f"met_{number}", met(one, RegoBodies())))
        bites = f"not met_{number}; not {not_meant_by[elsewhere]}"
        lines.append(f"unmet contains {json.dumps(one.rule)} if {{ {bites} }}")
    return "\n".join(lines) + "\n"


class Regorus:
    """The module compiled to a program of regorus's virtual machine."""

    name = "Rego (regorus)"
    package = "gordon-to-regorus"
    module = "regorus"
    licence = "MIT AND Apache-2.0 AND BSD-3-Clause"

    def __init__(self, book: Book, day: Day) -> None:
        asked = list(asked_on(book, day))
        regorus = importlib.import_module(self.module)
        modules = [("ostiary.rego", policy_module(asked))]
        program = regorus.Program.compile_from_modules("{}", modules, ["data.ostiary.unmet"])
        self._machine = regorus.Rvm()
        self._machine.load_program(program)

    def prepared(self, facts: Facts) -> str:
        """Give the input document as JSON text."""
        return json.dumps(document(facts))

    def failed(self, prepared: str) -> Failed:
        """Decide one request.

        Raises:
            EngineError: what came back is no set of ids.
        """
        self._machine.set_input_json(prepared)
        return _ids(json.loads(self._machine.execute()))

    decide = failed


class RegoCpp:
    """The module built into a bundle of rego-cpp."""

    name = "Rego (rego-cpp)"
    package = "regopy"
    module = "regopy"
    licence = "MIT"

    def __init__(self, book: Book, day: Day) -> None:
        asked = list(asked_on(book, day))
        self._rego = importlib.import_module(self.module)
        builder = self._rego.Interpreter()
        builder.add_module("ostiary", policy_module(asked))
        self._bundle = builder.build(None, [UNMET])
        self._interpreter = self._rego.Interpreter()

    def prepared(self, facts: Facts) -> Any:
        """Give the input document as the library's own object."""
        return self._rego.Input(document(facts))

    def failed(self, prepared: Any) -> Failed:
        """Decide one request.

        Raises:
            EngineError: the query failed, or what came back is no set of ids.
        """
        self._interpreter.set_input(prepared)
        output = self._interpreter.query_bundle_entrypoint(self._bundle, UNMET)
        if not output.ok():
            raise EngineError(str(output))
        (value,) = output[0].expressions
        return _ids(value)

    decide = failed


def document(facts: Facts) -> dict[str, Any]:
    """Give facts as an input document."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in facts.items()
    }


def _ids(value: object) -> Failed:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise EngineError(f"no set of ids: {value!r}")
    return frozenset(value)


def _rule(name: str, bodies: Bodies) -> Iterator[str]:
    """One line a body; a condition that never holds still needs a rule to be asked for."""
    for body in bodies or (("false",),):
        yield f"{name} if {{ {'; '.join(body) or 'true'} }}"


def _operand(node: exp.Expr) -> str:
    if isinstance(node, exp.Column):
        return f"input.{node.name}"
    return json.dumps(literal_value(node), default=date.isoformat, ensure_ascii=False)
