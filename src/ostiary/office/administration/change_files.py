"""Changes as they lie in ``OFFICE/changes``: what a file was, what it was to be, and who said so.

A folder a change, numbered: ``change.json`` and, where there is one, the file ``before`` and
``after``. Registers may name persons, so the folder is open to its owner alone. Nothing is ever
taken out of it but by hand.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from ostiary.disk.durable import put_durably, sync_directory
from ostiary.domain.errors import InputError
from ostiary.office.administration.governed_files import GovernedFile, digest_of
from ostiary.office.folder.layout import Office
from ostiary.verifying.log.commitments import SALT_BYTES

_FOLDER = "changes"
_RECORD = "change.json"


class ChangeState(StrEnum):
    """Where a change stands."""

    WAITING = "waiting"
    IN_FORCE = "in-force"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one file.

    Attributes:
        number: counted from 1.
        file: the file's name.
        why: what its author says of it.
        prepared_by: the administrator who prepared it.
        prepared_at: when, as in the log.
        before: digest of the file that it was drawn from; empty where there was none.
        after: digest of the file as it is to be; empty where it is to go.
        salt: of the commitments in the log.
        state: where it stands.
        settled_by: the administrator who put it into force, or withdrew it.
        settled_at: when.
        entry: of the log, once it is in force.
        prepared: of the log, that it was prepared; None where an earlier version prepared it.
    """

    number: int
    file: str
    why: str
    prepared_by: str
    prepared_at: str
    before: str
    after: str
    salt: str
    state: ChangeState = ChangeState.WAITING
    settled_by: str = ""
    settled_at: str = ""
    entry: int | None = None
    prepared: int | None = None

    @property
    def content(self) -> dict[str, object]:
        """All that counts of what was prepared, as the log commits to it."""
        return {
            "number": self.number,
            "file": self.file,
            "why": self.why,
            "before": self.before,
            "after": self.after,
        }


def changes_of(office: Office, name: str = "") -> tuple[Change, ...]:
    """Give the changes of a file, or of all files, the latest first."""
    found = [_read(path) for path in sorted(_folder(office).glob(f"*/{_RECORD}"), reverse=True)]
    return tuple(one for one in found if name in ("", one.file))


def change_of(office: Office, number: int) -> Change:
    """Give one change.

    Raises:
        InputError: there is none of this number.
    """
    path = _place(office, number) / _RECORD
    if not path.is_file():
        raise InputError("there is no such change", where=str(number))
    return _read(path)


def contents_of(office: Office, change: Change) -> tuple[bytes | None, bytes | None]:
    """Give a change's file as it was and as it is to be; None where there is none.

    Raises:
        InputError: what lies there is not what the change was prepared with.
    """
    folder = _place(office, change.number)
    found = tuple(
        path.read_bytes() if (path := folder / name).is_file() else None
        for name in ("before", "after")
    )
    if (digest_of(found[0]), digest_of(found[1])) != (change.before, change.after):
        raise InputError(
            "the files of this change were altered where they lie",
            where=f"{_FOLDER}/{change.number:06}",
            cure="prepare it anew, and find out who altered them",
        )
    return found[0], found[1]


def new_change(
    office: Office, file: GovernedFile, content: bytes | None, *, why: str, by: str, at: str
) -> Change:
    """Number a change that somebody prepares; the caller holds the lock, and puts it."""
    last = changes_of(office)
    return Change(
        number=last[0].number + 1 if last else 1,
        file=file.name,
        why=why,
        prepared_by=by,
        prepared_at=at,
        before=digest_of(file.content()),
        after=digest_of(content),
        salt=secrets.token_hex(SALT_BYTES),
    )


def put_change(office: Office, change: Change, before: bytes | None, after: bytes | None) -> Change:
    """Keep a change that somebody has prepared; the caller holds the lock."""
    folder = _place(office, change.number)
    folder.mkdir(mode=0o700)
    for name, kept in (("before", before), ("after", after)):
        if kept is not None:
            put_durably(folder / name, kept)
    _write(office, change)
    sync_directory(folder.parent)
    return change


def settled(
    office: Office, change: Change, state: ChangeState, *, by: str, at: str, entry: int | None
) -> Change:
    """Keep what became of a change; the caller holds the lock."""
    done = replace(change, state=state, settled_by=by, settled_at=at, entry=entry)
    _write(office, done)
    return done


def changed_outside(office: Office, file: GovernedFile) -> bool:
    """Whether a file is not as the last change left it: somebody edited it by hand since."""
    ended = [one for one in changes_of(office, file.name) if one.state is ChangeState.IN_FORCE]
    latest = max(ended, key=lambda one: one.entry or 0, default=None)
    return latest is not None and latest.after != digest_of(file.content())


def lock_of(office: Office) -> Path:
    """Give the lock that whoever changes a governed file holds."""
    return office.root / ".changes.lock"


def _folder(office: Office) -> Path:
    folder = office.root / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _place(office: Office, number: int) -> Path:
    return _folder(office) / f"{number:06}"


def _write(office: Office, change: Change) -> None:
    text = json.dumps(asdict(change), indent=1, sort_keys=True, ensure_ascii=False)
    put_durably(_place(office, change.number) / _RECORD, f"{text}\n".encode())


def _read(path: Path) -> Change:
    said = json.loads(path.read_text(encoding="utf-8"))
    return Change(**{**said, "state": ChangeState(said["state"])})


def waiting(office: Office) -> Iterator[Change]:
    """Give the changes that wait for somebody, the latest first."""
    return (one for one in changes_of(office) if one.state is ChangeState.WAITING)
