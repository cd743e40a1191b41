"""The functions that our texts may call: each declared once, with its reading on every engine.

DuckDB's own is the meaning; a reading stands here once somebody held it against that. What makes
them agree: texts hold what :mod:`.deciding.standardisation` lets through or are compared letter by
letter, whole numbers stay whole, and both sides round half away from zero.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

STRICT = "NULL where anything it is given is"


@dataclass(frozen=True, slots=True)
class Function:
    """A function or operator of DuckDB's SQL.

    Attributes:
        python: Python of it for operands that are never NULL, ``{0}`` the first of them,
            ``{several}`` all, ``{found}`` what a pattern does; empty where a writer has words of
            its own for it.
        with_null: the same where operands may be NULL (``None``): :data:`STRICT`, or a text like
            ``python``; empty where nobody looked at that.
        on_spark: whether Spark's function of the name was held against DuckDB's.
    """

    python: str = ""
    with_null: str = STRICT
    on_spark: bool = False


def rounded(value: float, digits: int = 0) -> float:
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


def _upper(text: str) -> str:
    """Raise letters one by one: one that would become two stays, as in DuckDB."""
    return "".join(new if len(new := letter.upper()) == 1 else letter for letter in text)


def _lower(text: str) -> str:
    """Lower letters one by one: of one that would become two the first counts, as in DuckDB."""
    return "".join(letter.lower()[0] for letter in text)


def _first_of(*values: Any) -> Any:
    """Give the first value that is not NULL."""
    return next((value for value in values if value is not None), None)


def _greatest(*values: Any) -> Any:
    """DuckDB passes NULL over."""
    return max((value for value in values if value is not None), default=None)


def _joined_by(between: str, *values: str | None) -> str:
    """Join the values that are not NULL."""
    return between.join(value for value in values if value is not None)


NAMES: Mapping[str, Any] = {
    "both": both,
    "edits": edits,
    "either": either,
    "first_of": _first_of,
    "greatest": _greatest,
    "joined_by": _joined_by,
    "log2": math.log2,
    "lower": _lower,
    "opposite": opposite,
    "rounded": rounded,
    "upper": _upper,
}
"""What the Python of a function refers to by name."""

FUNCTIONS: Mapping[str, Function] = {
    "and": Function("({0} and {1})", "both({0}, {1})", on_spark=True),
    "or": Function("({0} or {1})", "either({0}, {1})", on_spark=True),
    "not": Function("(not {0})", "opposite({0})"),
    "eq": Function("({0} == {1})"),
    "neq": Function("({0} != {1})"),
    "lt": Function("({0} < {1})"),
    "lte": Function("({0} <= {1})"),
    "gt": Function("({0} > {1})"),
    "gte": Function("({0} >= {1})"),
    "add": Function("({0} + {1})"),
    "sub": Function("({0} - {1})"),
    "mul": Function("({0} * {1})"),
    "div": Function("({0} / {1})", ""),  # by zero it is NULL on DuckDB
    "neg": Function("(-{0})"),
    "dpipe": Function("({0} + {1})"),
    "coalesce": Function("first_of({several})", "first_of({several})", on_spark=True),
    "nullif": Function("(None if {0} == {1} else {0})", ""),
    "greatest": Function("max({several})", "greatest({several})", on_spark=True),
    "least": Function("min({several})", "", on_spark=True),
    "abs": Function("abs({0})", on_spark=True),
    "round": Function("rounded({several})", on_spark=True),
    "length": Function("len({0})", on_spark=True),
    "upper": Function("upper({0})"),
    "lower": Function("lower({0})"),
    "contains": Function("({1} in {0})", on_spark=True),
    "starts_with": Function("{0}.startswith({1})", on_spark=True),
    "left": Function("{0}[:{1}]", "", on_spark=True),
    "right": Function("{0}[-{1}:]", "", on_spark=True),
    "replace": Function("{0}.replace({1}, {2})", on_spark=True),
    "reverse": Function("{0}[::-1]", on_spark=True),
    "trim": Function("{0}.strip(' ')"),
    "split": Function("{0}.split({1})"),
    "concat_ws": Function("joined_by({several})", ""),
    "damerau_levenshtein": Function("edits({0}, {1})", on_spark=True),  # see matching.spark_edits
    "array_size": Function("len({0})"),
    "array_contains": Function("({1} in {0})"),
    "array_max": Function("max({0}, default=None)"),
    "array_min": Function("min({0}, default=None)"),
    "array_sort": Function("sorted({0})", on_spark=True),
    "year": Function("{0}.year"),
    "datediff": Function("({0} - {1}).days"),
    "regexp_like": Function("({found}({0}) is not None)"),
    "regexp_replace": Function("{found}({1}, {0})", on_spark=True),
    "regexp_extract_all": Function("[match.group() for match in {found}({0})]"),
    # Written by the writers in words of their own.
    "case": Function(on_spark=True),
    "if": Function(on_spark=True),
    "cast": Function(on_spark=True),
    "log": Function(on_spark=True),
    "struct": Function(on_spark=True),
    "count": Function(on_spark=True),
    "max": Function(on_spark=True),
    "array_agg": Function(on_spark=True),
    "logical_or": Function(on_spark=True),
    "row_number": Function(on_spark=True),
}
"""By sqlglot's name of the function; operands in sqlglot's order."""
