"""One Django database alias for each open office, with settings that do not lose a commit.

SQLite runs with ``journal_mode=DELETE`` and ``synchronous=EXTRA``. SQLite 3.7.0 to 3.51.2 can lose
committed writes when two connections write and checkpoint a write-ahead log at once (the WAL-reset
bug, mended in 3.51.3); Python is often built with one of them. Without a write-ahead log the bug
cannot be met, whatever the version. ``EXTRA`` syncs the folder too, after the journal is deleted:
a log that falls back behind a published checkpoint could not be told from a forged one.

``BEGIN IMMEDIATE`` takes the right to write at once, so that no reader turns into a second writer
half-way; whoever comes second waits up to 30 seconds. ``secure_delete`` overwrites what disposal
takes out. None of this is believed: it is read back when a connection opens and before each write.
"""

import os
import threading
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from ostiary.domain.errors import OfficeError

BUSY_SECONDS = 30
PRAGMAS = {
    "journal_mode": "delete",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "busy_timeout": BUSY_SECONDS * 1000,
    "secure_delete": 1,
    "ignore_check_constraints": 0,
}
_ON_CONNECT = (
    "PRAGMA synchronous=EXTRA",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-65536",  # 64 MiB: a large batch inserts into its indexes in memory
)
_PREFIX = "office:"
_lock = threading.Lock()


def start_django() -> None:
    """Set Django up with our settings, unless a web face has done so with its own."""
    with _lock:
        if not apps.apps_ready:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ostiary.storage.settings")
            django.setup()


def register(path: Path) -> str:
    """Make an office's case store known to Django; the file must exist already.

    Args:
        path: the SQLite file.

    Returns:
        The alias of the database, the same each time for the same file.
    """
    start_django()
    path = path.resolve()
    alias = f"{_PREFIX}{path}"
    settings = {
        "ENGINE": "django.db.backends.sqlite3",
        # `mode=rw` never makes a file: an empty new one must not stand in for a lost one.
        "NAME": f"{path.as_uri()}?mode=rw",
        "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE"},
    }
    with _lock:
        if alias not in connections.databases:
            complete = connections.configure_settings({"default": {}, alias: settings})
            connections.databases[alias] = complete[alias]
    return alias


def forget(alias: str) -> None:
    """Undo :func:`register` for a file that moves away; this thread's connection is closed."""
    connections[alias].close()
    del connections[alias]
    with _lock:
        connections.databases.pop(alias, None)


def check_settings(connection: BaseDatabaseWrapper) -> None:
    """See that every setting that a commit relies on is in force on this connection.

    Raises:
        OfficeError: a setting has another value; the message names it, and the connection is shut.
    """
    found = {name: _pragma(connection, name) for name in PRAGMAS}
    found["transaction_mode"] = getattr(connection, "transaction_mode", None)
    expected = PRAGMAS | {"transaction_mode": "IMMEDIATE"}
    wrong = [name for name, value in expected.items() if found[name] != value]
    if wrong:
        connection.close()
        raise OfficeError(
            f"unsafe database settings: {', '.join(f'{name} is {found[name]}' for name in wrong)}",
            where=connection.alias.removeprefix(_PREFIX),
            cure=_cure(wrong),
        )


def _pragma(connection: BaseDatabaseWrapper, name: str) -> Any:
    """Read one setting back from the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
    return row[0] if row else None


def _cure(wrong: list[str]) -> str:
    """Say what mends the settings; only the journal mode is kept inside the file."""
    if "journal_mode" in wrong:
        return (
            "with no other program at the file, set it back: `PRAGMA journal_mode=DELETE`, "
            "then find out who changed it"
        )
    return "use a build of SQLite that takes the settings of Ostiary; nothing was written"


def _set_up(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    """Set and check each connection of an office as it opens, in whatever thread that happens."""
    if not connection.alias.startswith(_PREFIX):
        return
    try:
        with connection.cursor() as cursor:
            for statement in _ON_CONNECT:
                cursor.execute(statement)
        check_settings(connection)
    except BaseException:
        connection.close()
        raise


connection_created.connect(_set_up, dispatch_uid="ostiary.storage")
