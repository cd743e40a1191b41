"""The decision as Spark SQL, made from the very statements that DuckDB runs.

What differs between the two dialects stands here and nowhere else. A function that nobody looked at
on both sides is refused when the statement is made, as is all that sqlglot cannot say in Spark's
dialect: a decision is never guessed at.

What makes both agree: texts are never NULL and are compared byte by byte, lengths count characters,
whole numbers stay whole, ``/`` divides as floating point, and both round half away from zero.
"""

from collections.abc import Callable
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, UnsupportedError

from ostiary.deciding.matching.as_python import statement_of
from ostiary.deciding.matching.spark_edits import EDITS
from ostiary.domain.errors import OfficeError

# By sqlglot's name; each gives on Spark what it gives on DuckDB, for arguments as they stand here.
_SAME_ON_BOTH = frozenset(
    (
        *("abs", "and", "or", "case", "if", "cast", "coalesce", "greatest", "least", "round"),
        *("contains", "starts_with", "left", "right", "length", "replace", "reverse", "struct"),
        *(
            "count",
            "max",
            "array_agg",
            "array_sort",
            "log",
            "logical_or",
            "row_number",
            "regexp_replace",
            EDITS,
        ),
    )
)


def spark_sql(step: Callable[..., None], *more: object) -> str:
    """Give the query by which Spark makes the table of a step of a verification.

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
            cure="teach it to ostiary.deciding.matching.as_spark",
        ) from error


def _check(function: exp.Func) -> None:
    called = function.name if isinstance(function, exp.Anonymous) else function.sql_name()
    every = not isinstance(function, exp.RegexpReplace) or _replaces_all(function)
    if called.lower() not in _SAME_ON_BOTH or not every:
        raise OfficeError(
            "the decision calls a function that was not held against Spark's",
            where=function.sql("duckdb")[:80],
            cure="compare the two, and teach it to ostiary.deciding.matching.as_spark",
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
