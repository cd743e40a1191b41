"""How a log lies in files: paths, tiles and entry bundles of C2SP tlog-tiles.

``tile/<level>/<number>`` holds 256 hashes of 32 bytes; ``tile/entries/<number>`` holds 256 entries,
each after its length (big-endian, 16 bits). The rightmost of each may be partial and then ends in
``.p/<width>``. Numbers are cut into groups of three digits, all but the last marked with an x:
tile 1234067 is ``x001/x234/067``.
"""

from collections.abc import Sequence

from ostiary.domain.errors import InputError
from ostiary.verifying.log.faults import TileError
from ostiary.verifying.log.hasher import TILE_WIDTH
from ostiary.verifying.log.tree import HASH_SIZE

MAX_ENTRY = 0xFFFF
"""Longest entry in bytes: its length has 16 bits."""

MAX_TILE = TILE_WIDTH * HASH_SIZE
MAX_BUNDLE = TILE_WIDTH * (2 + MAX_ENTRY)
CHECKPOINT_PATH = "checkpoint"


def tile_path(level: int, number: int, width: int = TILE_WIDTH) -> str:
    """Give the path of a hash tile below the log's prefix."""
    return f"tile/{level}/{_numbered(number, width)}"


def bundle_path(number: int, width: int = TILE_WIDTH) -> str:
    """Give the path of an entry bundle below the log's prefix."""
    return f"tile/entries/{_numbered(number, width)}"


def width_at(size: int, level: int, number: int) -> int:
    """Give how many hashes a tile holds in a tree of ``size`` leaves: 0 to 256."""
    hashes = size >> (8 * level)
    return min(max(hashes - number * TILE_WIDTH, 0), TILE_WIDTH)


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """Put entries into one bundle.

    Raises:
        InputError: an entry is longer than 65,535 bytes.
    """
    if any(len(entry) > MAX_ENTRY for entry in entries):
        raise InputError(
            "a log entry is longer than 65,535 bytes",
            cure="log a digest of what is long, not the text itself",
        )
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def unpack_entries(bundle: bytes, width: int, *, path: str) -> list[bytes]:
    """Take a bundle of exactly ``width`` entries apart.

    Raises:
        TileError: it holds fewer or more, or ends within an entry.
    """
    entries = []
    start = 0
    try:
        for _ in range(width):
            body = start + 2
            start = body + (bundle[start] << 8 | bundle[start + 1])
            entries.append(bundle[body:start])
    except IndexError:
        start = -1
    if start != len(bundle):
        raise TileError(f"this bundle does not hold exactly {width} entries", path=path)
    return entries


def unpack_hashes(tile: bytes, width: int, *, path: str) -> list[bytes]:
    """Take a tile of exactly ``width`` hashes apart.

    Raises:
        TileError: it has another length.
    """
    if len(tile) != width * HASH_SIZE:
        raise TileError(f"this tile does not hold exactly {width} hashes", path=path)
    return [tile[start : start + HASH_SIZE] for start in range(0, len(tile), HASH_SIZE)]


def _numbered(number: int, width: int) -> str:
    rest, group = divmod(number, 1000)
    path = f"{group:03d}"
    while rest:
        rest, group = divmod(rest, 1000)
        path = f"x{group:03d}/{path}"
    return path if width == TILE_WIDTH else f"{path}.p/{width}"
