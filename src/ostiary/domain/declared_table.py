"""A table of a batch, declared once: its name, and its columns with their kinds.

The room that first speaks of a table declares it in its ``tables.py``. Who makes the table and who
reads it take it from there as a value, and write no name of their own into their SQL. So a room
knows the tables of the rooms below it, and none of those above: those reach it as arguments.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Self


class DeclaredTable(str):
    """The name of a table, fit to stand in SQL, with the columns that it promises.

    Attributes:
        columns: by name the kind of each, as DuckDB writes kinds; in the order of the table.
    """

    __slots__ = ("columns",)

    columns: Mapping[str, str]

    def __new__(cls, name: str, columns: Mapping[str, str]) -> Self:
        """Declare a table.

        Args:
            name: small letters and underscores.
            columns: by name the kind of each.
        """
        made = super().__new__(cls, name)
        made.columns = MappingProxyType(dict(columns))
        return made

    def like(self, name: str) -> "DeclaredTable":
        """Declare another table of the same columns."""
        return DeclaredTable(name, self.columns)

    def made_empty(self) -> str:
        """Give the SQL that makes the table without rows, in place of one that may be there."""
        declared = ", ".join(f'"{column}" {kind}' for column, kind in self.columns.items())
        return f"CREATE OR REPLACE TABLE {self} ({declared})"
