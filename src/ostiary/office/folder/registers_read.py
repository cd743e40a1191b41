"""Registers are read once by a process for the same words, wherever the files lie."""

import hashlib
import os
from functools import lru_cache, partial
from pathlib import Path

from ostiary.deciding.intake.registers import Registers, read_registers
from ostiary.domain.kept import Kept
from ostiary.office.folder.law_files import Stamp, files, stamp_of


@lru_cache(maxsize=8)
def registers_in(folders: tuple[Path, ...], stamp: Stamp) -> Registers:
    """Read registers, unless files of the same words were read before, here or elsewhere."""
    try:
        words = _words(folders)
    except OSError:  # what cannot be read is told by who reads it as registers
        return read_registers(folders)
    try:
        return _READ.get(words, partial(_read_unchanged, folders, stamp, words))
    except _ChangedMeanwhileError as error:
        return error.registers


class _ChangedMeanwhileError(Exception):
    """Files were changed while they were read, so nobody can say of which words this was read."""

    def __init__(self, registers: Registers) -> None:
        super().__init__()
        self.registers = registers


def _read_unchanged(folders: tuple[Path, ...], stamp: Stamp, words: str) -> Registers:
    """Read registers of these words, which are asked again: a disk's clock ticks in milliseconds.

    Raises:
        _ChangedMeanwhileError: they were changed before it was done.
    """
    registers = read_registers(folders)
    try:
        is_unchanged = stamp_of(folders) == stamp and _words(folders) == words
    except OSError:
        is_unchanged = False
    if not is_unchanged:
        raise _ChangedMeanwhileError(registers)
    return registers


def _words(folders: tuple[Path, ...]) -> str:
    """Give a digest of all that lies below folders, by names within them.

    Raises:
        OSError: something there is no file, or cannot be read.
    """
    said = hashlib.sha256()
    for folder in folders:
        for path, *_ in sorted(files(folder)):
            if not os.path.isfile(path):  # noqa: PTH113 - a path as text
                raise FileNotFoundError(path)  # whoever opened a pipe would wait
            with open(path, "rb") as file:  # noqa: PTH123 - a path as text
                words = hashlib.file_digest(file, "sha256").hexdigest()
            said.update(os.fsencode(f"{os.path.relpath(path, folder)}\0{words}\0"))
        said.update(b"\0")
    return said.hexdigest()


_READ: Kept[str, Registers] = Kept(8)
