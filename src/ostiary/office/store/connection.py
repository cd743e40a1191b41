"""One Django database alias for each open office, with settings that do not lose a commit.

Nothing about a connection is believed: its settings are read back when it opens and before each
write, see :mod:`.store.sqlite.settings` and :mod:`.store.postgresql.settings`.
An office works with the rights of a clerk; only laying the tables takes those of their owner.
"""

import threading
from importlib.util import find_spec
from itertools import count

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from ostiary.domain.errors import OfficeError
from ostiary.office.store.databases import Database, PostgresDatabase
from ostiary.office.store.django_start import start_django
from ostiary.office.store.engines import engine_of
from ostiary.office.store.sqlite.kept import is_replaced

_CLERK, _OWNER = "office:", "office-owner:"
_lock = threading.Lock()
_registered: dict[str, Database] = {}
_numbers = count()


def register(database: Database, *, owner: bool = False) -> str:
    """Make an office's case store known to Django.

    Args:
        database: the case store; a file must exist already when it is first connected to.
        owner: connect with the rights to lay tables, not with those of a clerk.

    Returns:
        The alias of the database, the same each time for the same database.

    Raises:
        OfficeError: the driver for this kind of database is not installed.
    """
    start_django()
    if isinstance(database, PostgresDatabase) and find_spec("psycopg") is None:
        raise OfficeError(
            "the driver for PostgreSQL is not installed",
            where=database.where,
            cure='install it with: pip install "ostiary[postgres]"',
        )
    settings = database.settings(owner=owner)
    with _lock:
        for alias, known in _registered.items():
            if known == database and alias.startswith(_OWNER if owner else _CLERK):
                return alias
        alias = f"{_OWNER if owner else _CLERK}{next(_numbers)}:{database.where}"
        complete = connections.configure_settings({"default": {}, alias: settings})
        connections.databases[alias] = complete[alias]
        _registered[alias] = database
    return alias


def forget(alias: str) -> None:
    """Undo :func:`register` for a store that moves away; this thread's connection is closed."""
    connections[alias].close()
    del connections[alias]
    with _lock:
        connections.databases.pop(alias, None)
        _registered.pop(alias, None)


def leave_replaced_file(alias: str) -> None:
    """Close this thread's connection where another file stands in its place: it is opened anew."""
    connection = connections[alias]
    if is_replaced(connection.connection) and not connection.in_atomic_block:
        connection.close()


def check_settings(connection: BaseDatabaseWrapper) -> None:
    """See that every setting that a commit relies on is in force on this connection.

    Raises:
        OfficeError: a setting has another value; the message names it, and the connection is shut.
    """
    owner = connection.alias.startswith(_OWNER)
    wrong, cure = engine_of(connection).wrong_settings(connection, owner=owner)
    if wrong:
        connection.close()
        raise OfficeError(
            f"unsafe database settings: {wrong}",
            where=_registered[connection.alias].where,
            cure=cure,
        )


def _set_up(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    """Set and check each connection of an office as it opens, in whatever thread that happens."""
    if connection.alias not in _registered:
        return
    try:
        owner = connection.alias.startswith(_OWNER)
        engine_of(connection).set_up(connection, owner=owner)
        check_settings(connection)
    except BaseException:
        connection.close()
        raise


connection_created.connect(_set_up, dispatch_uid="ostiary.office.store")
