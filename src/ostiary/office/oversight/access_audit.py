"""Who read what the office keeps, which is logged; and whether officers signed what it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

import duckdb

from ostiary.domain.errors import FaultError, InputError
from ostiary.office.cases.event_index import events_in
from ostiary.office.cases.key_history import key_faults
from ostiary.office.cases.openings import EntryAt, missing_rows, opening_faults, stored_entry
from ostiary.office.cases.signatures import signature_faults, speakers_of, unopened_votes
from ostiary.office.cases.signed_entries import signed_entry_faults
from ostiary.office.cases.steps import at_desk
from ostiary.office.folder.session import OfficeSession
from ostiary.office.oversight.counting_audit import counted_in_another_form, counting_faults
from ostiary.office.oversight.row_audit import row_faults
from ostiary.office.oversight.rows_of_entries import entry_faults
from ostiary.office.release.permanent_record_reader import kept_faults
from ostiary.office.rulings.content_digests import content_digests_of
from ostiary.office.store import Case
from ostiary.office.store.journal import journal_entry

_RESTORE = "find out who changed it and why, and restore it from the office's backup"
_TOGETHER = 1_000  # requests that are opened at a time


def log_case_read(place: OfficeSession, request_entry: int, reader: str) -> None:
    """Log that somebody read everything that ever happened to one request.

    Args:
        place: the office.
        request_entry: number of the request's entry.
        reader: who proved it, or what :func:`.officers.claimed` gives; small letters, digits
            and ``/ . -``.

    Raises:
        InputError: the reader cannot be named so.
    """
    entry = journal_entry("case.read", at=place.moment.at, about=request_entry, reader=reader)
    with place.store.write() as txn:
        txn.log(entry)


def log_log_read(place: OfficeSession, reader: str) -> None:
    """Log that somebody took the whole log out with its openings, as far as it goes now.

    The reader is given as for :func:`log_case_read`.

    Raises:
        InputError: the reader cannot be named so.
    """
    with place.store.write() as txn:
        size = txn.next_index
        entry = journal_entry("log.read", at=place.moment.at, reader=reader, size=size)
        txn.log(entry)


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What came of checking every word that officers signed.

    Attributes:
        cases: how many cases officers have spoken on.
        faults: what does not hold, each with its log entry.
        unopened: votes that nobody can check, because their openings have been destroyed.
    """

    cases: int
    faults: tuple[str, ...]
    unopened: int


def check_signatures(place: OfficeSession) -> SignatureReport:
    """Check every determination, vote, correction of the clock and explanation of a late file."""
    faults: list[str] = []
    cases = unopened = 0
    entry_at = partial(stored_entry, place.store)
    with at_desk(place) as desk:
        speakers = speakers_of(place, desk.reviewers)
        for number in place.store.reviewed():
            case = place.store.case(number)
            cases += 1
            unopened += unopened_votes(case)
            faults += signature_faults(case, speakers, entry_at)
        log = place.store.entries_from(0)
        faults += signed_entry_faults(place.origin, log, desk.reviewers)
    return SignatureReport(cases, tuple(faults), unopened)


@dataclass(frozen=True, slots=True)
class OpeningReport:
    """What came of opening the log on every request that can still be opened.

    Attributes:
        requests: how many were opened.
        faults: what the log does not bear out, each with its entry.
        not_recounted: of how many whom they asked about was counted in an earlier standard form,
            and is not recounted.
        disposed: whether openings have been destroyed: then a place that was asked about and is
            counted nowhere may have been counted under what was destroyed, and is no fault.
    """

    requests: int
    faults: tuple[str, ...]
    not_recounted: int
    disposed: bool


def _faults_of(case: Case, entry_at: EntryAt) -> Iterator[str]:
    try:
        yield from opening_faults(case, entry_at)
    except FaultError as error:  # an entry that it names is not in the log, or another one
        yield str(error)


def _key_faults(place: OfficeSession, entry_at: EntryAt) -> Iterator[str]:
    try:
        with at_desk(place) as desk:
            yield from key_faults(desk, entry_at)
    except (FaultError, InputError) as error:  # the office does not open on what the rows say
        yield str(error)


def check_openings(place: OfficeSession) -> OpeningReport:
    """Open every commitment of the log of which the office still holds the opening.

    Id, content, facts, status and outcome of each request, and each word of an officer; what is
    counted over requests, see :mod:`ostiary.office.oversight.counting_audit`; every other row that
    has an entry, and that each has one (:mod:`.row_audit`, :mod:`.rows_of_entries`); the entries
    themselves as they stand in the case store, which :meth:`OfficeSession.publish` holds to the
    published log.
    """
    if misfits := place.store.misfits():
        told = f"what stands in the case store under {{}} was never stored there; {_RESTORE}"
        return OpeningReport(0, tuple(map(told.format, misfits)), 0, bool(place.store.disposals()))
    entry_at = partial(stored_entry, place.store)
    faults: list[str] = []
    requests = not_recounted = 0
    events, laws = events_in(place.store), place.store.laws()
    size = events.read(place.store)
    kept = place.store.openable()
    with duckdb.connect() as con:
        while some := [one.id for one in islice(kept, _TOGETHER)]:
            cases = list(place.store.cases(some))
            requests += len(cases)
            found = {case.request.id: list(_faults_of(case, entry_at)) for case in cases}
            for case in cases:
                own = found[case.request.id]
                own += missing_rows(case, events.rows_about(case.request.entry_index, size))
                own += _content_faults(place, case)
                faults += own
            sound = [case for case in cases if not found[case.request.id]]
            otherwise = counted_in_another_form(cases, laws)
            not_recounted += len(otherwise)
            faults += counting_faults(con, place, sound, otherwise)
    faults += kept_faults(place)
    faults += row_faults(place, entry_at)
    faults += entry_faults(place.store)
    faults += _key_faults(place, entry_at)
    disposed = bool(place.store.disposals())
    return OpeningReport(requests, tuple(faults), not_recounted, disposed)


def _content_faults(place: OfficeSession, case: Case) -> Iterator[str]:
    payload, salt = case.request.payload, case.request.salt or ""
    digests = content_digests_of(place.secret_text(), salt, payload or "")
    if payload is not None and case.request.content not in digests:
        yield f"entry {case.request.entry_index}: another digest of the content"
