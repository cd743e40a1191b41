"""Are a batch's figures what its requests add up to? The second rule of the recount."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from ostiary.accounting.decided import Decided
from ostiary.accounting.entries import Entry
from ostiary.accounting.hasher import TreeHasher
from ostiary.accounting.vocabulary import DECIDED_STATUSES

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
    _leaves: list[bytes] = field(default_factory=list)

    def count(self, decided: Decided, content: bytes) -> None:
        """Count one request, by what it says and its commitment to the content."""
        self.counts[decided.status] += 1
        self.days.add(decided.received)
        self._leaves.append(sha256(b"\x00" + content).digest())
        if len(self._leaves) >= _LEAVES_AT_ONCE:
            self._flush()

    def differences(self) -> Iterator[str]:
        """Name the figures of the claim that the requests do not bear out."""
        if self.claimed is None:
            return
        counted: dict[str, Any] = {
            "counts": {status: self.counts[status] for status in DECIDED_STATUSES},
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
        self._tree.add(self._leaves)
        self._leaves.clear()
