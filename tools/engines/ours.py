"""Ostiary's own two readers, in the shape that the peers have.

The law's mask is read in one place, :func:`rules_of`: a number from generated Python, a number or
hexadecimal text from a batch.
"""

import time
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from engines.engine import Failed
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import decide_batch, decide_one
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.facts import VOCABULARY, Facts
from ostiary.domain.words import Determination

ARROW = {
    "bool": pa.bool_(),
    "int": pa.int64(),
    "date": pa.date32(),
    "enum": pa.string(),
    "id": pa.string(),
}


def rules_of(book: Book, mask: int | str) -> Failed:
    """Give the ids of the rules that a mask marks as not met."""
    bits = int(mask, 16) if isinstance(mask, str) else mask
    return frozenset(rule.id for n, (_, rule) in enumerate(book.rules) if bits >> n & 1)


class Mask:
    """Generated Python, the mask alone: enough for a program that counts or routes."""

    name = "Ostiary, mask only"
    package = module = "ostiary"
    licence = "Apache-2.0"

    def __init__(self, book: Book, day: Day) -> None:
        decide_one(book, dict.fromkeys(VOCABULARY), day)  # compiles the day
        self._book = book
        self.decide = book.compiled[day]

    def prepared(self, facts: Facts) -> Facts:
        """Give the facts as they are."""
        return facts

    def failed(self, prepared: Facts) -> Failed:
        """Decide one request; give the rules it does not meet."""
        return rules_of(self._book, self.decide(prepared))


class Explained:
    """Generated Python with findings: rule, citation, finding and cure, rendered for the facts."""

    name = "Ostiary, findings rendered"
    package = module = "ostiary"
    licence = "Apache-2.0"

    def __init__(self, book: Book, day: Day) -> None:
        self._book, self._day = book, day

    def prepared(self, facts: Facts) -> Facts:
        """Give the facts as they are."""
        return facts

    def decide(self, prepared: Facts) -> Determination:
        """Decide one request and put it into words."""
        return decide_one(self._book, prepared, self._day)

    def failed(self, prepared: Facts) -> Failed:
        """Decide one request; give the rules that its findings name."""
        return frozenset(finding.rule for finding in self.decide(prepared).findings)


class DuckDB:
    """The batch reader, over a table of facts."""

    name = "Ostiary, DuckDB"

    def __init__(self, book: Book, day: Day) -> None:
        self._book, self._day = book, day

    def failed(self, rows: Sequence[Facts]) -> tuple[list[Failed], float]:
        """Decide rows in one batch; give what each does not meet, and the seconds of deciding."""
        with duckdb.connect() as con:
            con.register("given", as_table(rows))
            con.execute("CREATE TABLE facts AS SELECT * FROM given")
            start = time.perf_counter()
            decide_batch(con, self._book, self._day, facts="facts", into="determinations")
            seconds = time.perf_counter() - start
            masks = con.execute("SELECT mask FROM determinations ORDER BY row").fetchall()
        return [rules_of(self._book, mask) for (mask,) in masks], seconds


def as_table(rows: Sequence[Facts]) -> pa.Table:
    """Give rows of facts as a typed table with their number in ``row``."""
    columns = {
        name: pa.array([row[name] for row in rows], ARROW[fact.kind])
        for name, fact in VOCABULARY.items()
    }
    return pa.table({"row": pa.array(range(len(rows)), pa.int64()), **columns})
