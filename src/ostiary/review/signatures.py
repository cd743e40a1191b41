"""Are the officers' words in the case store those that they signed, and those that the log holds?

An outsider can count votes and no more: the words of a vote hold a secret, lest everybody try both.
Whoever is entitled to the openings can check each signature against the register, and open each
vote's commitment. Then a decision that an operator wrote in an officer's name is found.
"""

import base64
from collections.abc import Callable, Iterable, Iterator

from ostiary.accounting.commitments import commit, field_salt
from ostiary.accounting.entries import Entry
from ostiary.keys.assertions import is_signature
from ostiary.keys.files import read_verifying_text
from ostiary.review.decisions import REASON
from ostiary.review.desk import VOTE_LABEL, said_of, spoken, spoken_vote, vote_text
from ostiary.review.officers import Reviewer
from ostiary.review.states import Step
from ostiary.storage import ApprovalRecord, Case, DeterminationRecord, RefusalRecord

TAKEN = "element.taken"
EntryAt = Callable[[int], Entry]
"""Gives the log entry of a number."""


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
    keys: dict[str, list[str]] = {}
    for row in reviewers:
        keys.setdefault(row.officer, []).append(row.public_key)
    for said in case.determinations:
        entry = entry_at(said.entry_index)
        if _logged(entry) != (said.fact or REASON, said.found):
            yield f"entry {said.entry_index}: the case store holds another determination"
        if not said.officer and entry.type == TAKEN:
            continue  # nobody signed; the recount knows whether this is a training office
        what = said_of(case, said.fact or REASON, found=said.found)
        words = spoken(origin, Step.DETERMINE, said.officer, what)
        yield from _faults(said, words, keys, entry)
    salt = case.request.salt
    votes: list[ApprovalRecord | RefusalRecord] = [*case.approvals, *case.refusals]
    for vote in votes if salt else ():
        yield from _vote_faults(vote, salt or "", origin, keys, entry_at(vote.entry_index))


def unopened_votes(case: Case) -> int:
    """Count the votes that nobody can check any more."""
    return 0 if case.request.salt else len(case.approvals) + len(case.refusals)


def _logged(entry: Entry) -> tuple[str, object]:
    """Give element and word of a determination as the log holds them."""
    if entry.type == "reason.determined":
        return REASON, entry.fields.get("specific")
    return str(entry.fields.get("element")).replace("-", "_"), entry.fields.get("found", True)


def _vote_faults(
    vote: ApprovalRecord | RefusalRecord,
    salt: str,
    origin: str,
    keys: dict[str, list[str]],
    entry: Entry,
) -> Iterator[str]:
    refused = isinstance(vote, RefusalRecord)
    step = Step.REFUSE if refused else Step.APPROVE
    why = vote.why if isinstance(vote, RefusalRecord) else ""
    text = vote_text(step, vote.officer, vote.digest, why)
    if entry.fields.get("vote") != commit(salt, VOTE_LABEL, text):
        yield f"entry {vote.entry_index}: the log commits to another vote"
    words = spoken_vote(origin, step, vote.officer, vote.digest, field_salt(salt, VOTE_LABEL))
    yield from _faults(vote, words, keys, entry)


def _faults(
    said: DeterminationRecord | ApprovalRecord | RefusalRecord,
    words: bytes,
    keys: dict[str, list[str]],
    entry: Entry,
) -> Iterator[str]:
    """Compare officer and signature with the log, and the signature with the register's keys."""
    logged = (entry.fields.get("officer"), entry.fields.get("signature"))
    if logged != (said.officer, base64.b64encode(said.signature).decode()):
        yield f"entry {said.entry_index}: the case store holds another signature"
    own = [read_verifying_text(text, where="reviewers.csv") for text in keys.get(said.officer, ())]
    if not any(is_signature(key, bytes(said.signature), words) for key in own):
        yield f"entry {said.entry_index}: no key of this officer in the register signed this"
