"""Who read what the office keeps, which is logged; and whether officers signed what it says."""

from dataclasses import dataclass
from functools import partial

from ostiary.accounting.entries import Entry, read_entry
from ostiary.accounting.journal import journal_entry
from ostiary.pipeline.case_file import UNNAMED
from ostiary.pipeline.reviewing import at_desk
from ostiary.pipeline.workplace import Workplace
from ostiary.review.signatures import signature_faults, unopened_votes


def log_case_read(place: Workplace, request_entry: int, reader: str | None) -> None:
    """Log that somebody read everything that ever happened to one request.

    Args:
        place: the office.
        request_entry: number of the request's entry.
        reader: who; small letters, digits and ``/ . -``.

    Raises:
        InputError: the reader cannot be named so.
    """
    entry = journal_entry(
        "case.read", at=place.moment.at, about=request_entry, reader=reader or UNNAMED
    )
    with place.store.write() as txn:
        txn.log(entry)


def log_log_read(place: Workplace, reader: str | None) -> None:
    """Log that somebody took the whole log out with its openings, as far as it goes now.

    Raises:
        InputError: the reader cannot be named so.
    """
    with place.store.write() as txn:
        size = txn.next_index
        entry = journal_entry("log.read", at=place.moment.at, reader=reader or UNNAMED, size=size)
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


def check_signatures(place: Workplace) -> SignatureReport:
    """Check every determination and vote against the register of reviewers and the log."""
    faults: list[str] = []
    cases = unopened = 0
    with at_desk(place) as desk:
        for number in place.store.reviewed():
            case = place.store.case(number)
            cases += 1
            unopened += unopened_votes(case)
            faults += signature_faults(case, place.origin, desk.reviewers, partial(_entry, place))
    return SignatureReport(cases, tuple(faults), unopened)


def _entry(place: Workplace, index: int) -> Entry:
    return read_entry(place.store.entry(index).body)
