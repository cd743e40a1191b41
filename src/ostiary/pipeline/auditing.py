"""Who read what the office keeps: a reading of the accounting is in the accounting, too."""

from ostiary.accounting.journal import journal_entry
from ostiary.pipeline.case_file import UNNAMED
from ostiary.pipeline.workplace import Workplace


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
