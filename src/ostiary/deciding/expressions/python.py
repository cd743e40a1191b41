"""Expressions in Python, made from the very SQL that a batch runs: there is one text of each.

Only what is declared is understood, and everything else is refused when the function is made: a
decision is never guessed at. Two readings, chosen by who writes:

* without NULL, where the text says that none can be: Python's own operators, at their speed;
* with NULL as ``None`` and AND, OR and NOT in three values, as in SQL.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from sqlglot import exp

from ostiary.deciding.expressions.functions import FUNCTIONS, NAMES, STRICT
from ostiary.deciding.expressions.trees import called, operands
from ostiary.domain.errors import OfficeError

# What RE2 reads otherwise than Python's ASCII, or nobody compared.
_OTHERWISE = re.compile(r"\\[^SbBdDwWtnfr.^+*?()\[\]{}|/-]|\(\?(?!:)")


class Writer:
    """Writes SQL expressions as Python ones.

    Attributes:
        constants: what the written text refers to by name.
    """

    def __init__(self, name: Callable[[str, str], str], *, nulls: bool = False) -> None:
        """Begin.

        Args:
            name: gives the Python of a column: its table (or nothing) and its name.
            nulls: whether a column may be NULL.
        """
        self.name = name
        self.constants: dict[str, Any] = dict(NAMES)
        self._nulls = nulls

    def write(self, tree: exp.Expr) -> str:
        """Write one expression.

        Raises:
            OfficeError: it is of a kind that nobody taught this room.
        """
        render = RENDER.get(type(tree))
        if render is not None:
            return render(self, tree)
        return self.call(tree, operands(tree))

    def call(self, tree: exp.Expr, given: Iterable[exp.Expr], **more: str) -> str:
        """Write a declared function of what it is given; ``more`` fills places by name."""
        function, given = FUNCTIONS.get(called(tree)), list(given)
        if function is None or not _fits(function.python, len(given)):
            raise unknown(tree)
        form, texts = function.python, [self.write(each) for each in given]
        if not self._nulls:
            return form.format(*texts, several=", ".join(texts), **more)
        if function.with_null != STRICT:
            if not function.with_null:
                raise unknown(tree)
            return function.with_null.format(*texts, several=", ".join(texts), **more)
        return f"{self.keep(_strict(form, len(texts)))}({', '.join([*texts, *more.values()])})"

    def keep(self, value: object) -> str:
        """Keep a constant and give the name that the text refers to it by."""
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def several(self, trees: Iterable[exp.Expr]) -> str:
        """Write expressions with commas between and behind."""
        return "".join(f"{self.write(each)}, " for each in trees)

    def case(self, tree: exp.Case) -> str:
        """Write a CASE; a condition that is NULL is not true."""
        default = tree.args.get("default")
        text = self.write(default) if default is not None else "None"
        for branch in reversed(tree.args["ifs"]):
            when = branch.this
            if tree.this is not None:
                when = exp.EQ(this=tree.this.copy(), expression=when.copy())
            text = f"({self.write(branch.args['true'])} if {self.write(when)} else {text})"
        return text

    def among(self, tree: exp.In) -> str:
        """Write an IN over literals, or over other values where none is NULL."""
        value = self.write(tree.this)
        if not tree.expressions:
            raise unknown(tree)
        if all(isinstance(each, exp.Literal) for each in tree.expressions):
            found = self.keep(frozenset(map(_literal, tree.expressions)))
            known = f"({value} in {found})"
            return f"{self.keep(_within)}({value}, {found})" if self._nulls else known
        if self._nulls:
            raise unknown(tree)
        return f"({value} in ({self.several(tree.expressions)}))"

    def pattern(self, tree: exp.RegexpLike | exp.RegexpExtractAll) -> str:
        """Write a search for a pattern; one with options is refused."""
        compiled, group = self._compiled(tree), tree.args.get("group")
        if tree.args.get("flag") or tree.args.get("full_match") or (group and group.name != "0"):
            raise unknown(tree)
        found = compiled.search if isinstance(tree, exp.RegexpLike) else compiled.finditer
        return self.call(tree, [tree.this], found=self.keep(found))

    def rewriting(self, tree: exp.RegexpReplace) -> str:
        """Write a replacement of all matches of a pattern."""
        modifiers, new = tree.args.get("modifiers"), tree.args["replacement"]
        if modifiers is None or modifiers.name != "g":
            raise unknown(tree)
        found = self._compiled(tree).sub
        return self.call(tree, [tree.this, new], found=self.keep(found))

    @staticmethod
    def _compiled(tree: exp.Expr) -> re.Pattern[str]:
        """Compile a pattern. RE2 knows fewer blanks, and ``$`` is the very end."""
        if not isinstance(tree.expression, exp.Literal) or _OTHERWISE.search(tree.expression.name):
            raise unknown(tree)
        text = tree.expression.name.replace("\\S", "[^\\t\\n\\f\\r ]").replace("$", "\\Z")
        return re.compile(text, re.ASCII)

    def ordered(self, tree: exp.ArraySort) -> str:
        """Write a list in rising order."""
        if tree.args.get("asc") is not None or tree.expression is not None:
            raise unknown(tree)
        return self.call(tree, [tree.this])

    def days(self, tree: exp.DateDiff) -> str:
        """Write the days between two days."""
        if tree.args["unit"].name.upper() != "DAY":
            raise unknown(tree)
        return self.call(tree, [tree.this, tree.expression])

    def cast(self, tree: exp.Cast) -> str:
        """Write a conversion of NULL, or of what is whole already to a whole number."""
        if self._nulls and isinstance(tree.this, exp.Null):
            return "None"
        if self._nulls or tree.to.this not in {exp.DType.INT, exp.DType.BIGINT}:
            raise unknown(tree)
        return f"int({self.write(tree.this)})"

    def logarithm(self, tree: exp.Log) -> str:
        """Write a logarithm to base 2."""
        if self._nulls or tree.expression is None or tree.this.name != "2":
            raise unknown(tree)
        return f"log2({self.write(tree.expression)})"

    def cut(self, tree: exp.Left | exp.Right) -> str:
        """Write the first or last letters of a text."""
        if not isinstance(tree.expression, exp.Literal) or int(tree.expression.name) < 1:
            raise unknown(tree)
        return self.call(tree, [tree.this, tree.expression])

    def null(self, tree: exp.Is) -> str:
        """Write a test for NULL."""
        if not isinstance(tree.expression, exp.Null):
            raise unknown(tree)
        return f"({self.write(tree.this)} is None)"

    def chosen(self, tree: exp.ArrayFilter) -> str:
        """Write the elements of a list for which a condition is true."""
        found = tree.expression
        (own,) = found.expressions
        rest = self.write(found.this)
        return f"[own_{own.name} for own_{own.name} in {self.write(tree.this)} if {rest}]"


def unknown(tree: exp.Expr) -> OfficeError:
    """Give the error of an expression that nobody taught this room."""
    return OfficeError(
        "a formula or the decision holds an expression that has no reading in Python",
        where=f"{type(tree).__name__} in {tree.sql('duckdb')[:80]}",
        cure="declare it in ostiary.deciding.expressions.functions",
    )


def _fits(form: str, count: int) -> bool:
    """Whether a form has a place for each of what is given, and nothing else."""
    if "{several}" in form:
        return count > 0
    return bool(form) and {int(n) for n in re.findall(r"\{(\d)\}", form)} == set(range(count))


@cache
def _strict(form: str, count: int) -> Callable[..., Any]:
    """Give the function of a form that answers ``None`` when anything it is given is ``None``."""
    given = [f"x{number}" for number in range(count)]
    more = ["found"] if "{found}" in form else []
    missing = " or ".join(f"{one} is None" for one in given)
    known = form.format(*given, several=", ".join(given), found="found")
    text = f"lambda {', '.join([*given, *more])}: None if {missing} else {known}"
    # The text is made of the forms declared in this room; no input is ever part of it.
    made: Callable[..., Any] = eval(text, dict(NAMES))  # noqa: S307
    return made


def _within(value: Any, values: frozenset[Any]) -> bool | None:
    return None if value is None else value in values


def _literal(tree: exp.Expr) -> str | int:
    if tree.is_string:
        return tree.name
    if not tree.name.isdecimal():
        raise unknown(tree)
    return int(tree.name)


RENDER: Mapping[type[exp.Expr], Callable[[Any, Any], str]] = {
    exp.Paren: lambda w, t: f"({w.write(t.this)})",
    exp.Literal: lambda _, t: repr(t.this) if t.is_string else t.this,
    exp.Boolean: lambda _, t: str(t.this),
    exp.Null: lambda _w, _t: "None",
    exp.Column: lambda w, t: w.name(t.table, t.name),
    exp.Identifier: lambda _, t: f"own_{t.name}",  # the element that a list is searched for
    exp.Array: lambda w, t: f"[{w.several(t.expressions)}]",
    exp.ArrayFilter: Writer.chosen,
    exp.Case: Writer.case,
    exp.In: lambda w, t: w.among(t),
    exp.Is: Writer.null,
    exp.RegexpLike: Writer.pattern,
    exp.RegexpExtractAll: Writer.pattern,
    exp.RegexpReplace: Writer.rewriting,
    exp.ArraySort: Writer.ordered,
    exp.DateDiff: Writer.days,
    exp.Cast: Writer.cast,
    exp.Log: Writer.logarithm,
    exp.Left: Writer.cut,
    exp.Right: Writer.cut,
    exp.Struct: lambda w, t: f"({w.several(e.expression for e in t.expressions)})",
}
"""Kinds that are more than a function of their operands."""
