"""Does the log bear out every row of the case store that has an entry? One comparison a table.

What opens a case is held to the log whenever it is read (:mod:`ostiary.office.cases.openings`).
Here stand the rows about more than one case, and about what followed an answer: files that came in,
the law that was adopted, answers, recalls, receipts, what agencies reported, acceptances of keys,
disposals, figures. What the log does not name cannot be found so, and decides nothing: the name of
a file, numbers that a table gives its rows, whether a folder has been laid out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from ostiary.domain.errors import FaultError, InputError
from ostiary.office.cases.openings import EntryAt, answer_told, closing_faults
from ostiary.office.folder.session import OfficeSession
from ostiary.office.release.receipts import RECEIPT_LABEL
from ostiary.office.release.uses import use_faults
from ostiary.office.store import AnswerRecord, BatchRecord, ReceiptRecord
from ostiary.office.store.cases import CaseStore
from ostiary.verifying.log.commitments import commit
from ostiary.verifying.log.entries import Entry

_LAW = ("book", "orders", "registers", "derivations", "at")
_FIGURES = ("agency", "year", "requests", "answers", "disclosures", "taxpayers", "at")
Told = Iterator[tuple[str, object, object]]
"""Name of a field, what the log says, and what the row says."""


def row_faults(place: OfficeSession, entry_at: EntryAt) -> Iterator[str]:
    """Give a sentence for each row that is not what the log says, with its entry.

    Args:
        place: the office.
        entry_at: the log.
    """
    store = place.store

    def compared(
        kinds: str, rows: Iterable[Any], told: Callable[[Any, Mapping[str, Any]], Told]
    ) -> Iterator[str]:
        for row in rows:
            index = row.first_index if isinstance(row, BatchRecord) else row.entry_index
            yield from _compared(index, kinds, entry_at, partial(told, row))

    yield from compared("law.adopted", store.laws(), _of(*_LAW))
    yield from compared("batch.received", store.batches(), _of_batch)
    for batch in store.batches():
        yield from _ends(batch, entry_at)
    yield from compared("key.accepted", store.acceptances(), _of("officer", "at"))
    yield from compared("answer.released", store.answers(), _answers_of(store))
    yield from compared("answer.recalled", store.recalls(), _of("answer", "cause", "at"))
    yield from compared("answer.opened answer.disposed", store.receipts(), _receipts_of(store))
    yield from compared("openings.disposed", store.disposals(), _of_disposal)
    yield from closing_faults(store)
    for use in store.uses():
        yield from use_faults(store, use, store.request(use.request))
    years = sorted({answer.released_on.year for answer in store.answers()})
    for year in years:
        yield from compared("figures.reported", store.figures(year), _of(*_FIGURES))


def _compared(
    index: int, kinds: str, entry_at: EntryAt, told: Callable[[Mapping[str, Any]], Told]
) -> Iterator[str]:
    try:
        entry: Entry = entry_at(index)
    except (FaultError, InputError) as error:
        yield str(error)
        return
    if entry.type not in kinds.split():
        yield f"entry {index} is not what a row of the case store says it is: {kinds}"
        return
    for name, logged, stored in told({**entry.fields, "at": entry.at}):
        if logged != stored:
            yield f"entry {index}: the case store holds another {name}"


def _of(*names: str) -> Callable[[Any, Mapping[str, Any]], Told]:
    """Compare fields that the log names as the row does."""

    def told(row: Any, entry: Mapping[str, Any]) -> Told:
        for name in names:
            yield name, entry.get(name), getattr(row, name)

    return told


def _of_batch(row: BatchRecord, entry: Mapping[str, Any]) -> Told:
    yield "name", entry.get("batch"), row.id
    yield "day of receipt", entry.get("received"), str(row.received)
    yield "counts", {k: v for k, v in _counts(entry).items() if v}, _present(row.counts)
    for name in ("rows", "row_errors", "at"):
        yield name, entry.get(name), getattr(row, name)


def _counts(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    counts: Mapping[str, Any] = entry.get("counts", {})
    return counts


def _present(counts: Mapping[str, int]) -> dict[str, int]:
    return {status: many for status, many in counts.items() if many}


def _ends(batch: BatchRecord, entry_at: EntryAt) -> Iterator[str]:
    """See that a batch ends with an entry of its own, and was decided by the book that it names.

    A file of repeats or faulty rows alone has one entry, behind which another's may stand, or none.
    """
    if batch.last_index == batch.first_index:
        return
    try:
        first, last = (entry_at(n) for n in (batch.first_index + 1, batch.last_index))
    except (FaultError, InputError) as error:
        yield str(error)
        return
    own = last.fields.get("batch") == batch.id
    later = last.at != batch.at  # all of a file is entered in one moment
    if later or (not own and not batch.first_index < _about(last) < batch.last_index):
        yield f"entry {batch.last_index} is none of batch {batch.id}"
    if first.type == "request.decided" and first.fields.get("book") != batch.book:
        yield f"entry {batch.first_index + 1}: the case store holds another book"


def _about(entry: Entry) -> int:
    found = entry.fields.get("of", -1)
    return found if isinstance(found, int) else -1


def _answers_of(store: CaseStore) -> Callable[[AnswerRecord, Mapping[str, Any]], Told]:
    return lambda row, entry: answer_told(store.request(row.request), row, entry)


def _receipts_of(store: CaseStore) -> Callable[[ReceiptRecord, Mapping[str, Any]], Told]:
    def told(row: ReceiptRecord, entry: Mapping[str, Any]) -> Told:
        yield "answer", entry.get("answer"), row.answer
        yield "day", entry.get("on"), str(row.day)
        yield "time", entry.get("at"), row.at
        answer = store.answer(row.answer)
        salt = store.request(answer.request).salt if answer else None
        if salt and row.receipt is not None:
            text = bytes(row.receipt).decode()
            yield "receipt", entry.get("receipt"), commit(salt, RECEIPT_LABEL, text)

    return told


def _of_disposal(row: Any, entry: Mapping[str, Any]) -> Told:
    yield "day", entry.get("on"), str(row.day)
    yield from _of("requests", "answers", "at")(row, entry)
