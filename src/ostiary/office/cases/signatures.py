"""Are the officers' words in the case store those that they signed, and those that the log holds?

An outsider can count votes and no more: the words of a vote hold a secret, lest everybody try both.
Whoever is entitled to the openings can check each signature against the register, and open each
vote's commitment. Then a decision that an operator wrote in an officer's name is found. A release
asks the same before it seals anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ostiary.domain.errors import FaultError, NotAllowedError
from ostiary.office.cases.officers import Reviewer
from ostiary.office.cases.openings import EntryAt, Said, opening_faults, step_of, votes_on
from ostiary.office.cases.signed_words import (
    VOTE_LABEL,
    said_of,
    spoken,
    spoken_by_counsel,
    spoken_vote,
)
from ostiary.office.cases.states import OFFICERS_NEEDED, Step, standing_approvals
from ostiary.office.rulings.decision_document import REASON, Decision
from ostiary.office.store import Case, CounselAnswerRecord, DeterminationRecord
from ostiary.verifying.keys.assertions import is_signature
from ostiary.verifying.keys.files import read_verifying_text
from ostiary.verifying.log.commitments import field_salt

Keys = Mapping[str, list[str]]


def signature_faults(
    case: Case, origin: str, reviewers: Iterable[Reviewer], entry_at: EntryAt
) -> Iterator[str]:
    """Give a sentence for each word of an officer that does not hold; it names the log entry.

    Votes on a request whose random bits have been destroyed cannot be checked, and are passed over;
    :func:`unopened_votes` counts them.

    Args:
        case: the case.
        origin: of the office's log.
        reviewers: the register, past rows included.
        entry_at: the log.
    """
    yield from opening_faults(case, entry_at)
    keys = _keys(reviewers)
    spoken_on: list[Said] = [*case.determinations]
    if case.request.salt:
        spoken_on += votes_on(case)
    if case.counsel:
        spoken_on.append(case.counsel)
    for said in spoken_on:
        if said.officer and not _signing_key(case, origin, said, keys):
            yield f"entry {said.entry_index}: no key of this officer in the register signed this"


def unopened_votes(case: Case) -> int:
    """Count the votes that nobody can check any more."""
    return 0 if case.request.salt else len(votes_on(case))


def check_words(case: Case, origin: str, reviewers: Iterable[Reviewer], entry_at: EntryAt) -> None:
    """See that every word of an officer on a case holds; arguments as for :func:`signature_faults`.

    Raises:
        FaultError: one does not; its entry is named.
    """
    for fault in signature_faults(case, origin, reviewers, entry_at):
        raise FaultError(f"{fault}, so nothing is done on this request")


def check_votes(
    case: Case,
    decision: Decision | None,
    origin: str,
    reviewers: Iterable[Reviewer],
    day: date,
    entry_at: EntryAt,
) -> None:
    """See that two officers in office today signed exactly this decision, each with an own key.

    Args:
        case: the case.
        decision: as it stands now.
        origin: of the office's log.
        reviewers: the register, past rows included.
        day: today.
        entry_at: the log.

    Raises:
        FaultError: a word of an officer does not hold; its entry is named.
        NotAllowedError: fewer than two of those who approved are in office, or they share a key.
    """
    rows = list(reviewers)
    check_words(case, origin, rows, entry_at)
    today = _keys(row for row in rows if row.serves_on(day))
    signed = {
        vote.officer: key
        for vote in standing_approvals(case, decision)
        if (key := _signing_key(case, origin, vote, today))
    }
    if len(set(signed.values())) < OFFICERS_NEEDED:
        raise NotAllowedError(
            "of those who approved, fewer than two are in the register today under keys of their"
            " own",
            where=case.request.request_id,
            cure="let another officer approve, or see to OFFICE/registers/reviewers.csv",
        )


def _keys(reviewers: Iterable[Reviewer]) -> Keys:
    keys: dict[str, list[str]] = {}
    for row in reviewers:
        keys.setdefault(row.officer, []).append(row.public_key)
    return keys


def _signing_key(case: Case, origin: str, said: Said, keys: Keys) -> str:
    """Give the officer's key that made a signature; empty when none did."""
    words = _words(case, origin, said)
    for text in keys.get(said.officer, ()):
        key = read_verifying_text(text, where="reviewers.csv")
        if is_signature(key, bytes(said.signature), words):
            return text
    return ""


def _words(case: Case, origin: str, said: Said) -> bytes:
    """Give the bytes that an officer signed."""
    if isinstance(said, DeterminationRecord):
        what = said_of(case, said.fact or REASON, found=said.found)
        return spoken(origin, Step.DETERMINE, said.officer, what)
    if isinstance(said, CounselAnswerRecord):
        return spoken_by_counsel(origin, said.officer, case)
    own_salt = field_salt(case.request.salt or "", VOTE_LABEL)
    return spoken_vote(origin, step_of(said), said.officer, said.digest, own_salt)
