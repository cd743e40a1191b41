"""Not everybody on the machine may write what decides, nor lay another file under its name.

Of the published log, which grows without end, the folders are looked at and what lies beside them,
and of each level of tiles its latest folder from within; no tile is.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ostiary.domain.errors import OfficeError

_MOST_LINKS = 40  # as Linux allows in one path, path_resolution(7)


def check_guarded(paths: Iterable[Path]) -> None:
    """See that not everybody may write some files and folders.

    Where a name leads elsewhere, each folder counts in which a name is looked up on the way, link
    by link: who may write there may put another file under it. A sticky folder keeps them from
    that, but not from adding files, and so is refused where it is itself what decides.

    Args:
        paths: what decides; what does not exist is passed over.

    Raises:
        OfficeError: everybody may; the message names the first such file.
    """
    for path in paths:
        _check(path, _mode(path))
        for folder in _led_through(path):
            mode = _mode(folder)
            if not mode & stat.S_ISVTX:
                _check(folder, mode)


def folders_of_log(log: Path) -> Iterator[Path]:
    """Give a published log's folder, what lies in it, and the folders of its tiles, no tile.

    A folder holds a thousand names at most; of each level the last one alone is listed.
    """
    if not log.is_dir():
        return
    for path in (log, *sorted(log.iterdir())):
        yield path
        if path != log and path.is_dir():
            for level in _folders_in(path):
                yield level
                yield from _latest_within(level)


def _latest_within(folder: Path) -> Iterator[Path]:
    inner = _folders_in(folder)
    yield from inner
    groups = [one for one in inner if one.name.startswith("x")]
    if groups:
        yield from _latest_within(groups[-1])


def _folders_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            return sorted(Path(one.path) for one in found if one.is_dir())
    except FileNotFoundError:  # of a partial tile that has become whole meanwhile
        return []


def _mode(path: Path) -> int:
    """Give what rights there are; none of what is not there, or no longer: others publish too."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _check(path: Path, mode: int) -> None:
    if mode & stat.S_IWOTH:
        raise OfficeError(
            "everybody on this machine may write what decides here",
            where=str(path),
            cure=f"take that right away: chmod o-w {path.name}",
        )


def _led_through(path: Path) -> Iterator[Path]:
    """Give the folders in which names are looked up from the first link on, to where it ends."""
    if not path.is_symlink():
        return
    at, rest, links = path.parent.resolve(), [path.name], 0
    while rest:
        name = rest.pop()
        if name == "..":
            at = at.parent
            continue
        if links:
            yield at
        step = at / name
        if not step.is_symlink():
            at = step
            continue
        links += 1
        if links > _MOST_LINKS:
            return
        target = step.readlink()
        at = Path(target.anchor) if target.anchor else at
        rest += reversed(target.relative_to(target.anchor).parts)
