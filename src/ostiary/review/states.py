"""Where a case stands, and which step may follow: a table, and the sentence behind each refusal.

The state is never stored. It follows from what was signed and from the decision as it stands now,
so it cannot be set by hand and cannot be out of date.
"""

from enum import StrEnum

from ostiary.domain.errors import NotAllowedError
from ostiary.review.decisions import Decision, reason_is_specific
from ostiary.storage import ApprovalRecord, Case

OFFICERS_NEEDED = 2


class CaseState(StrEnum):
    """Where a case stands between verification and answer."""

    AWAITS_REASON = "awaits-reason"
    NOT_SPECIFIC = "not-specific"
    AWAITS_APPROVAL = "awaits-approval"
    APPROVED = "approved"
    ANSWERED = "answered"


class Step(StrEnum):
    """What can be done with a case."""

    DETERMINE = "determine"
    APPROVE = "approve"
    REFUSE = "refuse"
    RELEASE = "release"


ALLOWED: dict[CaseState, frozenset[Step]] = {
    CaseState.AWAITS_REASON: frozenset({Step.DETERMINE}),
    CaseState.NOT_SPECIFIC: frozenset(),
    CaseState.AWAITS_APPROVAL: frozenset({Step.DETERMINE, Step.APPROVE, Step.REFUSE}),
    CaseState.APPROVED: frozenset({Step.DETERMINE, Step.REFUSE, Step.RELEASE}),
    CaseState.ANSWERED: frozenset(),
}

WHY_NOT: dict[CaseState, str] = {
    CaseState.AWAITS_REASON: "no officer has yet determined whether the reason is specific",
    CaseState.NOT_SPECIFIC: "an officer found the reason not specific; the request is returned",
    CaseState.AWAITS_APPROVAL: "two officers have not yet approved this decision as it stands",
    CaseState.APPROVED: "two officers have approved this decision already",
    CaseState.ANSWERED: "the request has been answered",
}


def standing_approvals(case: Case, decision: Decision) -> tuple[ApprovalRecord, ...]:
    """Give the approvals that hold: those over exactly this decision."""
    return tuple(one for one in case.approvals if one.digest == decision.digest)


def state_of(case: Case, decision: Decision) -> CaseState:
    """Say where a case stands."""
    if case.answer is not None:
        return CaseState.ANSWERED
    specific = reason_is_specific(case)
    if specific is None:
        return CaseState.AWAITS_REASON
    if not specific:
        return CaseState.NOT_SPECIFIC
    officers = {one.officer for one in standing_approvals(case, decision)}
    return CaseState.APPROVED if len(officers) >= OFFICERS_NEEDED else CaseState.AWAITS_APPROVAL


def check_step(case: Case, decision: Decision, step: Step) -> None:
    """Let a step happen, or say why not.

    Raises:
        NotAllowedError: the state of the case does not allow the step.
    """
    state = state_of(case, decision)
    if step not in ALLOWED[state]:
        raise NotAllowedError(f"cannot {step}: {WHY_NOT[state]}", where=case.request.request_id)
