"""Does the log bear out what the case store says of a request? The one way in which a case is read.

Rows can be changed by whoever may write to the database. The log commits to each of them; so before
anybody sees a case or takes a step on it, what is stored is opened against its entries: id, content
and facts of the request, status and day of receipt, what the record showed, who determined and
voted what, what was answered. Nor may a row be missing that the log tells of: an officer's refusal
that somebody took out would change the answer. What does not open is not used. What was destroyed
on schedule cannot be opened any more, and says nothing.
"""

import base64
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from ostiary.domain.errors import FaultError, InputError
from ostiary.domain.words import WORKED_ON
from ostiary.office.cases.event_index import events_in
from ostiary.office.cases.signed_words import (
    HOW_LABEL,
    NOTE_LABEL,
    VOTE_LABEL,
    note_text,
    vote_text,
)
from ostiary.office.cases.states import Step
from ostiary.office.folder.log_marks import marks_in
from ostiary.office.folder.published_leaves import check_published
from ostiary.office.rulings.decision_document import REASON
from ostiary.office.store import (
    AnswerRecord,
    ApprovalRecord,
    Case,
    CaseRecord,
    CounselAnswerRecord,
    DeterminationRecord,
    LookOrderRecord,
    NoteRecord,
    RefusalRecord,
    VerificationRecord,
)
from ostiary.office.store import Entry as StoredEntry
from ostiary.office.store.cases import CaseStore
from ostiary.office.store.chunks import chunks
from ostiary.verifying.answers.answers import OUTCOME_LABEL, TAXPAYER_LABEL
from ostiary.verifying.answers.parts import read_stored
from ostiary.verifying.log.commitments import commit
from ostiary.verifying.log.entries import Entry, read_entry
from ostiary.verifying.log.tree import leaf_hash

_UNKNOWN = "other"  # what an entry says of an agency that no register knew
_TOGETHER = 1_000  # cases that are read at a time
MISSING = "entry {}: what it tells of is not in the case store"
"""What is said of an entry whose row is not there."""

EntryAt = Callable[[int], Entry]
"""Gives the log entry of a number."""
Vote = ApprovalRecord | RefusalRecord | LookOrderRecord
Said = DeterminationRecord | Vote | CounselAnswerRecord


def stored_entry(store: CaseStore, index: int) -> Entry:
    """Read an entry of the log as the case store holds it.

    Raises:
        FaultError: its leaf hash is not that of its text, or another was published; or there is
            none.
    """
    try:
        return _read(store, store.entry(index))
    except InputError:
        raise FaultError(f"entry {index}: a row tells of it, and the log has none") from None


def opened_case(number: int, store: CaseStore) -> Case:
    """Read a case by its number, once the log bears out everything that is stored of it.

    Raises:
        InputError: there is no such request.
        FaultError: the log does not bear it out; the entry is named, and nobody's data.
    """
    size = events_in(store).read(store)
    case = store.case(number)
    _refuse(_faults(case, store, partial(stored_entry, store), size))
    return case


def opened_cases(numbers: Collection[int], store: CaseStore) -> Iterator[tuple[Case, EntryAt]]:
    """Read many cases as :func:`opened_case` does, in the order of their numbers.

    Returns:
        Each case, and what gives the log entries that open it.

    Raises:
        FaultError: the log does not bear one out; the entry is named, and nobody's data.
    """
    size = events_in(store).read(store)
    for chunk in chunks(sorted(numbers), _TOGETHER):
        cases = list(store.cases(chunk))
        entries = store.entries_among({n for case in cases for n in _entries_of(case)})

        def entry_at(index: int, entries: Mapping[int, StoredEntry] = entries) -> Entry:
            if index not in entries:
                return stored_entry(store, index)
            return _read(store, entries[index])

        for case in cases:
            _refuse(_faults(case, store, entry_at, size))
            yield case, entry_at


def answered_cases(store: CaseStore) -> Iterator[Case]:
    """Read every case that was answered, once the log bears it out; none may be missing.

    Raises:
        FaultError: the log does not bear one out, or tells of an answer that is not here.
    """
    size = events_in(store).read(store)
    here = {one.entry_index: one.request for one in store.answers()}
    for index in events_in(store).released(size):
        if index not in here:
            _refuse(iter([MISSING.format(index)]))
    _refuse(closing_faults(store))
    yield from (case for case, _ in opened_cases(here.values(), store))


