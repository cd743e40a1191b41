"""The model file: which reference, standard form and decision a verification rested on.

``model.json`` is the reference's point of commitment. Its files lie in a folder of their own,
named after their content; ``model.json`` names that folder and the digest of every file in it and
is put in place by one atomic rename. Before that rename the old reference is whole; after it, the
new one is. Its own SHA-256 is the *model digest* that the accounting records.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from ostiary.deciding.matching.learned import Learned, read_stated
from ostiary.deciding.matching.rules import DECISION_VERSION
from ostiary.deciding.reference.reader import ReferenceReader
from ostiary.deciding.standardisation import STANDARD_VERSION, standard_digest
from ostiary.disk.durable import put_durably, sync_directory, sync_tree
from ostiary.domain.errors import OfficeError

MODEL_FILE = "model.json"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a reference holds.

    Attributes:
        people: persons.
        addresses: different person-addresses in standard form.
        keys: entries of the key table.
        surnames: different surnames among the people.
        given_names: different given names among the people.
    """

    people: int
    addresses: int
    keys: int
    surnames: int
    given_names: int


@dataclass(frozen=True)
class Model:
    """A reference that was opened: what it holds and where its tables lie.

    Attributes:
        digest: ``sha256:`` and the hex digest of ``model.json``.
        counts: see :class:`Counts`.
        folder: folder of its files.
        learned: the shares that weights are made of.
    """

    digest: str
    counts: Counts
    folder: Path
    learned: Learned

    @cached_property
    def opened(self) -> ReferenceReader:
        """The reference's files, as a process keeps them open while they stay the same."""
        return _reader(self.folder, self.counts.people, _stamps(self.folder))


Stamp = tuple[int, int, int, int]


def stamp_of(found: os.stat_result) -> Stamp:
    """Give what a file that was not changed keeps: its size, times and place on the disk."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


@lru_cache(maxsize=1)  # what was opened before it may lie in memory by hundreds of megabytes
def _reader(folder: Path, people: int, _stamps: tuple[tuple[str, Stamp], ...]) -> ReferenceReader:
    """Give the files; what is made of them, once asked for, is there for whoever opens them next.

    A file of the same name and stamp is the same one, as for :mod:`.matching.reference_integrity`.
    """
    return ReferenceReader(folder, people)


def _stamps(folder: Path) -> tuple[tuple[str, Stamp], ...]:
    return tuple(sorted((one.name, stamp_of(one.stat())) for one in os.scandir(folder)))


def open_model(reference: Path) -> Model:
    """Open the reference in a folder.

    Raises:
        OfficeError: there is none, it is damaged, or another standard or decision wrote it.
    """
    try:
        text = (reference / MODEL_FILE).read_bytes()
        stated = json.loads(text)
        counts = Counts(**stated["counts"])
        folder = reference / stated["folder"]
        files = [folder / name for name in stated["files"]]
        is_whole = stated["folder"] == _folder_of(stated["files"])
        learned = read_stated(stated["learned"])
        written_by = (stated["standard"]["digest"], stated["decision"])
    except FileNotFoundError:
        raise OfficeError(
            "no reference file was loaded",
            where=str(reference),
            cure="load one with: ostiary reference load",
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _damaged(reference) from None
    if written_by != (standard_digest(), DECISION_VERSION):
        raise OfficeError(
            "the reference was written by another version of the standard form",
            where=str(reference / MODEL_FILE),
            cure="load the reference file again",
        )
    if not is_whole or not all(file.is_file() for file in files):
        raise _damaged(reference)
    return Model(digest_of(text), counts, folder, learned)


def commit_model(reference: Path, written: Path, counts: Counts, learned: Learned) -> Model:
    """Make freshly written files the reference, in one step, and drop the one before.

    Args:
        reference: folder of the office's reference.
        written: folder inside it that holds the files and nothing else.
        counts: what they hold.
        learned: the shares that weights are made of.
    """
    with ThreadPoolExecutor(2) as pool:
        paths = sorted(written.iterdir())
        files = dict(zip((path.name for path in paths), pool.map(_file_digest, paths), strict=True))
    name = _folder_of(files)
    folder = reference / name
    if folder.exists():  # the very same content, loaded before
        shutil.rmtree(written)
    else:
        sync_tree(written)
        written.rename(folder)
        sync_directory(reference)  # before anything names it
    text = _model_text(name, files, counts, learned)
    put_durably(reference / MODEL_FILE, text)
    drop_other_folders(reference, keep=name)
    return Model(digest_of(text), counts, folder, read_stated(json.loads(text)["learned"]))


def drop_other_folders(reference: Path, *, keep: str) -> None:
    """Drop what earlier references, and loads that were cut short, left behind."""
    for folder in reference.iterdir():
        if folder.is_dir() and folder.name != keep:
            shutil.rmtree(folder)


def digest_of(text: bytes) -> str:
    """Give ``sha256:`` and the hex digest."""
    return f"sha256:{hashlib.sha256(text).hexdigest()}"


def _folder_of(files: Mapping[str, str]) -> str:
    """Name the folder after what is in it: a model that leaves out a file is of another folder."""
    return hashlib.sha256("".join(files[name] for name in sorted(files)).encode()).hexdigest()[:16]


def _model_text(folder: str, files: dict[str, str], counts: Counts, learned: Learned) -> bytes:
    model = {
        "counts": asdict(counts),
        "decision": DECISION_VERSION,
        "files": files,
        "folder": folder,
        "learned": learned.stated(),
        "standard": {"version": STANDARD_VERSION, "digest": standard_digest()},
    }
    return (json.dumps(model, indent=2, sort_keys=True) + "\n").encode()


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return f"sha256:{digest}"


def _damaged(reference: Path) -> OfficeError:
    return OfficeError(
        "the reference is damaged",
        where=str(reference / MODEL_FILE),
        cure="load the reference file again",
    )
