"""A backup: a folder with all that an office holds, as it was at one moment, while others work.

The published log is copied first, then the case store, then all other files. So the log in a backup
is never ahead of its store, and every file that its store tells of is there: the folder of a batch
is laid out before the commit, and what a step had not written yet is written when the office is
entered. Of batches those alone are copied that the copied store knows. Who takes files away
meanwhile (a disposal, a new reference file), or changes the keys, spoils the backup, which then is
not made.

A backup holds the office's keys and people's data. It is open to its owner alone, and as secret as
the office itself.
"""

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from ostiary.deciding.matching.reference_integrity import file_digest
from ostiary.disk.folders import check_free, whole_or_not
from ostiary.disk.locks import alone
from ostiary.domain.errors import InputError, OfficeError
from ostiary.office.folder.layout import INCOMING, Office, open_office
from ostiary.office.folder.session import now
from ostiary.office.store.cases import CaseStore
from ostiary.office.store.databases import SqliteDatabase
from ostiary.office.store.opening import open_case_store
from ostiary.office.store.snapshots import copy_case_store
from ostiary.verifying.log.tree import tree_root

MANIFEST = "backup.json"
STORE = "cases.db"
_LOG_KEY = "log.pub"
_FORMAT = "ostiary-backup/1"
_CHUNK = 1 << 20
_TRIES = 5
_AGAIN = "run it again; nothing was left behind"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself.

    Attributes:
        origin: name of the office's log.
        at: when it was made.
        entries: of the log, in its case store.
        root: of the tree over them, in base64, as a checkpoint gives it.
        reference: whether the reference file is in it.
        files: SHA-256 of each file, by its place in the folder.
    """

    origin: str
    at: str
    entries: int
    root: str
    reference: bool
    files: dict[str, str]

    @property
    def text(self) -> str:
        """The manifest."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, indent=1, sort_keys=True) + "\n"


def make_backup(root: Path, into: Path, *, with_reference: bool = True) -> Backup:
    """Make a backup, whole or not at all; the office goes on working.

    Args:
        root: the office.
        into: the folder to be, outside of the office; it must not exist, or be empty.
        with_reference: whether the reference file is copied; it is large, and the custodian has
            what it was loaded from.

    Raises:
        InputError: there is something in the folder, or it is in the office.
        OfficeError: no office; or something was disposed of, or loaded, while files were copied.
    """
    office, into = open_office(root), into.resolve()
    check_free(into)
    if into.is_relative_to(office.root):
        raise InputError(
            "a backup inside the office would be lost with it",
            where=str(into),
            cure="name a folder elsewhere, best on another machine's disk",
        )
    with whole_or_not(into) as building:
        building.mkdir(mode=0o700)
        return _build(office, building, with_reference=with_reference)


def read_backup(folder: Path) -> Backup:
    """Read a backup's manifest; its files are compared with it when they are copied.

    Raises:
        InputError: no backup.
    """
    backup = _manifest(folder)
    if backup is None:
        raise InputError(
            "this folder is no backup that this Ostiary knows",
            where=str(folder),
            cure=f"name the folder that `ostiary backup` made; it holds {MANIFEST}",
        )
    return backup


def copy_backup(folder: Path, backup: Backup, target: Path) -> None:
    """Copy a backup's files, and hold what was copied to the manifest.

    Raises:
        InputError: a file is missing, was changed, or was added.
    """
    found = copy_tree(folder, target)
    (target / MANIFEST).unlink()
    del found[MANIFEST]
    for place in sorted(found.keys() | backup.files.keys()):
        if found.get(place) == backup.files.get(place):
            continue
        if place not in found or place not in backup.files:
            what = "is missing" if place not in found else "was not in it when it was made"
        else:
            what = "is not as it was when the backup was made"
        raise InputError(
            f"a file of the backup {what}",
            where=str(folder / place),
            cure="take another backup; nothing was restored",
        )


def _manifest(folder: Path) -> Backup | None:
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Backup(**said) if said.pop("format") == _FORMAT else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def root_of(store: CaseStore, entries: int) -> str:
    """Give the root of the tree over the first entries of a store, in base64."""
    return base64.b64encode(tree_root(list(islice(store.leaves_from(0), entries)))).decode()


def copy_file(source: Path, target: Path) -> str:
    """Copy a file with its rights; give its SHA-256."""
    digest = hashlib.sha256()
    mode = source.stat().st_mode & 0o777
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as written, source.open("rb") as read:
        os.fchmod(written.fileno(), mode)
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
            written.write(chunk)
    return f"sha256:{digest.hexdigest()}"


