"""Are the officers' words in the case store those that they signed, and those that the log holds?

An outsider can count votes and no more: the words of a vote hold a secret, lest everybody try both.
Whoever is entitled to the openings can check each signature against the register, and open each
vote's commitment. Then a decision that an operator wrote in an officer's name is found. A release
asks the same before it seals anything, and a look before a record is touched: on a determination
that nobody signed none is made.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ostiary.domain.errors import FaultError, NotAllowedError
from ostiary.domain.words import OFFICERS_NEEDED
from ostiary.office.cases.officers import Reviewer, row_that_signed
from ostiary.office.cases.openings import EntryAt, Said, opening_faults, step_of, votes_on
from ostiary.office.cases.signed_words import (
    VOTE_LABEL,
    said_of,
    spoken,
    spoken_by_counsel,
    spoken_vote,
)
from ostiary.office.cases.states import Step, standing_approvals
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.decision_document import REASON, Decision
from ostiary.office.store import Case, CounselAnswerRecord, DeterminationRecord
from ostiary.verifying.log.commitments import field_salt

Rows = Mapping[str, list[Reviewer]]
"""The register, past rows included, by officer."""
_TAKEN = "element.taken"


@dataclass(frozen=True, slots=True)
class Speakers:
    """Whose words count in an office.

    Attributes:
        origin: of the office's log.
        reviewers: the register, past rows included.
        is_training: whether elements may be taken as found, which nobody signs.
    """

    origin: str
    reviewers: Collection[Reviewer]
    is_training: bool


def speakers_of(place: OfficeSession, reviewers: Collection[Reviewer]) -> Speakers:
    """Give whose words count in an office, by its register."""
    return Speakers(place.origin, reviewers, place.office.config.training)


def signature_faults(case: Case, speakers: Speakers, entry_at: EntryAt) -> Iterator[str]:
    """Give a sentence for each word of an officer that does not hold; it names the log entry.

    Votes on a request whose random bits have been destroyed cannot be checked, and are passed over;
    :func:`unopened_votes` counts them.

    Args:
        case: the case.
        speakers: whose words count.
        entry_at: the log.
    """
    yield from opening_faults(case, entry_at)
    yield from _unsigned(case, speakers, entry_at)


def _unsigned(case: Case, speakers: Speakers, entry_at: EntryAt) -> Iterator[str]:
    rows = _rows(speakers.reviewers)
    for said in _spoken_on(case):
        at = f"entry {said.entry_index}"
        if said.officer and not _signing_key(case, speakers.origin, said, rows):
            yield f"{at}: no key of this officer in the register signed this"
        elif not said.officer and entry_at(said.entry_index).type != _TAKEN:
            yield f"{at}: nobody signed this"
        elif not said.officer and not speakers.is_training:
            yield f"{at}: only a training office takes an element as found"


def _spoken_on(case: Case) -> Iterator[Said]:
    """Give every word of an officer on a case that can still be checked."""
    yield from case.determinations
    if case.request.salt:
        yield from votes_on(case)
    if case.counsel:
        yield case.counsel


def unopened_votes(case: Case) -> int:
    """Count the votes that nobody can check any more."""
    return 0 if case.request.salt else len(votes_on(case))


def check_words(case: Case, speakers: Speakers, entry_at: EntryAt) -> None:
    """See that whoever is named on a case signed it; arguments as for :func:`signature_faults`.

    The case was opened against the log when it was read.

    Raises:
        FaultError: somebody did not; the entry is named.
    """
    for fault in _unsigned(case, speakers, entry_at):
        raise FaultError(
            f"{fault}, so nothing is done on this request; who left the office stays in"
            " reviewers.csv, with a day in `until`"
        )


def check_votes(
    case: Case,
    decision: Decision | None,
    speakers: Speakers,
    day: date,
    entry_at: EntryAt,
) -> None:
    """See that two officers in office today signed exactly this decision, each with an own key.

    Args:
        case: the case.
        decision: as it stands now.
        speakers: whose words count.
        day: today.
        entry_at: the log.

    Raises:
        FaultError: a word of an officer does not hold; its entry is named.
        NotAllowedError: fewer than two of those who approved are in office, or they share a key.
    """
    check_words(case, speakers, entry_at)
    today = _rows(row for row in speakers.reviewers if row.serves_on(day))
    signed = {
        vote.officer: key
        for vote in standing_approvals(case, decision)
        if (key := _signing_key(case, speakers.origin, vote, today))
    }
    if len(set(signed.values())) < OFFICERS_NEEDED:
        raise NotAllowedError(
            "of those who approved, fewer than two are in the register today under keys of their"
            " own",
            where=case.request.request_id,
            cure="let another officer approve, or see to OFFICE/registers/reviewers.csv",
        )


def _rows(reviewers: Iterable[Reviewer]) -> Rows:
    rows: dict[str, list[Reviewer]] = {}
    for row in reviewers:
        rows.setdefault(row.officer, []).append(row)
    return rows


def _signing_key(case: Case, origin: str, said: Said, rows: Rows) -> str:
    """Give the officer's key that made a signature; empty when none did."""
    own, words = rows.get(said.officer, ()), _words(case, origin, said)
    row = row_that_signed(own, said.officer, bytes(said.signature), words)
    return row.public_key if row else ""


def _words(case: Case, origin: str, said: Said) -> bytes:
    """Give the bytes that an officer signed."""
    if isinstance(said, DeterminationRecord):
        what = said_of(case, said.fact or REASON, found=said.found)
        return spoken(origin, Step.DETERMINE, said.officer, what)
    if isinstance(said, CounselAnswerRecord):
        return spoken_by_counsel(origin, said.officer, case)
    own_salt = field_salt(case.request.salt or "", VOTE_LABEL)
    return spoken_vote(origin, step_of(said), said.officer, said.digest, own_salt)
