"""A disk that loses power: what a folder may look like afterwards.

The model promises as little as POSIX does. What was written to a file is safe once the file was
synced; a name (a new file, a rename, a removal) once its folder was synced; nothing else is. When
power fails, each thing that is not safe has happened, has not, or, for what was written, has
happened in some of its sectors of 512 bytes: in any order, each by itself. Real file systems lose
less. A rename is one thing: never half of it.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from disk_trace import Create, MakeFolder, Operation, Remove, Rename, Resize, Said, Sync, Write

SECTOR = 512


@dataclass
class File:
    """A file's content: as the program sees it, as it is safe, and what happened in between."""

    live: bytearray = field(default_factory=bytearray)
    safe: bytes = b""
    unsafe: list[tuple[int, bytes | None]] = field(default_factory=list)


@dataclass
class Folder:
    """A folder's names: as the program sees them, and as they are safe."""

    live: dict[str, "File | Folder"] = field(default_factory=dict)
    safe: dict[str, "File | Folder"] = field(default_factory=dict)


@dataclass
class Naming:
    """Names that change together: in which folder, which name, and what it is then."""

    changes: list[tuple[Folder, str, "File | Folder | None"]]


Tree = dict[str, "bytes | Tree"]


class Disk:
    """A folder on a disk, while a program works on it.

    Args:
        folder: how it is in the beginning; all of it is safe.
    """

    def __init__(self, folder: Path) -> None:
        self._path = str(folder)
        self._root = _loaded(folder)
        self._namings: list[Naming] = []

    def rename(self, folder: Path) -> None:
        """Take the folder for another one that began as it did."""
        self._path = str(folder)

    def do(self, operation: Operation) -> None:
        """Let the program do one thing."""
        match operation:
            case Create(path):
                self._name([(*self._place(path), File())])
            case MakeFolder(path):
                self._name([(*self._place(path), Folder())])
            case Remove(path):
                self._name([(*self._place(path), None)])
            case Rename(path, to):
                moved = self._find(path)
                self._name([(*self._place(path), None), (*self._place(to), moved)])
            case Write(path, start, content):
                _write(self._file(path), start, content)
            case Resize(path, size):
                _write(self._file(path), size, None)
            case Sync(path):
                self._sync(self._find(path))
            case Said():
                pass

    def is_folder(self, path: str) -> bool:
        """Whether a path is a folder, as the program sees it."""
        return isinstance(self._find(path), Folder)

    def live(self) -> Tree:
        """Give the folder as the program sees it."""
        return _live(self._root)

    def after_loss(self, dice: random.Random) -> Tree:
        """Give the folder as it may be after power fails now."""
        keep = dice.choice([0.0, 0.1, 0.5, 0.9, 1.0])
        names: dict[int, dict[str, File | Folder]] = {}
        for naming in self._namings:
            if dice.random() < keep:
                for folder, name, thing in naming.changes:
                    there = names.setdefault(id(folder), dict(folder.safe))
                    there.pop(name, None)
                    if thing is not None:
                        there[name] = thing
        return _lost(self._root, names, dice, keep)

    def _name(self, changes: list[tuple[Folder, str, File | Folder | None]]) -> None:
        self._namings.append(Naming(changes))
        for folder, name, thing in changes:
            _set(folder.live, name, thing)

    def _sync(self, thing: File | Folder) -> None:
        if isinstance(thing, File):
            thing.safe, thing.unsafe = bytes(thing.live), []
            return
        made_safe = [n for n in self._namings if any(folder is thing for folder, *_ in n.changes)]
        for naming in made_safe:
            for folder, name, what in naming.changes:
                _set(folder.safe, name, what)
        self._namings = [n for n in self._namings if not any(n is one for one in made_safe)]

    def _find(self, path: str) -> File | Folder:
        thing: File | Folder = self._root
        for name in _names(path.removeprefix(self._path)):
            if not isinstance(thing, Folder):
                raise NotADirectoryError(path)
            thing = thing.live[name]
        return thing

    def _file(self, path: str) -> File:
        found = self._find(path)
        if not isinstance(found, File):
            raise IsADirectoryError(path)
        return found

    def _place(self, path: str) -> tuple[Folder, str]:
        above, _, name = path.rpartition("/")
        folder = self._find(above)
        if not isinstance(folder, Folder):
            raise NotADirectoryError(path)
        return folder, name


def lay_out(tree: Tree, folder: Path) -> None:
    """Write a folder as it is after a loss, so that a program may start on it."""
    folder.mkdir(mode=0o700)
    for name, content in tree.items():
        if isinstance(content, bytes):
            (folder / name).touch(mode=0o600)  # what an office refuses to open is another story
            (folder / name).write_bytes(content)
        else:
            lay_out(content, folder / name)


def as_tree(folder: Path) -> Tree:
    """Read a folder from the disk."""
    return {
        path.name: as_tree(path) if path.is_dir() else path.read_bytes()
        for path in folder.iterdir()
    }


def _loaded(folder: Path) -> Folder:
    names: dict[str, File | Folder] = {}
    for path in folder.iterdir():
        if path.is_dir():
            names[path.name] = _loaded(path)
        else:
            content = path.read_bytes()
            names[path.name] = File(bytearray(content), content)
    return Folder(names, dict(names))


def _live(folder: Folder) -> Tree:
    return {
        name: _live(thing) if isinstance(thing, Folder) else bytes(thing.live)
        for name, thing in folder.live.items()
    }


def _lost(
    folder: Folder,
    names: dict[int, dict[str, File | Folder]],
    dice: random.Random,
    keep: float,
) -> Tree:
    there = names.get(id(folder), folder.safe)
    return {
        name: _lost(thing, names, dice, keep)
        if isinstance(thing, Folder)
        else _content(thing, dice, keep)
        for name, thing in there.items()
    }


def _content(file: File, dice: random.Random, keep: float) -> bytes:
    """Give a file's content of which some things since the last sync have happened."""
    content = bytearray(file.safe)
    for start, written in file.unsafe:
        if written is None:
            if dice.random() < keep:
                _resize(content, start)
            continue
        for at, part in _sectors(start, written, whole=dice.random() < 0.5):
            if dice.random() < keep:
                _put(content, at, part)
    return bytes(content)


def _sectors(start: int, written: bytes, *, whole: bool) -> Iterable[tuple[int, bytes]]:
    """Cut what was written where sectors end; sometimes it reaches the disk as a whole."""
    if whole:
        yield start, written
        return
    at = start
    while at < start + len(written):
        end = min((at // SECTOR + 1) * SECTOR, start + len(written))
        yield at, written[at - start : end - start]
        at = end


def _write(file: File, start: int, content: bytes | None) -> None:
    """Write to a live file; without content, give it a size."""
    file.unsafe.append((start, content))
    if content is None:
        _resize(file.live, start)
    else:
        _put(file.live, start, content)


def _put(content: bytearray, start: int, written: bytes) -> None:
    if len(content) < start:
        _resize(content, start)
    content[start : start + len(written)] = written


def _resize(content: bytearray, size: int) -> None:
    if size < len(content):
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))


def _set(names: dict[str, File | Folder], name: str, thing: File | Folder | None) -> None:
    names.pop(name, None)
    if thing is not None:
        names[name] = thing


def _names(path: str) -> Sequence[str]:
    return [name for name in path.split("/") if name]
