"""The law on the day of disclosure: facts derived anew from the stored requests, and a ruling.

Few cases are ruled on in Python, many by DuckDB, from the same texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

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
from ostiary.office.rulings.few_requests import MOST, FewRequests, Found, Ruled
from ostiary.office.rulings.register_days import REGISTER_DAYS
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
    day = Day(Stage.DISCLOSURE, received, today)
    found = {case.request.id: found_of(case) for case in cases}
    ruled = (_rule_few if len(cases) <= MOST else _rule_many)(con, law, day, found)
    items = dict(con.execute(f"SELECT row, coalesce(items, []) FROM {_RESTORED}").fetchall())
    return {
        one.row: Ruling(one.status, one.mask, day, one.facts, tuple(items[one.row]))
        for one in ruled
    }


def _rule_few(
    con: duckdb.DuckDBPyConnection, law: CurrentLaw, day: Day, found: Found
) -> Iterable[Ruled]:
    few = FewRequests.taken(con, partial(REGISTER_DAYS.of, law.registers), _RESTORED)
    return few.ruled(law.book, day, found)


def _rule_many(
    con: duckdb.DuckDBPyConnection, law: CurrentLaw, day: Day, found: Found
) -> Iterable[Ruled]:
    derive_facts(con, Days(day.received, day.disclosed), requests=_RESTORED, into="approved_facts")
    for row, elements in found.items():
        for name, holds in elements.items():
            con.execute(f"UPDATE approved_facts SET {name} = $1 WHERE row = $2", [holds, row])
    decide_batch(con, law.book, day, facts="approved_facts", into="rulings")
    names = list(VOCABULARY)
    rows = con.execute(
        f"SELECT row, status, mask, {', '.join(names)} FROM rulings JOIN approved_facts USING (row)"
    ).fetchall()
    for row, status, mask, *facts in rows:
        yield Ruled(row, dict(zip(names, facts, strict=True)), mask_of(mask), Status(status))


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
