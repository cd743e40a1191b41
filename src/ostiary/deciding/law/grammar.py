"""The grammar of rules: one SQL boolean over facts, parsed by sqlglot, nothing outside a whitelist.

sqlglot parses any SQL and types none of it, so this module refuses what no reader is taught
(functions, subqueries, arithmetic on dates) and checks that each comparison has one type.
"""

import re
from datetime import date

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from ostiary.domain.errors import BookError
from ostiary.domain.facts import VOCABULARY, Fact

COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
DEEPEST = 20
LONGEST = 10_000
_NEGATIONS = re.compile(r"(?:\bNOT\s+){2,}", re.IGNORECASE)


def parse_rule(sql: str, *, where: str) -> exp.Expr:
    """Parse one rule and check its words and types.

    Args:
        sql: the boolean, such as ``periods_count >= 1 AND period_latest < received_year``.
        where: file and rule, for the message.

    Raises:
        BookError: no SQL, a word outside the vocabulary, a construct outside the whitelist, or
            a comparison of two types.
    """
    _check_depth(sql, where)
    try:
        tree = sqlglot.parse_one(sql, dialect="duckdb")
    except (ParseError, TokenError):
        raise BookError("this rule is no SQL expression", where=where) from None
    if type_of(tree, where) != "bool":
        raise BookError("a rule must be true or false", where=where)
    return tree


def _check_depth(sql: str, where: str) -> None:
    """Refuse what is nested so deep that no person reads it, nor any parser that calls itself."""
    depth = deepest = 0
    for letter in sql:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    negations = max((len(found[0].split()) for found in _NEGATIONS.finditer(sql)), default=0)
    if max(deepest, negations) > DEEPEST or len(sql) > LONGEST:
        raise BookError(
            f"this rule is nested deeper than {DEEPEST} levels, or has over {LONGEST:,} letters",
            where=where,
            cure="write it as several rules",
        )


def type_of(node: exp.Expr, where: str) -> str:
    """Give the type of a node, checking everything beneath it.

    Raises:
        BookError: as :func:`parse_rule`.
    """
    if isinstance(node, exp.Paren):
        return type_of(node.this, where)
    if isinstance(node, exp.And | exp.Or | exp.Not):
        return _logic(node, where)
    if type(node) in COMPARISONS:
        return _comparison(node, where)
    if isinstance(node, exp.In):
        return _membership(node, where)
    if isinstance(node, exp.Is):
        return _null_test(node, where)
    return _operand(node, where)


def fact_of(node: exp.Expr) -> Fact:
    """Give the fact that a column node names."""
    return VOCABULARY[node.name]


def literal_value(node: exp.Expr) -> bool | int | str | date:
    """Give the Python value of a literal node of the whitelist."""
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if isinstance(node, exp.Cast):
        return date.fromisoformat(node.this.name)
    return node.name if node.is_string else int(node.name)


def facts_in(tree: exp.Expr) -> tuple[str, ...]:
    """Name the facts that a rule speaks of, in order of first mention."""
    return tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column)))


def _logic(node: exp.Expr, where: str) -> str:
    operands = [node.this] if isinstance(node, exp.Not) else [node.this, node.expression]
    if any(type_of(operand, where) != "bool" for operand in operands):
        raise BookError("AND, OR and NOT join only conditions", where=where)
    return "bool"


def _comparison(node: exp.Expr, where: str) -> str:
    left, right = type_of(node.this, where), type_of(node.expression, where)
    if isinstance(node.this, exp.Column):
        _known_value(fact_of(node.this), node.expression, where)
    if not _comparable(left, right):
        raise BookError(f"`{node.sql()}` compares {left} with {right}", where=where)
    if left in {"bool", "enum", "id"} and not isinstance(node, exp.EQ | exp.NEQ):
        raise BookError(f"`{node.sql()}` orders what has no order", where=where)
    return "bool"


def _membership(node: exp.In, where: str) -> str:
    if node.args.get("query") or not isinstance(node.this, exp.Column):
        raise BookError("IN takes a fact and a list of literals", where=where)
    left = type_of(node.this, where)
    for item in node.expressions:
        if isinstance(item, exp.Column) or not _comparable(left, type_of(item, where)):
            raise BookError(f"`{node.sql()}` mixes types", where=where)
        _known_value(fact_of(node.this), item, where)
    return "bool"


def _null_test(node: exp.Is, where: str) -> str:
    type_of(node.this, where)
    if not isinstance(node.this, exp.Column) or not isinstance(node.expression, exp.Null):
        raise BookError("IS is only for `fact IS NULL`", where=where)
    return "bool"


def _operand(node: exp.Expr, where: str) -> str:
    if isinstance(node, exp.Column) and not node.table:
        if node.name not in VOCABULARY:
            raise BookError(
                f"`{node.name}` is no fact", where=where, cure="see docs/reference/facts.md"
            )
        return fact_of(node).kind
    if isinstance(node, exp.Boolean):
        return "bool"
    if isinstance(node, exp.Literal) and (node.is_string or node.name.isdigit()):
        return "text" if node.is_string else "int"
    if isinstance(node, exp.Cast) and node.to.is_type("date") and _is_iso(node.this):
        return "date"
    raise BookError(f"`{node.sql()}` is outside the grammar of rules", where=where)


def _is_iso(node: exp.Expr) -> bool:
    try:
        date.fromisoformat(node.name)
    except ValueError:
        return False
    return isinstance(node, exp.Literal) and node.is_string


def _comparable(left: str, right: str) -> bool:
    texts = {"enum", "id"}
    return (left == right and left not in texts | {"text"}) or (left in texts and right == "text")


def _known_value(fact: Fact, node: exp.Expr, where: str) -> None:
    if fact.kind == "enum" and isinstance(node, exp.Literal) and node.name not in fact.values:
        raise BookError(f"`{fact.name}` is never `{node.name}`", where=where)
