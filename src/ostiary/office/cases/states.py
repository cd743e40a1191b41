"""Where a case stands, and which step may follow: a table, and the sentence behind each refusal.

The state is never stored. It follows from what was signed and from the decision as it stands now,
so it cannot be set by hand and cannot be out of date.
"""

from enum import StrEnum

from ostiary.domain.errors import NotAllowedError
from ostiary.domain.words import FOR_COUNSEL, OFFICERS_NEEDED, Owed, Status
from ostiary.office.rulings.decision_document import Decision, lacking, undetermined
from ostiary.office.store import ApprovalRecord, Case, LookOrderRecord

CERTIFIED = "Certified to the court, 26 USC 6103(i)(6): "
"""How a certificate begins, among an officer's words on a case."""
SETTLED = "Answered by counsel: "
"""How the word begins that counsel has answered a judge's order by another way."""


class CaseState(StrEnum):
    """Where a case stands between admission and answer."""

    AWAITS_DETERMINATION = "awaits-determination"
    RETURNED = "returned"
    AWAITS_LOOK = "awaits-look"
    TO_COUNSEL = "to-counsel"
    CERTIFIED = "certified"
    SETTLED = "settled"
    AWAITS_APPROVAL = "awaits-approval"
    APPROVED = "approved"
    ANSWERED = "answered"


class Step(StrEnum):
    """What can be done with a case."""

    DETERMINE = "determine"
    LOOK = "look"
    LOOK_AGAIN = "look-again"
    APPROVE = "approve"
    REFUSE = "refuse"
    CERTIFY = "certify"
    SETTLE = "settle"
    RELEASE = "release"


ALLOWED: dict[CaseState, frozenset[Step]] = {
    CaseState.AWAITS_DETERMINATION: frozenset({Step.DETERMINE}),
    CaseState.RETURNED: frozenset(),
    CaseState.AWAITS_LOOK: frozenset({Step.DETERMINE, Step.LOOK}),
    CaseState.TO_COUNSEL: frozenset({Step.CERTIFY, Step.SETTLE, Step.LOOK_AGAIN}),
    CaseState.CERTIFIED: frozenset(),
    CaseState.SETTLED: frozenset(),
    CaseState.AWAITS_APPROVAL: frozenset(
        {Step.DETERMINE, Step.APPROVE, Step.REFUSE, Step.LOOK_AGAIN}
    ),
    CaseState.APPROVED: frozenset({Step.DETERMINE, Step.REFUSE, Step.LOOK_AGAIN, Step.RELEASE}),
    CaseState.ANSWERED: frozenset(),
}

WHY_NOT: dict[CaseState, str] = {
    CaseState.AWAITS_DETERMINATION: (
        "officers have not yet determined every element that the law leaves to a person, such as"
        " whether the reason is specific"
    ),
    CaseState.RETURNED: (
        "an officer found an element lacking, such as a specific reason; the request is returned"
    ),
    CaseState.AWAITS_LOOK: (
        "the record has not been looked at yet, or not since two officers ordered that again"
    ),
    CaseState.TO_COUNSEL: (
        "silence is no answer to a judge's order, nor to a danger, and a return is none to a judge:"
        " counsel certifies to the court where a hold bars the answer (26 USC 6103(i)(6)), or"
        " answers by another way, and no answer leaves here"
    ),
    CaseState.CERTIFIED: "counsel certified to the court; no answer leaves here",
    CaseState.SETTLED: "counsel answered it by another way; no answer leaves here",
    CaseState.AWAITS_APPROVAL: "two officers have not yet approved this decision as it stands",
    CaseState.APPROVED: "two officers have approved this decision already",
    CaseState.ANSWERED: "the request has been answered",
}


BEFORE_THE_LOOK = frozenset({CaseState.AWAITS_DETERMINATION, CaseState.AWAITS_LOOK})
"""Where a case waits as long as its record is not looked at, or not anew."""
WITH_COUNSELS_ANSWER = frozenset({CaseState.CERTIFIED, CaseState.SETTLED})
"""Where a case ends that counsel has answered, so that no answer leaves here."""
IN_WORK = BEFORE_THE_LOOK | {CaseState.AWAITS_APPROVAL, CaseState.APPROVED}
"""Where a case waits that may still be answered by this corridor."""


# Who is owed an answer is not refused one; counsel gives it another way, and says how.
_NOT_REFUSED: dict[Owed, tuple[str, str]] = {
    Owed.COURT: (
        "a judge's order is not refused: silence is no answer to a court",
        "give it to counsel, who answers the court: `review settle`",
    ),
    Owed.DANGER: (
        "what is told of a danger is not refused: silence is no answer to who is in it",
        "give it to counsel, who sees to who has to be told: `review settle`",
    ),
}


