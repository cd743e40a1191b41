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
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.facts_of_few import FiledRequest
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.reference_integrity import check_reference
from ostiary.deciding.matching.tables import NEWLY_ASKED, VERIFICATIONS
from ostiary.deciding.matching.verify import verify_batch
from ostiary.office.batches.asking_of_one import InDoubtError
from ostiary.office.batches.batch_folder import CUSTODY, MANNER
from ostiary.office.batches.overtaking import OvertakenError, committing_alone
from ostiary.office.batches.verification import Verified, compare
from ostiary.office.cases import look_at_one
from ostiary.office.cases.look_by_values import look_by_values
from ostiary.office.cases.looks_in_custody import tell_custody_soon
from ostiary.office.cases.looks_let_through import (
    let_one_through,
    let_through,
    put_one,
    put_requests,
)
from ostiary.office.cases.looks_stored import store_compared, store_many, store_one
from ostiary.office.cases.officers import reviewers_under
from ostiary.office.cases.openings import opened_cases
from ostiary.office.cases.signatures import check_words, speakers_of
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.office.folder.small_database import Tables
from ostiary.office.rulings.permitted_looks import day_of_look
from ostiary.office.store import NewExamination, ReadyRequest

ONE = 1
"""Requests of a look for which no tables are made."""
_LOOKED_AT = f"SELECT row FROM {VERIFICATIONS} ORDER BY row"


@dataclass(frozen=True, slots=True)
class Examined:
    """What a look did.

    Attributes:
        looked_at: numbers of the requests whose record was looked at.
        stopped: how many the law of today keeps from it, by rule.
        grounds: what each of those rules rests on, and whose it is.
        decoys: what the decoys showed; None when nothing was looked at.
    """

    looked_at: tuple[int, ...]
    stopped: Mapping[str, int]
    decoys: Mapping[str, Any] | None
    grounds: Mapping[str, str] = field(default_factory=dict)

    @property
    def exceeded(self) -> bool:
        """Whether decoys showed that too many confirmations could be wrong; then none is given."""
        return bool(self.decoys and self.decoys["exceeded"])

    def and_then(self, other: "Examined") -> "Examined":
        """Give both as one; of decoys, those that showed too much."""
        decoys = self.decoys if self.exceeded or not other.decoys else other.decoys
        stopped = Counter(self.stopped) + Counter(other.stopped)
        return Examined(
            self.looked_at + other.looked_at,
            dict(sorted(stopped.items())),
            decoys,
            {**self.grounds, **other.grounds},
        )


def examine(
    place: OfficeSession,
    tables: Tables,
    law: CurrentLaw,
    numbers: Collection[int] | None = None,
    *,
    again: bool = False,
) -> Examined:
    """Look at the records of requests that wait for nothing else.

    Args:
        place: the office; see :func:`.rulings.permitted_looks.day_of_look` for the day.
        tables: gives the registers of ``law``; not asked where the look is one by values.
        law: the law that is current.
        numbers: look at these alone, as far as they wait for it; at all that do when None.
        again: look at those that two officers have ordered another look at, outside the limit on
            asking.

    Raises:
        InputError: the office has no reference file.
        FaultError: the log does not bear out what the case store says of a request, or an officer's
            word on it was not signed by that officer.
    """
    look = partial(_examine, place, tables, law, numbers, again=again)
    try:
        return look(partial(committing_alone, place))
    except OvertakenError:
        with committing_alone(place):
            return look(nullcontext)


def _examine(
    place: OfficeSession,
    tables: Tables,
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
    _check_words(tables, law, place, ready)
    if len(ready) <= ONE and look_at_one.is_readable(ready[0]):
        one = ready[0]
        read, stopped = let_one_through(law, place, one, numbers, again=again)
        try:
            return _examine_one(place, law, one, read, stopped, turn, again=again)
        except InDoubtError:
            con = tables()
            put_one(con, read)  # nothing was stored: the tables tell
        store = partial(store_compared, con, one=one)
    else:
        con = tables()
        put_requests(con, place, ready, numbers, again=again)
        stopped = let_through(con, law, place, {one.received for one in ready})
        store = partial(store_many, con)
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
            row = _examination(place, verified.model, len(looked_at), stated)
            store(txn, row, again=again)
    tell_custody_soon(place)
    return Examined(tuple(looked_at), stopped, stated, _grounds(law, stopped))


def _examine_one(
    place: OfficeSession,
    law: CurrentLaw,
    one: ReadyRequest,
    read: FiledRequest | None,
    stopped: Mapping[str, int],
    turn: Callable[[], AbstractContextManager[None]],
    *,
    again: bool,
) -> Examined:
    """Look at one request as :func:`_examine` does, without tables.

    ``read`` is the request where the law lets it through, and ``stopped`` says what keeps it.

    Raises:
        InDoubtError: tables are needed; nothing changed.
        OvertakenError: see there.
    """
    day, manner = day_of_look(place, one.received), _manner(place, [one])
    found = look_by_values(place, read, law.book, day, manner) if read else None
    if found is None:
        check_reference(place.office.reference)
        open_model(place.office.reference)
    looked_at: tuple[int, ...] = ()
    stated = None
    with turn(), place.store.write() as txn:
        found = found and found.counted_again()
        place.adopt(txn, law)
        if found is not None:
            stated = found.control.stated()
            if one.id in {still.id for still in place.store.ready_to_look([one.id], again=again)}:
                looked_at = (one.id,)
                row = _examination(place, found.model.digest, 1, stated)
                store_one(txn, row, one, found.row, found.asked(), again=again)
    tell_custody_soon(place)
    return Examined(looked_at, stopped, stated, _grounds(law, stopped))


def _grounds(law: CurrentLaw, stopped: Mapping[str, int]) -> dict[str, str]:
    return {rule: law.book.grounds[rule] for rule in stopped}


def _examination(
    place: OfficeSession, model: str, many: int, stated: Mapping[str, object] | None
) -> NewExamination:
    return NewExamination(
        day=place.moment.today,
        model=model,
        requests=many,
        decoys=json.dumps(stated),
        at=place.moment.at,
    )


def _check_words(
    tables: Tables,
    law: CurrentLaw,
    place: OfficeSession,
    ready: Sequence[ReadyRequest],
) -> None:
    """See that officers signed what is stored as theirs on each request.

    Raises:
        FaultError: one did not, or the log does not bear out what is stored.
    """
    speakers = speakers_of(place, reviewers_under(law, tables))
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
