"""Whose turn is it at a case that waits for approval? Asked of all waiting cases at once.

Only votes on the decision as it stands count, so it cannot be read off the rows alone. Who has
voted is told to nobody here but of themselves: a worklist says *a colleague*, and never who.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ostiary.domain.errors import NotAllowedError
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.officers import check_another_person
from ostiary.office.cases.states import CaseState, standing_approvals
from ostiary.office.store import Case


@dataclass(frozen=True, slots=True)
class StandingVotes:
    """Who has approved what, of the decisions as they stand.

    Attributes:
        approved: the cases that wait for nothing but their release.
        own: the cases that one officer has approved, under any id.
        voters: the officers who have approved, by case.
    """

    approved: tuple[int, ...]
    own: frozenset[int]
    voters: Mapping[int, frozenset[str]]


def standing_votes(desk: Desk, officer: str) -> StandingVotes:
    """Read the standing votes on all waiting cases, for one officer."""
    approved, own, voters = [], set(), {}
    for case in desk.store.cases(desk.store.approved_at_least(1)):
        decision = desk.standing(case)
        signed = frozenset(one.officer for one in standing_approvals(case, decision))
        if not signed:
            continue
        number = case.request.id
        voters[number] = signed
        if is_approved(desk, case):
            approved.append(number)
        if _has_signed(desk, signed, officer):
            own.add(number)
    return StandingVotes(tuple(approved), frozenset(own), voters)


def is_approved(desk: Desk, case: Case) -> bool:
    """Whether two officers have approved a case as it stands, and nobody has released it."""
    return desk.state(case) is CaseState.APPROVED


def voided(desk: Desk) -> tuple[int, ...]:
    """Name the cases whose approvals count no more: the decision, or its law, has changed since."""
    read = desk.store.cases(desk.store.approved_at_least(1))
    return tuple(
        case.request.id
        for case in read
        if desk.state(case) is CaseState.AWAITS_APPROVAL
        and len(standing_approvals(case, desk.standing(case))) < len(case.approvals)
    )


def awaiting_release(desk: Desk) -> tuple[int, ...]:
    """Name the cases that two officers have approved and nobody has released."""
    return standing_votes(desk, "").approved


def _has_signed(desk: Desk, signed: frozenset[str], officer: str) -> bool:
    """Whether one person has signed already, under this id or, with the same key, another."""
    rows = [row for row in desk.reviewers if row.officer == officer]
    try:
        for row in rows:
            check_another_person(desk.reviewers, signed, row)
    except NotAllowedError:
        return True
    return officer in signed
