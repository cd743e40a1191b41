"""What a program asked of the disk, in order, as the kernel was asked: recorded with strace.

Recording at this boundary leaves nothing out: whatever library a program uses, Python's or
SQLite's own, it must ask the kernel to write, to rename, to sync. A call that this module does not
understand is an error when it touches the folder that is watched, so no record is silently wrong.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_CALLS = (
    "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,truncate,ftruncate,fallocate,lseek,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,"
    "fsync,fdatasync,sync,syncfs,sync_file_range,sendfile,copy_file_range,mmap"
)
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|\?)(?:<([^>]*)>)?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTOR = re.compile(r"(AT_FDCWD|\d+)(?:<([^>]*)>(\(deleted\))?)?")


@dataclass(frozen=True, slots=True)
class Create:
    """A file came to be, empty."""

    path: str


@dataclass(frozen=True, slots=True)
class MakeFolder:
    """A folder came to be."""

    path: str


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes were written at a place in a file."""

    path: str
    start: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """A file was cut, or made longer with zeros."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Rename:
    """A file or folder got another name; what had that name is gone."""

    path: str
    to: str


@dataclass(frozen=True, slots=True)
class Remove:
    """A name is gone."""

    path: str


@dataclass(frozen=True, slots=True)
class Sync:
    """A file's content, or a folder's names, were forced to the disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """The program told the world something: a line in the file of acknowledgements."""

    line: str


Operation = Create | MakeFolder | Write | Resize | Rename | Remove | Sync | Said


