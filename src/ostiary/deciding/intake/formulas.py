"""Formulas of facts in Python, made from the very SQL that a file is derived with.

For a file the formulas of :mod:`.intake.derivations` run in DuckDB; for one request, while
somebody waits, the same texts are read here and written as one Python function. Only what the
formulas use is understood, and everything else is refused when the function is made: a fact is
never guessed at. NULL is ``None``, and AND, OR and NOT have three values as in SQL.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlglot
from sqlglot import exp

from ostiary.domain.errors import BookError

Row = Mapping[str, Any]
Rows = Mapping[str, Row]
Tables = Mapping[str, Sequence[Row]]


def formula(sql: str) -> Callable[[Rows, Tables], Any]:
    """Make the Python function of one formula.

    It takes the rows that speak for a request, by the letter that the formula knows each by (one of
    NULLs where a join finds nothing), and the tables that a subquery looks into.

    Raises:
        BookError: the formula holds something that has no reading in Python.
    """
    writer = _Writer()
    text = writer.write(sqlglot.parse_one(sql, dialect="duckdb"))
    names: dict[str, Any] = {**_FUNCTIONS, **writer.constants}
    # The text that runs here is written from our own formulas; no input is ever part of it.
    made: Callable[[Rows, Tables], Any] = eval(f"lambda rows, tables: {text}", names)  # noqa: S307
    return made


class _Writer:
    """Writes SQL expressions as Python ones; ``constants`` is what the text refers to by name."""

    def __init__(self) -> None:
        self.constants: dict[str, Any] = {}
        self._own: list[str] = []

    def write(self, tree: exp.Expr) -> str:
        """Write one expression."""
        render = _RENDER.get(type(tree))
        if render is not None:
            return render(self, tree)
        function = _CALLS.get(_name_of(tree))
        if function is None:
            raise BookError(
                "the formula holds an expression that has no reading in Python",
                where=f"{type(tree).__name__} in {tree.sql('duckdb')[:80]}",
                cure="teach it to ostiary.deciding.intake.formulas",
            )
        return f"{function}({self.several(_arguments(tree))})"

    def several(self, given: Iterable[exp.Expr]) -> str:
        """Write expressions with commas between."""
        return ", ".join(self.write(each) for each in given)

    def column(self, tree: exp.Column) -> str:
        """Write a column of a row."""
        if tree.table in self._own:
            return f"own_{tree.table}[{tree.name!r}]"
        return f"rows[{tree.table!r}][{tree.name!r}]"

    def case(self, tree: exp.Case) -> str:
        """Write a CASE without an operand."""
        default = tree.args.get("default")
        text = self.write(default) if default is not None else "None"
        for branch in reversed(tree.args["ifs"]):
            value, when = self.write(branch.args["true"]), self.write(branch.this)
            text = f"({value} if {when} else {text})"
        return text

    def among(self, tree: exp.In) -> str:
        """Write an IN over literals."""
        return f"among({self.write(tree.this)}, ({self.several(tree.expressions)},))"

    def chosen(self, tree: exp.ArrayFilter) -> str:
        """Write the elements of a list for which a condition is true."""
        found = tree.expression
        (own,) = found.expressions
        rest = self.write(found.this)
        return f"[own_{own.name} for own_{own.name} in {self.write(tree.this)} if {rest}]"

    def exists(self, tree: exp.Exists) -> str:
        """Write the search of a table for a row of which a condition is true."""
        table = tree.this.args["from_"].this
        self._own.append(table.alias)
        where = self.write(tree.this.args["where"].this)
        return f"any([{where} for own_{table.alias} in tables[{table.name!r}]])"

    def pattern(self, tree: exp.Expr) -> str:
        """Keep a pattern and give its name. RE2 knows fewer blanks, and ``$`` is the very end."""
        text = tree.name.replace("\\S", "[^\\t\\n\\f\\r ]").replace("$", "\\Z")
        name = f"pattern_{len(self.constants)}"
        self.constants[name] = re.compile(text)
        return name

    def literal(self, tree: exp.Literal) -> str:
        """Write a text or a whole number."""
        return repr(tree.this) if tree.is_string else str(int(tree.this))


def _name_of(tree: exp.Expr) -> str:
    return tree.name.lower() if isinstance(tree, exp.Anonymous) else type(tree).__name__


def _arguments(tree: exp.Expr) -> list[exp.Expr]:
    given = tree.expressions if isinstance(tree, exp.Anonymous) else []
    if not given:
        for key in tree.arg_types:
            value = tree.args.get(key)
            given += value if isinstance(value, list) else [value]
    return [one for one in given if isinstance(one, exp.Expr) and not isinstance(one, exp.Var)]


def both(left: bool | None, right: bool | None) -> bool | None:
    """Say whether both are true, in three values."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def either(left: bool | None, right: bool | None) -> bool | None:
    """Say whether one is true, in three values."""
    if left or right:
        return True
    return None if left is None or right is None else False


