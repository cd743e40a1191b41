"""Reading the log, the batches and the law adopted: plain records, no querysets.

Long readings go page by page along a key: with a rollback journal, a reader that holds on keeps
the writer waiting.
"""

from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any, TypeVar

from django.db import connections, models

from ostiary.domain.errors import FaultError, InputError
from ostiary.domain.registered_keys import RegisteredKey, RememberedKey
from ostiary.office.store.chunks import chunks
from ostiary.office.store.failures import our_errors
from ostiary.office.store.orm import Batch, KeyAcceptance, LawAdopted
from ostiary.office.store.records.admission import BatchRecord, Entry
from ostiary.office.store.records.law import AcceptanceRecord, LawRecord
from ostiary.office.store.selections import columns_of, made, selection
from ostiary.office.store.stored_values import (
    not_as_stored,
    stored_bytes,
    stored_day,
    stored_number,
)

PAGE = 5_000
_KEYS = "SELECT register, holder, digest, until FROM key_seen"
_COUNTED = {
    **dict.fromkeys(("law_adopted", "key_seen", "key_acceptance", "request", "asking"), "id"),
    **dict.fromkeys(("examination", "recall", "receipt", "use_report", "disposal"), "id"),
    **dict.fromkeys(("kept_record", "reported_figures"), "id"),
    "batch": "first_index",
}
"""By table that is only added to: a column, indexed, whose highest number never falls."""
_Record = TypeVar("_Record")


