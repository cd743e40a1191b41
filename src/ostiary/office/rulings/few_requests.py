"""The law on a file of few requests, decided in Python: the planning of queries costs more.

The same facts, masks and findings as :mod:`.batches.admission` makes by DuckDB, from the
same texts, in the same tables; a test holds the two together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.facts import Days
from ostiary.deciding.intake.facts_of_few import FiledRequest, History, facts_of_few
from ostiary.deciding.intake.facts_of_one import RegistersOnADay
from ostiary.deciding.intake.named_rows import named_rows
from ostiary.deciding.intake.tables import HISTORY_OFFICERS, HISTORY_REASONS, REQUESTS
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import mask_one, status_of
from ostiary.deciding.law.findings import findings_texts
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import mask_text
from ostiary.deciding.law.tables import FINDINGS
from ostiary.domain.facts import VOCABULARY, Facts, Value
from ostiary.domain.words import Status

MOST: Final = 100
"""Requests of a file that is decided here."""

_KINDS: Final = {
    "bool": pa.bool_(),
    "int": pa.int64(),
    "date": pa.date32(),
    "enum": pa.string(),
    "id": pa.string(),
}

RegistersOf = Callable[[Days], RegistersOnADay]
"""What the registers say on the days of a step."""

Found = Mapping[int, Mapping[str, bool]]
"""What persons have determined, by row and element of the law."""

_NOTHING: Final[Found] = {}


@dataclass(frozen=True, slots=True)
class Ruled:
    """One request as the law saw it.

    Attributes:
        row: its row in the file.
        facts: every word of the vocabulary.
        mask: the rules that are not met.
        status: what that amounts to.
    """

    row: int
    facts: Mapping[str, Value]
    mask: int
    status: Status


@dataclass(frozen=True, slots=True)
class FewRequests:
    """The requests of a small file, typed and in standard form, and what the office remembers.

    Attributes:
        requests: in the order of the file.
        history: what they are counted together with.
        registers: what the registers say on a day.
    """

    requests: Sequence[FiledRequest]
    history: History
    registers: RegistersOf

    @classmethod
    def taken(
        cls, con: duckdb.DuckDBPyConnection, registers: RegistersOf, requests: str = REQUESTS
    ) -> Self:
        """Take them out of the tables of a batch: of its requests, and of the history."""
        history = History(_pairs(con, HISTORY_OFFICERS), _pairs(con, HISTORY_REASONS))
        rows = named_rows(con, f"FROM {requests} ORDER BY row")
        return cls([FiledRequest.of_table(row) for row in rows], history, registers)

    def among(self, rows: frozenset[int]) -> Self:
        """Give those of some rows alone: nothing of the others is counted."""
        some = [one for one in self.requests if one.row in rows]
        return type(self)(some, self.history, self.registers)

    def ruled(self, book: Book, day: Day, found: Found = _NOTHING) -> list[Ruled]:
        """Decide each, with what persons have found of it."""
        registers = self.registers(Days(day.received, day.disclosed))
        known = facts_of_few(self.requests, registers, self.history)
        return [
            rule(book, one.row, {**facts, **found.get(one.row, {})}, day)
            for one, facts in zip(self.requests, known, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class AdmittedFew:
    """The requests of a small file with what the law of the day of receipt says of each.

    Attributes:
        few: the requests.
        ruled: one for each of them.
    """

    few: FewRequests
    ruled: Sequence[Ruled]

    def on(self, book: Book, day: Day) -> list[Ruled]:
        """Decide those let through on the day of a look.

        On the day of receipt registers say what they said at admission, and what spans the file was
        counted then; on another day it is counted among those let through.
        """
        through = [one for one in self.ruled if one.status is Status.ACCEPTED]
        if day.disclosed == day.received:
            told = {"disclosed": day.disclosed}
            return [rule(book, one.row, {**one.facts, **told}, day) for one in through]
        few = self.few.among(frozenset(one.row for one in through))
        return few.ruled(book, day)


def rule(book: Book, row: int, facts: Mapping[str, Value], day: Day) -> Ruled:
    """Decide one request by its facts."""
    mask = mask_one(book, facts, day)
    return Ruled(row, facts, mask, status_of(book, mask))


def put_facts(con: duckdb.DuckDBPyConnection, facts: Mapping[int, Facts], into: str) -> None:
    """Make a table of facts by row, as :func:`ostiary.deciding.intake.facts.derive_facts` does."""
    columns = {
        name: pa.array([one[name] for one in facts.values()], _KINDS[fact.kind])
        for name, fact in VOCABULARY.items()
    }
    put(con, into, {"row": pa.array(facts, pa.int64()), **columns})


def put_rulings(con: duckdb.DuckDBPyConnection, ruled: Sequence[Ruled], into: str) -> None:
    """Make a table of masks, as :func:`ostiary.deciding.law.decide.decide_batch` does."""
    masks = pa.array([mask_text(one.mask) for one in ruled], pa.string())
    statuses = pa.array([str(one.status) for one in ruled], pa.string())
    put(con, into, {"row": _rows(ruled), "mask": masks, "status": statuses})


def put_findings(
    con: duckdb.DuckDBPyConnection, book: Book, ruled: Sequence[Ruled], day: Day
) -> None:
    """Make ``findings``, as :func:`ostiary.deciding.law.findings.findings_table` does."""
    texts = findings_texts(book, [(one.mask, one.facts) for one in ruled], day.of)
    put(con, FINDINGS, {"row": _rows(ruled), "findings": pa.array(texts, pa.string())})


def put(con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, pa.Array]) -> None:
    """Make a table, in place of one that may be there."""
    con.register("few_rows", pa.table(dict(columns)))
    con.execute(f"CREATE OR REPLACE TABLE {table} AS FROM few_rows")
    con.unregister("few_rows")


def _rows(ruled: Sequence[Ruled]) -> pa.Array:
    return pa.array([one.row for one in ruled], pa.int64())


def _pairs(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, int]:
    return dict(con.execute(f"FROM {table}").fetchall())
