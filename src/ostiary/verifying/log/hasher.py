"""Hash a tree while its leaves stream by, 256 at a time, in the shape of tlog-tiles.

Only the right border is kept in memory: at most 255 hashes a level, five levels for a trillion
entries. The writer, the verifier and the recount of a batch all use this one class.
"""

from collections.abc import Callable, Sequence
from typing import Self

from ostiary.verifying.log.tree import EMPTY_ROOT, tree_root

TILE_WIDTH = 256
_WIDTH_BITS = 8

TileSink = Callable[[int, int, list[bytes]], None]
"""Receives each tile as it becomes full: level, number in its level, its 256 hashes."""


class TreeHasher:
    """A growing tree. Add leaf hashes; ask for the root at any time.

    Args:
        sink: called with every tile that becomes full, lower levels first.
    """

    def __init__(self, sink: TileSink | None = None) -> None:
        self.size = 0
        self._sink = sink
        self._border: list[list[bytes]] = [[]]

    @classmethod
    def resume(cls, size: int, border: Sequence[list[bytes]], sink: TileSink | None = None) -> Self:
        """Go on from a tree of ``size`` leaves, given the partial tile of each level from 0 up.

        Raises:
            ValueError: the border's widths are not those of a tree of that size.
        """
        widths = [(size >> (_WIDTH_BITS * level)) % TILE_WIDTH for level in range(len(border))]
        if widths != [len(tile) for tile in border] or size >> (_WIDTH_BITS * len(border)):
            raise ValueError("these partial tiles are not of a tree of this size")
        hasher = cls(sink)
        hasher.size = size
        hasher._border = [list(tile) for tile in border] or [[]]
        return hasher

    def fork(self, sink: TileSink | None = None) -> Self:
        """Give a second tree that is the same so far and then goes its own way."""
        return self.resume(self.size, self._border, sink)

    def add(self, leaf_hashes: Sequence[bytes]) -> None:
        """Append leaf hashes in order."""
        start = 0
        while start < len(leaf_hashes):
            room = TILE_WIDTH - len(self._border[0])
            taken = leaf_hashes[start : start + room]
            self._border[0].extend(taken)
            self.size += len(taken)
            start += room
            self._lift()

    def border(self) -> list[tuple[int, int, list[bytes]]]:
        """Give the partial tiles: level, number in its level, hashes. Empty ones are left out."""
        return [
            (level, self.size >> (_WIDTH_BITS * (level + 1)), list(tile))
            for level, tile in enumerate(self._border)
            if tile
        ]

    def root(self) -> bytes:
        """Give the root over all leaves so far."""
        if self.size == 0:
            return EMPTY_ROOT
        below: list[bytes] = []
        for tile in self._border:
            if tile or below:
                below = [tree_root(tile + below)]
        return below[0]

    def _lift(self) -> None:
        """Close every full tile and hand its root to the level above."""
        level = 0
        while len(self._border[level]) == TILE_WIDTH:
            tile = self._border[level]
            self._border[level] = []
            if level + 1 == len(self._border):
                self._border.append([])
            self._border[level + 1].append(tree_root(tile))
            level += 1
            if self._sink:
                number = (self.size >> (_WIDTH_BITS * level)) - 1
                self._sink(level - 1, number, tile)
