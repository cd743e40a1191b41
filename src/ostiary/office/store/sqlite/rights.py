"""A connection of SQLite that works in the office has the rights of a clerk, as a role would.

SQLite knows no roles. Its authorizer (https://sqlite.org/c3ref/set_authorizer.html) is asked about
each thing that a statement would do, before it does any: here it lets a connection read, add rows,
and change the few columns that may change. It cannot delete, drop a trigger, turn a safety setting
off, or attach another file. It binds this program and what may be smuggled into its SQL; whoever
opens the file with another program meets the triggers.
"""

import sqlite3
from collections.abc import Callable
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.office.store.rights import clerk_inserts, clerk_updates

_ALWAYS: Final = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
    }
)
_ASKS_OF_A_TABLE: Final = "table_info"

_Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


def restrict(connection: BaseDatabaseWrapper) -> None:
    """Give an open connection the rights of a clerk until it is closed."""
    with connection.cursor() as cursor:
        # SQLite declares this table when it is first named, which looks like a change of schema.
        cursor.execute("SELECT count(*) FROM json_each('[]')")
    # Ctrl-C in there is a "no" to SQLite, and else told to nobody (docs of Python's `sqlite3`).
    sqlite3.enable_callback_tracebacks(True)
    connection.connection.set_authorizer(_clerk())


def _clerk() -> _Authorizer:
    """Make the answer to "may this be done?"."""
    inserts, updates = clerk_inserts(), clerk_updates()

    def may(
        action: int, first: str | None, second: str | None, _base: str | None, _in: str | None
    ) -> int:
        allowed = (
            action in _ALWAYS
            or (action == sqlite3.SQLITE_INSERT and first in inserts)
            or (action == sqlite3.SQLITE_UPDATE and (first, second) in updates)
            or (action == sqlite3.SQLITE_PRAGMA and (second is None or first == _ASKS_OF_A_TABLE))
        )
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return may