def opposite(value: bool | None) -> bool | None:
    """Turn a truth round; what is undetermined stays so."""
    return None if value is None else not value


def _if_known(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that answers ``None`` when anything it is given is ``None``."""

    def known(*given: Any) -> Any:
        return None if None in given else function(*given)

    return known


def _upper(text: str) -> str:
    """Raise letters one by one: one that would become two stays, as in DuckDB."""
    return "".join(new if len(new := letter.upper()) == 1 else letter for letter in text)


def _lower(text: str) -> str:
    """Lower letters one by one: of one that would become two the first counts, as in DuckDB."""
    return "".join(letter.lower()[0] for letter in text)


def _first_of(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _greatest(*values: Any) -> Any:
    """DuckDB passes NULL over."""
    return max((value for value in values if value is not None), default=None)


def _days_between(last: date, first: date) -> int:
    return (last - first).days


_FUNCTIONS: Mapping[str, Any] = {
    "both": both,
    "either": either,
    "opposite": opposite,
    "first_of": _first_of,
    "greatest": _greatest,
    "among": _if_known(lambda value, values: value in values),
    "equal": _if_known(operator.eq),
    "unequal": _if_known(operator.ne),
    "less": _if_known(operator.lt),
    "at_most": _if_known(operator.le),
    "more": _if_known(operator.gt),
    "at_least": _if_known(operator.ge),
    "size": _if_known(len),
    "highest": _if_known(lambda values: max(values, default=None)),
    "lowest": _if_known(lambda values: min(values, default=None)),
    "minus": _if_known(operator.sub),
    "joined": _if_known(operator.add),
    "holds": _if_known(lambda values, value: value in values),
    "year_of": _if_known(lambda day: day.year),
    "days_between": _if_known(_days_between),
    "upper": _if_known(_upper),
    "lower": _if_known(_lower),
    "cut": _if_known(str.split),
    "exchanged": _if_known(str.replace),
    "found": _if_known(lambda text, pattern: pattern.search(text) is not None),
    "every": _if_known(lambda text, pattern: pattern.findall(text)),
}

_CALLS: Mapping[str, str] = {
    "And": "both",
    "Or": "either",
    "Not": "opposite",
    "Coalesce": "first_of",
    "Greatest": "greatest",
    "EQ": "equal",
    "NEQ": "unequal",
    "LT": "less",
    "LTE": "at_most",
    "GT": "more",
    "GTE": "at_least",
    "ArraySize": "size",
    "Length": "size",
    "ArrayMax": "highest",
    "list_max": "highest",
    "ArrayMin": "lowest",
    "list_min": "lowest",
    "Sub": "minus",
    "DPipe": "joined",
    "ArrayContains": "holds",
    "Year": "year_of",
    "DateDiff": "days_between",
    "Upper": "upper",
    "Lower": "lower",
    "Split": "cut",
    "Replace": "exchanged",
}

_RENDER: Mapping[type[exp.Expr], Callable[[_Writer, Any], str]] = {
    exp.Paren: lambda w, t: w.write(t.this),
    exp.Literal: _Writer.literal,
    exp.Null: lambda _w, _t: "None",
    exp.Boolean: lambda _, t: str(t.this),
    exp.Column: _Writer.column,
    exp.Identifier: lambda _, t: f"own_{t.name}",  # the element that a list is searched for
    exp.Case: _Writer.case,
    exp.In: _Writer.among,
    exp.Is: lambda w, t: f"({w.write(t.this)} is {w.write(t.expression)})",
    exp.Array: lambda w, t: f"[{w.several(t.expressions)}]",
    exp.ArrayFilter: _Writer.chosen,
    exp.Exists: _Writer.exists,
    exp.Cast: lambda w, t: w.write(t.this),
    exp.RegexpLike: lambda w, t: f"found({w.write(t.this)}, {w.pattern(t.expression)})",
    exp.RegexpExtractAll: lambda w, t: f"every({w.write(t.this)}, {w.pattern(t.expression)})",
}
