"""An officer's step at the desk: the current law and register read, the desk set up.

A request whose reason was found not specific is returned, and the agency is told in ``later.jsonl``
of its batch. The determination is stored first; a line that is missing then is added when the
office is next entered.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

import duckdb

from ostiary.accounting.writer import alone, put_durably
from ostiary.domain.words import Status
from ostiary.keys.assertions import Signatory
from ostiary.law.findings import findings_of
from ostiary.pipeline.current_law import CurrentLaw
from ostiary.pipeline.disclosure import rule_on
from ostiary.pipeline.workplace import Workplace
from ostiary.review.desk import Desk
from ostiary.review.officers import Reviewer
from ostiary.review.states import CaseState, state_of
from ostiary.storage import Case

LATER = "later.jsonl"


def determine(
    place: Workplace, request: str, officer: str, key: Signatory, *, specific: bool
) -> int:
    """Have an officer determine whether a reason is specific; tell the agency when it is not.

    A request found not specific is returned with its findings in the batch's ``later.jsonl``.

    Returns:
        The index of the log entry.

    Raises:
        InputError: as :meth:`ostiary.review.desk.Desk.determine`.
    """
    with place.scratch() as con:
        law = place.read_law(con)
        desk = desk_of(place, con, law)
        index = desk.determine(request, officer, key, specific=specific)
        if not specific:
            _tell(place, con, law, [desk.case(request)])
    return index


def tell_missing(place: Workplace) -> None:
    """Tell the agency of each request found not specific that it was not told of yet."""
    store = place.store
    untold = [
        number
        for batch, numbers in store.unspecific_reasons().items()
        if len(_told(place, batch)) < len(numbers)
        for number in numbers
    ]
    if untold:
        with place.scratch() as con:
            _tell(place, con, place.read_law(con), [store.case(number) for number in untold])


def _tell(
    place: Workplace, con: duckdb.DuckDBPyConnection, law: CurrentLaw, cases: Sequence[Case]
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


def _told(place: Workplace, batch: str) -> dict[tuple[str, str], str]:
    """Give the lines of a batch's file by agency and request."""
    later = place.office.batches / batch / LATER
    lines = later.read_text(encoding="utf-8").splitlines() if later.exists() else []
    read = [json.loads(line) for line in lines]
    return {(one["agency"], one["request_id"]): line for one, line in zip(read, lines, strict=True)}


def _line(place: Workplace, con: duckdb.DuckDBPyConnection, law: CurrentLaw, case: Case) -> str:
    """Write the reply to a request whose reason is not specific."""
    day = case.request.received
    ruling = rule_on(con, law, [case], day, place.moment.today)[case.request.id]
    findings = findings_of(law.book, ruling.mask, ruling.facts, ruling.day.of)
    line = {
        "agency": case.request.agency,
        "request_id": case.request.request_id,
        "status": str(Status.RETURNED),
        "findings": [asdict(one) for one in findings],
    }
    return json.dumps(line, ensure_ascii=False)


@contextmanager
def at_desk(place: Workplace) -> Iterator[Desk]:
    """Set up the desk of an office under the law that is current now."""
    with place.scratch() as con:
        law = place.read_law(con)
        yield desk_of(place, con, law)


def desk_of(place: Workplace, con: duckdb.DuckDBPyConnection, law: CurrentLaw) -> Desk:
    """Give the desk under a law whose registers are loaded in ``con``."""
    rows = con.execute(
        'SELECT officer, public_key, "from", "until" FROM reg_reviewers ORDER BY ALL'
    ).fetchall()
    return Desk(place.origin, place.store, law.name, [Reviewer(*row) for row in rows], place.moment)


def waiting(desk: Desk) -> Iterator[tuple[Case, CaseState]]:
    """Give the cases that await a step, with where each stands, in order of receipt."""
    for item in desk.store.queue():
        case = desk.store.case(item.id)
        state = state_of(case, desk.decision(case))
        if state is not CaseState.NOT_SPECIFIC:
            yield case, state
