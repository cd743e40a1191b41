"""Following a request: where it stands, its answer, its receipt, its letter.

Whatever the reference file holds for a request, the same things are read and the same is said,
until an answer is released; and then it is said that there is one, not which.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.disk.outgoing import read_outgoing
from ostiary.domain.errors import InputError
from ostiary.domain.words import Use
from ostiary.faces.api.problems import NO_ANSWER_YET, NOT_FOUND, NOTHING_TO_TELL, ProblemError
from ostiary.faces.api.tokens import Caller
from ostiary.office.cases.replies import reply_to, told_later
from ostiary.office.folder.session import OfficeSession
from ostiary.office.letters.composition import NothingToTellError
from ostiary.office.letters.for_agencies import letter_for_agency
from ostiary.office.release.uses import report_use
from ostiary.office.store import CaseRecord
from ostiary.verifying.log.published import prove

_LARGEST = 2**63 - 1
ANSWERED = "answered"


def own_request(place: OfficeSession, caller: Caller, number: int) -> CaseRecord:
    """Give a request of the caller's agency by the number of its log entry.

    Raises:
        ProblemError: there is none, or it is another agency's; nobody is told which.
    """
    try:
        found = place.store.request_at(min(number, _LARGEST))
    except InputError:
        raise ProblemError(NOT_FOUND) from None
    if found.agency != caller.agency:
        raise ProblemError(NOT_FOUND)
    return found


def layers_of(findings: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Say whose rule each finding's is, by rule, where its reply says so.

    It stands beside the findings and not in them: clients of earlier versions take no more than
    four members of a finding, and pass over what else a reply has.
    """
    return {one["rule"]: one["layer"] for one in findings if one.get("layer")}


def status_of(place: OfficeSession, request: CaseRecord) -> dict[str, Any]:
    """Say where a request stands, in the shape of ``StatusOut``."""
    reply = reply_to(place, request)
    later = told_later(place, request)
    findings = (later or reply)["findings"]
    answer = place.store.answer_name(request.id)
    counsel = place.store.answered_by_counsel(request.id)
    return {
        "request_id": request.request_id,
        "status": ANSWERED if answer else (later or reply)["status"],
        "received": str(request.received),
        "findings": findings,
        "layers": layers_of(findings),
        "counsel_answered": str(counsel) if counsel else None,
        "receipt": reply["receipt"],
    }


def answer_to(place: OfficeSession, request: CaseRecord) -> tuple[str, bytes]:
    """Give the sealed answer file and its name.

    Raises:
        ProblemError: there is none yet.
    """
    if (answer := place.store.answer_name(request.id)) is None:
        raise ProblemError(NO_ANSWER_YET)
    name = f"{answer}.answer"
    try:
        return name, read_outgoing(place.office.answers, name)
    except FileNotFoundError:
        raise ProblemError(NO_ANSWER_YET) from None


def reported(place: OfficeSession, request: CaseRecord, use: Use, client: str) -> dict[str, Any]:
    """Take in what became of an answer, in the shape of ``UseOut``.

    Raises:
        ProblemError: there is no answer yet, or nothing can be reported of it any more.
    """
    try:
        report_use(place, request.id, use, client)
    except InputError:
        raise ProblemError(NO_ANSWER_YET) from None
    last = place.store.uses(request.id)[-1]
    return {"request_id": request.request_id, "use": last.use, "reported": str(last.day)}


def receipt_of(place: OfficeSession, request: CaseRecord) -> str:
    """Prove that the published log holds the entry of a request (C2SP tlog-proof)."""
    return prove(place.office.accounting, request.entry_index)


def letter_on(place: OfficeSession, request: CaseRecord) -> bytes:
    """Set the letter on a request.

    Raises:
        ProblemError: there is nothing to tell yet.
    """
    try:
        return letter_for_agency(place, request)
    except NothingToTellError:
        raise ProblemError(NOTHING_TO_TELL) from None
