"""The law on the day of disclosure: facts derived anew from the stored requests, and a ruling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.law.decide import decide_batch
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import mask_of
from ostiary.deciding.standardisation import standardise
from ostiary.domain.columns import REQUEST
from ostiary.domain.facts import VOCABULARY, Facts
from ostiary.domain.words import Stage, Status
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.rulings.decision_document import found_of
from ostiary.office.store import Case

_RESTORED = "approved_requests"
_JSON_TYPES = {
    "text": "VARCHAR",
    "digits": "VARCHAR",
    "date": "DATE",
    "flag": "BOOLEAN",
    "list": ["VARCHAR"],
    "years": ["INTEGER"],
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the law says of a case on the day of disclosure.

    Attributes:
        status: accepted when it may leave.
        mask: the rules not met.
        day: the legal time.
        facts: what was known.
        items: the items asked for.
    """

    status: Status
    mask: int
    day: Day
    facts: Facts
    items: tuple[str, ...]


def rule_on(
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    cases: Sequence[Case],
    received: date,
    today: date,
) -> Mapping[int, Ruling]:
    """Rule on cases that were received on one day.

    Args:
        con: holds the registers of ``law``.
        law: the law that is current.
        cases: what two officers have approved.
        received: their day of receipt.
        today: the day of disclosure.

    Returns:
        A ruling for each case, by the number of its request.
    """
    restore_requests(con, cases, _RESTORED)
    mark_reasons(con, _RESTORED, "")
    no_history(con)
    days = Days(received, today)
    derive_facts(con, days, requests=_RESTORED, into="approved_facts")
    _add_human_facts(con, cases)
    day = Day(Stage.DISCLOSURE, received, today)
    decide_batch(con, law.book, day, facts="approved_facts", into="rulings")
    names = list(VOCABULARY)
    rows = con.execute(
        f"""
        SELECT row, status, mask, coalesce(r.items, []), {", ".join(f"f.{name}" for name in names)}
        FROM rulings JOIN approved_facts f USING (row) JOIN approved_requests r USING (row)
        """
    ).fetchall()
    return {
        row: Ruling(
            Status(status), mask_of(mask), day, dict(zip(names, facts, strict=True)), tuple(items)
        )
        for row, status, mask, items, *facts in rows
    }


def restore_requests(con: duckdb.DuckDBPyConnection, cases: Sequence[Case], into: str) -> None:
    """Make a table of typed, standardised requests from the JSON in which the store keeps them.

    ``row`` is the number of the request in this office.
    """
    stored = pa.table(
        {
            "row": pa.array([case.request.id for case in cases], pa.int64()),
            "payload": pa.array([case.request.payload for case in cases], pa.string()),
        }
    )
    con.register("stored_requests", stored)
    restore_payloads(con, "SELECT row, payload FROM stored_requests", into)
    con.unregister("stored_requests")


def restore_payloads(con: duckdb.DuckDBPyConnection, stored: str, into: str) -> None:
    """Make a table of typed, standardised requests from a query for ``row`` and ``payload``."""
    members = ", ".join(f'"{column.name}": {_json(column.kind)}' for column in REQUEST)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE restored AS
        SELECT row, unnest(from_json(payload, '{{{members}}}')) FROM ({stored})
        """
    )
    con.execute(f"DROP TABLE IF EXISTS {into}")
    standardise(con, "restored", into)


def _json(kind: str) -> str:
    declared = _JSON_TYPES[kind]
    return f'["{declared[0]}"]' if isinstance(declared, list) else f'"{declared}"'


def _add_human_facts(con: duckdb.DuckDBPyConnection, cases: Sequence[Case]) -> None:
    for case in cases:
        for name, found in found_of(case).items():
            con.execute(
                f"UPDATE approved_facts SET {name} = $1 WHERE row = $2", [found, case.request.id]
            )
