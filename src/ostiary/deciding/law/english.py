"""Reader four of a rule: English, for the printed book. It says what the SQL says, no more."""

from sqlglot import exp

from ostiary.deciding.law.citations import citation_text
from ostiary.deciding.law.grammar import COMPARISONS, fact_of, literal_value

_WORDS = {
    "=": "is",
    "<>": "is not",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
}
_DATE_WORDS = _WORDS | {
    "<": "is before",
    "<=": "is on or before",
    ">": "is after",
    ">=": "is on or after",
}


def in_english(node: exp.Expr) -> str:
    """Give a rule as an English clause, without capital and full stop."""
    if isinstance(node, exp.Paren):
        return in_english(node.this)
    if isinstance(node, exp.And | exp.Or):
        return _joined(node)
    if isinstance(node, exp.Not):
        return _denied(node.this)
    if isinstance(node, exp.Boolean):
        return "always" if node.this else "never"
    if isinstance(node, exp.Column):
        return fact_of(node).clause
    return _statement(node)


def _joined(node: exp.Expr) -> str:
    word = "and" if isinstance(node, exp.And) else "or"
    sides = [
        f"({in_english(side)})" if isinstance(_bare(side), _OTHER[type(node)]) else in_english(side)
        for side in (node.this, node.expression)
    ]
    one, other = (side.removeprefix(_EITHER) for side in sides)  # of a chain it is said once
    return f"{_EITHER if word == 'or' else ''}{one}, {word} {other}"


_EITHER = "either "
_OTHER: dict[type[exp.Expr], type[exp.Expr]] = {exp.And: exp.Or, exp.Or: exp.And}


def _denied(node: exp.Expr) -> str:
    inner = _bare(node)
    if isinstance(inner, exp.In):
        return f"{fact_of(inner.this).clause} is none of: {_listed(inner)}"
    if isinstance(inner, exp.Is):
        return f"{fact_of(inner.this).clause} is known"
    return f"it is not so that {in_english(inner)}"


def _statement(node: exp.Expr) -> str:
    if isinstance(node, exp.In):
        return f"{fact_of(node.this).clause} is one of: {_listed(node)}"
    if isinstance(node, exp.Is):
        return f"{fact_of(node.this).clause} is not known"
    return _comparison(node)


def _comparison(node: exp.Expr) -> str:
    words = _DATE_WORDS if _kind(node.this) == "date" else _WORDS
    return f"{_operand(node.this)} {words[COMPARISONS[type(node)]]} {_operand(node.expression)}"


def _operand(node: exp.Expr) -> str:
    if isinstance(node, exp.Column):
        return fact_of(node).clause
    value = literal_value(node)
    if not isinstance(value, str):
        return str(value)
    return citation_text(value) or f"`{value}`"


def _listed(node: exp.In) -> str:
    return ", ".join(_operand(item) for item in node.expressions)


def _kind(node: exp.Expr) -> str:
    return fact_of(node).kind if isinstance(node, exp.Column) else ""


def _bare(node: exp.Expr) -> exp.Expr:
    return _bare(node.this) if isinstance(node, exp.Paren) else node
