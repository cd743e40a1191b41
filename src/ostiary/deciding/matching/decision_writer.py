"""The decision in Python, made from the very SQL that a batch runs: there is one text of it.

A batch runs a handful of statements, each with the one before it as its source; for one request the
same statements are read here and written as one Python function over a few tuples. Texts are never
NULL, and weights are added in the order of the text.
"""

from collections.abc import Mapping

from sqlglot import exp

from ostiary.deciding.expressions.python import RENDER, Writer, unknown


class DecisionWriter(Writer):
    """Writes what a decision says beyond single values: of the rows of a request, of crowds."""

    def write(self, tree: exp.Expr) -> str:
        """Write one expression; a column in an aggregate is one of the row ``r``."""
        if isinstance(tree, exp.Filter):
            return self._overall(tree.this, f" if {self.write(tree.expression.this)}")
        if type(tree) not in RENDER and isinstance(tree, exp.AggFunc):
            return self._overall(tree)
        return super().write(tree)

    def among(self, tree: exp.In) -> str:
        """Write an IN; one over a query is ``row IN (SELECT row FROM match_crowded WHERE ...)``."""
        return super().among(tree) if tree.expressions else self._crowded(tree)

    def _crowded(self, tree: exp.In) -> str:
        source = tree.args["query"].this
        where = source.args.get("where")
        tables = [table.name for table in source.find_all(exp.Table)]
        if tables != ["match_crowded"] or where is None or tree.this.name != "row":
            raise unknown(tree)
        kinds = frozenset(each.this for each in where.find_all(exp.Literal))
        return f"(not crowded.isdisjoint({self.keep(kinds)}))"

    def _overall(self, tree: exp.Expr, given: str = "") -> str:
        """Write an aggregate over ``rows``."""
        aggregate = _AGGREGATES.get(type(tree))
        if aggregate is None:
            raise unknown(tree)
        value = "1" if isinstance(tree.this, exp.Star) else self.write(tree.this)
        return f"{aggregate}([{value} for r in rows{given}])"


_AGGREGATES: Mapping[type[exp.Expr], str] = {
    exp.LogicalOr: "any",
    exp.LogicalAnd: "all",
    exp.Max: "max",
    exp.Count: "sum",
    exp.ArrayAgg: "list",
}
