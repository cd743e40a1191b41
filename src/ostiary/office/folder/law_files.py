"""The files that a law is read from: where they lie, and by which stamp a change of one shows."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_Said = tuple[str, int, int, int]
Stamp = tuple[_Said, ...]


class Sources(NamedTuple):
    """The folders that a law is read from: a rule book, registers laid over its own, orders."""

    book: Path
    registers: tuple[Path, ...] = ()
    orders: Path | None = None

    def stamp(self) -> Stamp:
        """Say which files lie below them now, see :func:`stamp_of`."""
        return stamp_of((self.book, self.orders, *self.registers))


def without_editors(stamp: Stamp) -> Stamp:
    """Leave out what an editor keeps beside a file while it is open: nobody reads that as law.

    Any other file that is not read still counts: whoever begins anew is told of it.
    """
    names = ((one, one[0].rpartition("/")[2]) for one in stamp)
    return tuple(
        one for one, name in names if not name.startswith((".", "#", "~$")) and name[-1:] != "~"
    )


def below(stamp: Stamp, *folders: Path | None) -> Stamp:
    """Give what a stamp says of some folders, as :func:`stamp_of` would have said it then."""
    paths = tuple(os.path.join(one, "") for one in folders if one)  # noqa: PTH118 - with a slash
    return tuple(one for one in stamp if one[0].startswith(paths))


def stamp_of(folders: Iterable[Path | None]) -> Stamp:
    """Say by path, times and size which files lie below folders now."""
    return tuple(sorted(one for folder in folders if folder for one in files(folder)))


def files(folder: Path | str) -> list[tuple[str, int, int, int]]:
    """Give path, times and size of every file; it is asked for several times a page.

    A link is told of itself too: one that leads nowhere is no absent file, and is refused as law.
    """
    found: list[_Said] = []
    if os.path.isdir(folder):  # noqa: PTH112 - as fast as it can be
        _add(os.fspath(folder), found)
    return found


def _add(folder: str, found: list[_Said]) -> None:
    with os.scandir(folder) as here:
        for one in here:
            if one.is_symlink():
                found.append(_said_of(one.path, one.stat(follow_symlinks=False)))
                if not os.path.exists(one.path):  # noqa: PTH110 - as above
                    continue
            if one.is_dir():
                _add(one.path, found)
            else:
                found.append(_said_of(one.path, one.stat()))


def _said_of(path: str, stat: os.stat_result) -> _Said:
    return path, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size
