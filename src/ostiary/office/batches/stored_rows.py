"""The rows of a batch as the case store takes them."""

from collections.abc import Iterator
from datetime import date

import duckdb

from ostiary.deciding.intake.tables import FACTS
from ostiary.deciding.matching.tables import VERIFICATIONS
from ostiary.domain.words import WORKED_ON
from ostiary.office.batches.batch_entries import BatchFacts, entries_before_looks
from ostiary.office.batches.recorded_few import FACTS_AS_JSON, facts_texts
from ostiary.office.batches.recorded_parts import FEW, parts_of, rows_of
from ostiary.office.batches.tables import ASKED_ROWS, CONTENTS, RECORDED, RECORDED_TAKEN
from ostiary.office.rulings.permitted_looks import Looks
from ostiary.office.rulings.tables import AWAITING

_KEPT = str(tuple(map(str, WORKED_ON)))
ASKED_ORDER = "ORDER BY place IS NULL, CASE WHEN place IS NULL THEN token ELSE row END, place"
"""Places first, request by request; then names, by their digest."""


def request_rows(
    con: duckdb.DuckDBPyConnection, received: date, first_index: int, first_request: int
) -> Iterator[tuple[object, ...]]:
    """Give the rows of requests as ``storage.RequestRow`` orders them.

    Facts and the request itself are kept in the case store for those let through, and those that
    counsel answers; for the others they stay in the batch's custody folder.
    """
    if (few := _few_request_rows(con, received, first_index, first_request)) is not None:
        yield from few
        return
    for these in parts_of(con):
        yield from rows_of(
            con,
            f"""
            SELECT {first_request} + n.ordinal, coalesce(n.given_agency, ''), n.request_id,
                   n.content, n.row, n.salt, n.status, n.mask, DATE '{received}', c.payload,
                   CASE WHEN f.row IS NOT NULL THEN {FACTS_AS_JSON} END,
                   coalesce(n.reason_digest, ''), coalesce(a.awaits, ''),
                   {first_index + 1} + n.ordinal
            FROM {these(RECORDED)} n
            LEFT JOIN {these(AWAITING)} a USING (row)
            LEFT JOIN {these(CONTENTS)} c ON c.row = n.row AND n.status IN {_KEPT}
            LEFT JOIN {these(FACTS)} f ON f.row = n.row AND n.status IN {_KEPT}
            ORDER BY n.ordinal
            """,
        )


def _few_request_rows(
    con: duckdb.DuckDBPyConnection, received: date, first_index: int, first_request: int
) -> list[tuple[object, ...]] | None:
    """Give those of few requests; None where there are more.

    What is kept of those let through is asked where there are any: one large statement for all
    takes 16 ms to plan.
    """
    rows = con.execute(
        f"""
        SELECT row, ordinal, given_agency, request_id, content, salt, status, mask, reason_digest,
               awaits
        FROM {RECORDED} LEFT JOIN {AWAITING} USING (row) ORDER BY ordinal LIMIT {FEW + 1}
        """
    ).fetchall()
    if len(rows) > FEW:
        return None
    kept = {row[0] for row in rows if row[6] in WORKED_ON}
    opened = _kept_of(con) if kept else {}
    return [
        stored_row(
            *(ordinal, agency, request_id, content, row, salt, status, mask),
            *(received, opened.get(row, (None, None)), reason, awaits),
            first_index=first_index,
            first_request=first_request,
        )
        for row, ordinal, agency, request_id, content, salt, status, mask, reason, awaits in rows
    ]


def stored_row(
    ordinal: int,
    agency: str | None,
    request_id: str,
    content: str,
    row: int,
    salt: str,
    status: str,
    mask: str,
    received: date,
    opened: tuple[str | None, str | None],
    reason: str | None,
    awaits: str | None,
    *,
    first_index: int,
    first_request: int,
) -> tuple[object, ...]:
    """Give the row of one request, the one at ``ordinal`` of its batch.

    ``opened`` is the request and its facts as text, where somebody works on it; see
    :func:`request_rows`.
    """
    return (
        *(first_request + ordinal, agency or "", request_id, content, row, salt, status, mask),
        *(received, *opened, reason or "", awaits or ""),
        first_index + 1 + ordinal,
    )


def _kept_of(con: duckdb.DuckDBPyConnection) -> dict[int, tuple[str, str]]:
    """Give the request and the facts, as text, of those that somebody works on, by row."""
    found = con.execute(
        f"SELECT n.row, c.payload FROM {RECORDED} n JOIN {CONTENTS} c USING (row)"
        f" WHERE n.status IN {_KEPT}"
    ).fetchall()
    facts = facts_texts(con, [row for row, _ in found])
    return {row: (payload, facts[row]) for row, payload in found}


def determination_rows(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts, first_index: int, first_request: int
) -> Iterator[tuple[object, ...]]:
    """Give the elements taken as found as ``storage.DeterminationRow`` orders them."""
    if not facts.looks.taken:
        return
    ((count,),) = con.execute(f"SELECT count(*) FROM {RECORDED}").fetchall()
    first = first_index + 1 + count + len(facts.looks.awaited)
    yield from rows_of(
        con,
        f"""
        SELECT {first_request} + ordinal, '', fact, TRUE, ''::BLOB, '{facts.at}', {first} + place
        FROM {RECORDED_TAKEN} ORDER BY place
        """,
    )


def verification_rows(
    con: duckdb.DuckDBPyConnection, looks: Looks, first_index: int, first_request: int
) -> Iterator[tuple[object, ...]]:
    """Give the verifications as ``storage.VerificationRow`` orders them."""
    if not looks.looked_at:
        return
    first = first_index + entries_before_looks(con, looks)
    for these in parts_of(con):
        yield from rows_of(
            con,
            f"""
            SELECT {first_request} + ordinal, v.outcome, v.rule, v.person_id, v.weight, v.margin,
                   v.basis, {first} + examined
            FROM {these(RECORDED)} n JOIN {these(VERIFICATIONS)} v USING (row)
            ORDER BY ordinal
            """,
        )


def asked_rows(con: duckdb.DuckDBPyConnection, first_request: int) -> Iterator[tuple[object, ...]]:
    """Give by what keyed digests the requests compared are found again, with their numbers."""
    return rows_of(
        con,
        f"SELECT token, place, {first_request} + ordinal"
        f" FROM {ASKED_ROWS} JOIN {RECORDED} USING (row)"
        f" {ASKED_ORDER}",
    )
