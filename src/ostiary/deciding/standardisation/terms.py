"""What phrases are made of: their kinds, and the tables that they look words up in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Table:
    """A reference table that phrases look words up in.

    Attributes:
        name: an identifier, unique within the definition.
        entries: word to value. Never empty texts as words.
    """

    name: str
    entries: Mapping[str, str]

    @classmethod
    def of(cls, name: str, entries: Mapping[str, str]) -> "Table":
        """Make a table that nobody can change afterwards."""
        return cls(name, MappingProxyType(dict(entries)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression in both languages.

    Attributes:
        python: a Python expression over the names of earlier steps.
        sql: the same for DuckDB.
        uses: names of the steps and inputs it reads.
        tables: the tables it looks words up in.
    """

    python: str
    sql: str
    uses: frozenset[str] = frozenset()
    tables: tuple[Table, ...] = ()


class Text(Phrase):
    """A phrase whose value is a text."""

    __slots__ = ()


class Flag(Phrase):
    """A phrase whose value is true or false."""

    __slots__ = ()


class Words(Phrase):
    """A phrase whose value is a list of words."""

    __slots__ = ()


class Count(Phrase):
    """A phrase whose value is a whole number."""

    __slots__ = ()


class Groups(Phrase):
    """A phrase whose value is the groups of a pattern; see :func:`.phrases.group`."""

    __slots__ = ()


def quoted(text: str) -> str:
    """Give an SQL literal for a text of our own vocabulary."""
    return "'" + text.replace("'", "''") + "'"


def sql_name(name: str) -> str:
    """Give the SQL column that holds a step: standard columns by name, others out of the way."""
    return name if name.startswith(("n_", "a_")) else f"__{name}"


P = TypeVar("P", bound=Phrase)


def made(kind: type[P], python: str, sql: str, *parts: Phrase) -> P:
    """Make a phrase that uses what its parts use."""
    uses: frozenset[str] = frozenset().union(*(part.uses for part in parts))
    tables = {table.name: table for part in parts for table in part.tables}
    return kind(python, sql, uses, tuple(tables.values()))


def with_table(phrase: P, table: Table) -> P:
    """Add a table to those that a phrase looks words up in."""
    tables = {known.name: known for known in (*phrase.tables, table)}
    return type(phrase)(phrase.python, phrase.sql, phrase.uses, tuple(tables.values()))
