"""What agencies report of the answers that they were given, and of which they report nothing.

1. An agency reports of its own requests, once they are answered, one word of a closed list. The
   same words may be reported whatever the answer said. The last one counts, earlier ones stay.
2. The log says that the agency reported something of one of its requests, never of which: it holds
   a commitment. *Used* and *prosecution* would tell that something was confirmed.
3. Where openings are destroyed, so is the word.
4. What is counted is held to the log: a word that the log does not bear out is a fault.
"""

from collections import Counter
from datetime import date
from typing import Final

from ostiary.domain.errors import FaultError, InputError
from ostiary.domain.words import Use
from ostiary.office.cases.openings import stored_entry
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store import CaseRecord, NewUse, UseRecord
from ostiary.office.store.cases import CaseStore
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import commit

ENTRY = "use.reported"
NOT_REPORTED: Final = "not-reported"
DESTROYED: Final = "destroyed"
COUNTED = (*map(str, Use), NOT_REPORTED, DESTROYED)
"""What the answers of a year are counted by: reports, none, and reports that were destroyed."""
_LABEL = "reported-use"


def report_use(place: OfficeSession, number: int, use: Use, by: str) -> bool:
    """Take in what an agency reports of the answer to a request.

    Args:
        place: the office; that the request is the agency's own is the caller's to see.
        number: of the request.
        use: what became of the answer.
        by: the program or officer of the agency who reports.

    Returns:
        Whether it is another word than the last one.

    Raises:
        InputError: the request has no answer yet, or its openings have been destroyed.
    """
    with place.store.write() as txn:
        request = place.store.request(number)
        if place.store.answer_name(number) is None:
            raise InputError("there is no answer yet that something could be reported of")
        if request.salt is None:
            raise InputError("the openings of this request have been destroyed")
        earlier = place.store.uses(number)
        if earlier and earlier[-1].use == use:
            return False
        row = NewUse(number, len(earlier) + 1, str(use), by, place.moment.today, place.moment.at)
        entry = journal_entry(
            ENTRY,
            at=row.at,
            agency=request.agency,
            on=str(row.day),
            report=_commitment(request.salt, row.number, row.use),
        )
        txn.add_use(row, entry)
    return True


def count_uses(
    place: OfficeSession, year: int, *, until: date = date.max
) -> dict[str, Counter[str]]:
    """Count the answers released in a year by what their agency reported last.

    Args:
        place: the office.
        year: calendar year.
        until: the last day of reports that count.

    Returns:
        For each agency how many answers by each of :data:`COUNTED`.

    Raises:
        FaultError: the log does not bear a report out.
    """
    found: dict[str, Counter[str]] = {}
    for agency, last in place.store.last_uses(year, until):
        counts = found.setdefault(agency, Counter())
        if last is None:
            counts[NOT_REPORTED] += 1
            continue
        request = place.store.request(last.request)
        for fault in use_faults(place.store, last, request):
            raise FaultError(fault)
        counts[last.use or DESTROYED] += 1
    return found


def use_faults(store: CaseStore, row: UseRecord, request: CaseRecord) -> tuple[str, ...]:
    """Say what the log does not bear out of a report; nothing where its opening is destroyed."""
    entry = stored_entry(store, row.entry_index)
    if entry.type != ENTRY or entry["agency"] != request.agency:
        return (f"entry {row.entry_index} is no report of this agency",)
    told = (entry.at, entry["on"])
    if told != (row.at, str(row.day)):
        return (f"entry {row.entry_index}: the case store holds another day of the report",)
    if request.salt is None:
        return ()
    if entry["report"] != _commitment(request.salt, row.number, row.use):
        return (f"entry {row.entry_index}: the case store holds another report",)
    return ()


def _commitment(salt: str, number: int, use: str) -> str:
    """Commit to a report; its number keeps two that say the same from being seen to."""
    return commit(salt, _LABEL, f"{number} {use}")
