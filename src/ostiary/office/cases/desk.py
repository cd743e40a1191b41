"""The desk: where officers determine, approve and refuse, one case at a time.

Each step checks who may (``officers``), then what the state allows (``states``), signs the exact
words of the step, and stores signature and log entry, all in one transaction. There is no step for
two cases at once.

An officer signs with a key file, or with a passkey in a browser. A passkey's assertion was made
before it comes here; the words are written anew from the case as it stands, so an assertion over a
decision that has changed meanwhile is worth nothing.

The log is public, and a refusal tells of the answer. So an approval and a refusal are the same
entry, `answer.voted`, and whoever has no salt can try both words in vain: on the commitment, and
on the signature, which an officer's public key would otherwise open.
"""

import base64
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ostiary.domain.errors import DisposedError, InputError, NotAllowedError
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.words import Moment, Status
from ostiary.office.cases.event_index import events_in
from ostiary.office.cases.notes import NOTE, RETURN, noted
from ostiary.office.cases.officers import (
    Reviewer,
    SealingKeys,
    check_another_person,
    check_in_office,
    check_not_involved,
    check_officer,
    no_sealing_keys,
    recipients_of,
)
from ostiary.office.cases.openings import opened_case
from ostiary.office.cases.signed_words import (
    HOW_LABEL,
    VOTE_LABEL,
    said_of,
    spoken,
    spoken_by_counsel,
    spoken_vote,
    vote_text,
)
from ostiary.office.cases.staleness import check_fresh, mark_of
from ostiary.office.cases.states import (
    CERTIFIED,
    SETTLED,
    WHY_NOT,
    CaseState,
    Step,
    check_step,
    standing_approvals,
    standing_orders,
    state_of,
)
from ostiary.office.rulings.decision_document import (
    REASON,
    Decision,
    decision_on,
    lacking,
    salt_of,
    undetermined,
)
from ostiary.office.store import (
    Case,
    CaseStore,
    NewApproval,
    NewCounselAnswer,
    NewDetermination,
    NewEntry,
    NewLookOrder,
    NewNote,
    NewRefusal,
    Transaction,
)
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.keys.assertions import Signatory, signed_by
from ostiary.verifying.keys.files import Profile
from ostiary.verifying.log.commitments import commit, field_salt

LONGEST_WHY = 2000

Tells = Callable[[str, str | None], tuple[str, ...]]
"""Gives what a provision and an agreement let an answer tell, see ``Book.tells``."""


def tells_nothing(_provision: str, _agreement: str | None) -> tuple[str, ...]:
    """Let an answer tell nothing of what it rests on."""
    return ()


