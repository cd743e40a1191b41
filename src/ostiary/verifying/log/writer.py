"""Write the tiles of a growing log into a folder, so that a crash at any moment does no harm.

1. Every file is written beside its place, forced to disk, then renamed into place.
2. Nothing here touches the checkpoint: until it is replaced, readers see the old, complete log.
3. The same entries give the same files. After a crash the work is simply done again.
4. A partial tile stays until the full one has been published (tlog-tiles, "Partial Tiles").
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from ostiary.disk.durable import DurableFolder
from ostiary.verifying.log.hasher import TILE_WIDTH, TreeHasher
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.tiles import bundle_path, pack_entries, tile_path
from ostiary.verifying.log.tree import leaf_hashes


def extend_tiles(folder: Path, old_size: int, entries: Iterable[bytes]) -> TreeHasher:
    """Write the tiles and bundles of the entries that follow ``old_size``.

    Entries stream: memory holds one bundle and the tree's right border. The caller has checked
    that the folder's tiles at ``old_size`` are sound.

    Returns:
        The grown tree: ask it for ``size`` and ``root()``.

    Raises:
        TileError: the right edge at ``old_size`` is missing or malformed.
        InputError: an entry is too long.
        OSError: the disk refuses.
    """
    reader = TileReader(FolderSource(folder), old_size)
    number, filled = divmod(old_size, TILE_WIDTH)
    bundle = reader.bundle(number) if filled else []
    with DurableFolder(folder) as disk:
        tree = TreeHasher.resume(
            old_size,
            reader.border(),
            lambda level, at, tile: disk.put(tile_path(level, at), b"".join(tile)),
        )
        for entry in entries:
            bundle.append(entry)
            if len(bundle) == TILE_WIDTH:
                disk.put(bundle_path(tree.size // TILE_WIDTH), pack_entries(bundle))
                tree.add(leaf_hashes(bundle[filled:]))
                bundle, filled = [], 0
        number = tree.size // TILE_WIDTH
        tree.add(leaf_hashes(bundle[filled:]))
        if bundle:
            disk.put(bundle_path(number, len(bundle)), pack_entries(bundle))
        for level, at, tile in tree.border():
            disk.put(tile_path(level, at, len(tile)), b"".join(tile))
    return tree


def drop_stale_partials(folder: Path, old_size: int, size: int) -> None:
    """Remove the partial tiles of ``old_size`` whose full tiles a published ``size`` has."""
    level = 0
    while old_size >> (8 * level):
        number = old_size >> (8 * (level + 1))
        if size >> (8 * (level + 1)) > number:
            full = [tile_path(level, number)] + ([bundle_path(number)] if level == 0 else [])
            for path in full:
                shutil.rmtree(folder / f"{path}.p", ignore_errors=True)
        level += 1
