"""What a process that shows one case after the other keeps open: law, reference, log.

Each is read again when what it was read from has changed, and not for every case.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from ostiary.deciding.matching.model import MODEL_FILE, Stamp, open_model, stamp_of
from ostiary.deciding.matching.reference_integrity import check_reference
from ostiary.deciding.matching.single import SingleVerifier
from ostiary.office.cases.event_index import CaseEventIndex
from ostiary.office.rulings.single_ruling import RulingOnOne

_SOON = 200_000
"""People of a file that is opened for single requests in less time than a batch's walk takes."""


class OpenReference:
    """A reference file, open for single requests as long as it stays the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[Path, Stamp | None, SingleVerifier] | None = None

    def asked(self, reference: Path) -> SingleVerifier:
        """Give the reference as it is now.

        Raises:
            OfficeError: there is none, another version of the standard form wrote it, or a file
                of it is not the one that its model names.
        """
        check_reference(reference)
        stamp = _stamp(reference)
        with self._lock:
            if self._kept is None or self._kept[:2] != (reference, stamp):
                self._kept = (reference, stamp, SingleVerifier(reference))
            return self._kept[2]

    def soon(self, reference: Path) -> SingleVerifier | None:
        """Give the reference where it is open, or is opened soon; None where neither holds."""
        kept = self._kept
        is_open = kept is not None and kept[:2] == (reference, _stamp(reference))
        if is_open or open_model(reference).counts.people <= _SOON:
            return self.asked(reference)
        return None


OPEN = OpenReference()
"""The reference that this process asked last: many a step looks at one record after the other."""


def _stamp(reference: Path) -> Stamp | None:
    path = reference / MODEL_FILE
    return stamp_of(path.stat()) if path.is_file() else None


@dataclass(frozen=True, slots=True)
class CaseContext:
    """What a case is shown with.

    Attributes:
        ruling: the current law and registers.
        reference: the reference file.
        log: the entries beside batches.
    """

    ruling: RulingOnOne
    reference: OpenReference
    log: CaseEventIndex
