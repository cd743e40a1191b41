"""What only the file of a request, and the office's history, showed on its day of receipt.

A ruling on one case derives its facts anew from that request alone, so that of its matter one
person is asked about, and one matter is open. What an officer and the agency are told are the
counts that had the question asked.
"""

from dataclasses import replace

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import mask_one, status_of
from ostiary.office.rulings.disclosure import Ruling
from ostiary.office.rulings.stored_facts import stored_facts
from ostiary.office.store import CaseRecord

_COUNTED = (
    "file_rows",
    "matter_people",
    "reason_matters",
    "reason_shared",
    "recipient_open_matters",
)


def as_counted(book: Book, ruling: Ruling, request: CaseRecord) -> Ruling:
    """Rule by the counts that were stored with a request; as it is, where they are destroyed."""
    stored = stored_facts(request)
    counts = {name: stored[name] for name in _COUNTED if stored.get(name) is not None}
    facts = {**ruling.facts, **counts}
    mask = mask_one(book, facts, ruling.day)
    return replace(ruling, status=status_of(book, mask), mask=mask, facts=facts)
