"""Every look at a case as officers see it is an entry of the log, whichever face shows it."""

from ostiary.office.folder.session import OfficeSession
from ostiary.office.store import Case
from ostiary.office.store.journal import journal_entry


def log_look(place: OfficeSession, case: Case, reader: str) -> None:
    """Write a look into the log: an inspection in the sense of 26 USC 6103(b)(7).

    Args:
        place: the office.
        case: what is shown.
        reader: whom it is shown to, as the log is to name them.
    """
    entry = journal_entry(
        "case.viewed", at=place.moment.at, of=case.request.entry_index, officer=reader
    )
    with place.store.write() as txn:
        txn.log(entry)
