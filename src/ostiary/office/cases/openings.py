"""Does the log bear out what the case store says of a request? The one way in which a case is read.

Rows can be changed by whoever may write to the database. The log commits to each of them; so before
anybody sees a case or takes a step on it, what is stored is opened against its entries: id, content
and facts of the request, status and day of receipt, what the record showed, who determined and
voted what. What does not open is not used. What was destroyed on schedule cannot be opened any
more, and says nothing.
"""

import base64
import json
from collections.abc import Callable, Collection, Iterator, Mapping

from ostiary.domain.errors import FaultError
from ostiary.office.cases.signed_words import (
    HOW_LABEL,
    NOTE_LABEL,
    VOTE_LABEL,
    note_text,
    vote_text,
)
from ostiary.office.cases.states import Step
from ostiary.office.rulings.decision_document import REASON
from ostiary.office.store import (
    ApprovalRecord,
    Case,
    CaseRecord,
    CaseStore,
    CounselAnswerRecord,
    DeterminationRecord,
    LookOrderRecord,
    NoteRecord,
    RefusalRecord,
    VerificationRecord,
)
from ostiary.office.store import Entry as StoredEntry
from ostiary.office.store.chunks import chunks
from ostiary.verifying.log.commitments import commit
from ostiary.verifying.log.entries import Entry, read_entry
from ostiary.verifying.log.tree import leaf_hash

_TOGETHER = 1_000  # cases that are read at a time

EntryAt = Callable[[int], Entry]
"""Gives the log entry of a number."""
Vote = ApprovalRecord | RefusalRecord | LookOrderRecord
Said = DeterminationRecord | Vote | CounselAnswerRecord


def stored_entry(store: CaseStore, index: int) -> Entry:
    """Read an entry of the log as the case store holds it.

    Raises:
        FaultError: its leaf hash is not that of its text.
    """
    return _read(store.entry(index))


def check_opens(case: Case, store: CaseStore) -> None:
    """See that the log bears out everything that is stored of a case.

    Raises:
        FaultError: it does not; the entry is named, and nobody's data.
    """
    _refuse(opening_faults(case, lambda index: stored_entry(store, index)))


def check_all_open(numbers: Collection[int], store: CaseStore) -> None:
    """See that the log bears out everything that is stored of many cases, by their numbers.

    Raises:
        FaultError: it does not; the first entry is named, and nobody's data.
    """
    for chunk in chunks(sorted(numbers), _TOGETHER):
        cases = list(store.cases(chunk))
        entries = store.entries_among({n for case in cases for n in _entries_of(case)})

        def entry_at(index: int, entries: Mapping[int, StoredEntry] = entries) -> Entry:
            return _read(entries[index]) if index in entries else stored_entry(store, index)

        for case in cases:
            _refuse(opening_faults(case, entry_at))


def _read(found: StoredEntry) -> Entry:
    if leaf_hash(found.body) != bytes(found.leaf):
        raise FaultError(f"entry {found.index} of the case store is not the one that was written")
    return read_entry(found.body)


def _refuse(faults: Iterator[str]) -> None:
    for fault in faults:
        raise FaultError(
            f"{fault}, so nothing is done with this request: somebody has changed the case store;"
            " find out who and why, and restore it from the office's backup"
        )


def _entries_of(case: Case) -> Iterator[int]:
    """Give the numbers of the entries that open a case."""
    yield case.request.entry_index
    yield from (one.entry_index for one in (*case.superseded, *filter(None, [case.verification])))
    yield from (one.entry_index for one in (*case.determinations, *votes_on(case), *case.notes))
    yield from (one.entry_index for one in filter(None, [case.counsel]))


def opening_faults(case: Case, entry_at: EntryAt) -> Iterator[str]:
    """Give a sentence for each thing stored of a case that the log does not bear out.

    Args:
        case: the case.
        entry_at: the log.
    """
    yield from _of_request(case.request, entry_at(case.request.entry_index))
    for looked in (*case.superseded, *filter(None, [case.verification])):
        yield from _of_look(case, looked, entry_at(looked.entry_index))
    for said in case.determinations:
        yield from _of_determination(case, said, entry_at(said.entry_index))
    for vote in votes_on(case):
        yield from _of_vote(case, vote, entry_at(vote.entry_index))
    if case.counsel:
        yield from _of_counsel(case, case.counsel, entry_at(case.counsel.entry_index))
    for note in case.notes:
        yield from _of_note(case, note, entry_at(note.entry_index))


