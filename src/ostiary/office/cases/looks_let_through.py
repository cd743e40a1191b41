"""Which of the requests that wait for a look the law of that day lets through."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.intake.facts_of_few import FiledRequest
from ostiary.deciding.intake.facts_of_one import by_column
from ostiary.deciding.law.decide import decide_batch
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import bits_of, mask_of
from ostiary.domain.words import Stage, Status
from ostiary.office.cases import look_at_one
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.disclosure import restore_payloads
from ostiary.office.rulings.few_requests import MOST, FewRequests, put_rulings
from ostiary.office.rulings.permitted_looks import day_of_look, found_in, tell_found
from ostiary.office.rulings.register_days import REGISTER_DAYS
from ostiary.office.rulings.tables import ELIGIBLE, LOOK_FACTS, LOOK_RULINGS
from ostiary.office.store import ReadyRequest


def put_requests(
    con: duckdb.DuckDBPyConnection,
    place: OfficeSession,
    ready: Sequence[ReadyRequest],
    numbers: Collection[int] | None,
    *,
    again: bool,
) -> None:
    """Make ``looked`` (what is stored of each), ``look_requests`` (typed) and ``look_found``."""
    columns = {
        "row": pa.array([one.id for one in ready], pa.int64()),
        "batch": pa.array([one.batch for one in ready], pa.string()),
        "received": pa.array([one.received for one in ready], pa.date32()),
        "payload": pa.array([one.payload for one in ready], pa.string()),
        "salt": pa.array([one.salt for one in ready], pa.string()),
        "entry": pa.array([one.entry_index for one in ready], pa.int64()),
    }
    found = list(place.store.found_of_ready(numbers, again=again))
    facts = {
        "row": pa.array([number for number, _ in found], pa.int64()),
        "fact": pa.array([fact for _, fact in found], pa.string()),
    }
    for name, table in (("looked", columns), ("look_found", facts)):
        con.register("look_given", pa.table(table))
        con.execute(f"CREATE OR REPLACE TABLE {name} AS FROM look_given")
        con.unregister("look_given")
    restore_payloads(con, "SELECT row, payload FROM looked", "look_requests")
    mark_reasons(con, "look_requests", "")
    no_history(con)


def let_through(
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    place: OfficeSession,
    received: Collection[date],
) -> dict[str, int]:
    """Make ``eligible``: what the law of the day lets us look at; count the others by rule."""
    con.execute(ELIGIBLE.made_empty())
    stopped: Counter[str] = Counter()
    for day in sorted(received):
        today = day_of_look(place, day)
        con.execute(
            "CREATE OR REPLACE TEMP TABLE look_of_day AS SELECT r.* FROM look_requests r"
            " JOIN looked l USING (row) WHERE l.received = $1",
            [day],
        )
        _rule(con, law, Day(Stage.DISCLOSURE, day, today))
        con.execute(
            f"INSERT INTO {ELIGIBLE} SELECT r.* FROM look_of_day r JOIN {LOOK_RULINGS} USING (row)"
            f" WHERE status = '{Status.ACCEPTED}'"
        )
        for mask, many in con.execute(
            f"SELECT mask, count(*) FROM {LOOK_RULINGS} GROUP BY mask"
        ).fetchall():
            stopped.update({law.book.rules[bit][1].id: many for bit in bits_of(mask_of(mask))})
    return dict(sorted(stopped.items()))


def let_one_through(
    law: CurrentLaw,
    place: OfficeSession,
    one: ReadyRequest,
    numbers: Collection[int] | None,
    *,
    again: bool,
) -> tuple[FiledRequest | None, dict[str, int]]:
    """Do what :func:`let_through` does, for one request: give it where it may be looked at."""
    when = Day(Stage.DISCLOSURE, one.received, day_of_look(place, one.received))
    found = [
        fact for row, fact in place.store.found_of_ready(numbers, again=again) if row == one.id
    ]
    read = look_at_one.filed(one)
    ruled = look_at_one.rule(law, read, found, when)
    stopped = dict(sorted((law.book.rules[bit][1].id, 1) for bit in bits_of(ruled.mask)))
    return (read if ruled.status is Status.ACCEPTED else None), stopped


def put_one(con: duckdb.DuckDBPyConnection, one: FiledRequest | None) -> None:
    """Make ``eligible`` of a request that :func:`let_one_through` gave."""
    con.execute(ELIGIBLE.made_empty())
    if one is None:
        return
    values: dict[str, object] = {"row": one.row, "reason_digest": None, **one.request}
    values |= by_column(one.name) | by_column(one.address)
    said = {name: values[name] for name in ELIGIBLE.columns if values[name] is not None}
    columns, places = ", ".join(f'"{name}"' for name in said), ", ".join("?" * len(said))
    con.execute(f"INSERT INTO {ELIGIBLE} ({columns}) VALUES ({places})", list(said.values()))


def _rule(con: duckdb.DuckDBPyConnection, law: CurrentLaw, when: Day) -> None:
    """Make :data:`LOOK_RULINGS` of ``look_of_day``, with what persons have found."""
    ((many,),) = con.execute("SELECT count(*) FROM look_of_day").fetchall()
    if many <= MOST:
        few = FewRequests.taken(con, partial(REGISTER_DAYS.of, law.registers), "look_of_day")
        put_rulings(con, few.ruled(law.book, when, found_in(con, "look_found")), LOOK_RULINGS)
        return
    days = Days(when.received, when.disclosed)
    derive_facts(con, days, requests="look_of_day", into=LOOK_FACTS)
    tell_found(con, LOOK_FACTS, "look_found")
    decide_batch(con, law.book, when, facts=LOOK_FACTS, into=LOOK_RULINGS)
