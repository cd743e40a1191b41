"""Are a batch's figures what its requests add up to? The second rule of the recount."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from ostiary.verifying.log.decision_entries import Decided
from ostiary.verifying.log.entries import Entry
from ostiary.verifying.log.hasher import TreeHasher
from ostiary.verifying.log.vocabulary import COUNTED_STATUSES, DECIDED_STATUSES

_LEAVES_AT_ONCE = 4096


@dataclass(slots=True)
class RecountedBatch:
    """What a batch says of itself, and what its requests add up to.

    Attributes:
        first: index of its first request.
        claimed: its `batch.received` entry, when there is one.
        claimed_at: index of that entry.
        counts: requests counted by status.
        days: the days of receipt that its requests state.
    """

    first: int = 0
    claimed: Entry | None = None
    claimed_at: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)
    _tree: TreeHasher = field(default_factory=TreeHasher)
    _contents: list[bytes] = field(default_factory=list)

    def add(self, content: bytes) -> None:
        """Take in one request's commitment to its content: its 64 hex digits, in log order."""
        self._contents.append(content)
        if len(self._contents) >= _LEAVES_AT_ONCE:
            self._flush()

    def differences(self) -> Iterator[str]:
        """Name the figures of the claim that the requests do not bear out."""
        if self.claimed is None:
            return
        counted: dict[str, Any] = {
            "counts": {
                status: self.counts[status]
                for status in DECIDED_STATUSES
                if status in COUNTED_STATUSES or self.counts[status]
            },
            "root": self._root(),
            "rows": self.counts.total() + self.claimed["row_errors"] + self.claimed["repeats"],
        }
        yield from (name for name, figure in counted.items() if figure != self.claimed[name])
        if self.days - {self.claimed["received"]}:
            yield "received"

    def _root(self) -> str:
        self._flush()
        return self._tree.root().hex()

    def _flush(self) -> None:
        self._tree.add([sha256(b"\x00sha256:" + each).digest() for each in self._contents])
        self._contents.clear()


@dataclass(slots=True)
class Tally:
    """How many requests of one batch said the same.

    Attributes:
        decided: what they said.
        batch: their batch.
        code: what the recount keeps of each of them.
        count: how many there were.
    """

    decided: Decided
    batch: RecountedBatch
    code: int
    count: int = 0
