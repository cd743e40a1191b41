"""What can be wrong with a log, by name; and the errors that single checks raise.

A verifier collects :class:`Fault` values, so that one damaged tile does not hide another. A check
of one object (a note, a proof, an entry) raises one of the errors below and stops.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from ostiary.domain.errors import FaultError

FAULT_LIMIT = 20
"""More faults than this are counted, not kept: nobody reads on."""


class CanonicalFormError(FaultError):
    """Bytes that are not RFC 8785 canonical JSON of text, whole numbers, flags and objects."""


class EntryError(FaultError):
    """A log entry that the vocabulary of :mod:`ostiary.verifying.log.entries` does not know."""


class NoteError(FaultError):
    """A signed note or checkpoint that is malformed or carries no valid known signature."""


class NoSignatureError(NoteError):
    """A signed note that no known key has signed."""


class StampError(FaultError):
    """A time-stamp token that is malformed, of something else, or of no authority believed."""


class ProofError(FaultError):
    """An inclusion or consistency proof that does not prove what it claims."""


class TileError(FaultError):
    """A tile or entry bundle that is missing or malformed.

    Args:
        message: what is wrong.
        path: the tile's path below the log's prefix.
    """

    def __init__(self, message: str, *, path: str) -> None:
        self.message, self.path = message, path
        super().__init__(f"{path}: {message}")


class RollbackError(FaultError):
    """The published log knows more, or other, entries than the store that claims to feed it."""


class FaultKind(StrEnum):
    """The name of a fault, as `ostiary accounting verify` prints it."""

    CHECKPOINT = "checkpoint"  # not signed by a known key, malformed, or absent
    WITNESS = "witness"  # too few of the named witnesses cosigned, or one falsely
    TIMESTAMP = "timestamp"  # a time-stamp is of something else, or of no authority you named
    PREVIOUS = "previous"  # the earlier checkpoint cannot be used as evidence
    ROLLBACK = "rollback"  # the log is shorter than an earlier checkpoint of it
    FORK = "fork"  # the log does not extend an earlier checkpoint of it
    ROOT = "root"  # the entries are not those that the checkpoint signs
    TILE = "tile"  # a tile does not hold the hashes of what lies under it
    BUNDLE = "bundle"  # an entry bundle is missing or malformed
    ENTRY = "entry"  # an entry was changed after it was logged
    FORM = "form"  # an entry is not canonical, or not of the vocabulary
    ORIGIN = "origin"  # the office that opened the log is not the one that signs it
    STRAY = "stray"  # a file among the tiles that is no part of this log
    EXPORT = "export"  # a row of an auditor's export is not what was logged, or is missing
    STATUS = "status"  # a status is not what the mask of rules beside it says
    CLOCK = "clock"  # an entry is dated before the one before it, or after a time-stamp of it
    REFERENCE = "reference"  # `of` does not point to an earlier accepted request
    BATCH = "batch"  # a batch's figures are not what its requests add up to
    ELEMENT = "element"  # a record looked at before persons had found what the law has them find
    APPROVALS = "approvals"  # an answer without two officers over the same decision
    RELEASE = "release"  # an answer released twice, or under another agency's name
    OPENING = "opening"  # an answer opened, recalled or disposed of that was not released
    DISPOSAL = "disposal"  # more openings disposed of than there were
    REPORT = "report"  # figures reported that are not those of the entries
    KEY = "key"  # the log's keys were not changed as its entries say


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        kind: its name.
        message: one sentence for people, without a person's data.
        index: the entry it is about, when it is about one.
        path: the tile, bundle or file it is about, when it is about one.
    """

    kind: FaultKind
    message: str
    index: int | None = None
    path: str = ""

    def __str__(self) -> str:
        place = self.path if self.index is None else f"entry {self.index}"
        return f"{self.kind}: {place}: {self.message}" if place else f"{self.kind}: {self.message}"


@dataclass(slots=True)
class FaultList:
    """The faults found so far: all are counted, the first ``FAULT_LIMIT`` are kept."""

    kept: list[Fault] = field(default_factory=list)
    count: int = 0

    @property
    def full(self) -> bool:
        """Whether looking further is pointless."""
        return self.count >= FAULT_LIMIT

    def add(
        self, kind: FaultKind, message: str, *, index: int | None = None, path: str = ""
    ) -> None:
        """Count one fault, and keep it while there is room."""
        self.count += 1
        if self.count <= FAULT_LIMIT:
            self.kept.append(Fault(kind, message, index, path))

    def extend(self, other: "FaultList") -> None:
        """Count the faults of another list as well, and keep them while there is room."""
        self.kept += other.kept[: max(FAULT_LIMIT - self.count, 0)]
        self.count += other.count
