"""An office is a folder: its settings, keys, case store, reference file, log, batches and answers.

Nothing else has to be installed or started. :func:`create_office` makes the folder whole or not at
all; :func:`open_office` refuses one that is not whole.
"""

import secrets
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ostiary.disk.durable import sync_directory
from ostiary.domain.errors import OfficeError
from ostiary.office.folder.config import OfficeConfig, check_config, read_config, write_config
from ostiary.office.folder.guarded_files import check_guarded, folders_of_log
from ostiary.office.folder.key_rotation import RetiredKeyFiles, finish_switch, retired_key_files
from ostiary.office.folder.keyring import (
    RECORD,
    check_keys,
    make_keys,
    make_record_keys,
    read_key,
    read_post_quantum_key,
    read_record_key,
    read_secret,
)
from ostiary.office.folder.log_marks import FILE, attach_marks
from ostiary.office.folder.published_leaves import attach_published
from ostiary.office.store.cases import CaseStore
from ostiary.office.store.databases import DEFAULT_DATABASE, Database, SqliteDatabase
from ostiary.office.store.opening import open_case_store
from ostiary.office.store.schema import lay_case_store, remove_case_store, scrub_case_store
from ostiary.verifying.keys.files import NoteKey, Profile, SealingKey, SigningKey

_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO

INCOMING = "incoming"
"""Folder of an office in which reference files lie until they are loaded."""

# Where people's data lie, or may, in an office: made by steps of it, for the owner alone.
_FOR_THE_OWNER = (
    *("reference", ".reference-before", INCOMING, "batches", "answers", "recalls"),
    *("web", "tasks", "changes"),
)
# Folders with people's data in them are open to the owner alone; the others may be published.
_FOLDERS = {
    "reference": 0o700,
    "batches": 0o700,
    "answers": 0o700,
    "accounting": 0o755,
    "registers": 0o755,
    "orders": 0o755,
}


@dataclass(frozen=True)
class Office:
    """An office that has been looked through and may be worked in.

    Attributes:
        root: the folder.
        config: what its ``office.toml`` says.
    """

    root: Path
    config: OfficeConfig

    @property
    def origin(self) -> str:
        """Name of the office's log."""
        return self.config.origin

    @property
    def keys(self) -> Path:
        """The office's own keys."""
        return self.root / "keys"

    @property
    def database(self) -> Database:
        """Where the case store is."""
        return self.config.case_store(self.root)

    @property
    def reference(self) -> Path:
        """The reference file, as it was loaded."""
        return self.root / "reference"

    @property
    def accounting(self) -> Path:
        """The published log: tiles and checkpoints, for any file server."""
        return self.root / "accounting"

    @property
    def batches(self) -> Path:
        """One folder for each request file."""
        return self.root / "batches"

    @property
    def answers(self) -> Path:
        """Sealed answers."""
        return self.root / "answers"

    @property
    def registers(self) -> Path:
        """Registers laid over those of the book."""
        return self.root / "registers"

    @property
    def orders(self) -> Path:
        """Orders of courts that this office has been served with."""
        return self.root / "orders"

    def log_key(self) -> SigningKey:
        """Read the key that signs checkpoints."""
        return read_key(self.keys, "log")

    def post_quantum_key(self) -> NoteKey | None:
        """Read the key that signs checkpoints beside the first; None when there is none."""
        return read_post_quantum_key(self.keys)

    def retired_keys(self) -> tuple[RetiredKeyFiles, ...]:
        """Read the public keys that signed checkpoints before, oldest first."""
        return retired_key_files(self.keys)

    def release_key(self) -> SigningKey:
        """Read the key that signs answers."""
        return read_key(self.keys, "release")

    def record_key(self) -> SealingKey:
        """Read what the permanent record is sealed to; make the pair where an office has none.

        An office of before schema 9 has none. Only one that has kept nothing yet gets a new pair:
        with another key nobody could open what was kept.
        """
        halves = [self.keys / f"{RECORD}.pub", self.keys / f"{RECORD}.key"]
        is_new = not any(half.exists() for half in halves)
        if is_new and next(self.store.kept_records(), None) is None:
            make_record_keys(self.keys, self.config.profile)
        return read_record_key(self.keys)

    def secret(self) -> bytes:
        """Read the 32 bytes that key the digests of contents and reasons."""
        return read_secret(self.keys)

    @cached_property
    def store(self) -> CaseStore:
        """The case store, checked when it is first asked for.

        Close it when done, as in ``with office.store as store:``; it opens again when needed.

        Raises:
            OfficeError: missing, damaged, unsafely set up, tampered with, or of a newer Ostiary.
        """
        store = open_case_store(
            self.database, origin=self.config.origin, training=self.config.training
        )
        attach_marks(store, self.root / FILE, self.secret())
        attach_published(store, self.accounting)
        return store

    def scrub(self) -> str:
        """Rewrite the case store after a disposal, see :func:`.store.schema.scrub_case_store`.

        Raises:
            OfficeError: somebody else is at work in the store, or the disk is full.
        """
        return scrub_case_store(self.database)


