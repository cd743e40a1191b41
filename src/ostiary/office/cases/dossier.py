"""Everything about one request on one page, for an officer; and the log's own account of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import duckdb

from ostiary.deciding.matching.side_by_side import compare_one
from ostiary.domain.facts import VOCABULARY
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.holds import warning_of
from ostiary.office.cases.looks import log_look
from ostiary.office.cases.notes import notes_shown
from ostiary.office.cases.officers import check_in_office, check_officer, claimed
from ostiary.office.cases.openings import Vote
from ostiary.office.cases.states import WHY_NOT, CaseState
from ostiary.office.cases.steps import desk_of
from ostiary.office.cases.visible_votes import votes_shown
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.decision_document import REASON, Decision, undetermined
from ostiary.office.rulings.disclosure import restore_requests
from ostiary.office.store import ApprovalRecord, Case, RefusalRecord
from ostiary.verifying.keys.assertions import Signatory
from ostiary.verifying.log.entries import Entry, read_entry


def case_file(
    place: OfficeSession,
    request: str,
    *,
    officer: str | None = None,
    key: Signatory | None = None,
) -> dict[str, Any]:
    """Gather what an officer decides by; the look itself goes into the accounting.

    Args:
        place: the office.
        request: the agency's request id, or ``agency/id``.
        officer: who looks.
        key: the officer's signing key. Without it the look is logged as one that nobody proved to
            be the officer's, and what is for this officer alone is not shown.

    Raises:
        InputError: no such request, or it was not let through to review.
        NotAllowedError: no such officer is in office.
        KeyFileError: the key is not the officer's.
    """
    with place.law_and_tables() as (tables, law):
        desk = desk_of(place, tables, law)
        reader, named = _reader(desk, officer, key)
        case = desk.case(request)
        decision = desk.standing(case)
        state = desk.state(case)
        log_look(place, case, named)
        return {
            **_standing(case, state),
            **_decided(decision),
            "request": json.loads(case.request.payload or "{}"),
            "facts": json.loads(case.request.facts or "{}"),
            "warning": warning_of(place, desk, case),
            "verification": _verified(case) if decision else {},
            "comparison": _comparison(place, tables(), case) if decision else [],
            "said": list(_said(case, decision, reader)),
            "notes": [(one.officer, one.text) for one in notes_shown(case, decision, reader)],
        }


def _standing(case: Case, state: CaseState) -> dict[str, Any]:
    """Say which request it is, where it stands and what it waits for."""
    return {
        "request_id": case.request.request_id,
        "agency": case.request.agency,
        "received": str(case.request.received),
        "state": str(state),
        "state_meaning": WHY_NOT[state],
        "awaits": undetermined(case),
    }


def _decided(decision: Decision | None) -> dict[str, Any]:
    """Say what officers would sign; nothing while there is no decision to sign."""
    return {
        "decision": decision.digest if decision else None,
        "answer": str(decision.answer) if decision else None,
        "told": [asdict(one) for one in decision.told] if decision else [],
        "given": [asdict(one) for one in decision.given] if decision else [],
    }


def _verified(case: Case) -> dict[str, Any]:
    """Say how the request compared with the record; nothing before it was compared."""
    if case.verification is None:
        return {}
    found = asdict(case.verification)
    return {name: found[name] for name in ("outcome", "rule", "weight", "margin", "basis")}


def _reader(desk: Desk, officer: str | None, key: Signatory | None) -> tuple[str, str]:
    """Give whom the file is shown to, empty when nobody proved it, and how the look is logged."""
    today = desk.moment.today
    if officer is None:
        return "", claimed(None)
    if key is None:
        check_in_office(desk.reviewers, officer, today)
        return "", claimed(officer)
    check_officer(desk.reviewers, officer, key, today, desk.profile)
    return officer, officer


def history(place: OfficeSession, request: str) -> list[tuple[int, Entry]]:
    """Give every log entry about one request, in order.

    Raises:
        InputError: no such request.
    """
    found = place.store.find_request(request)
    first = found.entry_index
    marks = [f'"{name}":{first},'.encode() for name in ("of", "about")]
    reports = {one.entry_index for one in place.store.uses(found.id)}  # they name no request
    entries = [(first, read_entry(place.store.entry(first).body))]
    for index, body in enumerate(place.store.entries_from(first + 1), first + 1):
        if index in reports:
            entries.append((index, read_entry(body)))
        elif any(mark in body for mark in marks):
            entry = read_entry(body)
            if first in (entry.fields.get("of"), entry.fields.get("about")):
                entries.append((index, entry))
    return entries


def _comparison(
    place: OfficeSession, con: duckdb.DuckDBPyConnection, case: Case
) -> list[dict[str, str]]:
    found = case.verification
    if found is None or not found.person_id:
        return []
    restore_requests(con, [case], "shown_request")
    fields = compare_one(
        con, "shown_request", case.request.id, place.office.reference, found.person_id
    )
    return [asdict(one) for one in fields]


def _said(case: Case, decision: Decision | None, reader: str) -> Iterator[tuple[str, str]]:
    for one in case.determinations:
        name = VOCABULARY[one.fact or REASON].meaning
        officer = one.officer or "nobody: taken as found, in training"
        yield officer, f"{name}: {'yes' if one.found else 'no'}"
    for vote in votes_shown(case, decision, reader):
        yield vote.officer, _vote_in_words(vote)
    if case.counsel:
        yield case.counsel.officer, f"counsel answered: {case.counsel.how}"


def _vote_in_words(vote: Vote) -> str:
    if isinstance(vote, ApprovalRecord):
        return f"approved {vote.digest[:23]}..."
    said = "refused" if isinstance(vote, RefusalRecord) else "ordered another look"
    return f"{said}: {vote.why}"
