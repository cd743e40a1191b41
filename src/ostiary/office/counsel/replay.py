"""The past decided again: under another book, a new order, or the law of another day.

Facts are taken as they were recorded, so a replay asks one thing only: what would this law have
made of what was known then? Leave of a court and notice to it come after a request: of an answer
they are those that stood on the day on which it left, as the registers have them. A replay changes
nothing in the office. The answers, and the facts that they were given on, are opened against the
log first: a recall that rests on a replay leaves none out.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.tables import FACTS
from ostiary.deciding.law.book import Book, checked
from ostiary.deciding.law.decide import decide_batch
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import bits_of, mask_of
from ostiary.deciding.law.reading import read_book, read_order, read_orders
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import FaultError
from ostiary.domain.facts import HUMAN, VOCABULARY, Facts
from ostiary.domain.words import Stage, Status
from ostiary.office.batches.stages import OnStage, Stages, silent
from ostiary.office.cases.facts_in_custody import kept_facts_file
from ostiary.office.cases.openings import answered_cases
from ostiary.office.folder.law_in_force import CurrentLaw, read_law
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.decision_document import found_of
from ostiary.office.rulings.disclosure import rule_on
from ostiary.office.rulings.stored_facts import LEARNED_SINCE
from ostiary.office.store import BatchRecord, Case

_OF_COURT = (
    "leave_of_court",
    "second_leave_of_court",
    "notice_to_court",
    "second_notice_to_court",
)
"""What is entered of a court after a request was let through."""


@dataclass(frozen=True, slots=True)
class Change:
    """Decisions of one batch that come out otherwise in the same way."""

    batch: str
    before: str
    after: str
    rules: tuple[str, ...]
    requests: int


@dataclass(frozen=True, slots=True)
class AffectedAnswer:
    """An answer that left, and would not leave under the law of the replay."""

    answer_id: str
    request_id: str
    agency: str
    released_on: date
    rules: tuple[str, ...]


def replay(
    place: OfficeSession,
    *,
    book: Path | None = None,
    order: Path | None = None,
    orders: Path | None = None,
    on: date | None = None,
    on_stage: OnStage = silent,
) -> dict[str, Any]:
    """Decide every past request of an office again.

    Args:
        place: the office.
        book: another rule book; the shipped one when ``None``.
        order: a further order of a court.
        orders: a folder of orders in the place of the office's own.
        on: decide by the law of this day rather than of the day of receipt and of release.
        on_stage: told when a stage begins.

    Returns:
        A summary: decisions that differ by kind, the exact answers that are affected, and the
        batches some of whose facts have been destroyed, so that nobody can tell of these.

    Raises:
        BookError: the book or the order cannot be used.
        FaultError: the log does not bear out an answer, or the facts that it was given on.
    """
    law = _law(orders or place.office.orders, book, order)
    stages = Stages(on_stage)
    changes: list[Change] = []
    affected: list[AffectedAnswer] = []
    answered = _answered(place, orders)
    with place.scratch() as con, stages.stage("deciding again"):
        con.register("answered", answered)
        for batch in place.store.batches():
            if not kept_facts_file(place, batch.id).exists():
                continue
            _load(con, place, batch)
            changes += _changes(con, law, batch, on)
            affected += _affected(con, law, batch, on)
    return {
        "law": law.digest,
        "on": str(on) if on else None,
        "decided_otherwise": sum(one.requests for one in changes),
        "changes": [asdict(one) for one in sorted(changes, key=lambda one: -one.requests)],
        "affected_answers": [asdict(one) for one in affected],
        "untold_batches": sorted(place.store.closed_batches()),
        "seconds": dict(stages.seconds),
    }


def _law(orders: Path, book: Path | None, order: Path | None) -> Book:
    law = read_book(book or shipped_book()).extended(read_orders(orders))
    return checked(law.extended([read_order(order)])) if order else law


def _load(con: duckdb.DuckDBPyConnection, place: OfficeSession, batch: BatchRecord) -> None:
    """Make ``past``: the facts of a batch as they were recorded, with what was decided.

    What the vocabulary had no word for then was counted by nobody, and is undetermined else.
    """
    con.execute(
        """
        CREATE OR REPLACE TABLE past AS
        SELECT row_number() OVER () AS row, * FROM read_parquet($1)
        """,
        [str(kept_facts_file(place, batch.id))],
    )
    recorded = {name for name, *_ in con.execute("DESCRIBE past").fetchall()}
    _check_facts(con, batch, [name for name in VOCABULARY if name in recorded])
    for name, fact in VOCABULARY.items():
        if name not in recorded:  # a word that the law has learned since
            nothing = 0 if fact.counted else LEARNED_SINCE.get(name)
            con.execute(f"ALTER TABLE past ADD {name} {FACTS.columns[name]}")
            con.execute(f"UPDATE past SET {name} = $1", [nothing])


def _check_facts(
    con: duckdb.DuckDBPyConnection, batch: BatchRecord, recorded: Sequence[str]
) -> None:
    """See that what custody has of the answered requests of a batch is what the log commits to.

    Raises:
        FaultError: it is not; the request's entry is named.
    """
    members = ", ".join(f"{name} := p.{name}" for name in recorded)
    rows = con.execute(
        f"""
        SELECT d.entry, d.facts, CAST(to_json(struct_pack({members})) AS VARCHAR), p.row
        FROM answered d LEFT JOIN past p USING (request_id, agency)
        WHERE d.batch = $1 AND d.facts IS NOT NULL ORDER BY d.entry
        """,
        [batch.id],
    ).fetchall()
    for entry, stored, kept, row in rows:
        known = json.loads(stored)
        told = {name: known.get(name) for name in recorded}
        if row is None or {**known, **json.loads(kept)} != {**known, **told}:
            raise FaultError(
                f"entry {entry}: the custody of batch {batch.id} holds other facts than the log"
                " commits to; find out who changed it and why, and restore it from the office's"
                " backup"
            )


def _changes(
    con: duckdb.DuckDBPyConnection, law: Book, batch: BatchRecord, on: date | None
) -> Iterator[Change]:
    day = Day(Stage.ADMISSION, on or batch.received)
    decide_batch(con, law, day, facts="past", into="again")
    rows = con.execute(
        """
        SELECT p.status, a.status, a.mask, count(*) FROM past p JOIN again a USING (row)
        WHERE p.status <> a.status GROUP BY ALL
        """
    ).fetchall()
    for before, after, mask, requests in rows:
        yield Change(batch.id, before, after, _rules(law, mask), requests)


def _affected(
    con: duckdb.DuckDBPyConnection, law: Book, batch: BatchRecord, on: date | None
) -> Iterator[AffectedAnswer]:
    """Ask the law of the day of release once more for each answer that left."""
    otherwise = {"disclosed", *HUMAN, *_OF_COURT}
    kept = ", ".join(f"p.{name}" for name in VOCABULARY if name not in otherwise)
    of_court = ", ".join(
        f"CASE WHEN d.ruled THEN d.{name} ELSE p.{name} END AS {name}" for name in _OF_COURT
    )
    found = ", ".join(f"d.{name}" for name in HUMAN)
    days = con.execute(
        "SELECT DISTINCT released_on FROM answered WHERE batch = $1", [batch.id]
    ).fetchall()
    for (released_on,) in days:
        con.execute(
            f"""
            CREATE OR REPLACE TABLE released AS
            SELECT p.row, {kept}, d.released_on AS disclosed, {found}, {of_court},
                   d.answer_id, d.request_id
            FROM past p JOIN answered d USING (request_id, agency)
            WHERE d.batch = $1 AND d.released_on = $2
            """,
            [batch.id, released_on],
        )
        day = Day(Stage.DISCLOSURE, on or batch.received, on or released_on)
        decide_batch(con, law, day, facts="released", into="again")
        rows = con.execute(
            """
            SELECT answer_id, request_id, agency, mask FROM released JOIN again USING (row)
            WHERE status <> $1 ORDER BY request_id
            """,
            [str(Status.ACCEPTED)],
        ).fetchall()
        for answer_id, request_id, agency, mask in rows:
            yield AffectedAnswer(answer_id, request_id, agency, released_on, _rules(law, mask))


def _answered(place: OfficeSession, orders: Path | None) -> pa.Table:
    """Give the answers that left, with the batch their request came in, and leave and notice."""
    cases = [(case.answer, case) for case in answered_cases(place.store) if case.answer]
    of_court = _of_court_when_released(
        place, orders, [(one.released_on, case) for one, case in cases]
    )
    said = [found_of(case) for _, case in cases]
    then = [of_court.get(case.request.id, {}) for _, case in cases]
    rows = [(answer, case.request) for answer, case in cases]
    return pa.table(
        {
            **{name: pa.array([one.get(name) for one in said], pa.bool_()) for name in HUMAN},
            **{name: pa.array([one.get(name) for one in then], pa.string()) for name in _OF_COURT},
            "ruled": pa.array([bool(one) for one in then], pa.bool_()),
            "answer_id": pa.array([answer.answer_id for answer, _ in rows], pa.string()),
            "released_on": pa.array([answer.released_on for answer, _ in rows], pa.date32()),
            "request_id": pa.array([request.request_id for _, request in rows], pa.string()),
            "agency": pa.array([request.agency for _, request in rows], pa.string()),
            "batch": pa.array([request.batch for _, request in rows], pa.string()),
            "entry": pa.array([request.entry_index for _, request in rows], pa.int64()),
            "facts": pa.array([request.facts for _, request in rows], pa.string()),
        }
    )


def _of_court_when_released(
    place: OfficeSession, orders: Path | None, answered: Sequence[tuple[date, Case]]
) -> dict[int, Facts]:
    """Derive leave and notice anew, as the release did, by the number of the request.

    Of a request that has been destroyed nothing is derived.
    """
    days = defaultdict[tuple[date, date], list[Case]](list)
    for released_on, case in answered:
        if case.request.payload is not None:
            days[case.request.received, released_on].append(case)
    if not days:
        return {}
    with _registers(place, orders) as (con, law):
        return {
            number: {name: ruling.facts[name] for name in _OF_COURT}
            for (received, released_on), cases in days.items()
            for number, ruling in rule_on(con, law, cases, received, released_on).items()
        }


@contextmanager
def _registers(
    place: OfficeSession, orders: Path | None
) -> Iterator[tuple[duckdb.DuckDBPyConnection, CurrentLaw]]:
    """Give the registers beside the office's orders, or those in their place.

    Orders in their place may mend one that cannot be read, so the office's own are not read then.
    """
    if orders is None:
        with place.law_at_hand() as found:
            yield found
    else:
        with place.scratch() as con:
            yield con, read_law(con, registers=[place.office.registers], orders=orders)


def _rules(law: Book, mask: str) -> tuple[str, ...]:
    return tuple(law.rules[bit][1].id for bit in bits_of(mask_of(mask)))