def votes_on(case: Case) -> tuple[Vote, ...]:
    """Give every vote on a case: approvals, refusals, orders of another look."""
    return (*case.approvals, *case.refusals, *case.orders)


def step_of(vote: Vote) -> Step:
    """Name the step that a stored vote is."""
    if isinstance(vote, RefusalRecord):
        return Step.REFUSE
    return Step.LOOK_AGAIN if isinstance(vote, LookOrderRecord) else Step.APPROVE


def _of_request(stored: CaseRecord, entry: Entry) -> Iterator[str]:
    at = f"entry {stored.entry_index}"
    if entry.type != "request.decided":
        yield f"{at} is of no request"
        return
    for name, value in (
        ("status", str(stored.status)),
        ("mask", stored.mask),
        ("received", str(stored.received)),
        ("batch", stored.batch),
    ):
        if entry.fields.get(name) != value:
            yield f"{at}: the case store holds another {name}"
    if not stored.salt:
        return
    for label, text in (
        ("request", stored.request_id),
        ("content", stored.payload),
        ("facts", stored.facts),
    ):
        if text is not None and entry.fields.get(label) != commit(stored.salt, label, text):
            yield f"{at}: the log commits to another {label}"
    if stored.payload is not None:
        told = json.loads(stored.payload)
        if (told.get("agency") or "", told.get("request_id")) != (
            stored.agency,
            stored.request_id,
        ):
            yield f"{at}: the case store holds another agency or id"


def _of_look(case: Case, looked: VerificationRecord, entry: Entry) -> Iterator[str]:
    at = f"entry {looked.entry_index}"
    if entry.type != "record.examined" or entry.fields.get("of") != case.request.entry_index:
        yield f"{at} is of no look for this request"
        return
    salt = case.request.salt
    if salt and entry.fields.get("outcome") != commit(salt, "outcome", looked.committed):
        yield f"{at}: the log commits to another outcome"


def _of_determination(case: Case, said: DeterminationRecord, entry: Entry) -> Iterator[str]:
    if _word(entry) != (said.fact or REASON, said.found):
        yield f"entry {said.entry_index}: the case store holds another determination"
    yield from _of_signature(case, said, entry)


def _word(entry: Entry) -> tuple[str, object]:
    """Give element and word of a determination as the log holds them."""
    if entry.type == "reason.determined":
        return REASON, entry.fields.get("specific")
    return str(entry.fields.get("element")).replace("-", "_"), entry.fields.get("found", True)


def _of_vote(case: Case, vote: Vote, entry: Entry) -> Iterator[str]:
    salt = case.request.salt
    why = "" if isinstance(vote, ApprovalRecord) else vote.why
    text = vote_text(step_of(vote), vote.officer, vote.digest, why)
    if salt and entry.fields.get("vote") != commit(salt, VOTE_LABEL, text):
        yield f"entry {vote.entry_index}: the log commits to another vote"
    if salt:
        yield from _of_signature(case, vote, entry)


def _of_counsel(case: Case, said: CounselAnswerRecord, entry: Entry) -> Iterator[str]:
    salt = case.request.salt
    if entry.type != "counsel.answered" or entry.fields.get("on") != str(said.day):
        yield f"entry {said.entry_index} is of no such answer by counsel"
    if salt and entry.fields.get("how") != commit(salt, HOW_LABEL, said.how):
        yield f"entry {said.entry_index}: the log commits to another answer by counsel"
    yield from _of_signature(case, said, entry)


def _of_note(case: Case, note: NoteRecord, entry: Entry) -> Iterator[str]:
    told = (entry.type, entry.fields.get("about"), entry.fields.get("officer"))
    if told != ("case.noted", case.request.entry_index, note.officer):
        yield f"entry {note.entry_index} is of no such note"
    salt = case.request.salt
    if salt and entry.fields.get("note") != commit(salt, NOTE_LABEL, note_text(note)):
        yield f"entry {note.entry_index}: the log commits to another note"


def _of_signature(case: Case, said: Said, entry: Entry) -> Iterator[str]:
    """Compare what a step is about, officer and signature with the log."""
    if entry.fields.get("of", entry.fields.get("about")) != case.request.entry_index:
        yield f"entry {said.entry_index} is of another request"
    if entry.type == "element.taken" and not said.officer:
        return  # nobody signed; the recount knows whether this is a training office
    logged = (entry.fields.get("officer"), entry.fields.get("signature"))
    if logged != (said.officer, base64.b64encode(said.signature).decode()):
        yield f"entry {said.entry_index}: the case store holds another signature"
