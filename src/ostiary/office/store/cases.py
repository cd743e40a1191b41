"""The case store of one open office: everything there is to read, and the one way to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from django.db import connections, transaction

from ostiary.office.store.casework import CaseReader
from ostiary.office.store.connection import check_settings
from ostiary.office.store.engines import engine_of
from ostiary.office.store.failures import our_errors
from ostiary.office.store.history import HistoryReader
from ostiary.office.store.oversight import OversightReader
from ostiary.office.store.reading import LogReader
from ostiary.office.store.recalls_and_receipts import AftercareReader
from ostiary.office.store.worklist import WorklistReader
from ostiary.office.store.writing import Transaction


class CaseStore(
    LogReader, CaseReader, HistoryReader, AftercareReader, WorklistReader, OversightReader
):
    """An open case store. ``Office.store`` gives it; close it, or use it in a ``with`` block.

    Every method raises ``OfficeError`` when the disk, the file or the database behind it fails.
    Each thread that uses a store has a connection of its own.
    """

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open the one transaction in which things are written; waits for other writers.

        All of the block is stored at its end, or none of it when an error leaves it.

        Raises:
            OfficeError: unsafe settings, another writer for too long, or no room on the disk.
            InputError: what was to be stored contradicts what is stored already.
            RuntimeError: a transaction is open already, or the error of a step was passed over.
        """
        connection = connections[self._alias]
        with our_errors(self._where, connection):
            check_settings(connection)
            with transaction.atomic(using=self._alias, durable=True):
                engine_of(connection).become_writer(connection)
                opened = Transaction(self._where, self._alias)
                try:
                    yield opened
                    opened.check_whole()
                finally:
                    opened.end()

    @property
    def is_writing(self) -> bool:
        """Whether this thread is in a transaction, and so reads what may never be committed."""
        return bool(connections[self._alias].in_atomic_block)

    def close(self) -> None:
        """Close this thread's connection, unless a transaction is still open on it."""
        connection = connections[self._alias]
        if not connection.in_atomic_block:
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
