"""The look at a record after persons have spoken: of one request, or a sweep over all that wait.

The law is asked anew, on the day of the look, with the day of receipt beside it and all that
persons have found: an order in force on either day keeps the reference closed. Whatever passes is
compared as a batch is, beside its decoys, under the limit of repeated asking. What the record
showed is stored with its log entries in one transaction; custody files follow, and are written
again when the office is next entered, should that be cut short.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.law.decide import decide_batch
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import bits_of, mask_of
from ostiary.deciding.matching.tables import NEWLY_ASKED, VERIFICATIONS
from ostiary.deciding.matching.verify import verify_batch
from ostiary.disk.durable import put_durably
from ostiary.disk.locks import alone
from ostiary.domain.words import Stage, Status
from ostiary.office.batches.batch_entries import with_leaves
from ostiary.office.batches.batch_folder import CUSTODY, MANNER
from ostiary.office.batches.overtaking import OvertakenError, committing_alone
from ostiary.office.batches.recorded_parts import rows_of
from ostiary.office.batches.recorded_requests import OUTCOME
from ostiary.office.batches.tables import ASKED_ROWS
from ostiary.office.batches.verification import Verified, compare
from ostiary.office.cases import look_at_one
from ostiary.office.cases.officers import reviewers_under
from ostiary.office.cases.openings import opened_cases
from ostiary.office.cases.signatures import check_words, speakers_of
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.disclosure import restore_payloads
from ostiary.office.rulings.few_requests import MOST, FewRequests, put_rulings
from ostiary.office.rulings.permitted_looks import day_of_look, found_in, tell_found
from ostiary.office.rulings.register_days import REGISTER_DAYS
from ostiary.office.rulings.tables import ELIGIBLE, LOOK_FACTS, LOOK_RULINGS
from ostiary.office.store import NewExamination, ReadyRequest, Transaction
from ostiary.verifying.log.commitments import commit_sql
from ostiary.verifying.log.entries import entry_sql

_VERIFICATIONS = "verifications.parquet"
_ASKED = (
    f"SELECT token, place, row FROM {ASKED_ROWS}"
    " ORDER BY place IS NULL, CASE WHEN place IS NULL THEN token ELSE row END, place"
)
ONE = 1
"""Requests of a look for which no tables are made."""
_LOOKED_AT = f"SELECT row FROM {VERIFICATIONS} ORDER BY row"


@dataclass(frozen=True, slots=True)
class Examined:
    """What a look did.

    Attributes:
        looked_at: numbers of the requests whose record was looked at.
        stopped: how many the law of today keeps from it, by rule.
        decoys: what the decoys showed; None when nothing was looked at.
    """

    looked_at: tuple[int, ...]
    stopped: Mapping[str, int]
    decoys: Mapping[str, Any] | None

    @property
    def exceeded(self) -> bool:
        """Whether decoys showed that too many confirmations could be wrong; then none is given."""
        return bool(self.decoys and self.decoys["exceeded"])

    def and_then(self, other: "Examined") -> "Examined":
        """Give both as one; of decoys, those that showed too much."""
        decoys = self.decoys if self.exceeded or not other.decoys else other.decoys
        stopped = Counter(self.stopped) + Counter(other.stopped)
        return Examined(self.looked_at + other.looked_at, dict(sorted(stopped.items())), decoys)


def examine(
    place: OfficeSession,
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    numbers: Collection[int] | None = None,
    *,
    again: bool = False,
) -> Examined:
    """Look at the records of requests that wait for nothing else.

    Args:
        place: the office; see :func:`.rulings.permitted_looks.day_of_look` for the day.
        con: holds the registers of ``law``.
        law: the law that is current.
        numbers: look at these alone, as far as they wait for it; at all that do when None.
        again: look at those that two officers have ordered another look at, outside the limit on
            asking.

    Raises:
        InputError: the office has no reference file.
        FaultError: the log does not bear out what the case store says of a request, or an officer's
            word on it was not signed by that officer.
    """
    look = partial(_examine, place, con, law, numbers, again=again)
    try:
        return look(partial(committing_alone, place))
    except OvertakenError:
        with committing_alone(place):
            return look(nullcontext)


def _examine(
    place: OfficeSession,
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    numbers: Collection[int] | None,
    turn: Callable[[], AbstractContextManager[None]],
    *,
    again: bool,
) -> Examined:
    """Look as :func:`examine` does; ``turn`` lets one run or look commit at a time.

    Raises:
        OvertakenError: what was settled meanwhile changes what may be confirmed; nothing changed.
    """
    ready = list(place.store.ready_to_look(numbers, again=again))
    if not ready:
        return Examined((), {}, None)
    _check_words(con, law, place, ready)
    if len(ready) <= ONE and look_at_one.is_readable(ready[0]):
        stopped = _let_one_through(con, law, place, ready[0], numbers, again=again)
    else:
        _put_requests(con, place, ready, numbers, again=again)
        stopped = _let_through(con, law, place, {one.received for one in ready})
    verified = _compared(con, place, law, ready, again=again)
    with turn(), place.store.write() as txn:
        verified = verified.bounded_again()
        place.adopt(txn, law)
        verified.limit.count_again()
        _drop_overtaken(con, place, ready, numbers, again=again)
        verified.limit.rows()
        looked_at = [row for (row,) in con.execute(_LOOKED_AT).fetchall()]
        stated = verified.control.stated() if verified.control else None
        if looked_at:
            row = NewExamination(
                day=place.moment.today,
                model=verified.model,
                requests=len(looked_at),
                decoys=json.dumps(stated),
                at=place.moment.at,
            )
            if len(ready) <= ONE:
                _store_one(con, txn, row, ready[0], again=again)
            else:
                _store(con, txn, row, verified, again=again)
    tell_custody(place)
    return Examined(tuple(looked_at), stopped, stated)


def _check_words(
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    place: OfficeSession,
    ready: Sequence[ReadyRequest],
) -> None:
    """See that officers signed what is stored as theirs on each request.

    Raises:
        FaultError: one did not, or the log does not bear out what is stored.
    """
    speakers = speakers_of(place, reviewers_under(law, con))
    for case, entry_at in opened_cases([one.id for one in ready], place.store):
        check_words(case, speakers, entry_at)


def _compared(
    con: duckdb.DuckDBPyConnection,
    place: OfficeSession,
    law: CurrentLaw,
    ready: Sequence[ReadyRequest],
    *,
    again: bool,
) -> Verified:
    """Compare those in ``eligible`` beside their decoys."""
    return compare(
        con,
        place,
        _told_apart(place, ready),
        verify_batch,
        law.book,
        day_of_look(place, ready[-1].received),
        manner=_manner(place, ready),
        lifted=[one.id for one in ready] if again else (),
        unwatched=True,
    )


def tell_custody(place: OfficeSession) -> None:
    """Write what looks showed into the custody files of the batches, where that is not done yet."""
    with alone(place.office.root / ".examining"):
        for number, batches in place.store.untold_examinations().items():
            for batch in batches:
                _write_verifications(place, batch)
            with place.store.write() as txn:
                txn.mark_examination_done(number)


def _put_requests(
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


def _let_through(
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


def _let_one_through(
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    place: OfficeSession,
    one: ReadyRequest,
    numbers: Collection[int] | None,
    *,
    again: bool,
) -> dict[str, int]:
    """Do what :func:`_let_through` does, for one request."""
    con.execute(ELIGIBLE.made_empty())
    when = Day(Stage.DISCLOSURE, one.received, day_of_look(place, one.received))
    found = [
        fact for row, fact in place.store.found_of_ready(numbers, again=again) if row == one.id
    ]
    read = look_at_one.filed(one)
    ruled = look_at_one.rule(law, read, found, when)
    if ruled.status is Status.ACCEPTED:
        look_at_one.put_eligible(con, read)
    return dict(sorted((law.book.rules[bit][1].id, 1) for bit in bits_of(ruled.mask)))


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


def _told_apart(place: OfficeSession, ready: Sequence[ReadyRequest]) -> str:
    """Give what no agency knows and what tells this look from others."""
    entries = ",".join(str(one.entry_index) for one in ready)
    return place.secret_text() + hashlib.sha256(entries.encode()).hexdigest()


def _manner(place: OfficeSession, ready: Sequence[ReadyRequest]) -> tuple[int, ...]:
    """Give the manner of the file that requests came in: of the latest, where there are several."""
    path = place.office.batches / ready[-1].batch / CUSTODY / MANNER
    return tuple(json.loads(path.read_text(encoding="ascii"))) if path.is_file() else ()


def _drop_overtaken(
    con: duckdb.DuckDBPyConnection,
    place: OfficeSession,
    ready: Sequence[ReadyRequest],
    numbers: Collection[int] | None,
    *,
    again: bool,
) -> None:
    """Leave out what another program has looked at, or an officer ended, since it was read."""
    still = {one.id for one in place.store.ready_to_look(numbers, again=again)}
    if still.issuperset(one.id for one in ready):
        return
    con.register("look_still", pa.table({"row": pa.array(sorted(still), pa.int64())}))
    for table in (VERIFICATIONS, NEWLY_ASKED):
        con.execute(f"DELETE FROM {table} WHERE row NOT IN (SELECT row FROM look_still)")
    con.unregister("look_still")


def _store(
    con: duckdb.DuckDBPyConnection,
    txn: Transaction,
    row: NewExamination,
    verified: Verified,
    *,
    again: bool,
) -> None:
    """Store verifications with their entries, in the order of the requests' numbers."""
    con.execute(
        f"""
        CREATE OR REPLACE TABLE examined AS
        SELECT v.*, l.batch, l.entry, row_number() OVER (ORDER BY row) - 1 AS ordinal,
               {commit_sql("l.salt", "outcome", OUTCOME)} AS c_outcome
        FROM {VERIFICATIONS} v JOIN looked l USING (row)
        """
    )
    body = entry_sql(
        "record.examined",
        {
            "at": f"'{row.at}'",
            "of": "entry",
            "outcome": "c_outcome",
            "model": f"'{verified.model}'",
        },
    )
    txn.add_looks(
        row,
        rows_of(
            con,
            "SELECT row, outcome, rule, person_id, weight, margin, basis,"
            f" {txn.next_index} + ordinal FROM examined ORDER BY ordinal",
        ),
        with_leaves(con, f"SELECT ordinal AS number, {body} AS body FROM examined"),
        rows_of(con, _ASKED),
        again=again,
    )


