"""Disposal: openings are destroyed when the retention register says so; the log stays whole.

Destroyed are the request, its facts and random bits, the person that was found, the sealed answer,
what recipients signed, why an officer refused, and their copies in the folders of batches, answers
and recalls. The log keeps its entries; nobody can open their commitments any more.

What 26 USC 6103(p)(3)(A) has kept for ever is sealed first (:mod:`.release.permanent_record`), in
the same transaction.

The case store is emptied first, in one transaction with the entry. Files follow, then the database
is rewritten; a stop in between is made good when the office is next entered.

Kept are: what a litigation hold of a court covers, or may cover, for a request that was not let
through has no facts left that could show the contrary; what counsel has not answered yet; what is
under recall until every recipient
has certified what became of it; and answers of a year whose figures have not been reported, because
afterwards nobody could count its taxpayers.
"""

import json
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.orders import held_by, holds_on
from ostiary.disk.durable import put_durably, sync_directory
from ostiary.disk.locks import alone
from ostiary.domain.errors import BookError
from ostiary.domain.register_tables import REGISTER
from ostiary.domain.words import Status
from ostiary.office.batches.batch_folder import CUSTODY
from ostiary.office.batches.rows_to_mend_files import TO_MEND
from ostiary.office.cases.states import is_owed_still
from ostiary.office.folder.session import OfficeSession
from ostiary.office.release.delivery import write_index
from ostiary.office.release.permanent_record import kept_entry, kept_parts
from ostiary.office.release.recall import FOLDER as RECALLS
from ostiary.office.release.receipts import standings
from ostiary.office.rulings.stored_facts import stored_facts
from ostiary.office.store import NewDisposal, NewEntry, OpenableRequest
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import commitment_root

KINDS = ("answered", "unanswered", "returned", "suspended", "to-counsel")
LONGEST_KEPT = 200
"""Years that openings may be kept at most; a longer time is a slip of the hand."""
# A file of a batch's custody, and the column by which its rows are told apart.
_FILES = {"requests": "row", "determinations": "request_id", "verifications": "request_id"}


@dataclass(frozen=True, slots=True)
class Due:
    """What retention says on a day.

    Attributes:
        requests: those whose openings are to be destroyed.
        under_recall: how many are due and kept, because they are recalled.
        not_reported: how many are due and kept, because their year was not reported.
        under_hold: how many are due and kept, because a litigation hold covers them, or may.
        register: digest of the registers that say so.
    """

    requests: tuple[OpenableRequest, ...]
    under_recall: int
    not_reported: int
    under_hold: int
    register: str

    @property
    def answers(self) -> int:
        """How many of them were answered."""
        return sum(one.answer is not None for one in self.requests)


def due(place: OfficeSession) -> Due:
    """Say what is to be destroyed today.

    Raises:
        BookError: the retention register names an unknown kind or no number of years.
    """
    with place.scratch() as con:
        law = place.read_law(con)
        years = _retention(con)
    today = place.moment.today
    held = _under_recall(place)
    with_counsel = _with_counsel(place, law.book)
    unreported = _unreported(place)
    chosen, recalled, waiting = [], 0, 0
    for one in place.store.openable(today):
        if one.id in with_counsel or not _is_due(one, years, today):
            continue
        if one.answer in held:
            recalled += 1
        elif one.released_on is not None and one.released_on.year in unreported:
            waiting += 1
        else:
            chosen.append(one)
    kept = _held_by_courts(place, law.book, [one.id for one in chosen])
    free = tuple(one for one in chosen if one.id not in kept)
    return Due(free, recalled, waiting, len(kept), law.digests["registers"])


def _with_counsel(place: OfficeSession, book: Book) -> frozenset[int]:
    """Name the requests to which silence is no answer, and that nobody has answered."""
    owed = {
        one.request.id
        for provision, whom in book.owed.items()
        for one in place.store.cases(place.store.unanswered_under({provision}))
        if is_owed_still(one, whom)
    }
    return frozenset({*owed, *place.store.with_counsel()})


def _held_by_courts(place: OfficeSession, book: Book, numbers: Collection[int]) -> frozenset[int]:
    """Name the requests that a litigation hold in force covers, or may cover.

    Whom an order is about is looked up anew by nobody here: what was true at admission may not be
    so of an order made later. So a hold about people keeps every request that is otherwise in it.
    """
    today = place.moment.today
    if not holds_on(book, today):
        return frozenset()
    return frozenset(
        case.request.id
        for case in place.store.cases(numbers)
        if held_by(book, stored_facts(case.request) | {"person_in_order": None}, today)
    )


def dispose(place: OfficeSession, chosen: Due) -> str:
    """Destroy openings; nothing is logged when nothing is due.

    Returns:
        What is left to be done by somebody with more rights over the database; or nothing.
    """
    with place.store.write() as txn:
        still = _still_due(place, chosen)
        if not still.requests:
            return ""
        parts = kept_parts(place, still.requests)
        txn.keep(parts, kept_entry(place, still.requests, parts))
        row = NewDisposal(place.moment.today, len(still.requests), still.answers, place.moment.at)
        txn.dispose(row, [one.id for one in still.requests], _entry(place, still))
    return finish_disposal(place)


