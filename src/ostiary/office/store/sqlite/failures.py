"""What SQLite complains of, in our words."""

import sqlite3

from django.db import Error

from ostiary.domain.errors import InputError, OfficeError

_NOTHING = "nothing was stored"
# Primary result codes of SQLite (the low byte), https://sqlite.org/rescode.html
_BY_CODE = {
    sqlite3.SQLITE_FULL: ("disk full", f"{_NOTHING}; make room and do it again"),
    sqlite3.SQLITE_IOERR: (
        "disk full, or failing: the file could not be read or written",
        f"{_NOTHING}; make room or lift the limit on file sizes, and do it again",
    ),
    sqlite3.SQLITE_BUSY: (
        "another process has been writing to the office for too long",
        f"{_NOTHING}; wait until it is done and do it again",
    ),
    sqlite3.SQLITE_LOCKED: (
        "another part of this process is at work in the office",
        f"{_NOTHING}; wait until it is done and do it again",
    ),
    sqlite3.SQLITE_NOTADB: (
        "the case store is damaged: this file is no database",
        "restore it from the office's backup",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the case store is damaged: the database is malformed",
        "restore it from the office's backup",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the case store cannot be opened",
        "see that the file is there and that this user may write to it and to its folder",
    ),
    sqlite3.SQLITE_READONLY: (
        "the case store cannot be written to",
        f"{_NOTHING}; see the permissions of the file and of its folder",
    ),
    sqlite3.SQLITE_AUTH: (
        "the office may read, add rows, and change next to nothing",
        f"{_NOTHING}; this is a mistake in the program",
    ),
}


def translated(error: Error, where: str) -> InputError | None:
    """Find the words for what went wrong; neither these nor SQLite's repeat a stored value.

    Args:
        error: what Django raised.
        where: the case store.

    Returns:
        An error to raise; None when SQLite did not say this, or said that our SQL is wrong.
    """
    code = getattr(error.__cause__, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code == sqlite3.SQLITE_ERROR:
        return None
    if code & 0xFF == sqlite3.SQLITE_CONSTRAINT:
        return InputError(
            f"the case store does not take this: {error}",
            where=where,
            cure=f"{_NOTHING}; look at what the office holds by now",
        )
    message, cure = _BY_CODE.get(
        code & 0xFF,
        (f"the case store cannot be used: {error}", "restore it from the office's backup"),
    )
    return OfficeError(message, where=where, cure=cure)
