"""Expressions as Spark SQL, made from the very statements that DuckDB runs.

What differs between the two dialects stands here and nowhere else. A function that nobody held
against Spark's (:attr:`.functions.Function.on_spark`) is refused when the statement is made, as is
all that sqlglot cannot say in Spark's dialect: a decision is never guessed at.

What makes both agree: texts are never NULL and are compared byte by byte, lengths count characters,
whole numbers stay whole, ``/`` divides as floating point, and both round half away from zero.
"""

from collections.abc import Callable
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, UnsupportedError

from ostiary.deciding.expressions.functions import FUNCTIONS, Function
from ostiary.deciding.expressions.trees import called, statement_of
from ostiary.domain.errors import OfficeError


def spark_sql(step: Callable[..., None], *more: object) -> str:
    """Give the query by which Spark makes the table of a step of a batch.

    Args:
        step: takes a connection and executes one ``CREATE ... AS SELECT``.
        more: what else it takes.

    Raises:
        OfficeError: the statement holds something that nobody held against Spark.
    """
    select = statement_of(step, *more)
    select.set("order", None)  # a table of Spark's has no order
    for function in select.find_all(exp.Func):
        _check(function)
    try:
        return select.transform(_said_otherwise).sql("spark", unsupported_level=ErrorLevel.RAISE)
    except UnsupportedError as error:
        raise OfficeError(
            "the decision holds an expression that has no reading on Spark",
            where=str(error)[:80],
            cure="teach it to ostiary.deciding.expressions.spark",
        ) from error


def _check(function: exp.Func) -> None:
    every = not isinstance(function, exp.RegexpReplace) or _replaces_all(function)
    if not FUNCTIONS.get(called(function), Function()).on_spark or not every:
        raise OfficeError(
            "the decision calls a function that was not held against Spark's",
            where=function.sql("duckdb")[:80],
            cure="compare the two, and declare it in ostiary.deciding.expressions.functions",
        )


def _replaces_all(function: exp.RegexpReplace) -> bool:
    """Whether all matches are replaced, as Spark always does."""
    modifiers = function.args.get("modifiers")
    return modifiers is not None and modifiers.name == "g"


def _said_otherwise(tree: exp.Expr) -> exp.Expr:
    spec = tree.args.get("spec") if isinstance(tree, exp.Window) else None
    return _of_the_others(cast("exp.Window", tree)) if spec and spec.args.get("exclude") else tree


def _of_the_others(tree: exp.Window) -> exp.Expr:
    """Say ``max(...) OVER (PARTITION BY ... EXCLUDE CURRENT ROW)`` as that of before and behind.

    Which rows come before does not matter, as long as both windows have them in the same order: the
    one by which the statement itself ranks them. ``greatest`` passes over NULL on either engine.
    """
    spec, select = tree.args["spec"], tree.find_ancestor(exp.Select)
    others = spec.args["exclude"].name == "CURRENT ROW"
    whole = spec.args["start"] == spec.args["end"] == "UNBOUNDED"
    if not (others and whole and isinstance(tree.this, exp.Max)):
        raise UnsupportedError(tree.sql("duckdb"))
    (ranking,) = cast("exp.Select", select).args["windows"]
    order = ranking.args["order"].sql("duckdb")
    among = ", ".join(each.sql("duckdb") for each in tree.args["partition_by"])
    frames = (
        "UNBOUNDED PRECEDING AND 1 PRECEDING",
        "1 FOLLOWING AND UNBOUNDED FOLLOWING",
    )
    before, behind = (
        f"{tree.this.sql('duckdb')} OVER (PARTITION BY {among} {order} ROWS BETWEEN {frame})"
        for frame in frames
    )
    return sqlglot.parse_one(f"greatest({before}, {behind})", dialect="duckdb")
