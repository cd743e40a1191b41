"""Are rows of another agency in a file, besides those that became requests of it?

A row that could not be read is no request, and a row that repeats an earlier one is a request of an
earlier file. Both are told in the files of a batch, so whose they are is asked before an agency is
shown them.
"""

import csv
import json
from functools import lru_cache
from pathlib import Path

from ostiary.deciding.intake.typed import agency_meant
from ostiary.domain.errors import InputError
from ostiary.office.batches.rows_to_mend_files import TO_MEND
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store import BatchRecord


def is_others_too(place: OfficeSession, batch: str, agency: str) -> bool:
    """Whether a row of a batch that is no request of it is, or may be, of another agency.

    Where the rows that could not be read are no longer kept, nobody can tell, and they may be.
    """
    found = place.store.batch(batch)
    if found is None:
        return True
    folder = place.office.batches / batch
    if found.row_errors and not _unreadable(folder / TO_MEND) <= {agency}:
        return True
    repeats = found.rows - found.row_errors - sum(found.counts.values())
    return repeats > 0 and not _repeated(place, found, folder / "replies.jsonl") <= {agency}


def _unreadable(path: Path) -> frozenset[str]:
    """Name the agencies of the rows that could not be read; an empty name where nobody can tell."""
    return _agencies(path) if path.is_file() else frozenset({""})


@lru_cache(maxsize=256)
def _agencies(path: Path) -> frozenset[str]:
    """Read them; a file of a batch never changes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return frozenset(
            agency_meant(row.get("agency") or "") for row in rows if row["status"] == "unreadable"
        )


def _repeated(place: OfficeSession, batch: BatchRecord, path: Path) -> set[str]:
    """Name the agencies of the requests of earlier files that a file repeats."""
    if not path.is_file():
        return {""}
    with path.open(encoding="utf-8") as lines:
        entries = {json.loads(line)["receipt"]["entry"] for line in lines}
    own = range(batch.first_index, batch.last_index + 1)
    return {_agency_of(place, entry) for entry in entries if entry not in own}


def _agency_of(place: OfficeSession, entry: int) -> str:
    try:
        return place.store.request_at(entry).agency
    except InputError:
        return ""