@dataclass(frozen=True)
class Desk:
    """An office's desk at one moment, under the law that is current.

    Attributes:
        origin: of the office's log.
        store: the office's case store.
        law: digest of the current book, orders included.
        reviewers: the register of the custodian's own officers.
        moment: now.
        for_court: provisions under which a judge orders, so that a silent *no answer* is none.
        look: looks at the records of requests, by number, as far as the law of today allows; it
            follows on the last element found. Without it, requests are left for a sweep.
        profile: of the office: which kinds of key its officers sign with.
        sealing_keys: gives the keys, as one-line texts, that the register has today for recipients
            of an agency; those without one are left out.
        tells: gives what a provision, and an agreement beside it, let an answer tell.
        seen: the mark of the case as the officer saw it (:meth:`mark`); a step on a case that has
            changed since is refused. Empty for who reads and steps in one, as a command does.
    """

    origin: str
    store: CaseStore
    law: str
    reviewers: Sequence[Reviewer]
    moment: Moment
    for_court: frozenset[str]
    look: Callable[[Collection[int]], object] | None = None
    sealing_keys: SealingKeys = field(default=no_sealing_keys)
    tells: Tells = field(default=tells_nothing)
    seen: str = ""
    profile: Profile = "modern"

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
                WHY_NOT[self._state(case, None)],
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
        return decision_on(
            self.origin, case, self.law, self.store.rules_since(), keys, self.may_tell(case)
        )

    def may_tell(self, case: Case) -> tuple[str, ...]:
        """Say what an answer to a case may tell of what it rests on."""
        facts = json.loads(case.request.facts or "{}")
        return self.tells(facts.get("provision") or "", facts.get("agreement"))

    def state(self, case: Case) -> CaseState:
        """Say where a case stands under the current law."""
        return self._state(case, self.standing(case))

    def mark(self, case: Case) -> str:
        """Give the mark of a case as it stands, to come back with the step that it led to."""
        return mark_of(case, self.standing(case), self.law)

    def is_for_court(self, case: Case) -> bool:
        """Whether a judge ordered what is asked."""
        return json.loads(case.request.facts or "{}").get("provision") in self.for_court

    def check(self, case: Case, decision: Decision | None, step: Step) -> None:
        """Let a step happen, or say why not.

        Raises:
            NotAllowedError: the state of the case does not allow the step.
        """
        check_step(case, decision, step, for_court=self.is_for_court(case))

    def _state(self, case: Case, decision: Decision | None) -> CaseState:
        return state_of(case, decision, for_court=self.is_for_court(case))

    def determine(
        self,
        request: str,
        officer: str,
        key: Signatory,
        *,
        found: bool,
        fact: str = REASON,
        why: str = "",
    ) -> int:
        """Store an officer's word on one element that the law leaves to a person.

        A new word makes a new decision, so approvals given before no longer stand. An element found
        lacking ends the case: the request is returned, and the agency may send another.

        Args:
            request: id of the request.
            officer: who speaks.
            key: the officer's signing key, or a passkey's assertion over the words of the step.
            found: what was found.
            fact: the element: a word of the vocabulary that a person determines, such as
                ``reason_specific``.
            why: why it is lacking; a note for officers, stored with the word.

        Returns:
            The index of the log entry.

        Raises:
            InputError: no such case, or no such element; the why is too long.
            NotAllowedError: the officer may not, or the state does not allow it.
            KeyFileError: the key is not the officer's.
        """
        if fact not in VOCABULARY or not VOCABULARY[fact].human:
            raise InputError("a person does not determine this", where=fact)
        with self._taking(request, officer, key, Step.DETERMINE) as (txn, case, _):
            words = self.words(case, officer, Step.DETERMINE, found=found, fact=fact)
            signature = signed_by(key, words)
            row = NewDetermination(case.request.id, officer, fact, found, signature, self.moment.at)
            index = txn.add_determination(row, _determined(case, row))
            if why.strip():
                note = self._note(case, officer, RETURN, why)
                txn.add_note(note, noted(case, note))
        self._look_if_last(case.request.id)
        return index

    def write_note(
        self,
        request: str,
        officer: str,
        text: str,
        kind: str = NOTE,
        *,
        key: Signatory | None = None,
    ) -> int:
        """Store a note for other officers. It decides nothing, and is not signed.

        Args:
            request: id of the request.
            officer: who writes.
            text: the words; nobody outside is ever told.
            kind: what it was written with, as in :mod:`ostiary.office.cases.notes`.
            key: the officer's signing key, where the caller does not know who writes.

        Returns:
            The index of the log entry.

        Raises:
            InputError: no such case, or nothing is said.
            NotAllowedError: no such officer is in office, or the request names them.
            KeyFileError: the key is not the officer's.
        """
        check_in_office(self.reviewers, officer, self.moment.today)
        if key is not None:
            check_officer(self.reviewers, officer, key, self.moment.today, self.profile)
        case = self.case(request)
        check_not_involved(case, officer)
        row = self._note(case, officer, kind, text)
        with self.store.write() as txn:
            return txn.add_note(row, noted(case, row))

    def _note(self, case: Case, officer: str, kind: str, text: str) -> NewNote:
        _check_why(text)
        return NewNote(case.request.id, officer, kind, text.strip(), self.moment.at)

    def _look_if_last(self, number: int) -> None:
        if self.look and self.state(self.numbered(number)) is CaseState.AWAITS_LOOK:
            self.look([number])

    def approve(self, request: str, officer: str, key: Signatory) -> int:
        """Store an officer's approval of the decision as it stands.

        Returns:
            The index of the log entry.

        Raises:
            InputError: no such case.
            NotAllowedError: the officer may not, has approved already under any id, or the state
                does not allow it.
            KeyFileError: the key is not the officer's.
        """
        with self._taking(request, officer, key, Step.APPROVE) as (txn, case, reviewer):
            decision = self.decision(case)
            signed = [one.officer for one in standing_approvals(case, decision)]
            check_another_person(self.reviewers, signed, reviewer)
            signature = signed_by(key, self.words(case, officer, Step.APPROVE))
            row = NewApproval(case.request.id, officer, decision.digest, signature, self.moment.at)
            entry = _voted(case, row, vote_text(Step.APPROVE, officer, decision.digest))
            return txn.add_approval(row, entry)

    def refuse(self, request: str, officer: str, key: Signatory, why: str) -> int:
        """Store an officer's refusal: the answer becomes *no answer*, whatever the file held.

        That is another decision, so two officers have to approve it before it leaves. The log
        shows that the officer voted, not how.

        Args:
            request: id of the request.
            officer: who refuses.
            key: the officer's signing key, or a passkey's assertion over the words of the step.
            why: for the custodian's file; the agency never sees it.

        Returns:
            The index of the log entry.

        Raises:
            InputError: no such case, or no reason given.
            NotAllowedError: the officer may not, or the state does not allow it.
            KeyFileError: the key is not the officer's.
        """
        _check_why(why)
        with self._taking(request, officer, key, Step.REFUSE) as (txn, case, _):
            return self._refused(txn, case, officer, key, why)

    def order_look(self, request: str, officer: str, key: Signatory, why: str) -> int:
        """Store an officer's order to look at the record again, outside the limit on asking.

        Once two officers have ordered it on one decision, the case waits for that look, and what it
        shows counts in place of what was there. So a stop of the person limit is lifted, and what
        was decided on a reference file that has been loaded anew since can be looked at again. It
        is stored and logged as a refusal is: nobody outside can tell it from another vote.

        Args:
            request: id of the request.
            officer: who orders it.
            key: the officer's signing key, or a passkey's assertion.
            why: for the custodian's own file.

        Returns:
            The index of the log entry.

        Raises:
            InputError: no such case, or no reason given.
            NotAllowedError: the officer may not, has ordered it already under any id, or the state
                does not allow it.
            KeyFileError: the key is not the officer's.
        """
        _check_why(why)
        with self._taking(request, officer, key, Step.LOOK_AGAIN) as (txn, case, reviewer):
            decision = self.decision(case)
            self._check_other_orders(case, decision, reviewer)
            digest = decision.digest
            signature = signed_by(key, self.words(case, officer, Step.LOOK_AGAIN))
            row = NewLookOrder(case.request.id, officer, digest, why, signature, self.moment.at)
            entry = _voted(case, row, vote_text(Step.LOOK_AGAIN, officer, digest, why))
            return txn.add_look_order(row, entry)

    def _check_other_orders(
        self, case: Case, decision: Decision | None, reviewer: Reviewer
    ) -> None:
        ordered = [one.officer for one in standing_orders(case, decision)]
        check_another_person(self.reviewers, ordered, reviewer)

    def certify(self, request: str, officer: str, key: Signatory, docket: str) -> int:
        """Store that counsel certified the bar of 26 USC 6103(i)(6) to the court.

        It is stored and logged as a refusal is: from outside nobody can tell it from another vote,
        so that the log does not say that a hold exists. No answer leaves here afterwards.

        Args:
            request: id of the request.
            officer: who certifies for the custodian.
            key: the officer's signing key, or a passkey's assertion over the words of a refusal.
            docket: court, docket number and day of the certificate.

        Returns:
            The index of the log entry.

        Raises:
            InputError: no such case, or no docket given.
            NotAllowedError: the officer may not, or the case is not with counsel.
            KeyFileError: the key is not the officer's.
        """
        why = f"{CERTIFIED}{docket.strip()}"
        if not docket.strip() or len(why) > LONGEST_WHY:
            raise InputError("say court, docket number and day", where="--docket")
        with self._taking(request, officer, key, Step.CERTIFY) as (txn, case, _):
            return self._refused(txn, case, officer, key, why)

    def settle(self, request: str, officer: str, key: Signatory, how: str) -> int:
        """Store how counsel answered, by another way, what this corridor must not be silent on.

        Of a request that went to counsel at admission the log says that counsel answered it. Once a
        record was looked at, the entry is that of a vote, as for a certificate.

        Args:
            request: id of the request.
            officer: who says so for the custodian.
            key: the officer's signing key, or a passkey's assertion over the words of the step.
            how: what was done, when, and for whom; for the custodian alone.

        Returns:
            The index of the log entry.

        Raises:
            InputError: no such case, or nothing is said.
            NotAllowedError: the officer may not, or the case is not for counsel.
            KeyFileError: the key is not the officer's.
        """
        why = f"{SETTLED}{how.strip()}"
        if not how.strip() or len(why) > LONGEST_WHY:
            raise InputError(f"say how, in at most {LONGEST_WHY} characters", where="--how")
        with self._taking(request, officer, key, Step.SETTLE) as (txn, case, _):
            if case.request.status is not Status.TO_COUNSEL:
                return self._refused(txn, case, officer, key, why)
            signature = signed_by(key, self.words(case, officer, Step.SETTLE))
            row = NewCounselAnswer(
                case.request.id, officer, self.moment.today, how.strip(), signature, self.moment.at
            )
            return txn.add_counsel_answer(row, _answered_by_counsel(case, row))

    def _refused(self, txn: Transaction, case: Case, officer: str, key: Signatory, why: str) -> int:
        digest = self.decision(case).digest
        signature = signed_by(key, self.words(case, officer, Step.REFUSE))
        row = NewRefusal(case.request.id, officer, digest, why, signature, self.moment.at)
        entry = _voted(case, row, vote_text(Step.REFUSE, officer, digest, why))
        return txn.add_refusal(row, entry)

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
        if case.request.status is Status.TO_COUNSEL:
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
            if step is Step.APPROVE and decision:
                signed = [one.officer for one in standing_approvals(case, decision)]
                check_another_person(self.reviewers, signed, rows[0])
            if step is Step.LOOK_AGAIN:
                self._check_other_orders(case, decision, rows[0])
        except NotAllowedError as error:
            return error.message
        return ""

    @contextmanager
    def _taking(
        self, request: str, officer: str, key: Signatory, step: Step
    ) -> Iterator[tuple[Transaction, Case, Reviewer]]:
        """Open the transaction of an officer's step; let them take it, or say why not.

        All is asked inside it: of several who step at once, each finds what the one before left.
        """
        events_in(self.store).read(self.store)  # inside the transaction nothing is read
        with self.store.write() as txn:
            reviewer = check_officer(self.reviewers, officer, key, self.moment.today, self.profile)
            case = self.case(request)
            check_not_involved(case, officer)
            decision = self.standing(case)
            if self.seen:
                check_fresh(case, decision, self.law, self.seen, step)
            self.check(case, decision, step)
            yield txn, case, reviewer


