"""The inclusion path of every entry of a log, in order: for those who want all of them.

One path by itself is read from the tiles (:func:`.log.tree.inclusion_proof`). Asking
so for a million would hash each tile again 256 times; here the hashes within a full tile are
computed once, and the path above it is shared by its 256 entries.
"""

from collections.abc import Iterator, Sequence

from ostiary.verifying.log.hasher import TILE_WIDTH
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.tree import inclusion_proof, node_hash

_LEVELS = TILE_WIDTH.bit_length() - 1


def tile_paths(reader: TileReader, number: int) -> Iterator[list[bytes]]:
    """Give the inclusion path of each entry of one bundle, in order.

    Args:
        reader: the log at the size that the paths lead to.
        number: which bundle.

    Raises:
        TileError: a tile that it takes is missing or malformed.
    """
    leaves = reader.tile(0, number)
    first = number * TILE_WIDTH
    if len(leaves) < TILE_WIDTH:
        for index in range(first, first + len(leaves)):
            yield inclusion_proof(index, reader.size, reader.node)
        return
    above = inclusion_proof(first, reader.size, reader.node)[_LEVELS:]
    levels = _levels(leaves)
    for within in range(TILE_WIDTH):
        own = [level[(within >> height) ^ 1] for height, level in enumerate(levels)]
        yield own + above


def _levels(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    """Give every level of a full tile below its root: 256 hashes, 128, and so on to 2."""
    levels = [leaves]
    while len(levels) < _LEVELS:
        below = levels[-1]
        levels.append([node_hash(*pair) for pair in zip(below[::2], below[1::2], strict=True)])
    return levels
