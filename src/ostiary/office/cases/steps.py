"""An officer's step at the desk: the current law and register read, the desk set up.

A request of which an element was found lacking is returned, or goes to counsel where a judge
ordered it, and the agency is told in ``later.jsonl`` of its batch. The determination is stored
first; a line that is missing then is added when the office is next entered. When the last awaited
element has been found, the look at the record follows at once, unless it is left for a sweep.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache, partial

import duckdb

from ostiary.deciding.law.decide import asked_of
from ostiary.deciding.law.elements import elements_by_rule, elements_heeded
from ostiary.deciding.law.findings import findings_of
from ostiary.disk.durable import put_durably
from ostiary.disk.locks import alone
from ostiary.domain.errors import InputError
from ostiary.domain.facts import HUMAN
from ostiary.domain.words import Owed, Status
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.examination import Examined, examine
from ostiary.office.cases.officers import reviewers_under
from ostiary.office.cases.recipient_keys import recipient_keys_in
from ostiary.office.cases.states import WITH_COUNSELS_ANSWER, CaseState, Step
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession, under_standing_law
from ostiary.office.folder.small_database import Tables
from ostiary.office.rulings.counted_in_file import as_counted
from ostiary.office.rulings.decision_document import REASON, awaited_by, lacking, undetermined
from ostiary.office.rulings.disclosure import Ruling, rule_on
from ostiary.office.store import Case
from ostiary.office.store.chunks import chunks
from ostiary.verifying.keys.assertions import Signatory

LATER = "later.jsonl"

_READ_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Determined:
    """What a determination led to.

    Attributes:
        index: its log entry.
        awaited: the elements that are still to be determined.
        examined: the look that followed; None when something else is awaited.
    """

    index: int
    awaited: tuple[str, ...]
    examined: Examined | None


@dataclass(frozen=True, slots=True)
class Ordered:
    """What an order of another look led to.

    Attributes:
        index: its log entry.
        examined: the look that followed; None when a second officer's order is awaited.
    """

    index: int
    examined: Examined | None


def determine(
    place: OfficeSession,
    request: str,
    officer: str,
    key: Signatory,
    *,
    found: bool,
    fact: str = REASON,
    look: bool = True,
    why: str = "",
    seen: str = "",
) -> Determined:
    """Have an officer determine one element of the law; look at the record when it was the last.

    A request of which an element is lacking is returned, or goes to counsel where a judge ordered
    it, with its findings in the batch's ``later.jsonl``; its record is never looked at.

    Args:
        place: the office.
        request: id of the request.
        officer: who determines.
        key: the officer's signing key, or a passkey's assertion.
        found: what is found.
        fact: the element.
        look: look at once; otherwise the request is left for a sweep.
        why: why an element is lacking, for officers alone.
        seen: the mark of the case as the officer saw it, where that was not just now.

    Raises:
        InputError: no rule asks for the element that is found lacking; else as
            :meth:`ostiary.office.cases.desk.Desk.determine`.
    """
    with place.law_and_tables() as (tables, law):
        desk = replace(desk_of(place, tables, law), look=None, seen=seen)
        if not found:
            _check_asked(place, tables(), law, desk.case(request), fact)
        index = desk.determine(request, officer, key, found=found, fact=fact, why=why)
        case = desk.case(request)
        if not found:
            _tell(place, tables(), law, [case])
        is_ready = look and desk.state(case) is CaseState.AWAITS_LOOK
        examined = examine(place, tables, law, [case.request.id]) if is_ready else None
    return Determined(index, () if lacking(case) else undetermined(case), examined)


def order_look(
    place: OfficeSession, request: str, officer: str, key: Signatory, why: str, *, seen: str = ""
) -> Ordered:
    """Have an officer order another look at a record; look when it was the second order.

    Args:
        place: the office.
        request: id of the request.
        officer: who orders it.
        key: the officer's signing key, or a passkey's assertion.
        why: for the custodian's own file.
        seen: the mark of the case as the officer saw it, where that was not just now.

    Raises:
        InputError: as :meth:`ostiary.office.cases.desk.Desk.order_look`.
        FaultError: the log does not bear out an order that was given before.
    """
    with place.law_at_hand() as (con, law):
        desk = replace(desk_of(place, lambda: con, law), seen=seen)
        index = desk.order_look(request, officer, key, why)
        case = desk.case(request)
        if desk.state(case) is not CaseState.AWAITS_LOOK:
            return Ordered(index, None)
        return Ordered(index, _look_again(place, lambda: con, law, desk, [case]))


def sweep(place: OfficeSession, requests: Sequence[str] = ()) -> Examined:
    """Look at the records of requests that wait for nothing else: of some, or of all.

    Raises:
        InputError: no such request, or no reference file.
        NotAllowedError: a request that is named waits for something else.
        FaultError: the log does not bear out an order of another look.
    """
    return under_standing_law(partial(_sweep, place, requests))


def _sweep(place: OfficeSession, requests: Sequence[str]) -> Examined:
    with place.scratch() as con:
        law, tables = place.read_law(con), lambda: con
        desk = desk_of(place, tables, law)
        cases = [desk.case(one) for one in requests]
        for case in cases:
            desk.check(case, desk.standing(case), Step.LOOK)
        numbers = [case.request.id for case in cases] if requests else None
        first = examine(place, tables, law, numbers)
        ordered = [one.id for one in place.store.ready_to_look(numbers, again=True)]
        again = [desk.numbered(number) for number in ordered]
        return first.and_then(_look_again(place, tables, law, desk, again))


def _look_again(
    place: OfficeSession,
    tables: Tables,
    law: CurrentLaw,
    desk: Desk,
    cases: Sequence[Case],
) -> Examined:
    """Look at the records of those cases whose orders of another look hold today.

    Raises:
        FaultError: a signature on one of them does not hold.
    """
    numbers = [case.request.id for case in cases if desk.state(case) is CaseState.AWAITS_LOOK]
    return examine(place, tables, law, numbers, again=True) if numbers else Examined((), {}, None)


def tell_missing(place: OfficeSession) -> None:
    """Tell the agency of each request found lacking at review that it was not told of yet."""
    store = place.store
    untold = [
        number
        for batch, numbers in store.found_lacking().items()
        if len(_told(place, batch)) < len(numbers)
        for number in numbers
    ]
    if untold:
        with place.law_at_hand() as (con, law):
            _tell(place, con, law, [store.case(number) for number in untold])


def _tell(
    place: OfficeSession, con: duckdb.DuckDBPyConnection, law: CurrentLaw, cases: Sequence[Case]
) -> None:
    """Add what is missing to the batches' files; each file is replaced as a whole."""
    with alone(place.office.root / ".telling"):
        for case in cases:
            told = _told(place, case.request.batch)
            key = (case.request.agency, case.request.request_id)
            if key not in told:
                told[key] = _line(place, con, law, case)
                later = place.office.batches / case.request.batch / LATER
                put_durably(later, "".join(f"{line}\n" for line in told.values()).encode())


