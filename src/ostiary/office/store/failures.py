"""The boundary of the room: what a database complains of becomes an error of ours, or passes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.office.store.postgresql import failures as of_postgresql
from ostiary.office.store.sqlite import failures as of_sqlite


@contextmanager
def our_errors(where: str, connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Turn what a database complains of into errors of Ostiary; a mistake in our own SQL passes.

    Args:
        where: the case store, to be named in the message.
        connection: what speaks to it; one that may be broken is shut, to be opened anew.

    Raises:
        OfficeError: the disk, the file or the server behind it fails.
        InputError: what was to be stored contradicts what is stored already.
    """
    try:
        yield
    except Error as error:
        if isinstance(error, OperationalError) and not connection.in_atomic_block:
            connection.close()
        spoken = of_sqlite.translated(error, where) or of_postgresql.translated(error, where)
        if spoken is None:
            raise
        raise spoken from error