def _still_due(place: OfficeSession, chosen: Due) -> Due:
    """Leave out what is no longer due, or another state of it: all is asked again.

    Disposed of, answered, recalled or sent to counsel meanwhile, or held by a court whose order
    came since; what was destroyed does not come back.
    """
    again = due(place)
    still = {one.id: one for one in again.requests}
    kept = tuple(one for one in chosen.requests if still.get(one.id) == one)
    return replace(again, requests=kept)


def _entry(place: OfficeSession, chosen: Due) -> NewEntry:
    return journal_entry(
        "openings.disposed",
        at=place.moment.at,
        on=str(place.moment.today),
        register=chosen.register,
        requests=len(chosen.requests),
        answers=chosen.answers,
        root=disposal_root(one.entry_index for one in chosen.requests),
    )


def finish_disposal(place: OfficeSession) -> str:
    """Remove the files of what was destroyed, and rewrite the database.

    Returns:
        As :func:`dispose`.
    """
    with alone(place.office.root / ".disposing"):
        for batch, is_empty in place.store.closed_batches().items():
            _clear_batch(place, batch, whole=is_empty)
        _clear_answers(place)
        place.store.close()
        left = place.office.scrub()
        with place.store.write() as txn:
            for one in place.store.disposals():
                if not one.done:
                    txn.mark_disposal_done(one.id)
    return left


def disposal_root(entries: Iterable[int]) -> str:
    """Give the root, in hex, over the numbers of the requests' entries, as the log holds it."""
    return commitment_root(str(index) for index in entries)


def _retention(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    rows = con.execute(f"SELECT kind, years FROM {REGISTER['retention']}").fetchall()
    for kind, years in rows:
        if kind not in KINDS or not str(years).isdigit() or not 0 < int(years) <= LONGEST_KEPT:
            raise BookError(
                "this row of the retention register says nothing that can be done",
                where=f"retention.csv, {kind}",
                cure=f"write one of {', '.join(KINDS)}, and whole years from 1 to {LONGEST_KEPT}",
            )
    return {kind: int(years) for kind, years in rows}


def _is_due(one: OpenableRequest, years: dict[str, int], today: date) -> bool:
    if one.status is Status.ACCEPTED:
        kind = "answered" if one.released_on else "unanswered"
    else:
        kind = str(one.status)
    kept = years.get(kind)
    return kept is not None and _later(one.released_on or one.received, kept) <= today


def _later(day: date, years: int) -> date:
    """Give the same day some years later; 1 March for a 29 February that is none then."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _under_recall(place: OfficeSession) -> frozenset[str]:
    """Name the answers that are recalled and not certified by every recipient."""
    recalled = {one.answer for one in place.store.recalls()}
    if not recalled:
        return frozenset()
    return frozenset(
        one.answer_id
        for one in standings(place)
        if one.recalled_for and set(one.certified_by) < {*one.opened_by, *one.not_heard_of}
    )


def _unreported(place: OfficeSession) -> frozenset[int]:
    years = {released_on.year for *_, released_on in place.store.answer_index()}
    return frozenset(year for year in years if not place.store.figures(year))


def _clear_batch(place: OfficeSession, batch: str, *, whole: bool) -> None:
    """Take destroyed requests out of a batch's folder; all of custody when none is left."""
    folder = place.office.batches / batch
    custody = folder / CUSTODY
    if (folder / TO_MEND).exists():  # people's data of rows that were never a request, too
        (folder / TO_MEND).unlink()
        sync_directory(folder)
    if whole:
        if custody.exists():
            shutil.rmtree(custody)
            sync_directory(folder)
        _forget_file(folder / "summary.json")
    elif custody.exists():
        closed = place.store.closed_requests(batch)
        with place.scratch() as con:
            for name, column in _FILES.items():
                keys = [str(row if column == "row" else request) for row, request in closed]
                _without(con, custody / f"{name}.parquet", column, keys)
        sync_directory(custody)


def _without(con: duckdb.DuckDBPyConnection, path: Path, column: str, keys: list[str]) -> None:
    """Write a custody file again without the rows named; the old file is gone afterwards."""
    beside = path.with_name(f".{path.name}.new")
    con.execute("CREATE OR REPLACE TEMP TABLE closed AS SELECT unnest($1) AS key", [keys])
    target = str(beside).replace("'", "''")
    source = str(path).replace("'", "''")
    con.execute(
        f"""
        COPY (SELECT * FROM read_parquet('{source}')
              WHERE CAST({column} AS VARCHAR) NOT IN (SELECT key FROM closed))
        TO '{target}' (FORMAT parquet, COMPRESSION zstd)
        """
    )
    put_durably(path, beside.read_bytes())
    beside.unlink()


def _forget_file(summary: Path) -> None:
    """Take the opening of the commitment to the request file out of a batch's summary."""
    if not summary.exists():
        return
    said = json.loads(summary.read_text(encoding="utf-8"))
    if said.pop("file", None) is not None:
        put_durably(summary, (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode())


def _clear_answers(place: OfficeSession) -> None:
    gone = place.store.emptied_answers()
    removed = list(_files_of(place, gone))
    for path in removed:
        path.unlink()
    if gone:
        write_index(place)
    for folder in {path.parent for path in removed} | {place.office.answers}:
        sync_directory(folder)


def _files_of(place: OfficeSession, answers: frozenset[str]) -> Iterator[Path]:
    yield from (one for one in place.office.answers.glob("*.answer") if one.stem in answers)
    notices = (place.office.root / RECALLS).glob("*.recall")
    yield from (one for one in notices if one.name.rpartition("-")[0] in answers)
