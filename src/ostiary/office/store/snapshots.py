"""A copy of a case store as it is at one moment, taken while others write."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ostiary.domain.errors import OfficeError
from ostiary.office.store.databases import BUSY_SECONDS, Database, SqliteDatabase


def copy_case_store(database: Database, into: Path) -> None:
    """Copy a case store into a file that only its owner may read.

    SQLite's own backup makes the copy: it holds what was committed when it began, and nothing else;
    a commit that comes meanwhile waits for it.

    Args:
        database: where the store is.
        into: the file to make; there is none of this name.

    Raises:
        OfficeError: the store is a PostgreSQL database, is missing, or cannot be read.
    """
    if not isinstance(database, SqliteDatabase):
        raise OfficeError(
            "a case store in PostgreSQL is not copied by this command",
            where=database.where,
            cure="stop the office, copy its folder, and the database with pg_dump; put both back"
            " together",
        )
    os.close(os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        source = f"{database.path.resolve().as_uri()}?mode=ro"
        with (
            closing(sqlite3.connect(source, uri=True, timeout=BUSY_SECONDS)) as live,
            closing(sqlite3.connect(into)) as copy,
        ):
            live.backup(copy)
    except sqlite3.Error as error:
        raise OfficeError(
            f"the case store cannot be copied: {error}",
            where=database.where,
            cure="see that the disk has room and the store is whole, and run it again",
        ) from error
