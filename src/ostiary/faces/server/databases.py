"""Where the web office keeps its own: people, passkeys, sessions, assignments. No case is in it.

Beside a case store in a file lies another file, ``OFFICE/web/web.db``; in a PostgreSQL database of
cases it is a schema of its own. Django calls it ``default``; the case store has an alias that only
:mod:`ostiary.office.store` uses, and neither's tables are ever laid in the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from ostiary.disk.locks import alone
from ostiary.domain.errors import OfficeError
from ostiary.office.folder.layout import Office
from ostiary.office.store.databases import SQLITE_OPTIONS, PostgresDatabase, SqliteDatabase
from ostiary.office.store.migrating import lay_tables

OWN = "default"
_SCHEMA = "ostiary_web"
_CASES = "storage"
_LAYING = 6103_0002
"""Key of the advisory lock in PostgreSQL; any number that nothing else in the database uses."""


class Router:
    """Keeps the tables of cases and those of the web office apart."""

    def allow_migrate(self, db: str, app_label: str, **_: object) -> bool:
        """Say whether an app's tables belong into a database."""
        return (app_label == _CASES) != (db == OWN)


def connect_own(office: Office) -> None:
    """Connect ``default`` to the web office's own tables, and bring them to our schema.

    Of servers that are started at once on one office, one lays the tables and the others wait.

    Raises:
        OfficeError: the tables cannot be laid.
    """
    complete = connections.configure_settings({OWN: _settings(office)})
    connections[OWN].close()
    del connections[OWN]
    connections.databases[OWN] = complete[OWN]
    connections.settings[OWN] = complete[OWN]
    with _bringing_up(office):
        _bring_up(connections[OWN])


@contextmanager
def _bringing_up(office: Office) -> Iterator[None]:
    """Let one program at a time lay tables, by a lock of PostgreSQL's or beside the file."""
    if not isinstance(office.database, PostgresDatabase):
        with alone(web_folder(office) / ".tables.lock"):
            yield
        return
    with connections[OWN].cursor() as cursor:  # the lock is the session's: it ends with it, too
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LAYING])
        try:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LAYING])


def _bring_up(connection: BaseDatabaseWrapper) -> None:
    """Lay the tables where there are none; where there are, let the migrations do what remains."""
    own = [app.label for app in apps.get_app_configs() if app.label != _CASES]
    if not connection.introspection.table_names():
        lay_tables(connection, *own)
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan([n for n in executor.loader.graph.leaf_nodes() if n[0] in own]):
        call_command("migrate", database=OWN, verbosity=0, interactive=False)


def _settings(office: Office) -> dict[str, Any]:
    database = office.database
    if isinstance(database, PostgresDatabase):
        settings = database.settings(owner=True)
        settings["OPTIONS"]["options"] = f"-c search_path={_SCHEMA}"
        return settings
    if isinstance(database, SqliteDatabase):
        path = web_folder(office) / "web.db"
        path.touch(mode=0o600)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,
        }
    raise OfficeError("no web office can be kept beside this kind of database")


def web_folder(office: Office) -> Any:
    """Give the folder of the web office, open to its owner alone."""
    folder = office.root / "web"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