def copy_tree(source: Path, target: Path) -> dict[str, str]:
    """Copy a folder with the rights of all in it; give the SHA-256 of each file by its place."""
    target.mkdir(mode=0o700)
    digests = {}
    for path in sorted(source.iterdir()):
        if path.is_dir():
            below = copy_tree(path, target / path.name)
            digests.update({f"{path.name}/{place}": digest for place, digest in below.items()})
        else:
            digests[path.name] = copy_file(path, target / path.name)
    target.chmod(source.stat().st_mode & 0o777)
    return digests


def _build(office: Office, folder: Path, *, with_reference: bool) -> Backup:
    at = now().at
    model = _model(office)
    files: dict[str, str] = {}
    with alone(office.root / ".publishing"):
        files |= _copy(office.accounting, folder)
        files |= _copy(office.keys, folder)
        copy_case_store(
            office.database,
            folder / STORE,
            origin=office.origin,
            training=office.config.training,
        )
    with open_case_store(
        SqliteDatabase(folder / STORE), origin=office.origin, training=office.config.training
    ) as copied:
        files |= _copy_batches(office, folder, copied)
        for path in _others(office, with_reference=with_reference):
            files |= _copy(path, folder)
        _check_unchanged(office, folder, copied, model)
        entries = copied.log_size()
        root = root_of(copied, entries)
    files[STORE] = file_digest(folder / STORE)
    made = Backup(office.origin, at, entries, root, with_reference, dict(sorted(files.items())))
    (folder / MANIFEST).write_text(made.text, encoding="utf-8")
    return made


def _copy_batches(office: Office, folder: Path, copied: CaseStore) -> dict[str, str]:
    """Copy the folders of the batches that the copied store knows, named or not yet named."""
    batches = folder / office.batches.name
    batches.mkdir(mode=0o700)
    files: dict[str, str] = {}
    for one in copied.batches():
        unnamed = office.batches.glob(f".*-{one.id}")
        found = _copy(office.batches / one.id, batches, next(unnamed, None))
        files |= {f"{batches.name}/{place}": digest for place, digest in found.items()}
    return files


def _copy(path: Path, folder: Path, instead: Path | None = None) -> dict[str, str]:
    """Copy a file or folder, or what stands for it while there is none; give its digests.

    Files that are being replaced, and folders that are given their name, go while they are read;
    then it is read again.
    """
    for _ in range(_TRIES):
        source = path if path.exists() or instead is None else instead
        target = folder / source.name
        try:
            if source.is_dir():
                below = copy_tree(source, target)
                return {f"{source.name}/{place}": digest for place, digest in below.items()}
            return {source.name: copy_file(source, target)} if source.exists() else {}
        except FileNotFoundError:
            shutil.rmtree(target, ignore_errors=True)
            target.unlink(missing_ok=True)
    raise OfficeError(
        "files went again and again while they were copied", where=str(path), cure=_AGAIN
    )


def _others(office: Office, *, with_reference: bool) -> Iterator[Path]:
    """Give what else is in an office; locks and what programs are at work on is left out."""
    copied = {office.accounting, office.keys, office.batches}
    if isinstance(office.database, SqliteDatabase):
        beside = office.database.path.name
        copied |= {office.root / f"{beside}{end}" for end in ("", "-journal", "-wal", "-shm")}
    if not with_reference:
        copied |= {office.reference, office.root / INCOMING}  # what it is loaded from, too
    for path in sorted(office.root.iterdir()):
        if path not in copied and not path.name.startswith("."):
            yield path


def _check_unchanged(office: Office, folder: Path, copied: CaseStore, model: str) -> None:
    """See that no file was taken away behind the copy of the store, nor the keys changed.

    A key file beside the answers that shows later keys than were copied would be refused.
    """
    with office.store as store:
        disposed = len(store.disposals()) != len(copied.disposals())
    here, there = (one / _LOG_KEY for one in (office.keys, folder / office.keys.name))
    what = ""
    if disposed:
        what = "openings were destroyed"
    elif _model(office) != model:
        what = "a reference file was loaded"
    elif here.read_bytes() != there.read_bytes():
        what = "the keys of the log were changed"
    if what:
        raise OfficeError(f"{what} while the backup was made", where=str(office.root), cure=_AGAIN)


def _model(office: Office) -> str:
    path = office.reference / "model.json"
    return file_digest(path) if path.is_file() else ""