def _store_one(
    con: duckdb.DuckDBPyConnection,
    txn: Transaction,
    row: NewExamination,
    one: ReadyRequest,
    *,
    again: bool,
) -> None:
    """Do what :func:`_store` does, for one request."""
    found = con.execute(
        f"SELECT row, outcome, rule, person_id, weight, margin, basis FROM {VERIFICATIONS}"
    ).fetchall()
    made = list(
        look_at_one.verifications_with_entries(found, one, row.at, row.model, txn.next_index)
    )
    txn.add_looks(
        row,
        [stored for stored, _ in made],
        [entry for _, entry in made],
        rows_of(con, _ASKED),
        again=again,
    )


def _write_verifications(place: OfficeSession, batch: str) -> None:
    """Write the custody file of a batch anew from the case store; nothing where custody is gone."""
    custody = place.office.batches / batch / CUSTODY
    if not custody.is_dir():
        return
    kinds = {
        "request_id": pa.string(),
        "outcome": pa.string(),
        "rule": pa.string(),
        "person_id": pa.string(),
        "weight": pa.float64(),
        "margin": pa.float64(),
        "basis": pa.string(),
    }
    rows = list(place.store.verifications_of(batch))
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    table = pa.table(
        {
            name: pa.array(values, kind)
            for (name, kind), values in zip(kinds.items(), columns, strict=True)
        }
    )
    written = BytesIO()  # a file beside it could be left behind
    pq.write_table(table, written, compression="zstd")
    put_durably(custody / _VERIFICATIONS, written.getvalue())
