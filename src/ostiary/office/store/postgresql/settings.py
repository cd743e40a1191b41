"""PostgreSQL with settings that do not lose a commit, read back before each write.

A setting of the server is the server's keeper's to make, so none is changed here: a wrong one is
refused and named. ``synchronous_commit=off`` acknowledges what a power cut then takes back;
``fsync=off`` and ``full_page_writes=off`` can leave a database that never starts again;
``session_replication_role`` other than ``origin`` silences triggers and foreign keys.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_SAFE = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply"),
    "session_replication_role": ("origin",),
    "transaction_isolation": ("read committed",),
    "transaction_read_only": ("off",),
    "zero_damaged_pages": ("off",),
    "ignore_checksum_failure": ("off",),
    "server_encoding": ("UTF8",),
}
_CURES = {
    "fsync": "set fsync = on in postgresql.conf and restart the server",
    "full_page_writes": "set full_page_writes = on in postgresql.conf and reload the server",
    "synchronous_commit": (
        "set synchronous_commit = on in postgresql.conf, or for this database or role, "
        "and find out who turned it off"
    ),
    "transaction_read_only": "name the primary server, not a standby",
    "server_encoding": "make the database anew with ENCODING 'UTF8'",
}


def wrong_settings(connection: BaseDatabaseWrapper) -> tuple[str, str]:
    """Give the settings that are not what a commit relies on, and the cure; or nothing."""
    asked = ", ".join(f"current_setting('{name}')" for name in _SAFE)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        found = dict(zip(_SAFE, cursor.fetchone(), strict=True))
    wrong = [name for name, safe in _SAFE.items() if found[name] not in safe]
    said = ", ".join(f"{name} is {found[name]}" for name in wrong)
    return said, "; ".join(_cure(name) for name in wrong)


def _cure(name: str) -> str:
    return _CURES.get(name, f"set {name} back to its default")
