"""Folders that are made whole or not at all."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ostiary.disk.durable import sync_directory, sync_tree
from ostiary.domain.errors import InputError


@contextmanager
def whole_or_not(folder: Path) -> Iterator[Path]:
    """Give a place beside a folder to be, where it is made; it gets its name when all is on disk.

    Nothing is left of it when making it fails.
    """
    building = folder.parent / f".{folder.name}.{secrets.token_hex(4)}.new"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        yield building
        sync_tree(building)
        if folder.is_dir():
            folder.rmdir()
        building.rename(folder)
        sync_directory(folder.parent)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def check_free(folder: Path) -> None:
    """See that a folder may be made here: there is none, or an empty one.

    Raises:
        InputError: there is something.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise InputError(
            "there is something here already",
            where=str(folder),
            cure="name a folder that does not exist or is empty; nothing is ever overwritten",
        )
