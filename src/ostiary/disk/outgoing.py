"""Files that leave the office as they lie in one of its folders, and nothing that lies elsewhere.

Whoever may write into a folder that is published must not be able to publish, by a link laid into
it, what the office may read: its keys, its settings, another agency's rows. So no link below the
folder is followed. The folder itself may be one: where it lies is its owner's choice.
"""

import os
import stat
from pathlib import Path, PurePosixPath
from typing import BinaryIO

_READ = os.O_RDONLY | os.O_CLOEXEC
_BELOW = os.O_NOFOLLOW | os.O_NONBLOCK  # a pipe that somebody laid there keeps nobody waiting


def open_outgoing(folder: Path, name: str) -> BinaryIO:
    """Open a file below a folder for somebody outside.

    Args:
        folder: of the office.
        name: of the file, with ``/`` between the folders below.

    Raises:
        FileNotFoundError: no such file lies there, or a link, a pipe or a folder in its place.
    """
    *above, last = _parts(name)
    inside = _opened(folder, os.O_DIRECTORY)
    try:
        for part in above:
            inside, outer = _opened(part, os.O_DIRECTORY | _BELOW, inside), inside
            os.close(outer)
        handle = _opened(last, _BELOW, inside)
    finally:
        os.close(inside)
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    raise FileNotFoundError(name)


def read_outgoing(folder: Path, name: str) -> bytes:
    """Read a file below a folder for somebody outside.

    Raises:
        FileNotFoundError: as :func:`open_outgoing`.
    """
    with open_outgoing(folder, name) as file:
        return file.read()


def lies_in(folder: Path, name: str) -> bool:
    """Whether :func:`open_outgoing` finds the file."""
    try:
        open_outgoing(folder, name).close()
    except FileNotFoundError:
        return False
    return True


def _parts(name: str) -> tuple[str, ...]:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\0" in name:
        raise FileNotFoundError(name)
    return parts


def _opened(path: str | Path, how: int, inside: int | None = None) -> int:
    try:
        return os.open(path, _READ | how, dir_fd=inside)
    except OSError:  # a link is ELOOP, a file in a folder's place ENOTDIR
        raise FileNotFoundError(str(path)) from None
