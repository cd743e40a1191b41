"""The files of an office's log keys while they change, so that a power cut at any moment is mended.

    keys/next/         the keys to be; nobody has seen them yet
    keys/switching/    the same folder once the old keys have signed their last checkpoint; there
                       is no way back, and whoever opens the office next finishes the switch
    keys/earlier/N/    public keys that signed until the log had N entries, and that checkpoint
    keys/.next.*       keys that are being made: of a cut, if nobody makes any
    keys/.gone.*       what is being taken away; it holds nothing that still counts

A folder gets its name when everything in it is on the disk. The old private keys are overwritten:
what signs nothing any more cannot be stolen. (A disk may keep overwritten blocks; encrypt it.) One
that lies in a token is destroyed there.
"""

import fcntl
import logging
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ostiary.disk.durable import put_private, sync_directory, sync_tree
from ostiary.domain.errors import KeyFileError
from ostiary.office.folder.keyring import (
    POST_QUANTUM,
    destroy_in_token,
    make_log_keys,
    read_key,
    read_post_quantum_key,
    token_of,
)
from ostiary.verifying.keys.files import NoteKey, Profile

_NEXT, _SWITCHING, _EARLIER, _RETIRED = "next", "switching", "earlier", "retired"
_GONE = "gone"
_CHECKPOINT, _STOLEN = "last.checkpoint", "stolen"
_LOG = "log"
_PAIRS = (_LOG, POST_QUANTUM)
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RetiredKeyFiles:
    """Public keys that an office's log was signed with before.

    Attributes:
        texts: their one-line key texts, the one of ``log.pub`` first.
        checkpoint: the last checkpoint that they signed, as a note.
        stolen: whether they were given up because they had been stolen.
    """

    texts: tuple[str, ...]
    checkpoint: bytes
    stolen: bool


def prepare_next(keys: Path, profile: Profile, *, stolen: bool) -> None:
    """Make the keys to be, and note why; the office works on with the present ones.

    They are made in the token in which the present ones lie, if they lie in one.
    """
    beside = keys / f".{_NEXT}.{secrets.token_hex(4)}"
    beside.mkdir(mode=0o700)
    make_log_keys(beside, profile, token_of(keys, _LOG))
    if stolen:
        (beside / _STOLEN).touch()
    sync_tree(beside)
    beside.rename(keys / _NEXT)
    sync_directory(keys)


def next_keys(keys: Path) -> tuple[tuple[NoteKey, ...], bool] | None:
    """Give the keys to be, and whether the present ones are stolen; None when no change is due."""
    folder = keys / _NEXT
    if not folder.is_dir():
        return None
    beside = read_post_quantum_key(folder)
    found = (read_key(folder, "log"), *((beside,) if beside else ()))
    return found, (folder / _STOLEN).exists()


def drop_next(keys: Path) -> None:
    """Forget keys that no log entry has named yet, and what a cut left of making them."""
    if (keys / _NEXT).is_dir():
        _let_go(keys / _NEXT, unless=keys)
        _remove(keys, keys / _NEXT)
    for folder in keys.glob(f".{_NEXT}.*"):
        _let_go(folder, unless=keys)
        shutil.rmtree(folder, ignore_errors=True)
    drop_gone(keys)


def drop_gone(keys: Path) -> None:
    """Finish taking away what a cut left half taken away."""
    for folder in keys.glob(f".{_GONE}.*"):
        shutil.rmtree(folder, ignore_errors=True)


def is_cut(keys: Path) -> bool:
    """Whether a cut left something of keys that were being made or taken away."""
    return any(True for name in (_NEXT, _GONE) for _ in keys.glob(f".{name}.*"))


def retire(keys: Path, checkpoint: bytes, size: int) -> None:
    """Give up the present keys for the next ones; afterwards there is no way back.

    Args:
        keys: the office's keys.
        checkpoint: the last one that the present keys signed; it is published.
        size: how many entries it signs.
    """
    retired = keys / _NEXT / _RETIRED / str(size)
    shutil.rmtree(retired.parent, ignore_errors=True)  # left by a cut
    retired.mkdir(parents=True)
    for name in _PAIRS:
        if (keys / f"{name}.pub").exists():
            (retired / f"{name}.pub").write_bytes((keys / f"{name}.pub").read_bytes())
    (retired / _CHECKPOINT).write_bytes(checkpoint)
    if (keys / _NEXT / _STOLEN).exists():
        (retired / _STOLEN).touch()
    sync_tree(keys / _NEXT)
    (keys / _NEXT).rename(keys / _SWITCHING)
    sync_directory(keys)


def finish_switch(keys: Path) -> None:
    """Put the new keys in the place of the old ones, if that is due; doing it again is no harm."""
    if not (keys / _SWITCHING).is_dir():
        return
    with _alone(keys):
        switching = keys / _SWITCHING
        if switching.is_dir():
            _switch(keys, switching)


def retired_key_files(keys: Path) -> tuple[RetiredKeyFiles, ...]:
    """Read the public keys that signed before, oldest first."""
    folders = sorted((keys / _EARLIER).glob("[0-9]*"), key=lambda folder: int(folder.name))
    return tuple(
        RetiredKeyFiles(
            tuple(
                (folder / f"{name}.pub").read_text(encoding="ascii").strip()
                for name in _PAIRS
                if (folder / f"{name}.pub").exists()
            ),
            (folder / _CHECKPOINT).read_bytes(),
            (folder / _STOLEN).exists(),
        )
        for folder in folders
    )


def _switch(keys: Path, switching: Path) -> None:
    (keys / _EARLIER).mkdir(mode=0o700, exist_ok=True)
    sync_directory(keys)  # before anything moves into a folder whose own name a cut could take away
    for folder in (switching / _RETIRED).iterdir():
        folder.rename(keys / _EARLIER / folder.name)
    sync_directory(keys / _EARLIER)
    if (keys / f"{_LOG}.key").read_bytes() != (switching / f"{_LOG}.key").read_bytes():
        _let_go(keys)
    for name in (f"{pair}.{half}" for pair in _PAIRS for half in ("key", "pub")):
        if (switching / name).exists():
            mode = 0o600 if name.endswith(".key") else 0o644
            put_private(keys / name, (switching / name).read_bytes(), mode)
        else:
            (keys / name).unlink(missing_ok=True)
    sync_directory(keys)
    _remove(keys, switching)


def _let_go(folder: Path, *, unless: Path | None = None) -> None:
    """Destroy a log key in its token; a token that does not let go of it stops nothing.

    Args:
        folder: where the key's name stands.
        unless: a folder whose own log key is never destroyed, whatever names it beside.
    """
    if unless is not None and _text(folder) == _text(unless):
        return
    try:
        destroy_in_token(folder, _LOG)
    except KeyFileError as error:
        _LOGGER.warning("a key that signs no more is still in its token: %s", error)


def _text(folder: Path) -> bytes:
    path = folder / f"{_LOG}.key"
    return path.read_bytes() if path.is_file() else b""


def _remove(keys: Path, folder: Path) -> None:
    """Take a folder away: its name at once, so that no half of it is ever met under it."""
    unnamed = keys / f".{_GONE}.{secrets.token_hex(4)}"
    folder.rename(unnamed)
    sync_directory(keys)
    shutil.rmtree(unnamed)


@contextmanager
def _alone(keys: Path) -> Iterator[None]:
    with (keys / ".switching.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
