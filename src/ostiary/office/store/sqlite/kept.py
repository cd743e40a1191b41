"""A connection that a thread keeps from one call to the next: opening one costs half a short call.

Kept between calls, it may hold nothing that a closed one would not:

1. No reading. With a rollback journal a cursor that was left in the middle of its rows keeps every
   writer out, so all that are left are closed, whoever holds on to them. A transaction that is
   still open ends with its connection.
2. No other file. What stands at the path must be what was opened; a store that was replaced, by a
   backup that was restored, is opened anew. An inode that we have open is given to no other file.
3. No pages. What was read of the file is forgotten, so that each call reads the file itself, and
   a thread that waits holds no memory.
"""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from weakref import WeakSet

_Identity = tuple[int, int]


class KeptConnection(sqlite3.Connection):
    """A connection that knows its file, and the cursors that were made on it."""

    def __init__(self, database: str, *arguments: Any, **more: Any) -> None:
        """Open a file as ``sqlite3.connect`` does."""
        self._path = _path_of(database)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()
        before = _identity(self._path)
        super().__init__(database, *arguments, **more)
        # A file that was replaced meanwhile: nobody knows which one is open, so it is none.
        self._file = before if before == _identity(self._path) else None

    def cursor(self, *arguments: Any, **more: Any) -> Any:
        """Make a cursor, as every statement needs one."""
        made = super().cursor(*arguments, **more)
        self._cursors.add(made)
        return made

    @property
    def is_of_its_file(self) -> bool:
        """Whether the file at the path is the one that was opened."""
        return self._file is not None and self._file == _identity(self._path)

    def end_call(self) -> bool:
        """End what a call has left open, and forget what it read.

        Returns:
            Whether the connection may be kept for another call.
        """
        for cursor in list(self._cursors):
            cursor.close()
        if self.in_transaction or not self.is_of_its_file:
            return False
        self.execute("PRAGMA shrink_memory").close()
        return True


def is_replaced(connection: object) -> bool:
    """Whether another file than the one that was opened stands in its place now.

    Args:
        connection: a database's own; None, or one of another kind, has no file to lose.
    """
    return isinstance(connection, KeptConnection) and not connection.is_of_its_file


def _path_of(database: str) -> Path:
    """Give the path of a file that is named as such, or by a URI (https://sqlite.org/uri.html)."""
    is_uri = database.startswith("file:")
    return Path(unquote(urlsplit(database).path) if is_uri else database)


def _identity(path: Path) -> _Identity | None:
    """Tell files apart; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
