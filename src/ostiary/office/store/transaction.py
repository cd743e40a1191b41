"""What a transaction of the case store is: numbered entries, and steps of which all or none stay.

What can be stored in one stands in :mod:`ostiary.office.store.writing`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.db import connections, models

from ostiary.domain.errors import InputError
from ostiary.office.store.engines import engine_of
from ostiary.office.store.failures import our_errors
from ostiary.office.store.records.admission import NewEntry

Row = tuple[Any, ...]
_ENTRY = "entry_index, body, leaf"


class OpenTransaction:
    """A transaction on the database of an office, into which steps go one by one.

    Every error that leaves the ``with`` block undoes the whole of it, and a step that failed cannot
    be passed over: its entry might stand without its row.
    """

    def __init__(self, where: str, alias: str) -> None:
        self._where = where
        self._alias = alias
        self._why_ended = ""
        self._next_index = self._next("log_entry", "entry_index", -1)
        self._next_request = self._next("request", "id", 0)

    @property
    def next_index(self) -> int:
        """The index that the next log entry gets; nobody else can take it meanwhile."""
        return self._next_index

    @property
    def next_request(self) -> int:
        """The number for the next request; further ones count up from it."""
        return self._next_request

    def log(self, entry: NewEntry) -> int:
        """Write an entry that changes no state, such as a look at a case; give its index."""
        with self._step():
            return self._append([entry])[0]

    def check_whole(self) -> None:
        """See that more steps may follow, or that all so far may be kept.

        Raises:
            RuntimeError: the transaction has ended, or the error of a step was passed over.
        """
        if self._why_ended:
            raise RuntimeError(self._why_ended)

    def end(self) -> None:
        """Take no more steps: without the transaction, each would be stored by itself."""
        self._why_ended = self._why_ended or "this transaction has ended"

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Make a step of which nothing can be kept unless all of it is done."""
        self.check_whole()
        try:
            with our_errors(self._where, connections[self._alias]):
                yield
        except BaseException:
            self._why_ended = "a step of this transaction failed: nothing can be stored"
            raise

    def _mark(self, chosen: models.QuerySet[Any], mark: str) -> None:
        """Set a mark on the one row chosen."""
        with self._step():
            if chosen.update(**{mark: True}) != 1:
                raise InputError("there is nothing of this id to be marked", where=mark)

    def _store(self, model: type[models.Model], row: Any, entry: NewEntry) -> int:
        """Write an entry and the row that it tells of."""
        values = asdict(row)
        for other in {"request", "answer"} & values.keys():
            values[f"{other}_id"] = values.pop(other)
        with self._step():
            index = self.log(entry)
            model(**values, entry_id=index).save(using=self._alias, force_insert=True)
        return index

    def _append(self, entries: Iterable[NewEntry | tuple[bytes, bytes]]) -> range:
        """Number entries and write them; the database refuses any other number."""
        first = self._next_index
        rows = ((first + n, body.decode(), leaf) for n, (body, leaf) in enumerate(entries))
        self._next_index += self._insert("log_entry", _ENTRY, rows)
        return range(first, self._next_index)

    def _append_some(self, entries: Iterable[NewEntry | tuple[bytes, bytes]], what: str) -> range:
        indexes = self._append(entries)
        if not indexes:
            raise ValueError(f"a {what} needs at least one log entry")
        return indexes

    def _insert(self, table: str, columns: str, rows: Iterable[Row]) -> int:
        """Write rows as they come, so that a large batch is never whole in memory."""
        connection = connections[self._alias]
        return engine_of(connection).insert(connection, table, columns, rows)

    def _next(self, table: str, column: str, start: int) -> int:
        """Give the number after the highest in a column."""
        with connections[self._alias].cursor() as cursor:
            cursor.execute(f"SELECT coalesce(max({column}), {start}) + 1 FROM {table}")
            return int(cursor.fetchone()[0])
