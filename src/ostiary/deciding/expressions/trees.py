"""SQL as trees: read once, and its parts found by name."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import sqlglot
from sqlglot import exp

if TYPE_CHECKING:
    import duckdb


@lru_cache(maxsize=256)
def parsed(sql: str) -> exp.Expr:
    """Read SQL; a text that was read before is not read again. Nobody may change the tree."""
    return sqlglot.parse_one(sql, dialect="duckdb")


def statement_of(step: Callable[..., None], *more: object) -> exp.Select:
    """Give the SELECT that a step of a batch makes its table by.

    Args:
        step: takes a connection and executes one ``CREATE ... AS SELECT``.
        more: what else it takes.
    """
    return select_of(text_of(step, *more))


def text_of(step: Callable[..., None], *more: object) -> str:
    """Give the text of the statement that a step executes; as for :func:`statement_of`."""
    heard = _Listener()
    step(cast("duckdb.DuckDBPyConnection", heard), *more)
    return heard.statement


def select_of(text: str) -> exp.Select:
    """Give the SELECT of a ``CREATE ... AS SELECT``."""
    return cast("exp.Select", parsed(text).expression)


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


def called(tree: exp.Expr) -> str:
    """Name the function or operator of a tree, as :data:`.functions.FUNCTIONS` does."""
    if isinstance(tree, exp.Anonymous):
        return tree.name.lower()
    return tree.sql_name().lower() if isinstance(tree, exp.Func) else tree.key


def operands(tree: exp.Expr) -> list[exp.Expr]:
    """Give what a function or operator is called with, in sqlglot's order."""
    found: list[exp.Expr] = []
    for key in ("expressions",) if isinstance(tree, exp.Anonymous) else tree.arg_types:
        value = tree.args.get(key)
        found += value if isinstance(value, list) else [value] if value is not None else []
    return [each for each in found if isinstance(each, exp.Expr)]
