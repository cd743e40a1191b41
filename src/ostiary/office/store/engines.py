"""The kinds of database that can hold a case store, and which one a connection speaks to."""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.office.store.engine import Engine
from ostiary.office.store.postgresql.engine import PostgresEngine
from ostiary.office.store.sqlite.engine import SqliteEngine

_BY_VENDOR: Final[dict[str, Engine]] = {"sqlite": SqliteEngine(), "postgresql": PostgresEngine()}


def engine_of(connection: BaseDatabaseWrapper) -> Engine:
    """Give the engine of a connection of Django's."""
    return _BY_VENDOR[connection.vendor]