def create_office(
    root: Path,
    *,
    profile: Profile = "modern",
    training: bool = False,
    origin: str | None = None,
    database: str | None = None,
    token: str = "",
) -> Office:
    """Make an office, whole or not at all.

    Args:
        root: the folder to be; it must not exist, or be empty.
        profile: which cryptography.
        training: for training and demonstrations only.
        origin: name of the log; one that nobody else has, under ``ostiary.invalid``, when None.
        database: URL of the case store; ``cases.db`` in the folder when None.
        token: URI of a token in which the keys are made that sign the log and answers.

    Raises:
        KeyFileError: the token does not make them.
        OfficeError: there is something in the folder, a value will not do, or the disk fails.
    """
    config = OfficeConfig(
        origin=origin or f"ostiary.invalid/office/{secrets.token_hex(4)}",
        profile=profile,
        training=training,
        database=database or DEFAULT_DATABASE,
    )
    check_config(config, where=str(root))
    root = root.resolve()
    building = root.parent / f".{root.name}.{secrets.token_hex(4)}.new"
    try:
        _check_free(root, config)
        _build(building, config, token)
        _move(building, root, config)
    except OSError as error:
        raise OfficeError(
            "the office cannot be made here", where=str(root), cure=(error.strerror or "").lower()
        ) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return open_office(root)


def open_office(root: Path) -> Office:
    """Open an office after looking through it: settings, keys and case store.

    Raises:
        OfficeError: no office, or one that is not whole; the message says what, and the cure.
        KeyFileError: a private key of the office is no key.
    """
    root = root.resolve()
    if not (root / "office.toml").is_file():
        raise OfficeError(
            "this folder is no office" if root.is_dir() else "there is no such folder",
            where=str(root),
            cure="make an office with `ostiary init`, or name the folder that holds office.toml",
        )
    office = Office(root, read_config(root / "office.toml"))
    finish_switch(office.keys)
    check_keys(office.keys, office.config.profile)
    check_private(office)
    check_guarded(_deciding(office))
    with office.store:
        return office


def check_private(office: Office) -> None:
    """See that nobody but the owner may read what must stay in the office.

    Keys, case store, reference file, and every folder in which people's data may lie.

    Raises:
        OfficeError: somebody else may; the message names the first such file.
    """
    kept = [office.keys, office.keys / "secret", *(office.root / name for name in _FOR_THE_OWNER)]
    kept += sorted(office.keys.rglob("*.key"))
    kept += _own_store(office)
    for path in kept:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & _FOR_OTHERS:
            raise OfficeError(
                "others on this machine may read what only the office may",
                where=str(path),
                cure=f"take their rights away: chmod go-rwx {path.name}",
            )


def _deciding(office: Office) -> Iterator[Path]:
    """Give what decides: settings, registers, orders, reference file, log, keys and case store."""
    yield from (office.root, office.root / "office.toml")
    for folder in (office.registers, office.orders, office.reference):
        yield folder
        yield from sorted(folder.rglob("*"))
    yield from folders_of_log(office.accounting)
    yield from (office.keys, office.keys / "secret", *_own_store(office))


def _own_store(office: Office) -> tuple[Path, ...]:
    database = office.config.case_store(office.root)
    return (database.path,) if isinstance(database, SqliteDatabase) else ()


def _check_free(root: Path, config: OfficeConfig) -> None:
    """Refuse to make an office over anything that is there."""
    taken = root.exists() and (not root.is_dir() or any(root.iterdir()))
    database = config.case_store(root)
    if taken or (isinstance(database, SqliteDatabase) and database.path.exists()):
        raise OfficeError(
            "there is something here already" if taken else "the database is there already",
            where=str(root) if taken else database.where,
            cure="name a folder that does not exist or is empty; offices are never overwritten",
        )


def _build(building: Path, config: OfficeConfig, token: str) -> None:
    """Make everything in a folder beside the one to be, and have it on the disk.

    The keys above all: one lost after the first entry cannot be replaced.
    """
    building.mkdir(0o755, parents=True)
    for name, mode in _FOLDERS.items():
        (building / name).mkdir(mode=mode)
    make_keys(building / "keys", config.profile, token)
    write_config(building / "office.toml", config)
    lay_case_store(config.case_store(building), origin=config.origin, training=config.training)
    for path in (*(building / "keys").iterdir(), building / "keys", building / "office.toml"):
        sync_directory(path)
    sync_directory(building)


def _move(building: Path, root: Path, config: OfficeConfig) -> None:
    """Give the finished office its name; a case store kept elsewhere goes if that fails."""
    try:
        building.rename(root)
    except OSError:
        remove_case_store(config.case_store(building))
        raise
    sync_directory(root.parent)