def closing_faults(store: CaseStore) -> Iterator[str]:
    """Give a sentence where more requests, or fewer, were closed than the log has had destroyed.

    Of a closed request nothing can be opened; who took the random bits of one away would be
    believed whatever else they changed in it.
    """
    logged, closed = told = _closed(store)
    while logged != closed:
        again = _closed(store)
        if again == told:
            last = max((one.entry_index for one in store.disposals()), default=0)
            yield f"entry {last}: {closed} requests are closed, and the log has {logged} destroyed"
            return
        logged, closed = told = again  # some were disposed of between the two readings


def _closed(store: CaseStore) -> tuple[int, int]:
    return marks_in(store).read(store).destroyed, store.count_closed()


def _faults(case: Case, store: CaseStore, entry_at: EntryAt, size: int) -> Iterator[str]:
    yield from opening_faults(case, entry_at)
    yield from missing_rows(case, events_in(store).rows_about(case.request.entry_index, size))


def missing_rows(case: Case, told: Iterable[int]) -> Iterator[str]:
    """Give a sentence for each row that the log tells of, and the case store does not hold once.

    Args:
        case: the case, read after the log.
        told: the entries that tell of rows beside its request.
    """
    if case.request.salt:
        here = Counter(_entries_of(case))
        yield from (MISSING.format(index) for index in told if index not in here)
        yield from (f"entry {index}: two rows tell of it" for index, n in here.items() if n > 1)


def _read(store: CaseStore, found: StoredEntry) -> Entry:
    leaf = leaf_hash(found.body)
    if leaf != bytes(found.leaf):
        raise FaultError(f"entry {found.index} of the case store is not the one that was written")
    check_published(store, found.index, leaf)
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
    yield from (one.entry_index for one in filter(None, [case.answer]))


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
    if case.answer:
        entry = entry_at(case.answer.entry_index)
        if entry.type != "answer.released":
            yield f"entry {case.answer.entry_index} is of no answer"
        yield from (
            f"entry {case.answer.entry_index}: the case store holds another {name}"
            for name, logged, stored in answer_told(case.request, case.answer, entry.fields)
            if logged != stored
        )


def answer_told(
    request: CaseRecord, answer: AnswerRecord, logged: Mapping[str, object]
) -> Iterator[tuple[str, object, object]]:
    """Give name of a field of an answer, what the log says of it, and what the row says."""
    yield "request", logged.get("of"), request.entry_index
    yield "answer", logged.get("answer"), answer.answer_id
    yield "agency", logged.get("agency"), answer.agency
    yield "day", logged.get("on"), str(answer.released_on)
    if answer.sealed:
        yield "sealed part", logged.get("sealed"), _digest_of(bytes(answer.sealed))
    if request.salt:
        told = commit(request.salt, OUTCOME_LABEL, str(answer.status))
        yield "outcome", logged.get("outcome"), told
        told = commit(request.salt, TAXPAYER_LABEL, answer.person_id)
        yield "taxpayer", logged.get("taxpayer"), told
        yield "disclosure", bool(answer.person_id), answer.disclosed


def _digest_of(sealed: bytes) -> str:
    try:
        return read_stored(sealed).digest
    except InputError:
        return ""


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
    if entry.fields.get("agency") not in (stored.agency, _UNKNOWN):
        yield f"{at}: the case store holds another agency"
    if stored.salt:
        yield from _of_content(stored, stored.salt, entry)


def _of_content(stored: CaseRecord, salt: str, entry: Entry) -> Iterator[str]:
    at, opened = f"entry {stored.entry_index}", True
    for label, text in (
        ("request", stored.request_id),
        ("content", stored.payload),
        ("facts", stored.facts),
    ):
        if text is None:
            # disposal destroys it together with the salt, never alone
            if stored.status in WORKED_ON:
                yield f"{at}: the case store holds no {label}, and the request was not destroyed"
        elif entry.fields.get(label) != commit(salt, label, text):
            yield f"{at}: the log commits to another {label}"
            opened = False
    if opened and stored.payload is not None:
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
    """Compare what a step is about, when, officer and signature with the log."""
    if entry.at != said.at:
        yield f"entry {said.entry_index}: the case store holds another time"
    if entry.fields.get("of", entry.fields.get("about")) != case.request.entry_index:
        yield f"entry {said.entry_index} is of another request"
    if entry.type == "element.taken" and not said.officer:
        return  # nobody signed; the recount knows whether this is a training office
    logged = (entry.fields.get("officer"), entry.fields.get("signature"))
    if logged != (said.officer, base64.b64encode(said.signature).decode()):
        yield f"entry {said.entry_index}: the case store holds another signature"