def _told(place: OfficeSession, batch: str) -> dict[tuple[str, str], str]:
    """Give the lines of a batch's file by agency and request."""
    later = place.office.batches / batch / LATER
    lines = later.read_text(encoding="utf-8").splitlines() if later.exists() else []
    read = [json.loads(line) for line in lines]
    return {(one["agency"], one["request_id"]): line for one, line in zip(read, lines, strict=True)}


def _line(place: OfficeSession, con: duckdb.DuckDBPyConnection, law: CurrentLaw, case: Case) -> str:
    """Write the reply to a request of which an element is lacking.

    What nobody has spoken on yet is not held against it: that is the office's to find. What a judge
    ordered is not returned: the order stands, and counsel answers the court.
    """
    day = case.request.received
    ruling = rule_on(con, law, [case], day, place.moment.today)[case.request.id]
    ruling = as_counted(law.book, ruling, case.request)
    unsaid = _about(law, ruling, undetermined(case))
    mask = ruling.mask & ~unsaid | _about(law, ruling, lacking(case))
    findings = findings_of(law.book, mask, ruling.facts, ruling.day.of)
    owed = law.book.owed.get(str(ruling.facts["provision"]))
    status = Status.TO_COUNSEL if owed is Owed.COURT else Status.RETURNED
    line = {
        "agency": case.request.agency,
        "request_id": case.request.request_id,
        "status": str(status),
        "findings": [asdict(one) for one in findings],
    }
    return json.dumps(line, ensure_ascii=False)


def _check_asked(
    place: OfficeSession, con: duckdb.DuckDBPyConnection, law: CurrentLaw, case: Case, fact: str
) -> None:
    """Refuse to return a request for want of what no rule asks of it.

    The return would have no finding: a reply that names no law, and nothing that the agency could
    mend.

    Raises:
        InputError: no rule that speaks to the request reads the element.
    """
    if fact not in HUMAN or fact in awaited_by(case):
        return
    ruling = rule_on(con, law, [case], case.request.received, place.moment.today)[case.request.id]
    asked = elements_heeded(law.book, ruling.facts, ruling.day)
    if fact in asked:
        return
    raise InputError(
        "no rule asks for this of the request, so it cannot be returned for want of it",
        where=fact.replace("_", "-"),
        cure=f"determine what is asked ({', '.join(sorted(asked)).replace('_', '-') or 'nothing'}),"
        " or refuse the decision once the record was looked at: its answer is no answer",
    )


def _about(law: CurrentLaw, ruling: Ruling, elements: Collection[str]) -> int:
    """Give the rules that speak to a request and read some elements.

    A rule may ask for a person's word in doubt alone (26 USC 6103(i)(1)(A)(i): the party). It is
    met where nobody doubts, and still says why a request is returned when an officer finds that the
    element is lacking.
    """
    reads = elements_by_rule(law.book, ruling.day)
    spoken = asked_of(law.book, ruling.facts, ruling.day)
    return sum(1 << one.bit for one in spoken if reads.get(one.bit, frozenset()) & set(elements))


@contextmanager
def at_desk(place: OfficeSession) -> Iterator[Desk]:
    """Set up the desk of an office under the law that is current now."""
    with place.law_at_hand() as (con, law):  # a vote asks for its keys within its transaction
        yield desk_of(place, lambda: con, law)


def desk_of(place: OfficeSession, tables: Tables, law: CurrentLaw) -> Desk:
    """Give the desk under a law, whose registers ``tables`` gives."""
    place.adopt_now(law)
    look = partial(examine, place, tables, law)
    keys = cache(lambda: recipient_keys_in(tables()))  # read where a step asks for them
    return Desk(
        place.origin,
        place.store,
        law.name,
        reviewers_under(law, tables),
        place.moment,
        law.book.owed,
        look=look,
        sealing_keys=lambda agency, officers: keys().of(place.moment.today, agency, officers),
        tells=law.book.tells,
        profile=place.office.config.profile,
    )


def waiting(desk: Desk) -> Iterator[tuple[Case, CaseState]]:
    """Give the cases that await a step, with where each stands, in order of receipt."""
    for queued in chunks(desk.store.queue(), _READ_AT_ONCE):
        read = {case.request.id: case for case in desk.store.cases([one.id for one in queued])}
        for case in (read[one.id] for one in queued):
            state = desk.state(case)
            if state is not CaseState.RETURNED and state not in WITH_COUNSELS_ANSWER:
                yield case, state