def standing_approvals(case: Case, decision: Decision | None) -> tuple[ApprovalRecord, ...]:
    """Give the approvals that hold: those over exactly this decision."""
    return tuple(one for one in case.approvals if decision and one.digest == decision.digest)


def standing_orders(case: Case, decision: Decision | None) -> tuple[LookOrderRecord, ...]:
    """Give the orders of another look that hold: those over exactly this decision."""
    return tuple(one for one in case.orders if decision and one.digest == decision.digest)


def _is_ordered_again(case: Case, decision: Decision) -> bool:
    return len({one.officer for one in standing_orders(case, decision)}) >= OFFICERS_NEEDED


def state_of(case: Case, decision: Decision | None, *, owed: Owed = Owed.NOBODY) -> CaseState:
    """Say where a case stands.

    Args:
        case: the case.
        decision: as it stands now; None as long as the record has not been looked at.
        owed: whom silence would be no answer to.
    """
    if case.request.status is Status.TO_COUNSEL:
        return _with_counsel(case)
    if case.answer is not None:
        return CaseState.ANSWERED
    return _state_in_work(case, decision, owed)


def _with_counsel(case: Case) -> CaseState:
    return CaseState.SETTLED if case.counsel else CaseState.TO_COUNSEL


def _state_in_work(case: Case, decision: Decision | None, owed: Owed) -> CaseState:
    if case.counsel is not None:
        return CaseState.SETTLED
    if lacking(case):  # 26 USC 6103(i)(1)(A): the order stands, whatever an officer found
        return CaseState.TO_COUNSEL if owed is Owed.COURT else CaseState.RETURNED
    if undetermined(case):
        return CaseState.AWAITS_DETERMINATION
    if decision is None or _is_ordered_again(case, decision):
        return CaseState.AWAITS_LOOK
    return _state_after_look(case, decision, owed)


def _state_after_look(case: Case, decision: Decision, owed: Owed) -> CaseState:
    if is_settled(case):
        certified = any(one.why.startswith(CERTIFIED) for one in case.refusals)
        return CaseState.CERTIFIED if certified else CaseState.SETTLED
    is_silent = decision.answer is Status.NO_ANSWER
    if is_held_for_court(case) or (is_silent and owed is not Owed.NOBODY):
        return CaseState.TO_COUNSEL
    officers = {one.officer for one in standing_approvals(case, decision)}
    return CaseState.APPROVED if len(officers) >= OFFICERS_NEEDED else CaseState.AWAITS_APPROVAL


def is_held_for_court(case: Case) -> bool:
    """Whether a hold met a judge's order."""
    return case.verification is not None and case.verification.rule == FOR_COUNSEL


def is_settled(case: Case) -> bool:
    """Whether counsel has certified or answered."""
    voted = any(one.why.startswith((CERTIFIED, SETTLED)) for one in case.refusals)
    return voted or case.counsel is not None


def is_owed_still(case: Case, owed: Owed) -> bool:
    """Whether silence would be no answer to an accepted request, and nobody has answered it yet."""
    if owed is Owed.NOBODY or case.answer is not None or is_settled(case):
        return False
    return owed is Owed.COURT or not lacking(case)


def check_step(
    case: Case, decision: Decision | None, step: Step, *, owed: Owed = Owed.NOBODY
) -> None:
    """Let a step happen, or say why not.

    Raises:
        NotAllowedError: the state of the case does not allow the step.
    """
    state = state_of(case, decision, owed=owed)
    allowed = ALLOWED[state]
    if owed in _NOT_REFUSED and state in IN_WORK:  # the law may keep it from here for ever
        if step is Step.REFUSE and step in allowed:
            why, cure = _NOT_REFUSED[owed]
            raise NotAllowedError(why, where=case.request.request_id, cure=cure)
        allowed = allowed - {Step.REFUSE} | {Step.SETTLE}
    if step is Step.LOOK_AGAIN and step in allowed and decision is None:
        raise NotAllowedError(
            "cannot look-again: no record may be looked at, for the law, or what an officer found,"
            " sent the request to counsel",
            where=case.request.request_id,
        )
    if step not in allowed:
        raise NotAllowedError(f"cannot {step}: {WHY_NOT[state]}", where=case.request.request_id)
    if step is Step.CERTIFY and not (decision and is_held_for_court(case)):
        raise NotAllowedError(
            "cannot certify: no hold stands in the way of this request",
            where=case.request.request_id,
            cure="say how counsel answers instead: `review settle`",
        )