def can_record() -> bool:
    """Whether strace is here and may trace a program."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(
        ["strace", "-f", "-o", os.devnull, "true"], check=False, capture_output=True
    )
    return tried.returncode == 0


def record(command: Sequence[object], folder: Path, said: Path) -> list[Operation]:
    """Run a command to its good end and give all that it asked of a folder.

    Args:
        command: what to run.
        folder: the folder that is watched.
        said: the file of acknowledgements, outside the folder.
    """
    strace = [
        "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        str(1 << 26),
        "--seccomp-bpf",
        "-e",
        f"trace={_CALLS}",
    ]
    reading, trace = _Reading(folder, said), said.with_suffix(".trace")
    subprocess.run([*strace, "-o", trace, *map(str, command)], check=True)
    with trace.open(encoding="ascii") as lines:
        return list(reading.operations(_whole(lines)))


def _whole(lines: Iterator[str]) -> Iterator[str]:
    """Put calls together that strace tells in two parts; such a call counts when it returns."""
    begun: dict[str, str] = {}
    for line in lines:
        pid, _, rest = line.rstrip("\n").partition(" ")
        if rest.endswith("<unfinished ...>"):
            begun[pid] = rest.strip().removesuffix("<unfinished ...>").rstrip()
        elif "resumed>" in rest:
            yield f"{pid} {begun.pop(pid)}{rest.partition('resumed>')[2]}"
        else:
            yield line


class _Reading:
    """Reads calls; keeps what one call leaves to the next: where each open file stands."""

    def __init__(self, folder: Path, said: Path) -> None:
        self._folder = f"{folder}/"
        self._root = str(folder)
        self._said = str(said)
        self._there = {str(path) for path in folder.rglob("*")} | {self._root}
        self._at: dict[str, int] = {}
        self._appends: set[str] = set()
        self._sizes = {str(p): p.stat().st_size for p in folder.rglob("*") if p.is_file()}

    def operations(self, lines: Iterator[str]) -> Iterator[Operation]:
        """Give what each call asked of the folder."""
        for line in lines:
            read = _LINE.match(line)
            if read is None or read[4].startswith(("-", "?")):
                continue
            _, call, told, result, opened = read.groups()
            for operation in self._one(call, told, int(result), _decoded(opened or "")):
                self._keep(operation)
                yield operation

    def _one(self, call: str, told: str, result: int, opened: str) -> Iterator[Operation]:
        if call in {"open", "openat", "creat"}:
            yield from self._open(told, str(result), opened)
        elif call == "lseek":
            self._at[told.partition("<")[0]] = result
        elif call in {"write", "writev", "pwrite64", "pwritev", "pwritev2"}:
            yield from self._write(call, told, result)
        elif call == "mmap":
            self._refuse_memory(told)
        else:
            named = _paths(told)
            paths = [path for path in named if self._watched(path)]
            if paths:
                yield _of_names(call, paths, told, whole=len(paths) == len(named))

    def _refuse_memory(self, told: str) -> None:
        if "MAP_SHARED" in told and "PROT_WRITE" in told and any(map(self._watched, _paths(told))):
            raise NotImplementedError("a watched file is written through memory")

    def _open(self, told: str, descriptor: str, path: str) -> Iterator[Operation]:
        """A file opened to be made or cut; its place in the file begins at 0."""
        self._at[descriptor] = 0
        self._appends.discard(descriptor)
        if "O_APPEND" in told:
            self._appends.add(descriptor)
        if not self._watched(path):
            return
        if "O_CREAT" in told and path not in self._there:
            yield Create(path)
        elif "O_TRUNC" in told and self._sizes.get(path):
            yield Resize(path, 0)

    def _write(self, call: str, told: str, result: int) -> Iterator[Operation]:
        found = _DESCRIPTOR.match(told)
        if found is None or found[3]:
            return
        descriptor, path = found[1], _decoded(found[2] or "")
        content = b"".join(_bytes(text) for text in _TEXT.findall(told))[:result]
        if path == self._said:
            for line in content.decode().splitlines():
                yield Said(line)
        if not self._watched(path):
            return
        if call.startswith("pwrite"):
            start = int(told.rpartition(", ")[2])
        elif descriptor in self._appends:
            start = self._sizes.get(path, 0)
        else:
            start = self._at.get(descriptor, 0)
            self._at[descriptor] = start + result
        yield Write(path, start, content)

    def _keep(self, operation: Operation) -> None:
        """Follow which names there are, and how long files are."""
        match operation:
            case Create(path) | MakeFolder(path):
                self._there.add(path)
                self._sizes[path] = 0
            case Write(path, start, content):
                self._sizes[path] = max(self._sizes.get(path, 0), start + len(content))
            case Resize(path, size):
                self._sizes[path] = size
            case Remove(path):
                self._there.discard(path)
                self._sizes.pop(path, None)
            case Rename(path, to):
                moved = [p for p in self._there if p == path or p.startswith(f"{path}/")]
                for one in moved:
                    self._there.discard(one)
                    new = to + one.removeprefix(path)
                    self._there.add(new)
                    self._sizes[new] = self._sizes.pop(one, 0)

    def _watched(self, path: str) -> bool:
        return path == self._root or path.startswith(self._folder)


def _of_names(call: str, paths: list[str], told: str, *, whole: bool) -> Operation:
    """Read a call about names, sizes or syncs, all of whose paths are watched."""
    last = told.rpartition(", ")[2]
    made: dict[str, Callable[[], Operation]] = {
        "fsync": lambda: Sync(paths[0]),
        "fdatasync": lambda: Sync(paths[0]),
        "truncate": lambda: Resize(paths[0], int(last)),
        "ftruncate": lambda: Resize(paths[0], int(last)),
        "rename": lambda: Rename(*paths),
        "renameat": lambda: Rename(*paths),
        "unlink": lambda: Remove(paths[0]),
        "unlinkat": lambda: Remove(paths[0]),
        "rmdir": lambda: Remove(paths[0]),
        "mkdir": lambda: MakeFolder(paths[0]),
        "mkdirat": lambda: MakeFolder(paths[0]),
    }
    if call not in made or not whole:
        raise NotImplementedError(f"{call} on a watched folder: {paths}")
    return made[call]()


def _paths(told: str) -> list[str]:
    """Give the paths that a call names: by text, relative to a folder, or by a descriptor."""
    paths = []
    folder = ""
    for word in told.split(", "):
        found = _DESCRIPTOR.fullmatch(word)
        text = _TEXT.fullmatch(word)
        if found and found[2] and not found[3]:
            folder = _decoded(found[2])
            paths.append(folder)
        elif text:
            if folder and paths and paths[-1] == folder:
                paths.pop()
            paths.append(str(Path(folder or Path.cwd()) / _decoded(text[1])))
            folder = ""
    return paths


def _decoded(text: str) -> str:
    return os.fsdecode(_bytes(text))


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
