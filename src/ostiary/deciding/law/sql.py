"""The decision as SQL, for a table of facts: the same rules, in the dialect of an engine.

A rule's own boolean is the engine's reading of the one tree. What surrounds it says in every
dialect alike what an unknown is worth: a requirement is then not met, a stop binds, an instrument
speaks.
"""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlglot import exp

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.legal_time import Asked, Day, asked
from ostiary.deciding.law.masks import WORD_BITS, text_sql, words_of
from ostiary.domain.words import Status


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs between SQL engines.

    Attributes:
        name: sqlglot's name of the dialect.
        formatter: the function that formats as C's ``printf`` does.
    """

    name: str
    formatter: str


DUCKDB = Dialect("duckdb", "printf")
SPARK = Dialect("spark", "format_string")


def decision_sql(book: Book, day: Day, facts: str, dialect: Dialect) -> str:
    """Give the query that decides a table of facts.

    Args:
        book: the law.
        day: the legal time, the same for all rows.
        facts: table with ``row`` and one column for each word of the vocabulary.
        dialect: of the engine that will run it.

    Returns:
        A query with the columns ``row``, ``mask`` (text) and ``status``.
    """
    count = len(words_of(1 << max(len(book.rules) - 1, 0)))
    names = [f"word_{n}" for n in range(count)]
    sums = _words(book, day, count, dialect)
    words = ", ".join(
        f"CAST({said} AS BIGINT) AS {name}" for said, name in zip(sums, names, strict=True)
    )
    suspending, to_counsel = _any_of(book.suspending, names), _any_of(book.for_counsel, names)
    return f"""
        SELECT row, {text_sql(names, dialect.formatter)} AS mask,
               CASE WHEN {suspending} THEN '{Status.SUSPENDED}'
                    WHEN {to_counsel} THEN '{Status.TO_COUNSEL}'
                    WHEN {" OR ".join(f"{name} <> 0" for name in names)} THEN '{Status.RETURNED}'
                    ELSE '{Status.ACCEPTED}' END AS status
        FROM (SELECT row, {words} FROM {facts}) AS decided
        """


def _words(book: Book, day: Day, count: int, dialect: Dialect) -> list[str]:
    """Give the sum of each word. An instrument that is silent on a row costs it nothing."""
    sums: list[list[str]] = [[] for _ in range(count)]
    for speaking, spoken in groupby(asked(book, day), key=attrgetter("instrument")):
        applies = f"coalesce(({_written(book, speaking.applies, dialect)}), TRUE)"
        for word, among in groupby(spoken, key=lambda rule: rule.bit // WORD_BITS):
            bits = " + ".join(
                f"CASE WHEN {_unmet(book, one, dialect)} THEN {1 << one.bit % WORD_BITS} ELSE 0 END"
                for one in among
            )
            sums[word].append(f"CASE WHEN {applies} THEN {bits} ELSE 0 END")
    return [" + ".join(parts) or "0" for parts in sums]


def _unmet(book: Book, one: Asked, dialect: Dialect) -> str:
    if one.version is None:
        return "TRUE"
    said = _written(book, one.version.tree, dialect)
    return f"coalesce(({said}), TRUE)" if one.rule.stops else f"NOT coalesce(({said}), FALSE)"


def _written(book: Book, tree: exp.Expr, dialect: Dialect) -> str:
    """Write a condition of the book, once for each dialect.

    What was written counts for that very tree alone: its number may be another's in a copied book.
    """
    key = (id(tree), dialect.name)
    known, text = book.written.get(key, (None, ""))
    if known is not tree:
        text = tree.sql(dialect.name)
        book.written[key] = (tree, text)
    return text


def _any_of(mask: int, names: list[str]) -> str:
    """Give the condition that some bit of a mask is set in the words."""
    tests = [
        f"({name} & {word}) <> 0" for name, word in zip(names, words_of(mask), strict=False) if word
    ]
    return " OR ".join(tests) or "FALSE"
