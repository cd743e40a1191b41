"""Files that outlive a loss of power: forced to the disk, then named, then the name forced too."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_whole(folder: Path) -> None:
    """Have a folder on the disk with all that is in it."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def put_private(target: Path, content: bytes, mode: int) -> None:
    """Put a file in the place of another, in one step, with these rights from the first byte on.

    The folder's names are for the caller to :func:`sync`.
    """
    beside = target.with_name(f".{target.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)
