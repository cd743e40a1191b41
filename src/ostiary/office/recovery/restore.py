"""An office restored from a backup, and never one that hides what was logged after it.

Who has only an old backup could leave out what happened since, and write on from there. So whoever
restores shows the latest checkpoint of the log that they can find outside of the office: the public
copy's, or a witness's. A backup that is behind it is refused: entries that outsiders hold cannot be
undone. Witnesses of the office are asked as well, before it is there. That the office was restored
stands in its log.
"""

import base64
import json
import re
from pathlib import Path

from ostiary.disk.durable import put_private
from ostiary.disk.folders import check_free, whole_or_not
from ostiary.domain.errors import InputError
from ostiary.office.folder.config import read_config
from ostiary.office.folder.layout import open_office
from ostiary.office.folder.session import OfficeSession, now
from ostiary.office.recovery.backup import (
    STORE,
    Backup,
    copy_backup,
    copy_file,
    read_backup,
    root_of,
)
from ostiary.office.recovery.entering import at_work
from ostiary.office.store.databases import Database, PostgresDatabase
from ostiary.office.store.journal import journal_entry
from ostiary.office.store.schema import remove_case_store
from ostiary.office.store.snapshots import put_case_store
from ostiary.verifying.log.checkpoints import Checkpoint, open_checkpoint, unverified_checkpoint
from ostiary.verifying.log.faults import NoSignatureError, NoteError, RollbackError
from ostiary.verifying.log.vkeys import Verifier

_DATABASE = re.compile(r"^database\s*=.*$", re.MULTILINE)
_PRIVATE = 0o600  # a URL may hold a password


def restore(
    folder: Path, root: Path, latest: bytes | None, *, database: str | None = None
) -> Backup:
    """Restore an office from a backup, whole or not at all, and log that it was.

    Args:
        folder: the backup.
        root: the office to be; the folder must not exist, or be empty.
        latest: the latest checkpoint of the log that is known outside of the office, as it was
            published; None where nothing was published after the backup.
        database: URL of another case store to keep the cases in, as in ``office.toml``.

    Raises:
        InputError: no backup, or one that was changed; or the office's place is taken.
        RollbackError: the log went on after the backup, or is another one; a witness may say so.
    """
    root = root.resolve()
    backup = read_backup(folder)
    check_free(root)
    elsewhere: list[Database] = []
    try:
        with whole_or_not(root) as building:
            copy_backup(folder, backup, building)
            if database is not None:
                _name_database(building / "office.toml", database)
            _place_store(building, elsewhere)
            _check_log(building, backup, latest)
            _say(building, backup)
    except BaseException:
        for store in elsewhere:
            _take_away(store)
        raise
    return backup


def _take_away(store: Database) -> None:
    """Take away a store that lies outside of the office that was not restored."""
    if isinstance(store, PostgresDatabase):
        remove_case_store(store)
    else:
        store.path.unlink(missing_ok=True)


def _name_database(path: Path, url: str) -> None:
    """Write another case store into the settings; what will not do is refused when they are read.

    Raises:
        InputError: the settings do not say on one line where cases are kept.
    """
    text = path.read_text(encoding="utf-8")
    changed, many = _DATABASE.subn(lambda _: f"database = {json.dumps(url)}", text)
    if many != 1:
        raise InputError("the settings of this backup do not name one database", where=path.name)
    put_private(path, changed.encode(), _PRIVATE)


def _place_store(building: Path, elsewhere: list[Database]) -> None:
    """Put the store where the office's settings have it; note what lies outside of its folder."""
    config = read_config(building / "office.toml")
    database = config.case_store(building)
    if isinstance(database, PostgresDatabase):
        put_case_store(building / STORE, database, origin=config.origin, training=config.training)
        elsewhere.append(database)
        (building / STORE).unlink()
        return
    if database.path == building / STORE:
        return
    if not database.path.is_relative_to(building):
        check_free(database.path)
        elsewhere.append(database)
    copy_file(building / STORE, database.path)
    (building / STORE).unlink()


def _check_log(root: Path, backup: Backup, latest: bytes | None) -> None:
    """See that the store is the one that was backed up, and that nothing was logged after it."""
    office = open_office(root)
    with office.store as store:
        place = OfficeSession(office, store, now())
        if (store.log_size(), root_of(store, backup.entries)) != (backup.entries, backup.root):
            raise RollbackError("the log in this backup is not the one that the backup names")
        if latest is None:
            return
        keys = [*place.log_keys, *(key for one in place.retired for key in one.keys)]
        shown = _opened(latest, keys, office.origin)
        if shown.size > backup.entries:
            raise RollbackError(
                f"this backup ends with entry {backup.entries - 1}, and the log went on to entry"
                f" {shown.size - 1}: whoever restored it would hide the entries between. Restore a"
                " later backup"
            )
        if root_of(store, shown.size) != base64.b64encode(shown.root).decode():
            raise RollbackError(
                f"the first {shown.size} entries of this backup are not those that the checkpoint"
                " signs: it is a backup of another log"
            )


def _opened(latest: bytes, keys: list[Verifier], origin: str) -> Checkpoint:
    """Open what was shown; keys that the log got after the backup are not in it."""
    try:
        return open_checkpoint(latest, keys, origin=origin)
    except NoSignatureError:
        if unverified_checkpoint(latest).origin != origin:
            raise NoteError("the checkpoint that was given is one of another log") from None
        raise RollbackError(
            "no key of this backup has signed the checkpoint: the log's keys were changed after the"
            " backup was made, which the backup would hide. Restore a later backup"
        ) from None


def _say(root: Path, backup: Backup) -> None:
    """Enter the office, as every step does, and log that it was restored."""
    with at_work(root) as place:
        entry = journal_entry(
            "office.restored", at=place.moment.at, made=backup.at, entries=backup.entries
        )
        with place.store.write() as txn:
            txn.log(entry)
