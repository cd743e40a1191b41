"""What was disclosed of one person: the accounting that the person may ask for.

26 USC 6103(p)(3)(A) keeps it by the standards of 5 USC 552a(c): date, nature and purpose of each
disclosure, and who got it. It is read from the cases whose openings are kept, and from the
permanent record of the others. Requests that disclosed nothing are not in it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from ostiary.office.cases.openings import answered_cases
from ostiary.office.folder.session import OfficeSession
from ostiary.office.release.permanent_record import kept_row
from ostiary.office.release.permanent_record_reader import check_kept, kept_rows
from ostiary.verifying.keys.files import OpeningKey

_SHOWN = (
    *("entry", "answer", "released_on", "agency", "recipients"),
    *("provision", "agreement", "items"),
)


def disclosures_of(
    place: OfficeSession, person_id: str, key: Callable[[], OpeningKey]
) -> Iterator[dict[str, Any]]:
    """Give what was disclosed of a person, in the order of the requests' log entries.

    Args:
        place: the office.
        person_id: the custodian's own id of the person.
        key: gives the key of the permanent record; asked when something has been kept.

    Returns:
        ``entry``, ``answer`` (its id), ``released_on``, ``agency``, ``recipients``,
        ``provision``, ``agreement``, ``items``, ``purpose`` (the matter, as the request stated it)
        and ``reasons``.

    Raises:
        OfficeError: the key is not here, or is another one.
        FaultError: the log does not bear out an answer, or the permanent record.
    """
    # Of everybody, so that the time tells nobody whether there is something of this person.
    rows = [
        kept_row(case)
        for case in answered_cases(place.store)
        if case.answer and case.answer.disclosed
    ]
    check_kept(place)
    if next(place.store.kept_records(), None) is not None:
        rows += [row for row in kept_rows(place, key()) if row.get("disclosed")]
    told = [(row["person_id"], _shown(row)) for row in sorted(rows, key=_by_entry)]
    yield from (row for person, row in told if person == person_id)


def _by_entry(row: dict[str, Any]) -> int:
    return int(row["entry"])


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: row[name] for name in _SHOWN}
    return told | {"purpose": row["matter"], "reasons": row["reasons"]}
