"""The leaf hashes of an office's published log, proved by the tree of its checkpoint.

The case store holds the entries too, beside the rows that they bear out; whoever may edit the one
may edit the other. What was published cannot be edited with it: it lies in files, outsiders hold
copies, and its tree is signed. So an entry of the case store is held to its leaf there. The
signature is not looked at here: publishing verifies it before any step, and so do outsiders.
"""

import threading
from pathlib import Path
from weakref import WeakKeyDictionary

from ostiary.domain.errors import FaultError
from ostiary.office.store.cases import CaseStore
from ostiary.verifying.log.checkpoints import unverified_checkpoint
from ostiary.verifying.log.faults import NoteError, ProofError, TileError
from ostiary.verifying.log.hasher import TILE_WIDTH
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.tree import inclusion_proof, tree_root, verify_inclusion

_KEPT = 64  # tiles of 8 KiB
NOT_PUBLISHED = "entry {} of the case store is not the one that was published"
"""What is said of an entry whose leaf hash is another one in the published log."""
_TRIES = 3  # another program publishes, and takes tiles away that have become whole


class PublishedLeaves:
    """Leaf hashes by number; each tile is proved once, by the tree that it is part of.

    Args:
        folder: the published log.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._reader: TileReader | None = None
        self._root = b""
        self._kept: dict[int, list[bytes]] = {}

    def leaf(self, index: int) -> bytes | None:
        """Give the leaf hash of an entry; None where it has not been published yet.

        Raises:
            FaultError: the published log is not the tree of its checkpoint.
        """
        with self._lock:
            for last in range(_TRIES - 1, -1, -1):
                try:
                    return self._leaf(index)
                except (NoteError, ProofError, TileError) as error:
                    self._reader = None
                    if not last:
                        raise FaultError(f"the published log is damaged: {error}") from None
        return None

    def _leaf(self, index: int) -> bytes | None:
        reader = self._reader
        if reader is None or index >= reader.size:
            reader = self._reader = self._look()
        if reader is None or index >= reader.size:
            return None
        number, within = divmod(index, TILE_WIDTH)
        tile = self._kept.get(number, [])
        if within >= len(tile):
            tile = self._proved(reader, number)
        return tile[within]

    def _look(self) -> TileReader | None:
        path = self._folder / CHECKPOINT_PATH
        if not path.exists():
            return None
        checkpoint = unverified_checkpoint(path.read_bytes())
        self._root = checkpoint.root
        return TileReader(FolderSource(self._folder), checkpoint.size)

    def _proved(self, reader: TileReader, number: int) -> list[bytes]:
        """Read a tile; the proof of its first leaf goes over all others of it."""
        first = number * TILE_WIDTH
        tile = reader.tile(0, number)

        def node(height: int, index: int) -> bytes:  # of the very leaves that are given out
            start = (index << height) - first
            own = 0 <= start < len(tile)
            return (
                tree_root(tile[start : start + (1 << height)])
                if own
                else reader.node(height, index)
            )

        path = inclusion_proof(first, reader.size, node)
        verify_inclusion(tile[0], first, reader.size, path, self._root)
        if number not in self._kept and len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]  # the one that was proved first
        self._kept.pop(number, None)
        self._kept[number] = tile
        return tile


_known: "WeakKeyDictionary[CaseStore, PublishedLeaves]" = WeakKeyDictionary()
_guard = threading.Lock()


def attach_published(store: CaseStore, folder: Path) -> None:
    """Say where the log of an office's case store is published."""
    with _guard:
        _known[store] = PublishedLeaves(folder)


def check_published(store: CaseStore, index: int, leaf: bytes) -> None:
    """See that an entry is the one that was published under its number, if one was.

    Args:
        store: an office's case store.
        index: the entry's number.
        leaf: the leaf hash of its text.

    Raises:
        FaultError: another one was published.
    """
    if is_published_otherwise(store, index, leaf):
        raise FaultError(NOT_PUBLISHED.format(index))


def is_published_otherwise(store: CaseStore, index: int, leaf: bytes) -> bool:
    """Whether another entry was published under a number.

    Raises:
        FaultError: the published log is damaged, and says nothing of any entry.
    """
    with _guard:
        leaves = _known.get(store)
    return leaves is not None and leaves.leaf(index) not in (None, leaf)
