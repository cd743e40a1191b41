"""Read hashes and entries of a published log, as they were at one tree size.

What is read is not trusted: the caller compares it with a signed checkpoint.
"""

from ostiary.verifying.log.faults import ProofError, TileError
from ostiary.verifying.log.hasher import TILE_WIDTH
from ostiary.verifying.log.sources import Source
from ostiary.verifying.log.tiles import (
    MAX_BUNDLE,
    MAX_TILE,
    bundle_path,
    tile_path,
    unpack_entries,
    unpack_hashes,
    width_at,
)
from ostiary.verifying.log.tree import HASH_SIZE, tree_root

_KEPT_TILES = 64


class TileReader:
    """The tiles and entries of a log as seen from one tree size.

    A partial tile may have been replaced by the full one since; then the full one is read and cut
    (tlog-tiles, "Partial Tiles").

    Args:
        source: where the files are.
        size: the tree size to read at, from a verified checkpoint.
    """

    def __init__(self, source: Source, size: int) -> None:
        self.size = size
        self._source = source
        self._kept: dict[tuple[int, int], list[bytes]] = {}

    def tile(self, level: int, number: int) -> list[bytes]:
        """Give the hashes of one tile; at the right edge as many as this size has.

        Raises:
            TileError: it is missing or of the wrong length.
        """
        width = width_at(self.size, level, number)
        path = tile_path(level, number, width)
        if width == 0:
            raise TileError("a tree of this size has no such tile", path=path)
        found = self._source.read(path, MAX_TILE)
        if found is None and width < TILE_WIDTH:
            full = self._source.read(tile_path(level, number), MAX_TILE)
            found = None if full is None else full[: width * HASH_SIZE]
        if found is None:
            raise TileError("this tile is missing", path=path)
        return unpack_hashes(found, width, path=path)

    def bundle(self, number: int) -> list[bytes]:
        """Give the entries of one bundle; at the right edge as many as this size has.

        Raises:
            TileError: it is missing or malformed.
        """
        width = width_at(self.size, 0, number)
        path = bundle_path(number, width)
        if width == 0:
            raise TileError("a tree of this size has no such bundle", path=path)
        found = self._source.read(path, MAX_BUNDLE)
        if found is None and width < TILE_WIDTH:
            full = self._source.read(bundle_path(number), MAX_BUNDLE)
            if full is not None:
                return unpack_entries(full, TILE_WIDTH, path=path)[:width]
        if found is None:
            raise TileError("this entry bundle is missing", path=path)
        return unpack_entries(found, width, path=path)

    def entry(self, index: int) -> bytes:
        """Give one entry.

        Raises:
            ProofError: there is no entry with this number.
            TileError: its bundle is missing or malformed.
        """
        if not 0 <= index < self.size:
            raise ProofError("there is no entry with this number in the published log")
        return self.bundle(index // TILE_WIDTH)[index % TILE_WIDTH]

    def node(self, height: int, index: int) -> bytes:
        """Give the hash of a complete subtree; a :data:`~ostiary.verifying.log.tree.NodeReader`.

        Raises:
            TileError: a tile that it takes is missing or malformed.
        """
        level, within = divmod(height, 8)
        first = index << within
        tile = self._kept_tile(level, first // TILE_WIDTH)
        start = first % TILE_WIDTH
        return tree_root(tile[start : start + (1 << within)])

    def border(self) -> list[list[bytes]]:
        """Give the partial tile of each level from 0 up, empty lists where there is none.

        Raises:
            TileError: one is missing or malformed.
        """
        partial = []
        level = 0
        while self.size >> (8 * level):
            number, width = divmod(self.size >> (8 * level), TILE_WIDTH)
            partial.append(self.tile(level, number) if width else [])
            level += 1
        return partial

    def _kept_tile(self, level: int, number: int) -> list[bytes]:
        if (level, number) not in self._kept:
            if len(self._kept) >= _KEPT_TILES:
                self._kept.clear()
            self._kept[level, number] = self.tile(level, number)
        return self._kept[level, number]
