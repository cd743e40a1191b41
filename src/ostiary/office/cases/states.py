"""Where a case stands, and which step may follow: a table, and the sentence behind each refusal.

The state is never stored. It follows from what was signed and from the decision as it stands now,
so it cannot be set by hand and cannot be out of date.
"""

from enum import StrEnum

from ostiary.domain.errors import NotAllowedError
from ostiary.domain.words import FOR_COUNSEL, OFFICERS_NEEDED, Status
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
        "silence is no answer to a judge's order, nor to a danger: counsel certifies to the court"
        " (26 USC 6103(i)(6)) or answers by another way, and no answer leaves here"
    ),
    CaseState.CERTIFIED: (
        "counsel certified to the court, or answered by another way; no answer leaves here"
    ),
    CaseState.AWAITS_APPROVAL: "two officers have not yet approved this decision as it stands",
    CaseState.APPROVED: "two officers have approved this decision already",
    CaseState.ANSWERED: "the request has been answered",
}


def standing_approvals(case: Case, decision: Decision | None) -> tuple[ApprovalRecord, ...]:
    """Give the approvals that hold: those over exactly this decision."""
    return tuple(one for one in case.approvals if decision and one.digest == decision.digest)


def standing_orders(case: Case, decision: Decision | None) -> tuple[LookOrderRecord, ...]:
    """Give the orders of another look that hold: those over exactly this decision."""
    return tuple(one for one in case.orders if decision and one.digest == decision.digest)


def _is_ordered_again(case: Case, decision: Decision) -> bool:
    return len({one.officer for one in standing_orders(case, decision)}) >= OFFICERS_NEEDED


def state_of(case: Case, decision: Decision | None, *, for_court: bool = False) -> CaseState:
    """Say where a case stands.

    Args:
        case: the case.
        decision: as it stands now; None as long as the record has not been looked at.
        for_court: whether a judge ordered it, so that *no answer* is none.
    """
    if case.request.status is Status.TO_COUNSEL:
        return CaseState.CERTIFIED if case.counsel else CaseState.TO_COUNSEL
    if case.answer is not None:
        return CaseState.ANSWERED
    return _state_in_work(case, decision, for_court=for_court)


def _state_in_work(case: Case, decision: Decision | None, *, for_court: bool) -> CaseState:
    if lacking(case):
        return CaseState.RETURNED
    if undetermined(case):
        return CaseState.AWAITS_DETERMINATION
    if decision is None or _is_ordered_again(case, decision):
        return CaseState.AWAITS_LOOK
    return _state_after_look(case, decision, for_court=for_court)


def _state_after_look(case: Case, decision: Decision, *, for_court: bool) -> CaseState:
    if is_settled(case):
        return CaseState.CERTIFIED
    if is_held_for_court(case) or (for_court and decision.answer is Status.NO_ANSWER):
        return CaseState.TO_COUNSEL
    officers = {one.officer for one in standing_approvals(case, decision)}
    return CaseState.APPROVED if len(officers) >= OFFICERS_NEEDED else CaseState.AWAITS_APPROVAL


def is_held_for_court(case: Case) -> bool:
    """Whether a hold met a judge's order."""
    return case.verification is not None and case.verification.rule == FOR_COUNSEL


def is_settled(case: Case) -> bool:
    """Whether counsel has certified or answered, of a case whose record was looked at."""
    return any(one.why.startswith((CERTIFIED, SETTLED)) for one in case.refusals)


def check_step(
    case: Case, decision: Decision | None, step: Step, *, for_court: bool = False
) -> None:
    """Let a step happen, or say why not.

    Raises:
        NotAllowedError: the state of the case does not allow the step.
    """
    state = state_of(case, decision, for_court=for_court)
    allowed = ALLOWED[state]
    if for_court and Step.REFUSE in allowed:
        allowed = allowed - {Step.REFUSE} | {Step.SETTLE}
        if step is Step.REFUSE:
            raise NotAllowedError(
                "a judge's order is not refused: silence is no answer to a court",
                where=case.request.request_id,
                cure="give it to counsel, who answers the court: `review settle`",
            )
    if step is Step.LOOK_AGAIN and step in allowed and decision is None:
        raise NotAllowedError(
            "cannot look-again: no record was looked at, for the law sent the request to counsel",
            where=case.request.request_id,
        )
    if step not in allowed:
        raise NotAllowedError(f"cannot {step}: {WHY_NOT[state]}", where=case.request.request_id)
    if step is Step.CERTIFY and not is_held_for_court(case):
        raise NotAllowedError(
            "cannot certify: no hold stands in the way of this request",
            where=case.request.request_id,
            cure="say how counsel answers instead: `review settle`",
        )
