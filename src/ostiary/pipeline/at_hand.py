"""What a process that shows one case after the other keeps open: law, reference, log.

Each is read again when what it was read from has changed, and not for every case.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from ostiary.matching.integrity import check_reference
from ostiary.matching.model import MODEL_FILE
from ostiary.matching.single import OneByOne
from ostiary.pipeline.beside_batches import BesideBatches
from ostiary.pipeline.ruling_on_one import RulingOnOne


class OpenReference:
    """The reference file, open for single requests as long as it stays the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[tuple[int, int], OneByOne] | None = None

    def asked(self, reference: Path) -> OneByOne:
        """Give the reference as it is now.

        Raises:
            OfficeError: there is none, another version of the standard form wrote it, or a file
                of it is not the one that its model names.
        """
        check_reference(reference)
        path = reference / MODEL_FILE
        stamp = (s.st_mtime_ns, s.st_ino) if path.is_file() and (s := path.stat()) else (0, 0)
        with self._lock:
            if self._kept is None or self._kept[0] != stamp:
                self._kept = (stamp, OneByOne(reference))
            return self._kept[1]


@dataclass(frozen=True, slots=True)
class AtHand:
    """What a case is shown with.

    Attributes:
        ruling: the current law and registers.
        reference: the reference file.
        log: the entries beside batches.
    """

    ruling: RulingOnOne
    reference: OpenReference
    log: BesideBatches
