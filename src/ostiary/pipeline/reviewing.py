"""An officer's step at the desk: the current law and register read, the desk set up."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import duckdb

from ostiary.domain.words import Finding, Status
from ostiary.keys.files import SigningKey
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
    place: Workplace, request: str, officer: str, key: SigningKey, *, specific: bool
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
            case = desk.case(request)
            day = case.request.received
            ruling = rule_on(con, law, [case], day, place.moment.today)[case.request.id]
            _tell(place, case, findings_of(law.book, ruling.mask, ruling.facts, ruling.day.of))
    return index


def _tell(place: Workplace, case: Case, findings: tuple[Finding, ...]) -> None:
    line = {
        "request_id": case.request.request_id,
        "status": str(Status.RETURNED),
        "findings": [asdict(one) for one in findings],
    }
    with (place.office.batches / case.request.batch / LATER).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


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
