"""The decision in Python, made from the very SQL that a batch runs: there is one text of it.

A batch runs a handful of statements, each with the one before it as its source; for one request the
same statements are read here and written as one Python function over a few tuples. Only what these
statements use is understood, and everything else is refused when the function is made: a decision
is never guessed at.

What makes both agree: texts are ASCII and never NULL, numbers are whole but for weights, which are
added in the order of the text and rounded as DuckDB rounds (half away from zero).
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import sqlglot
from sqlglot import exp

from ostiary.domain.errors import OfficeError

if TYPE_CHECKING:
    import duckdb


def statement_of(step: Callable[..., None], *more: object) -> exp.Select:
    """Give the SELECT that a step of a verification makes its table by.

    Args:
        step: takes a connection and executes one ``CREATE ... AS SELECT``.
        more: what else it takes.
    """
    heard = _Listener()
    step(cast("duckdb.DuckDBPyConnection", heard), *more)
    return cast("exp.Select", parsed(heard.statement).expression)


@lru_cache(maxsize=256)
def parsed(sql: str) -> exp.Expr:
    """Read SQL; a text that was read before is not read again. Nobody may change the tree."""
    return sqlglot.parse_one(sql, dialect="duckdb")


class _Listener:
    """Stands where a connection does, and remembers what it was asked."""

    statement = ""

    def execute(self, statement: str) -> None:
        self.statement = statement


def named(select: exp.Select) -> Iterator[tuple[str, exp.Expr]]:
    """Give the columns that a SELECT computes, in order; what it hands on is left out."""
    for column in select.expressions:
        if isinstance(column, exp.Alias):
            yield column.alias, column.this


def with_parts(select: exp.Select) -> dict[str, exp.Select]:
    """Give the named queries that a statement begins with."""
    return {part.alias: cast("exp.Select", part.this) for part in select.ctes}


class Writer:
    """Writes SQL expressions as Python ones.

    Attributes:
        name: gives the Python of a column: its table (or nothing) and its name.
        constants: what the written text refers to by name.
    """

    def __init__(self, name: Callable[[str, str], str]) -> None:
        self.name = name
        self.constants: dict[str, Any] = dict(FUNCTIONS)

    def write(self, tree: exp.Expr) -> str:
        """Write one expression.

        Raises:
            OfficeError: it is of a kind that nobody taught this module.
        """
        for kind, render in _RENDER.items():
            if isinstance(tree, kind):
                return render(self, tree)
        if isinstance(tree, exp.Binary) and type(tree) in _OPERATORS:
            return f"({self.write(tree.left)} {_OPERATORS[type(tree)]} {self.write(tree.right)})"
        if isinstance(tree, exp.Func):
            return self._function(tree)
        raise _unknown(tree)

    def _function(self, tree: exp.Func) -> str:
        called = tree.name if isinstance(tree, exp.Anonymous) else tree.sql_name()
        form = _CALLS.get(called.lower())
        if form is None:
            raise _unknown(tree)
        given = tree.expressions if isinstance(tree, exp.Anonymous) else _arguments(tree)
        return form.format(*(self.write(each) for each in given), several=self._several(given))

    def _several(self, given: list[exp.Expr]) -> str:
        return ", ".join(self.write(each) for each in given)

    def keep(self, value: object) -> str:
        """Keep a constant and give the name that the text refers to it by."""
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def case(self, tree: exp.Case) -> str:
        """Write a CASE."""
        default = tree.args.get("default")
        text = self.write(default) if default is not None else "None"
        for branch in reversed(tree.args["ifs"]):
            when = self.write(branch.this)
            if tree.this is not None:
                when = f"({self.write(tree.this)} == {when})"
            text = f"({self.write(branch.args['true'])} if {when} else {text})"
        return text

    def among(self, tree: exp.In) -> str:
        """Write an IN over a list of values."""
        if not tree.expressions:
            return self.subquery(tree)
        if all(isinstance(each, exp.Literal) for each in tree.expressions):
            values = frozenset(each.this for each in tree.expressions)
            return f"({self.write(tree.this)} in {self.keep(values)})"
        return f"({self.write(tree.this)} in ({self._several(tree.expressions)},))"

    def pattern(self, tree: exp.RegexpLike) -> str:
        """Write a search for a pattern."""
        search = self.keep(re.compile(tree.expression.name).search)
        return f"({search}({self.write(tree.this)}) is not None)"

    def rewriting(self, tree: exp.RegexpReplace) -> str:
        """Write a replacement of all matches of a pattern."""
        modifiers = tree.args.get("modifiers")
        if modifiers is None or modifiers.name != "g":
            raise _unknown(tree)
        replace = self.keep(re.compile(tree.expression.name).sub)
        new = self.write(tree.args["replacement"])
        return f"{replace}({new}, {self.write(tree.this)})"

    def rounded(self, tree: exp.Round) -> str:
        """Write a rounding to decimals."""
        decimals = tree.args.get("decimals")
        digits = self.write(decimals) if decimals is not None else "0"
        return f"rounded({self.write(tree.this)}, {digits})"

    def cast(self, tree: exp.Cast) -> str:
        """Write a conversion to a whole number (of what is whole already) or to text."""
        if tree.to.this in {exp.DType.INT, exp.DType.BIGINT}:
            return f"int({self.write(tree.this)})"
        raise _unknown(tree)

    def logarithm(self, tree: exp.Log) -> str:
        """Write a logarithm to base 2."""
        if tree.expression is None or tree.this.name != "2":
            raise _unknown(tree)
        return f"log2({self.write(tree.expression)})"

    def cut(self, tree: exp.Left | exp.Right) -> str:
        """Write the first or last letters of a text."""
        count = int(tree.expression.name)
        part = f":{count}" if isinstance(tree, exp.Left) else f"-{count}:"
        return f"{self.write(tree.this)}[{part}]"

    def null(self, tree: exp.Is) -> str:
        """Write a test for NULL."""
        if not isinstance(tree.expression, exp.Null):
            raise _unknown(tree)
        return f"({self.write(tree.this)} is None)"

    def subquery(self, tree: exp.In) -> str:
        """Write ``row IN (SELECT row FROM match_crowded WHERE kind IN (...))``."""
        source = tree.args["query"].this
        where = source.args.get("where")
        tables = [table.name for table in source.find_all(exp.Table)]
        if tables != ["match_crowded"] or where is None or tree.this.name != "row":
            raise _unknown(tree)
        kinds = frozenset(each.this for each in where.find_all(exp.Literal))
        return f"(not crowded.isdisjoint({self.keep(kinds)}))"

    def overall(self, tree: exp.AggFunc, given: str = "") -> str:
        """Write an aggregate over ``rows``; a column is one of the row ``r``."""
        aggregate = _AGGREGATES.get(type(tree))
        if aggregate is None:
            raise _unknown(tree)
        value = "1" if isinstance(tree.this, exp.Star) else self.write(tree.this)
        return f"{aggregate}([{value} for r in rows{given}])"

    def filtered(self, tree: exp.Filter) -> str:
        """Write an aggregate over the rows of which a condition is true."""
        return self.overall(tree.this, f" if {self.write(tree.expression.this)}")


def _arguments(tree: exp.Func) -> list[exp.Expr]:
    found: list[exp.Expr] = []
    for key in tree.arg_types:
        value = tree.args.get(key)
        if isinstance(value, list):
            found += value
        elif isinstance(value, exp.Expr):
            found.append(value)
    return found


def _unknown(tree: exp.Expr) -> OfficeError:
    return OfficeError(
        "the decision holds an expression that has no reading in Python",
        where=f"{type(tree).__name__} in {tree.sql('duckdb')[:80]}",
        cure="teach it to ostiary.deciding.matching.as_python",
    )


def rounded(value: float, digits: int) -> float:
    """Round half away from zero, as DuckDB does."""
    power = 10.0**digits
    return math.copysign(math.floor(abs(value) * power + 0.5), value) / power


def edits(a: str, b: str) -> int:
    """Count the edits between two words: Damerau-Levenshtein, with exchanges of neighbours.

    Damerau 1964; the algorithm of Lowrance and Wagner 1975, in which exchanged letters may be
    edited further, as in DuckDB.
    """
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    far = len(a) + len(b)
    table = [[far] * (len(b) + 2) for _ in range(len(a) + 2)]
    for row in range(len(a) + 1):
        table[row + 1][1] = row
    for column in range(len(b) + 1):
        table[1][column + 1] = column
    last_row: dict[str, int] = {}
    for row, one in enumerate(a, 1):
        last_column = 0
        for column, other in enumerate(b, 1):
            before, same = last_row.get(other, 0), one == other
            exchanged = table[before][last_column] + (row - before - 1) + (column - last_column)
            table[row + 1][column + 1] = min(
                table[row][column] + (not same),
                table[row + 1][column] + 1,
                table[row][column + 1] + 1,
                exchanged,
            )
            if same:
                last_column = column
        last_row[one] = row
    return table[-1][-1]


def first_of(*values: Any) -> Any:
    """Give the first value that is not NULL."""
    return next((value for value in values if value is not None), None)


def joined_by(between: str, *values: str | None) -> str:
    """Join the values that are not NULL."""
    return between.join(value for value in values if value is not None)


FUNCTIONS: Mapping[str, Any] = {
    "log2": math.log2,
    "rounded": rounded,
    "edits": edits,
    "first_of": first_of,
    "joined_by": joined_by,
}

_AGGREGATES: Mapping[type[exp.Expr], str] = {
    exp.LogicalOr: "any",
    exp.LogicalAnd: "all",
    exp.Max: "max",
    exp.Count: "sum",
    exp.ArrayAgg: "list",
}

_OPERATORS: Mapping[type[exp.Binary], str] = {
    exp.And: "and",
    exp.Or: "or",
    exp.EQ: "==",
    exp.NEQ: "!=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.DPipe: "+",
}

# By DuckDB's name; the arguments in their order.
_CALLS: Mapping[str, str] = {
    "length": "len({0})",
    "abs": "abs({0})",
    "greatest": "max({several})",
    "least": "min({several})",
    "contains": "({1} in {0})",
    "starts_with": "{0}.startswith({1})",
    "replace": "{0}.replace({1}, {2})",
    "reverse": "{0}[::-1]",
    "damerau_levenshtein": "edits({0}, {1})",
    "coalesce": "first_of({several})",
    "concat_ws": "joined_by({several})",
    "nullif": "(None if {0} == {1} else {0})",
    "trim": "{0}.strip(' ')",
}

_RENDER: Mapping[type[exp.Expr], Callable[[Writer, Any], str]] = {
    exp.Paren: lambda w, t: f"({w.write(t.this)})",
    exp.Not: lambda w, t: f"(not {w.write(t.this)})",
    exp.Neg: lambda w, t: f"(-{w.write(t.this)})",
    exp.Literal: lambda _, t: repr(t.this) if t.is_string else t.this,
    exp.Boolean: lambda _, t: str(t.this),
    exp.Column: lambda w, t: w.name(t.table, t.name),
    exp.Case: Writer.case,
    exp.In: Writer.among,
    exp.Is: Writer.null,
    exp.RegexpLike: Writer.pattern,
    exp.RegexpReplace: Writer.rewriting,
    exp.Round: Writer.rounded,
    exp.Cast: Writer.cast,
    exp.Log: Writer.logarithm,
    exp.Left: Writer.cut,
    exp.Right: Writer.cut,
    exp.Filter: Writer.filtered,
    exp.ArraySort: lambda w, t: f"sorted({w.write(t.this)})",
    exp.AggFunc: Writer.overall,
    exp.Struct: lambda w, t: f"({', '.join(w.write(e.expression) for e in t.expressions)},)",
}
