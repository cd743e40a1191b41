"""A copy of a published log, to be tampered with at places drawn at random.

A tampering changes the copy and says what a verifier must then report: the kind of the fault, and
its place. Three hands do it: whoever can write the files (:mod:`tamperings_of_files`); whoever can
also choose which of the log's true notes to show (:mod:`tamperings_of_notes`); and the keeper of
the log's keys (:mod:`tamperings_by_the_keeper`).
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from ostiary.verifying.log.checkpoints import sign_checkpoint
from ostiary.verifying.log.tiles import bundle_path, pack_entries
from ostiary.verifying.log.writer import extend_tiles
from published_office import PublishedOffice

Found = tuple[str, str]
"""The kind of a fault, and its place: a path, or ``entry`` and its number."""

CHECKPOINT = "checkpoint"


@dataclass(frozen=True)
class Case:
    """A copy of a published log, to be tampered with.

    Attributes:
        log: the true one.
        folder: the copy.
        random: draws the places.
    """

    log: PublishedOffice
    folder: Path
    random: Random

    @property
    def size(self) -> int:
        return len(self.log.entries)

    def bytes_of(self, path: str) -> bytearray:
        return bytearray((self.folder / path).read_bytes())

    def put(self, path: str, content: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)

    def one_of(self, pattern: str) -> str:
        """Draw one of the files of today's tree: a stale partial one of yesterday is left out."""
        files = (path for path in self.folder.glob(pattern) if path.is_file())
        found = [path.relative_to(self.folder).as_posix() for path in files]
        return self.random.choice(sorted(path for path in found if not self._is_stale(path)))

    def bundle(self, number: int) -> tuple[str, list[bytes]]:
        part = list(self.log.entries[number * 256 : (number + 1) * 256])
        return bundle_path(number, len(part)), part

    def any_bundle(self) -> tuple[int, str, list[bytes]]:
        number = self.random.randrange(-(-self.size // 256))
        return number, *self.bundle(number)

    def entry_of(self, entry_type: str, holds: bytes = b"") -> int:
        """Draw an entry of a type."""
        named = f'"type":"{entry_type}"'.encode()
        return self.random.choice(
            [n for n, body in enumerate(self.log.entries) if named in body and holds in body]
        )

    def put_entry(self, index: int, body: bytes) -> None:
        """Put another entry into the bundle, and leave everything else as it is."""
        path, part = self.bundle(index // 256)
        part[index % 256] = body
        self.put(path, pack_entries(part))

    def rebuild(self, entries: Sequence[bytes]) -> tuple[int, bytes]:
        """Compute every tile anew; give size and root."""
        shutil.rmtree(self.folder / "tile")
        tree = extend_tiles(self.folder, 0, entries)
        return tree.size, tree.root()

    def sign(self, entries: Sequence[bytes]) -> None:
        """As the keeper: every tile anew, and a checkpoint that fits."""
        size, root = self.rebuild(entries)
        origin = self.log.signers[0].name
        made = sign_checkpoint(origin, size, root, self.log.signers)
        self.put(CHECKPOINT, made.note)

    def sign_with(self, index: int, body: bytes) -> None:
        entries = list(self.log.entries)
        entries[index] = body
        self.sign(entries)

    def _is_stale(self, path: str) -> bool:
        if ".p/" not in path:
            return False
        level, width = path.split("/")[1], path.rpartition("/")[2]
        return int(width) != (self.size >> (8 * int(level.replace("entries", "0")))) % 256


Tampering = Callable[[Case], Found]


def entry(index: int) -> str:
    """Name the place of a fault in an entry."""
    return f"entry {index}"


def backdated(body: bytes) -> bytes:
    """Give an entry as it would read had it been entered in 2024."""
    return redated(body, b"2024")


def redated(body: bytes, year: bytes) -> bytes:
    head, at, rest = body.partition(b'"at":"')
    return head + at + year + rest[4:]


def number_in(body: bytes, name: bytes) -> int:
    """Read the number that stands after a name in an entry."""
    return int(body.partition(name)[2].partition(b",")[0])
