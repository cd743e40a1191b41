"""Are the files of a published log what its checkpoint signs? Every hash is computed again.

Two trees grow side by side once something differs: one from the entries themselves, one from the
hashes that the lowest tiles *record* for them. Whichever of the two has the signed root is the
true one, and so the fault gets its right name: if the entries give the signed root, a tile was
altered; if the recorded hashes give it, the entries that differ from them were altered.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Self

from ostiary.verifying.log.checkpoints import Checkpoint
from ostiary.verifying.log.faults import FAULT_LIMIT, FaultKind, FaultList, TileError
from ostiary.verifying.log.hasher import TILE_WIDTH, TreeHasher
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.tiles import CHECKPOINT_PATH, tile_path, width_at
from ostiary.verifying.log.tree import leaf_hashes

_NO_HASH = bytes(32)


class _Chain:
    """One way to compute the tree, and where the stored upper tiles disagree with it."""

    def __init__(
        self,
        reader: TileReader,
        tree: TreeHasher | None = None,
        wrong: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.tree = tree.fork(self._compare) if tree else TreeHasher(self._compare)
        self.wrong = list(wrong)
        self._reader = reader

    def fork(self) -> Self:
        """Give a second chain that is the same so far."""
        return type(self)(self._reader, self.tree, self.wrong)

    def compare_border(self) -> None:
        """Compare the partial tiles at the right edge."""
        for level, number, hashes in self.tree.border():
            self._compare(level, number, hashes)

    def _compare(self, level: int, number: int, hashes: list[bytes]) -> None:
        """Note where a stored tile differs from the hashes computed for it, first hash only."""
        if level == 0:
            return  # compared entry by entry already
        path = tile_path(level, number, len(hashes))
        try:
            stored = self._reader.tile(level, number)
        except TileError as error:
            self.wrong.append((path, error.message))
            return
        for at, (computed, found) in enumerate(zip(hashes, stored, strict=True)):
            if computed != found:
                span = TILE_WIDTH**level
                first = (number * TILE_WIDTH + at) * span
                message = f"hash {at} is not that of entries {first} to {first + span - 1}"
                self.wrong.append((path, message))
                return


class TileAudit:
    """Walks a log from its first entry to its last, bundle by bundle, and then judges it.

    Args:
        reader: the log at the checkpoint's size.
        checkpoint: verified.
        faults: where to report.

    Attributes:
        is_complete: whether the walk came to the end, so that :meth:`finish` can judge.
    """

    def __init__(self, reader: TileReader, checkpoint: Checkpoint, faults: FaultList) -> None:
        self.is_complete = True
        self._reader = reader
        self._checkpoint = checkpoint
        self._faults = faults
        self._by_entries = self._by_tiles = _Chain(reader)
        self._altered_entries: list[int] = []
        self._altered_tiles: list[str] = []

    def bundles(self) -> Iterator[list[bytes] | None]:
        """Give the entries, 256 at a time; None for a bundle that cannot be read.

        Ends early when so much is missing that looking further is pointless; see ``is_complete``.
        """
        for number in range(-(-self._checkpoint.size // TILE_WIDTH)):
            if self._faults.full:
                self.is_complete = False
                return
            entries = self._or_fault(FaultKind.BUNDLE, self._reader.bundle, number)
            recorded = self._or_fault(FaultKind.TILE, self._lowest_tile, number)
            self._grow(number, entries, recorded)
            yield entries

    def finish(self) -> None:
        """Compare the right edge and the root, and report what differs."""
        self._by_entries.compare_border()
        if self._by_tiles is not self._by_entries:
            self._by_tiles.compare_border()
        entries_hold = self._by_entries.tree.root() == self._checkpoint.root
        tiles_hold = self._by_tiles.tree.root() == self._checkpoint.root
        if not entries_hold and not tiles_hold:
            self._faults.add(
                FaultKind.ROOT,
                "the entries are not those that the checkpoint signs",
                path=CHECKPOINT_PATH,
            )
        if entries_hold:
            self._blame_lowest_tiles()
        else:
            self._blame_entries()
        for path, message in (self._by_tiles if tiles_hold else self._by_entries).wrong:
            self._faults.add(FaultKind.TILE, message, path=path)

    def _grow(self, number: int, entries: list[bytes] | None, recorded: list[bytes] | None) -> None:
        """Add one bundle; what cannot be read is taken from the tile, or left unknown."""
        width = width_at(self._checkpoint.size, 0, number)
        hashed = leaf_hashes(entries) if entries is not None else None
        computed = hashed or recorded or [_NO_HASH] * width
        claimed = recorded or computed
        if computed != claimed:
            self._part_ways(number, computed, claimed)
        self._by_entries.tree.add(computed)
        if self._by_tiles is not self._by_entries:
            self._by_tiles.tree.add(claimed)

    def _part_ways(self, number: int, computed: list[bytes], claimed: list[bytes]) -> None:
        """Note what differs, and from now on keep two trees."""
        if self._by_tiles is self._by_entries:
            self._by_tiles = self._by_entries.fork()
        self._altered_tiles.append(tile_path(0, number, len(claimed)))
        pairs = enumerate(zip(computed, claimed, strict=True), start=number * TILE_WIDTH)
        self._altered_entries += [index for index, (ours, theirs) in pairs if ours != theirs]
        del self._altered_entries[FAULT_LIMIT + 1 :]

    def _blame_entries(self) -> None:
        for index in self._altered_entries:
            self._faults.add(
                FaultKind.ENTRY, "is not the entry that was logged under this number", index=index
            )

    def _blame_lowest_tiles(self) -> None:
        for path in self._altered_tiles:
            self._faults.add(FaultKind.TILE, "the hashes are not those of the entries", path=path)

    def _lowest_tile(self, number: int) -> list[bytes]:
        return self._reader.tile(0, number)

    def _or_fault(
        self, kind: FaultKind, read: Callable[[int], list[bytes]], number: int
    ) -> list[bytes] | None:
        try:
            return read(number)
        except TileError as error:
            self._faults.add(kind, error.message, path=error.path)
            return None