def _check_why(why: str) -> None:
    if not why.strip() or len(why) > LONGEST_WHY:
        raise InputError(f"say why, in at most {LONGEST_WHY} characters", where="--why")


def _determined(case: Case, row: NewDetermination) -> NewEntry:
    """Make the entry of a determination; the one on the reason has a type of its own."""
    common: dict[str, Any] = {
        "at": row.at,
        "of": case.request.entry_index,
        "officer": row.officer,
        "signature": _text(row.signature),
    }
    if row.fact == REASON:
        return journal_entry("reason.determined", specific=row.found, **common)
    element = str(row.fact).replace("_", "-")
    return journal_entry("element.determined", element=element, found=row.found, **common)


def _answered_by_counsel(case: Case, row: NewCounselAnswer) -> NewEntry:
    """Make the entry of counsel's answer; how it was given is in the commitment alone."""
    return journal_entry(
        "counsel.answered",
        at=row.at,
        about=case.request.entry_index,
        officer=row.officer,
        on=str(row.day),
        how=commit(salt_of(case), HOW_LABEL, row.how),
        signature=_text(row.signature),
    )


def _voted(case: Case, row: NewApproval | NewRefusal | NewLookOrder, text: str) -> NewEntry:
    """Make the entry of a vote; whether it is for or against is in the commitment alone."""
    return journal_entry(
        "answer.voted",
        at=row.at,
        of=case.request.entry_index,
        officer=row.officer,
        decision=row.digest,
        vote=commit(salt_of(case), VOTE_LABEL, text),
        signature=_text(row.signature),
    )


def _text(signature: bytes) -> str:
    return base64.b64encode(signature).decode()
