"""Files that outlive a loss of power: forced to the disk, then named, then the name forced too."""

import fcntl
import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

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


def _replaced(beside: Path, target: Path, content: bytes, mode: int | None = None) -> bool:
    handle = os.open(
        beside, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666 if mode is None else mode
    )
    with os.fdopen(handle, "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not _is_at(file.fileno(), beside):
            return False
        file.truncate(0)
        if mode is not None:  # what a crash left may have had others
            os.fchmod(file.fileno(), mode)
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
    """Make a directory durable with all that is in it, whoever wrote it.

    A few threads wait for the disk side by side, which then does in one go what it does for all of
    them: nine small files take 7 ms instead of 45. An error of any is raised.
    """
    with ThreadPoolExecutor(_WRITERS, thread_name_prefix="sync") as pool:
        for _ in pool.map(_sync, directory.rglob("*")):
            pass  # raises what one of them raised
    _sync(directory)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_private(target: Path, content: bytes, mode: int) -> None:
    """Put a file in the place of another, in one step, with these rights from the first byte on.

    Any number of threads and programs may do so at once, as for :func:`replace_file`. The folder's
    names are for the caller to :func:`sync_directory`.
    """
    beside = target.with_name(f".{target.name}.new")
    while not _replaced(beside, target, content, mode):
        pass
