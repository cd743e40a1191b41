"""What a witness keeps: its keys, the logs it knows, and the latest checkpoint it cosigned of each.

A folder, and every file in it is text::

    name                    the witness's name
    keys/ed25519.key        signs cosignature/v1
    keys/ml-dsa.key         signs subtree/v1
    logs/DIGEST/log         a log: its origin, then its verifier keys, one a line
    logs/DIGEST/latest      the checkpoint that was cosigned last, or `nothing yet`
    logs/DIGEST/evidence/   submissions that the log's key signed and that were refused

The record of a log is made with the log and only ever replaced by a later one. When it is missing,
the witness does not begin anew: it refuses, because it no longer knows what it promised.
"""

import fcntl
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ostiary.disk.durable import replace_file, sync_directory
from ostiary.domain.errors import InputError
from ostiary.verifying.keys.files import (
    new_post_quantum_key,
    new_signing_key,
    read_note_key,
    write_private,
)
from ostiary.verifying.log.checkpoints import MAX_CHECKPOINT
from ostiary.verifying.log.vkeys import Signer, Verifier, is_key_name, read_vkey
from ostiary.verifying.witness.submissions import origin_digest

NOTHING_YET = b"nothing yet\n"
MAX_EVIDENCE = 100
"""Refused submissions kept of one log; the first ones tell most."""

_KEYS = ("ml-dsa", "ed25519")


@dataclass(frozen=True, slots=True)
class KnownLog:
    """A log that the witness cosigns.

    Attributes:
        origin: its name.
        keys: its verifier keys; one of them must have signed.
        folder: where its record is.
    """

    origin: str
    keys: tuple[Verifier, ...]
    folder: Path

    def latest(self) -> bytes:
        """Give the checkpoint that was cosigned last, or :data:`NOTHING_YET`.

        Raises:
            OSError: the record cannot be read; nothing may be cosigned then.
        """
        with (self.folder / "latest").open("rb") as file:
            return file.read(MAX_CHECKPOINT + 1)

    def record(self, note: bytes) -> None:
        """Put a checkpoint on the disk as the latest; when this returns, it outlives a power cut.

        Raises:
            OSError: the disk refuses; the checkpoint must not be given out then.
        """
        replace_file(self.folder / "latest", note)
        sync_directory(self.folder)

    def keep_evidence(self, text: str, body: bytes) -> None:
        """Keep a submission that the log's key signed and that does not extend what it signed.

        One a checkpoint is kept, so that only the log's own key can fill the room for it.

        Args:
            text: what the log signed.
            body: the whole submission.

        Raises:
            OSError: the disk refuses.
        """
        folder = self.folder / "evidence"
        folder.mkdir(exist_ok=True)
        target = folder / hashlib.sha256(text.encode()).hexdigest()
        if len(list(folder.iterdir())) < MAX_EVIDENCE and not target.exists():
            replace_file(target, body)


class WitnessFolder:
    """The folder of a witness.

    Args:
        root: the folder, made by :func:`create_witness`.

    Raises:
        InputError: it is none.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            self.name = (root / "name").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise InputError(
                "this folder is no witness", where=str(root), cure="make one: ostiary witness init"
            ) from None

    def signers(self) -> tuple[Signer, ...]:
        """Read the keys, the post-quantum one first.

        Raises:
            KeyFileError: one is missing or no key.
        """
        keys = [read_note_key(self.root / "keys" / f"{name}.key") for name in _KEYS]
        return tuple(Signer(self.name, key, cosigner=True) for key in keys)

    def add_log(self, origin: str, keys: Sequence[Verifier]) -> KnownLog:
        """Begin to cosign a log, or go on with other keys of it; what was cosigned stays.

        Raises:
            InputError: the origin cannot be one, or there is no key.
        """
        named = is_key_name(origin.replace(" ", "").replace("+", ""))  # both may stand in an origin
        if not keys or not named or "\n" in origin:
            raise InputError(
                "a log has a name and at least one key",
                where=origin,
                cure="give the log's verifier keys",
            )
        log = KnownLog(origin, tuple(keys), self.root / "logs" / origin_digest(origin))
        log.folder.mkdir(parents=True, exist_ok=True)
        if not (log.folder / "log").exists():
            log.record(NOTHING_YET)
        lines = [origin, *(key.vkey for key in keys)]
        replace_file(log.folder / "log", "".join(f"{line}\n" for line in lines).encode())
        for folder in (log.folder, log.folder.parent, self.root):
            sync_directory(folder)
        return log

    def log(self, origin: str) -> KnownLog | None:
        """Give a log by its origin, or None when it is not known.

        Raises:
            OSError: its entry cannot be read.
            KeyFileError: a key in it is none.
        """
        return self.log_at(origin_digest(origin))

    def log_at(self, digest: str) -> KnownLog | None:
        """Give a log by the digest of its origin, or None when it is not known.

        Raises:
            OSError: its entry cannot be read.
            KeyFileError: a key in it is none.
        """
        folder = self.root / "logs" / digest
        try:
            text = (folder / "log").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        origin, *keys = text.removesuffix("\n").split("\n")
        return KnownLog(origin, tuple(read_vkey(key) for key in keys), folder)

    def logs(self) -> list[KnownLog]:
        """Give every known log, by origin."""
        folders = (self.root / "logs").glob("*/log")
        found = [self.log_at(path.parent.name) for path in folders]
        return sorted((one for one in found if one), key=lambda one: one.origin)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other program from serving this folder: two would cosign two histories.

        Raises:
            InputError: another one does.
        """
        with (self.root / ".serving").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise InputError(
                    "another program serves this witness already",
                    where=str(self.root),
                    cure="end it first; one witness is one program",
                ) from None
            yield


def create_witness(root: Path, name: str) -> WitnessFolder:
    """Make the folder and the keys of a new witness.

    Args:
        root: the folder to be; it must not exist, or be empty.
        name: the witness's name, such as ``witness.example/w1``; it stands on every cosignature.

    Raises:
        InputError: there is something there, or the name cannot stand in a note.
    """
    if not is_key_name(name) or len(name.encode()) > 255:  # noqa: PLR2004 - tlog-cosignature
        raise InputError(
            "this cannot be a witness's name",
            where=name,
            cure="write a name without spaces and `+`, at most 255 bytes",
        )
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise InputError(
            "there is something here already", where=str(root), cure="name a new folder"
        )
    (root / "keys").mkdir(parents=True)
    (root / "keys").chmod(0o700)
    (root / "logs").mkdir()
    write_private(root / "keys" / "ml-dsa.key", new_post_quantum_key())
    write_private(root / "keys" / "ed25519.key", new_signing_key("modern"))
    for path in (*(root / "keys").iterdir(), root / "keys"):
        sync_directory(path)
    replace_file(root / "name", f"{name}\n".encode())
    sync_directory(root)
    return WitnessFolder(root)
