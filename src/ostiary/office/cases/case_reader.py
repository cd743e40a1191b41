"""Where a case stands under the law of today, and what may an officer do with it?

All questions and no act: nothing is stored here. Officers act at the desk
(:mod:`ostiary.office.cases.desk`), which asks these questions first.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ostiary.domain.errors import DisposedError, InputError, NotAllowedError
from ostiary.domain.words import Moment, Owed, Status
from ostiary.office.cases.officers import (
    Reviewer,
    SealingKeys,
    check_another_person,
    check_in_office,
    check_not_involved,
    no_sealing_keys,
    recipients_of,
)
from ostiary.office.cases.openings import opened_case
from ostiary.office.cases.signed_words import (
    VOTE_LABEL,
    said_of,
    spoken,
    spoken_by_counsel,
    spoken_vote,
)
from ostiary.office.cases.staleness import mark_of
from ostiary.office.cases.states import (
    WHY_NOT,
    CaseState,
    Step,
    check_step,
    standing_approvals,
    standing_orders,
    state_of,
)
from ostiary.office.folder.log_marks import marks_in
from ostiary.office.rulings.decision_document import (
    REASON,
    Decision,
    decision_on,
    lacking,
    salt_of,
    undetermined,
)
from ostiary.office.store import ApprovalRecord, Case, LookOrderRecord
from ostiary.office.store.cases import CaseStore
from ostiary.verifying.log.commitments import field_salt

Tells = Callable[[str, str | None], tuple[str, ...]]
"""Gives what a provision and an agreement let an answer tell, see ``Book.tells``."""


# What one person says once of one decision, and by what it is seen that they have.
_ONCE_EACH: Mapping[
    Step, Callable[[Case, Decision | None], Sequence[ApprovalRecord | LookOrderRecord]]
] = {Step.APPROVE: standing_approvals, Step.LOOK_AGAIN: standing_orders}


def tells_nothing(_provision: str, _agreement: str | None) -> tuple[str, ...]:
    """Let an answer tell nothing of what it rests on."""
    return ()


@dataclass(frozen=True)
class CaseReader:
    """An office's cases at one moment, under the law that is current.

    Attributes:
        origin: of the office's log.
        store: the office's case store.
        law: digest of the current book, orders included.
        reviewers: the register of the custodian's own officers.
        moment: now.
        owed: whom silence would be no answer to, by provision.
        sealing_keys: gives the keys, as one-line texts, that the register has today for recipients
            of an agency; those without one are left out.
        tells: gives what a provision, and an agreement beside it, let an answer tell.
    """

    origin: str
    store: CaseStore
    law: str
    reviewers: Sequence[Reviewer]
    moment: Moment
    owed: Mapping[str, Owed]
    sealing_keys: SealingKeys = field(default=no_sealing_keys)
    tells: Tells = field(default=tells_nothing)

    def case(self, request: str) -> Case:
        """Find a case by the agency's request id, or ``agency/id`` where two agencies share one.

        Raises:
            InputError: no such request, several, or one that was not let through to review.
        """
        return self.numbered(self.store.find_request(request).id)

    def numbered(self, number: int) -> Case:
        """Find a case by its number in this office.

        Raises:
            InputError: no such request, or one that was not let through to review.
            DisposedError: what opens it has been destroyed on schedule.
            FaultError: the log does not bear out what is stored of it.
        """
        found = opened_case(number, self.store)
        if found.request.status not in {Status.ACCEPTED, Status.TO_COUNSEL}:
            raise InputError(
                f"the request was {found.request.status}, so there is nothing to review",
                where=found.request.request_id,
            )
        if not found.request.salt:
            raise DisposedError(
                "the request's random bits have been destroyed, so nothing is left to look at",
                where=found.request.request_id,
            )
        return found

    def decision(self, case: Case) -> Decision:
        """Give the decision on a case as it stands under the current law.

        Raises:
            NotAllowedError: the record has not been looked at yet.
            OfficeError: the request's random bits have been destroyed.
        """
        found = self.standing(case)
        if found is None:
            raise NotAllowedError(
                WHY_NOT[self._state_given(case, None)],
                where=case.request.request_id,
                cure="determine what is awaited; the look follows",
            )
        return found

    def standing(self, case: Case) -> Decision | None:
        """Give the decision on a case as it stands; None before the record may be seen.

        An older Ostiary looked before persons had spoken. What it found counts from when they have.

        Raises:
            OfficeError: the request's random bits have been destroyed.
        """
        if case.verification is None or undetermined(case) or lacking(case):
            return None
        keys = self.sealing_keys(case.request.agency, recipients_of(case))
        since = marks_in(self.store).read(self.store).rules_since
        return decision_on(self.origin, case, self.law, since, keys, self.may_tell(case))

    def may_tell(self, case: Case) -> tuple[str, ...]:
        """Say what an answer to a case may tell of what it rests on."""
        facts = json.loads(case.request.facts or "{}")
        return self.tells(facts.get("provision") or "", facts.get("agreement"))

    def state(self, case: Case) -> CaseState:
        """Say where a case stands under the current law."""
        return self._state_given(case, self.standing(case))

    def mark(self, case: Case) -> str:
        """Give the mark of a case as it stands, to come back with the step that it led to."""
        return mark_of(case, self.standing(case), self.law)

    def owed_on(self, case: Case) -> Owed:
        """Say whom silence on a case would be no answer to."""
        provision = json.loads(case.request.facts or "{}").get("provision")
        return self.owed.get(str(provision), Owed.NOBODY)

    def check(self, case: Case, decision: Decision | None, step: Step) -> None:
        """Let a step happen, or say why not.

        Raises:
            NotAllowedError: the state of the case does not allow the step.
        """
        check_step(case, decision, step, owed=self.owed_on(case))

    def _state_given(self, case: Case, decision: Decision | None) -> CaseState:
        return state_of(case, decision, owed=self.owed_on(case))

    def words(
        self, case: Case, officer: str, step: Step, *, found: bool = True, fact: str = REASON
    ) -> bytes:
        """Give the bytes that an officer signs with a step on a case as it stands.

        Args:
            case: the case.
            officer: who speaks.
            step: determine, approve, refuse or settle.
            found: what is said of the element; with ``determine`` only.
            fact: the element; with ``determine`` only.

        Raises:
            NotAllowedError: a vote, and the record has not been looked at yet.
            OfficeError: the request's random bits have been destroyed.
        """
        if step is Step.DETERMINE:
            return spoken(self.origin, step, officer, said_of(case, fact, found=found))
        if step is Step.SETTLE and self.standing(case) is None:
            return spoken_by_counsel(self.origin, officer, case)
        own_salt = field_salt(salt_of(case), VOTE_LABEL)
        said = Step.REFUSE if step is Step.SETTLE else step
        return spoken_vote(self.origin, said, officer, self.decision(case).digest, own_salt)

    def why_not(self, case: Case, officer: str, step: Step) -> str:
        """Say why an officer may not take a step on a case now; empty when they may.

        It is the text of the rule that would refuse the step, so a button can carry it.
        """
        try:
            rows = check_in_office(self.reviewers, officer, self.moment.today)
            check_not_involved(case, officer)
            decision = self.standing(case)
            self.check(case, decision, step)
            self.check_first_word(case, decision, rows[0], step)
        except NotAllowedError as error:
            return error.message
        return ""

    def check_first_word(
        self, case: Case, decision: Decision | None, reviewer: Reviewer, step: Step
    ) -> None:
        """Let nobody be two: one person approves a decision, and orders a look on it, once.

        Raises:
            NotAllowedError: the same person has, under this or another id.
        """
        spoken_before = _ONCE_EACH.get(step)
        if spoken_before and decision:
            before = [one.officer for one in spoken_before(case, decision)]
            check_another_person(self.reviewers, before, reviewer)
