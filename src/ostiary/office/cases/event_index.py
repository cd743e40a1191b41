"""What the log tells beside its batches: looks, votes, answers. Few entries among very many.

The log only grows, so a process that asks often reads each of them once: what came since the last
question is read, and where each stands is remembered by the request that it is about. Those
that tell of a row beside a request are remembered too: a row that somebody took out of the case
store is missed by them.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from ostiary.office.store.cases import CaseStore
from ostiary.verifying.log.entries import Entry, read_entry

_OF_ROWS = frozenset(
    {
        *("reason.determined", "element.determined", "element.taken", "record.examined"),
        *("answer.voted", "answer.released", "counsel.answered", "case.noted"),
    }
)
"""Entries that each tell of one row, which is a part of a case for as long as it can be opened."""
_REQUEST = re.compile(rb'"(of|about)":([0-9]+)')
_TYPE = re.compile(rb'"type":"([a-z.-]+)"')
_LOOKS = frozenset({"case.viewed", "case.read"})
_PEOPLE = ("officer", "reader", "administrator", "asked_by", "prepared_by", "person")


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a case: its log entry, when, who, and the entry of the request looked at."""

    index: int
    at: str
    reader: str
    of: int


@dataclass(frozen=True, slots=True)
class Event:
    """An entry beside the batches.

    Attributes:
        index: its number.
        at: when it was written, as entries say it.
        type: of the entry.
        people: ids of the custodian's own people that it names.
        of: number of the entry of the request that it is about; None when about none.
    """

    index: int
    at: str
    type: str
    people: tuple[str, ...]
    of: int | None


class CaseEventIndex:
    """The entries of one log that came with no batch, as far as they have been read.

    Several threads may ask it at the same time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = self._next_event = 0
        self._about: dict[int, list[int]] = {}
        self._rows: dict[int, list[int]] = {}
        self._released: list[int] = []
        self._events: list[Event] = []  # what the others need not, and so are not read for

    def about(self, store: CaseStore, request: int) -> list[tuple[int, Entry]]:
        """Give the entries about a request, in order.

        Args:
            store: the case store that holds the log; the same each time.
            request: the entry that decided the request.
        """
        with self._lock:
            self._read_on(store)
            found = list(self._about.get(request, ()))
        return [(index, read_entry(store.entry(index).body)) for index in found]

    def read(self, store: CaseStore) -> int:
        """Read what was committed since; give the number of entries that have been read so far.

        Inside a transaction nothing is read: what is not committed may never be.
        """
        with self._lock:
            if not store.is_writing:
                self._read_on(store)
            return self._next

    def rows_about(self, request: int, size: int) -> list[int]:
        """Give the entries, of the first ``size``, that tell of a row beside a request.

        Args:
            request: the entry that decided the request.
            size: what :meth:`read` gave before the rows were read.
        """
        with self._lock:
            return [index for index in self._rows.get(request, ()) if index < size]

    def released(self, size: int) -> list[int]:
        """Give the entries, of the first ``size``, that let an answer out."""
        with self._lock:
            return [index for index in self._released if index < size]

    def looks(self, store: CaseStore) -> list[Look]:
        """Give every look at a case, the latest first."""
        return [
            Look(one.index, one.at, one.people[0], one.of)
            for one in reversed(self.events(store))
            if one.type in _LOOKS and one.of is not None
        ]

    def events(self, store: CaseStore) -> list[Event]:
        """Give every entry beside the batches, in order."""
        with self._lock:
            size = store.log_size()
            for index, body in _beside(store, self._next_event, size):
                self._events.append(event_of(index, read_entry(body)))
            self._next_event = size
            return self._events[:]

    def _read_on(self, store: CaseStore) -> None:
        """Read what was committed since; of each entry only its type and what it is about.

        Entries are canonical JSON: what follows a name in quotes and a colon is its value.
        """
        size = store.log_size()
        for index, body in _beside(store, self._next, size):
            named = _REQUEST.search(body)
            if named is None:
                continue
            request, kind = int(named[2]), _type_of(body)
            if named[1] == b"of":
                self._about.setdefault(request, []).append(index)
            if kind in _OF_ROWS:
                self._rows.setdefault(request, []).append(index)
            if kind == "answer.released":
                self._released.append(index)
        self._next = size


def _type_of(body: bytes) -> str:
    found = _TYPE.search(body)
    return found[1].decode() if found else ""


def event_of(index: int, entry: Entry) -> Event:
    """Give an entry as an event."""
    fields = entry.fields
    about = fields.get("of", fields.get("about"))
    named = (str(fields[one]) for one in _PEOPLE if one in fields)
    people = tuple(one for one in dict.fromkeys(named) if not one.startswith("sha256:"))
    return Event(index, entry.at, entry.type, people, about if isinstance(about, int) else None)


_known: "WeakKeyDictionary[CaseStore, CaseEventIndex]" = WeakKeyDictionary()
_guard = threading.Lock()


def events_in(store: CaseStore) -> CaseEventIndex:
    """Give the events of an open case store, as far as this program has read them."""
    with _guard:
        return _known.setdefault(store, CaseEventIndex())


def _beside(store: CaseStore, start: int, size: int) -> Iterator[tuple[int, bytes]]:
    """Give the entries from ``start`` up to ``size`` that lie in no batch."""
    ranges = [(one.first_index, one.last_index) for one in store.batches_from(start)]
    for first, last in [*ranges, (size, size)]:
        end = min(first, size)
        if start < end:
            yield from enumerate(store.entries_from(start, end), start)
        start = last + 1
