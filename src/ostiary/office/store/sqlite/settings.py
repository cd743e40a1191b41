"""SQLite with settings that do not lose a commit, read back when it opens and before each write.

It runs with ``journal_mode=DELETE`` and ``synchronous=EXTRA``. SQLite 3.7.0 to 3.51.2 can lose
committed writes when two connections write and checkpoint a write-ahead log at once (the WAL-reset
bug, mended in 3.51.3); Python is often built with one of them. Without a write-ahead log the bug
cannot be met, whatever the version. ``EXTRA`` syncs the folder too, after the journal is deleted:
a log that falls back behind a published checkpoint could not be told from a forged one.

``BEGIN IMMEDIATE`` takes the right to write at once, so that no reader turns into a second writer
half-way; whoever comes second waits up to 30 seconds. ``secure_delete`` overwrites what disposal
takes out.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.office.store.databases import BUSY_SECONDS

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


def set_pragmas(connection: BaseDatabaseWrapper) -> None:
    """Set what a connection does not have by itself."""
    with connection.cursor() as cursor:
        for statement in _ON_CONNECT:
            cursor.execute(statement)


def wrong_pragmas(connection: BaseDatabaseWrapper) -> tuple[str, str]:
    """Give the settings that are not what a commit relies on, and the cure; or nothing."""
    found = _pragmas(connection)
    found["transaction_mode"] = getattr(connection, "transaction_mode", None)
    expected = PRAGMAS | {"transaction_mode": "IMMEDIATE"}
    wrong = [name for name, value in expected.items() if found[name] != value]
    return ", ".join(f"{name} is {found[name]}" for name in wrong), _cure(wrong)


def _pragmas(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    """Read each setting back from the database itself; by its driver, as a step does it thrice."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        ask = connection.connection.execute
        rows = {name: ask(f"PRAGMA {name}").fetchone() for name in PRAGMAS}
    return {name: row[0] if row else None for name, row in rows.items()}


def _cure(wrong: list[str]) -> str:
    """Say what mends the settings; only the journal mode is kept inside the file."""
    if "journal_mode" in wrong:
        return (
            "with no other program at the file, set it back: `PRAGMA journal_mode=DELETE`, "
            "then find out who changed it"
        )
    return "use a build of SQLite that takes the settings of Ostiary; nothing was written"
