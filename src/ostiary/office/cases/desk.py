"""The desk: where officers determine, approve and refuse, one case at a time.

Each step checks who may (``officers``), then what the state allows (``states``), signs the exact
words of the step, and stores signature and log entry, all in one transaction. There is no step for
two cases at once.

An officer signs with a key file, or with a passkey in a browser. A passkey's assertion was made
before it comes here; the words are written anew from the case as it stands, so an assertion over a
decision that has changed meanwhile is worth nothing.

What the log is told of a step stands in :mod:`ostiary.office.cases.case_entries`.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ostiary.domain.errors import InputError
from ostiary.domain.facts import VOCABULARY
from ostiary.office.cases.case_entries import counsel_entry, determined_entry, vote_entry
from ostiary.office.cases.case_reader import CaseReader
from ostiary.office.cases.event_index import events_in
from ostiary.office.cases.notes import NOTE, RETURN, noted
from ostiary.office.cases.officers import (
    Reviewer,
    check_in_office,
    check_not_involved,
    check_officer,
)
from ostiary.office.cases.signed_words import vote_text
from ostiary.office.cases.staleness import check_fresh
from ostiary.office.cases.states import (
    CERTIFIED,
    SETTLED,
    CaseState,
    Step,
)
from ostiary.office.rulings.decision_document import REASON
from ostiary.office.store import (
    Case,
    NewApproval,
    NewCounselAnswer,
    NewDetermination,
    NewLookOrder,
    NewNote,
    NewRefusal,
)
from ostiary.office.store.writing import Transaction
from ostiary.verifying.keys.assertions import Signatory, signed_by
from ostiary.verifying.keys.files import Profile

LONGEST_WHY = 2000


@dataclass(frozen=True)
class Desk(CaseReader):
    """An office's desk at one moment, under the law that is current: the acts of officers.

    Attributes:
        look: looks at the records of requests, by number, as far as the law of today allows; it
            follows on the last element found. Without it, requests are left for a sweep.
        seen: the mark of the case as the officer saw it (:func:`.staleness.mark_of`); a step
            on a case that has changed since is refused. Empty for who reads and steps in one, as a
            command does.
        profile: of the office: which kinds of key its officers sign with.
    """

    look: Callable[[Collection[int]], object] | None = None
    seen: str = ""
    profile: Profile = "modern"

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
        lacking ends the case: the request is returned, and the agency may send another; what a
        judge ordered goes to counsel.

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
        if why.strip():
            _check_why(why)
        with self._taking(request, officer, key, Step.DETERMINE) as (txn, case, _):
            words = self.words(case, officer, Step.DETERMINE, found=found, fact=fact)
            signature = signed_by(key, words)
            row = NewDetermination(case.request.id, officer, fact, found, signature, self.moment.at)
            index = txn.add_determination(row, determined_entry(case, row))
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
        with self.store.write() as txn:  # read inside it: nothing comes in behind a disposal
            case = self.case(request)
            check_not_involved(case, officer)
            row = self._note(case, officer, kind, text)
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
            self.check_first_word(case, decision, reviewer, Step.APPROVE)
            signature = signed_by(key, self.words(case, officer, Step.APPROVE))
            row = NewApproval(case.request.id, officer, decision.digest, signature, self.moment.at)
            entry = vote_entry(case, row, vote_text(Step.APPROVE, officer, decision.digest))
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
            self.check_first_word(case, decision, reviewer, Step.LOOK_AGAIN)
            digest = decision.digest
            signature = signed_by(key, self.words(case, officer, Step.LOOK_AGAIN))
            row = NewLookOrder(case.request.id, officer, digest, why, signature, self.moment.at)
            entry = vote_entry(case, row, vote_text(Step.LOOK_AGAIN, officer, digest, why))
            return txn.add_look_order(row, entry)

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

        Of a request that went to counsel at admission, or for what an officer found, or whose
        record has not been looked at, the log says that counsel answered it, and no record is
        looked at afterwards. Once one was, the entry is that of a vote, as for a certificate.

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
            if self.standing(case) is not None:
                return self._refused(txn, case, officer, key, why)
            signature = signed_by(key, self.words(case, officer, Step.SETTLE))
            row = NewCounselAnswer(
                case.request.id, officer, self.moment.today, how.strip(), signature, self.moment.at
            )
            return txn.add_counsel_answer(row, counsel_entry(case, row))

    def _refused(self, txn: Transaction, case: Case, officer: str, key: Signatory, why: str) -> int:
        digest = self.decision(case).digest
        signature = signed_by(key, self.words(case, officer, Step.REFUSE))
        row = NewRefusal(case.request.id, officer, digest, why, signature, self.moment.at)
        entry = vote_entry(case, row, vote_text(Step.REFUSE, officer, digest, why))
        return txn.add_refusal(row, entry)

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
