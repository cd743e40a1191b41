"""The entries that tell of a batch.

A batch makes one ``batch.received`` entry, which holds a root over its requests; then one
``request.decided`` for each request, in the order of the file. Then it is said which elements are
awaited, by provision; in a training office, which are taken as found; and one ``record.examined``
follows for each request that was looked at. Those of many requests are built in SQL.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from ostiary.deciding.decoys.control import Control
from ostiary.office.batches.admission import Admission
from ostiary.office.batches.recorded_parts import FEW, parts_of, rows_of
from ostiary.office.batches.tables import RECORDED, RECORDED_TAKEN
from ostiary.office.rulings.permitted_looks import Looks
from ostiary.office.store import NewEntry
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import commit, commitment_root
from ostiary.verifying.log.entries import entry_sql


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What all entries of a batch have in common.

    Attributes:
        batch: id of the batch.
        at: the moment, as entries write it.
        received: legal day of receipt.
        file_digest: SHA-256 of the file, hex.
        file_salt: random bits that hide this digest in the log; a copy of the file would tell.
        admission: how the file fared before the law; its row errors count those rows, too, that
            were refused as contradicting an earlier request.
        repeats: rows that repeat, word for word, a request of an earlier batch.
        book: digest of the law that decided.
        model: digest of the reference and the rules of matching.
        control: what the batch's decoys showed; None when nothing was compared.
        repeated_asking: requests stopped since one person was asked about at too many addresses.
        looks: what the accepted requests wait for.
        manner: of those that wait, for the decoys of a later look; empty when none waits.
    """

    batch: str
    at: str
    received: date
    file_digest: str
    file_salt: str
    admission: Admission
    repeats: int
    book: str
    model: str
    looks: Looks
    control: Control | None = None
    repeated_asking: int = 0
    manner: tuple[int, ...] = ()


def batch_entries(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts, first_index: int
) -> Iterator[NewEntry | tuple[bytes, bytes]]:
    """Give the entries of a batch, in the order in which they are to be numbered.

    Args:
        con: holds ``recorded``.
        facts: what the entries have in common.
        first_index: index that the first entry will get.
    """
    yield _received(facts, _contents(con))
    if (few := _few_decided(con, facts)) is not None:
        yield from few
    else:
        yield from _many_decided(con, facts)
    yield from _awaited(facts)
    if facts.looks.taken:
        yield from _taken(con, facts, first_index)
    if facts.looks.looked_at:
        yield from _examined(con, facts, first_index)


def entries_before_looks(con: duckdb.DuckDBPyConnection, looks: Looks) -> int:
    """Count the entries of a batch that stand before its ``record.examined``."""
    ((count, taken),) = con.execute(
        f"SELECT (SELECT count(*) FROM {RECORDED}), (SELECT count(*) FROM {RECORDED_TAKEN})"
    ).fetchall()
    return 1 + int(count) + len(looks.awaited) + int(taken)


def entries_of_values(facts: BatchFacts, decided: "Sequence[DecidedRow]") -> Iterator[NewEntry]:
    """Give the entries of a batch in which nobody was looked for and nothing taken as found.

    Args:
        facts: what the entries have in common.
        decided: of each request, in order, what its entry says; see :data:`DecidedRow`.
    """
    yield _received(facts, [content for *_, content, _ in decided])
    yield from _each_decided(facts, decided)
    yield from _awaited(facts)


def _awaited(facts: BatchFacts) -> Iterator[NewEntry]:
    for provision, elements in sorted(facts.looks.awaited.items()):
        yield journal_entry(
            "elements.awaited",
            at=facts.at,
            batch=facts.batch,
            provision=provision,
            elements=" ".join(elements).replace("_", "-"),
        )


def _contents(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    found = rows_of(con, f"SELECT c_content FROM {RECORDED} ORDER BY ordinal")
    return (str(content) for (content,) in found)


def _received(facts: BatchFacts, contents: Iterable[str]) -> NewEntry:
    return journal_entry(
        "batch.received",
        at=facts.at,
        batch=facts.batch,
        file=commit(facts.file_salt, "file", facts.file_digest),
        received=str(facts.received),
        rows=facts.admission.rows,
        row_errors=facts.admission.row_errors,
        repeats=facts.repeats,
        root=commitment_root(contents),
        counts=facts.admission.counts,
    )


def _few_decided(con: duckdb.DuckDBPyConnection, facts: BatchFacts) -> list[NewEntry] | None:
    """Make the entries of few requests one by one; None where there are more."""
    rows = con.execute(
        "SELECT agency, provision, status, mask, c_request, c_content, c_facts"
        f" FROM {RECORDED} ORDER BY ordinal LIMIT {FEW + 1}"
    ).fetchall()
    return None if len(rows) > FEW else _each_decided(facts, rows)


DecidedRow = tuple[str, str, str, str, str, str, str]
"""Agency, provision, status and mask of a request; commitments to its id, content and facts."""

_DECIDED = ("agency", "provision", "status", "mask", "request", "content", "facts")


def _each_decided(facts: BatchFacts, rows: Iterable[DecidedRow]) -> list[NewEntry]:
    told = {"at": facts.at, "batch": facts.batch, "book": facts.book}
    told["received"] = str(facts.received)
    return [
        journal_entry("request.decided", **told, **dict(zip(_DECIDED, row, strict=True)))
        for row in rows
    ]


def _many_decided(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts
) -> Iterator[tuple[bytes, bytes]]:
    decided = entry_sql(
        "request.decided",
        {
            "at": f"'{facts.at}'",
            "batch": f"'{facts.batch}'",
            "agency": "agency",
            "provision": "provision",
            "received": f"'{facts.received}'",
            "status": "status",
            "mask": "mask",
            "book": f"'{facts.book}'",
            "request": "c_request",
            "content": "c_content",
            "facts": "c_facts",
        },
    )
    return _bodies(con, decided, "ordinal")


def _taken(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts, first_index: int
) -> Iterator[tuple[bytes, bytes]]:
    taken = entry_sql(
        "element.taken",
        {
            "at": f"'{facts.at}'",
            "of": f"{first_index + 1} + ordinal",
            "element": "replace(fact, '_', '-')",
        },
    )
    return _bodies(con, taken, "place", RECORDED_TAKEN)


def _examined(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts, first_index: int
) -> Iterator[tuple[bytes, bytes]]:
    examined = entry_sql(
        "record.examined",
        {
            "at": f"'{facts.at}'",
            "of": f"{first_index + 1} + ordinal",
            "outcome": "c_outcome",
            "model": f"'{facts.model}'",
        },
    )
    return _bodies(con, examined, "examined")


def _bodies(
    con: duckdb.DuckDBPyConnection, body: str, number: str, table: str = RECORDED
) -> Iterator[tuple[bytes, bytes]]:
    """Give entries of the requests that have this number, in its order, each with its leaf hash."""
    for these in parts_of(con):
        made = (
            f"SELECT {number} AS number, {body} AS body FROM {these(table)}"
            f" WHERE {number} IS NOT NULL"
        )
        yield from with_leaves(con, made)


def with_leaves(con: duckdb.DuckDBPyConnection, made: str) -> Iterator[tuple[bytes, bytes]]:
    """Give the entries of a query for ``number`` and ``body``, in order, each with its leaf."""
    leaf = "unhex(sha256('\\x00'::BLOB || encode(body)))"
    for text, digest in rows_of(con, f"SELECT body, {leaf} FROM ({made}) ORDER BY number"):
        yield str(text).encode(), digest  # type: ignore[misc]
