"""A redacted document enters the log by its root, which what is unsealed later is held against."""

from ostiary.office.folder.session import OfficeSession
from ostiary.office.store.journal import journal_entry


def log_document(place: OfficeSession, root: str, *, pieces: int, withheld: int) -> int:
    """Log the root over a document's commitments, publish the log, and give the entry's number.

    Args:
        place: the office.
        root: 64 hex digits.
        pieces: how many pieces the document has.
        withheld: how many of them are withheld.
    """
    entry = journal_entry(
        "document.committed", at=place.moment.at, root=root, pieces=pieces, withheld=withheld
    )
    with place.store.write() as txn:
        index = txn.next_index
        txn.log(entry)
    place.publish()
    return index
