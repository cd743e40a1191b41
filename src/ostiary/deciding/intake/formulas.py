"""Formulas of facts in Python, made from the very SQL that a file is derived with.

For a file the formulas of :mod:`.intake.derivations` run in DuckDB; for one request, while
somebody waits, the same texts are read here and written as one Python function. What a formula may
say is what :mod:`.deciding.expressions` declares, in three values: NULL is ``None``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlglot import exp

from ostiary.deciding.expressions.python import Writer
from ostiary.deciding.expressions.trees import parsed

Row = Mapping[str, Any]
Rows = Mapping[str, Row]
Tables = Mapping[str, Sequence[Row]]


def formula(sql: str) -> Callable[[Rows, Tables], Any]:
    """Make the Python function of one formula.

    It takes the rows that speak for a request, by the letter that the formula knows each by (one of
    NULLs where a join finds nothing), and the tables that a subquery looks into.

    Raises:
        OfficeError: the formula holds something that has no reading in Python.
    """
    writer = _FormulaWriter()
    text = writer.write(parsed(sql))
    # The text that runs here is written from our own formulas; no input is ever part of it.
    made: Callable[[Rows, Tables], Any] = eval(  # noqa: S307
        f"lambda rows, tables: {text}", writer.constants
    )
    return made


class _FormulaWriter(Writer):
    """Writes columns of the rows that speak, and searches of tables."""

    def __init__(self) -> None:
        super().__init__(self._column, nulls=True)
        self._own: list[str] = []

    def write(self, tree: exp.Expr) -> str:
        """Write one expression."""
        return self._exists(tree) if isinstance(tree, exp.Exists) else super().write(tree)

    def _column(self, table: str, name: str) -> str:
        return f"own_{table}[{name!r}]" if table in self._own else f"rows[{table!r}][{name!r}]"

    def _exists(self, tree: exp.Exists) -> str:
        """Write the search of a table for a row of which a condition is true."""
        table = tree.this.args["from_"].this
        self._own.append(table.alias)
        where = self.write(tree.this.args["where"].this)
        return f"any([{where} for own_{table.alias} in tables[{table.name!r}]])"