class Reader:
    """A case store to read from: the two ways of asking it.

    Args:
        where: the case store, for messages.
        alias: its Django alias.
    """

    def __init__(self, where: str, alias: str) -> None:
        self._where = where
        self._alias = alias

    def _rows(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Ask in SQL."""
        connection = connections[self._alias]
        with our_errors(self._where, connection), connection.cursor() as cursor:
            cursor.execute(statement, values)
            try:
                return list(cursor.fetchall())
            except ValueError:  # SQLite's driver, of a day that is none
                raise not_as_stored("a day") from None

    def _records(
        self, kind: type[_Record], query: models.QuerySet[Any, Any]
    ) -> tuple[_Record, ...]:
        """Ask through Django; each row becomes a record with the fields of ``kind``."""
        with our_errors(self._where, connections[self._alias]):
            rows = query.using(self._alias).values_list(*columns_of(kind))
            return tuple(made(kind, rows))

    def _chosen(
        self, kind: type[_Record], model: type[models.Model], which: str, *values: str | int
    ) -> tuple[_Record, ...]:
        """Ask in SQL for some rows of a table, without composing the statement anew.

        Args:
            kind: the record.
            model: the table.
            which: what stands behind the table's name.
            values: for its placeholders.
        """
        how = selection(kind, model, self._alias)
        rows = self._rows(f"{how.sql} {which}", *values)
        return tuple(how.records(rows, connections[self._alias]))


@lru_cache(maxsize=8)
def _as_keys(rows: tuple[tuple[str, str, str, str | None], ...]) -> frozenset[RememberedKey]:
    """Give of each key what was stored last: a step reads it twice, and it hardly changes.

    Kept by the rows themselves; what was read is what is given.
    """
    last = {RegisteredKey(*key): until for *key, until in rows}
    return frozenset(RememberedKey(key, until) for key, until in last.items())


class LogReader(Reader):
    """The log, the batches and the law, as far as they are committed."""

    def log_size(self) -> int:
        """Give the number of log entries."""
        [(size,)] = self._rows("SELECT coalesce(max(entry_index), -1) + 1 FROM log_entry")
        return int(size)

    def entry(self, index: int) -> Entry:
        """Give one log entry.

        Raises:
            InputError: the log has no such entry.
        """
        rows = self._rows("SELECT body, leaf FROM log_entry WHERE entry_index = %s", index)
        if not rows:
            raise InputError(
                f"the log has no entry {index}",
                cure=f"it holds {self.log_size()}, counted from 0",
            )
        return Entry(index, rows[0][0].encode(), stored_bytes(rows[0][1]))

    def entries_among(self, indices: Collection[int]) -> dict[int, Entry]:
        """Give some log entries by their numbers, as far as the log has them."""
        found: dict[int, Entry] = {}
        for chunk in chunks(sorted(indices), PAGE):
            listed = ", ".join(str(int(index)) for index in chunk)
            rows = self._rows(
                f"SELECT entry_index, body, leaf FROM log_entry WHERE entry_index IN ({listed})"
            )
            for number, body, leaf in rows:
                found[int(number)] = Entry(int(number), body.encode(), stored_bytes(leaf))
        return found

    def entries_from(self, index: int, end: int | None = None) -> Iterator[bytes]:
        """Give the bytes of each entry from ``index`` on, in order, up to ``end`` (left out).

        Raises:
            FaultError: an entry in between is missing or empty.
        """
        yield from (body.encode() for body in self._column("body", index, end))

    def leaves_from(self, index: int) -> Iterator[bytes]:
        """Give the leaf hash of each entry from ``index`` on, in order.

        Raises:
            FaultError: an entry in between is missing or empty.
        """
        yield from map(stored_bytes, self._column("leaf", index))

    def entries_ending(
        self, ends: Collection[str], first: int, end: int
    ) -> Iterator[tuple[int, bytes]]:
        """Give the entries from ``first`` up to ``end`` (left out) that end in one of some texts.

        Args:
            ends: texts of one length.
            first: number of the first entry that is looked at.
            end: number behind the last one.
        """
        if first >= end:
            return
        at = len(next(iter(ends))) - 1
        ending = f"substr(body, length(body) - {at}) IN ({', '.join(['%s'] * len(ends))})"
        rows = self._rows(
            "SELECT entry_index, body FROM log_entry WHERE entry_index >= %s AND entry_index < %s"
            f" AND {ending} ORDER BY entry_index",
            *(first, end),
            *ends,
        )
        yield from ((int(index), body.encode()) for index, body in rows)

    def highest_rows(self) -> dict[str, int]:
        """Give the highest number of a row of each table that only grows; 0 of an empty one."""
        asked = (f"(SELECT coalesce(max({key}), 0) FROM {name})" for name, key in _COUNTED.items())
        [row] = self._rows(f"SELECT {', '.join(asked)}")
        return dict(zip(_COUNTED, map(stored_number, row), strict=True))

    def batches(self) -> tuple[BatchRecord, ...]:
        """Give all batches in the order they were stored."""
        return self._records(BatchRecord, Batch.objects.order_by("first_entry"))

    def batches_from(self, index: int) -> tuple[BatchRecord, ...]:
        """Give the batches whose log entries begin at ``index`` or later, in order."""
        later = "WHERE first_index >= %s ORDER BY first_index"
        return self._chosen(BatchRecord, Batch, later, index)

    def latest_batches(self, most: int) -> tuple[BatchRecord, ...]:
        """Give the last batches that were stored, the latest first."""
        return self._records(BatchRecord, Batch.objects.order_by("-first_entry")[:most])

    def batches_received(self, day: date) -> int:
        """Count the batches that were received on a day."""
        ((found,),) = self._rows("SELECT count(*) FROM batch WHERE received = %s", str(day))
        return int(found)

    def first_received(self) -> date | None:
        """Give the earliest day on which a batch was received; None before the first."""
        ((found,),) = self._rows("SELECT min(received) FROM batch")
        return stored_day(found) if found else None

    def batch(self, name: str) -> BatchRecord | None:
        """Give one batch by its id; None when there is none."""
        found = self._records(BatchRecord, Batch.objects.filter(pk=name))
        return next(iter(found), None)

    def pending_batches(self) -> tuple[BatchRecord, ...]:
        """Give the batches whose folder has not been laid out whole: a run was cut short."""
        pending = Batch.objects.filter(folder_done=False)
        return self._records(BatchRecord, pending.order_by("first_entry"))

    def law(self) -> LawRecord | None:
        """Give the law adopted last, or None when none has been."""
        found = self._chosen(LawRecord, LawAdopted, "ORDER BY entry_index DESC LIMIT 1")
        return found[0] if found else None

    def laws(self) -> tuple[LawRecord, ...]:
        """Give every law that was adopted, in the order of the log."""
        return self._records(LawRecord, LawAdopted.objects.order_by("entry"))

    def keys_seen(self) -> frozenset[RememberedKey]:
        """Give the keys of registers that have counted, each as it is remembered last."""
        return _as_keys(tuple(self._rows(f"{_KEYS} ORDER BY id")))

    def keys_seen_at(self) -> tuple[tuple[RememberedKey, int], ...]:
        """Give all that was ever remembered of keys, with its entry, in the order of the log."""
        rows = self._rows(
            "SELECT register, holder, digest, until, entry_index FROM key_seen ORDER BY id"
        )
        return tuple(
            (RememberedKey(RegisteredKey(*key), until), int(index)) for *key, until, index in rows
        )

    def last_key_seen(self) -> int:
        """Give the number of the last key that was let count; 0 before any."""
        ((last,),) = self._rows("SELECT coalesce(max(id), 0) FROM key_seen")
        return int(last)

    def acceptances(self) -> tuple[AcceptanceRecord, ...]:
        """Give every acceptance of a key, in the order they were stored."""
        return self._records(AcceptanceRecord, KeyAcceptance.objects.order_by("entry"))

    def _column(self, column: str, index: int, end: int | None = None) -> Iterator[Any]:
        """Walk along the log, one page at a time, and see that no entry is left out."""
        statement = (
            f"SELECT entry_index, {column} FROM log_entry"
            " WHERE entry_index >= %s ORDER BY entry_index LIMIT %s"
        )
        while rows := self._rows(statement, index, PAGE if end is None else min(PAGE, end - index)):
            if rows[-1][0] != index + len(rows) - 1:  # numbers rise, so none is left out otherwise
                found = {number for number, _ in rows}
                missing = next(n for n in count(index) if n not in found)
                raise FaultError(f"{self._where}: log entry {missing} is missing")
            values = [value for _, value in rows]
            if None in values:  # only a damaged database gives none
                raise FaultError(f"{self._where}: log entry {index + values.index(None)} is empty")
            yield from values
            index += len(rows)
