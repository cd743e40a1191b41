"""Reader one of a rule: Python source that says *certainly true* or *certainly false*.

SQL's logic has three values. Two two-valued readings carry it without a third: a comparison with
an undetermined fact is neither certainly true nor certainly false; NOT swaps the readings;
AND and OR are De Morgan's. The same two readings serve a prover.
"""

from sqlglot import exp

from ostiary.law.grammar import COMPARISONS, literal_value

_PYTHON = {"=": "==", "<>": "!="}


def certainly_true(node: exp.Expr) -> str:
    """Give Python source over a mapping ``f`` of facts: true when the rule surely holds."""
    return _reading(node, sure=True)


def certainly_false(node: exp.Expr) -> str:
    """Give Python source over a mapping ``f`` of facts: true when the rule surely fails."""
    return _reading(node, sure=False)


def _reading(node: exp.Expr, *, sure: bool) -> str:
    if isinstance(node, exp.Paren):
        return _reading(node.this, sure=sure)
    if isinstance(node, exp.Not):
        return _reading(node.this, sure=not sure)
    if isinstance(node, exp.And | exp.Or):
        return _junction(node, sure=sure)
    return _atom(node, sure=sure)


def _junction(node: exp.Expr, *, sure: bool) -> str:
    word = "and" if isinstance(node, exp.And) is sure else "or"
    left, right = _reading(node.this, sure=sure), _reading(node.expression, sure=sure)
    return f"({left} {word} {right})"


def _atom(node: exp.Expr, *, sure: bool) -> str:
    if isinstance(node, exp.Is):
        return f"({_value(node.this)} {'is' if sure else 'is not'} None)"
    if isinstance(node, exp.In):
        return _membership(node, sure=sure)
    if isinstance(node, exp.Boolean):
        return str(bool(node.this) is sure)
    if isinstance(node, exp.Column):
        return f"({_value(node)} is {sure})"
    return _comparison(node, sure=sure)


def _membership(node: exp.In, *, sure: bool) -> str:
    items = ", ".join(_value(item) for item in node.expressions)
    known = f"{_value(node.this)} is not None and "
    return f"({known}{_value(node.this)} {'in' if sure else 'not in'} ({items},))"


def _comparison(node: exp.Expr, *, sure: bool) -> str:
    left, right = _value(node.this), _value(node.expression)
    sign = COMPARISONS[type(node)]
    known = "".join(
        f"{_value(side)} is not None and "
        for side in (node.this, node.expression)
        if isinstance(side, exp.Column)
    )
    test = f"{left} {_PYTHON.get(sign, sign)} {right}"
    return f"({known}{test})" if sure else f"({known}not {test})"


def _value(node: exp.Expr) -> str:
    if isinstance(node, exp.Column):
        return f"f[{node.name!r}]"
    value = literal_value(node)
    return repr(value) if not hasattr(value, "toordinal") else f"date.fromisoformat('{value}')"
