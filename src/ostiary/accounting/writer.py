"""Write the tiles of a growing log into a folder, so that a crash at any moment does no harm.

1. Every file is written beside its place, forced to disk, then renamed into place.
2. Nothing here touches the checkpoint: until it is replaced, readers see the old, complete log.
3. The same entries give the same files. After a crash the work is simply done again.
4. A partial tile stays until the full one has been published (tlog-tiles, "Partial Tiles").
"""

import fcntl
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from ostiary.accounting.hasher import TILE_WIDTH, TreeHasher
from ostiary.accounting.reader import TileReader
from ostiary.accounting.sources import FolderSource
from ostiary.accounting.tiles import bundle_path, pack_entries, tile_path
from ostiary.accounting.tree import leaf_hashes

_WRITERS = 4
_WAITING = 64  # files at most in memory, so that a slow disk does not fill it


class DurableFolder:
    """Puts files into a folder so that they outlive a power cut. Use it as a context manager.

    Files are written by a few threads at once, because the disk, not the hashing, is what a
    large extension waits for. Leaving the context waits for all of them and then makes the
    directories durable too; an error of any write is raised there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pool = ThreadPoolExecutor(_WRITERS, thread_name_prefix="tiles")
        self._room = threading.Semaphore(_WAITING)
        self._failed: list[BaseException] = []
        self._directories: set[Path] = set()

    def put(self, path: str, content: bytes) -> None:
        """Write ``content`` to ``path`` below the folder, soon."""
        target = self._folder / path
        self._make_directory(target.parent)
        self._room.acquire()
        self._pool.submit(replace_file, target, content).add_done_callback(self._written)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True)
        if error is None and self._failed:
            raise self._failed[0]
        if error is None:
            for directory in self._directories:
                sync_directory(directory)

    def _written(self, outcome: Future[None]) -> None:
        self._room.release()
        error = outcome.exception()
        if error is not None:
            self._failed.append(error)

    def _make_directory(self, directory: Path) -> None:
        if directory in self._directories:
            return
        directory.mkdir(parents=True, exist_ok=True)
        above = directory
        while above != self._folder:
            self._directories.add(above)
            above = above.parent
        self._directories.add(above)


def replace_file(target: Path, content: bytes) -> None:
    """Put ``content`` at ``target`` in one step that a crash cannot tear.

    Any number of threads and programs may do so at once: each has the file beside the target to
    itself, and the last one's content stays. What a crash leaves beside it, the next one takes up.
    """
    beside = target.with_name(f"{target.name}.new")
    while not _replaced(beside, target, content):
        pass  # whoever had the file beside has put it in place: begin with one of our own


def _replaced(beside: Path, target: Path, content: bytes) -> bool:
    with beside.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not _is_at(file.fileno(), beside):
            return False
        file.truncate(0)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        beside.replace(target)
    return True


def _is_at(handle: int, path: Path) -> bool:
    """Whether an open file still stands at a path, and was not renamed meanwhile."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    here = os.fstat(handle)
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock that one thread of one program at a time can have; it ends with the program.

    Whoever reads a file, changes it and puts it back holds one meanwhile.
    """
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def put_durably(target: Path, content: bytes) -> None:
    """Put ``content`` at ``target`` so that it is there after a power cut; then return.

    For many files at once, :func:`replace_file` for each and one :func:`sync_directory` are faster.
    """
    replace_file(target, content)
    sync_directory(target.parent)


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable."""
    _sync(directory)


def sync_tree(directory: Path) -> None:
    """Make a directory durable with all that is in it, whoever wrote it."""
    for path in directory.rglob("*"):
        _sync(path)
    _sync(directory)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
