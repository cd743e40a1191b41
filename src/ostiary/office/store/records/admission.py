"""What a request file leaves behind: its batch, its requests, what was taken as found, the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ostiary.domain.words import Status


class NewEntry(NamedTuple):
    """A log entry to be: the bytes of its canonical JSON (UTF-8) and its leaf hash (32 bytes)."""

    body: bytes
    leaf: bytes


class RequestRow(NamedTuple):
    """One request of a batch, as it is stored; a plain tuple in this order serves as well.

    Attributes:
        id: number of the request in this office, from ``Transaction.next_request`` upwards.
        agency: id of the agency.
        request_id: the agency's own id.
        content: keyed digest of the whole content, to tell a repeat from another request.
        row: row of the file, from 1.
        salt: hex of the random bits in the commitments of the log entry.
        status: returned, suspended, to-counsel or accepted.
        mask: the rules that are not met, as hex digits.
        received: day of receipt.
        payload: the request as JSON, for one accepted or to-counsel; its ``recipients`` is a list
            of officers (or their ids with ``;`` between). None otherwise.
        facts: the facts the law was asked about, as JSON; None where they are kept elsewhere.
        reason_digest: keyed digest of the reason, or empty when there is none.
        awaits: the elements that a person must determine before a record is looked at: words of
            the vocabulary, sorted, with spaces between.
        entry_index: the log entry of this request, one of those given in the same call.
    """

    id: int
    agency: str
    request_id: str
    content: str
    row: int
    salt: str
    status: Status | str
    mask: str
    received: date
    payload: str | None
    facts: str | None
    reason_digest: str
    awaits: str
    entry_index: int


@dataclass(frozen=True, slots=True)
class NewBatch:
    """One request file: rows read, rows that could not be, counts by status or rule."""

    id: str
    at: str
    received: date
    file_name: str
    rows: int
    row_errors: int
    counts: Mapping[str, int]
    book: str


@dataclass(frozen=True, slots=True)
class BatchRecord(NewBatch):
    """A stored batch: its log entries are ``first_index`` to ``last_index``, both included."""

    first_index: int
    last_index: int
    folder_done: bool


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A stored request, as :class:`RequestRow`; what has been destroyed is None.

    ``awaits`` is None where an Ostiary stored it that looked before it asked a person.
    """

    id: int
    agency: str
    request_id: str
    content: str
    batch: str
    row: int
    salt: str | None
    status: Status
    mask: str
    received: date
    payload: str | None
    facts: str | None
    reason_digest: str
    awaits: str | None
    entry_index: int


class DeterminationRow(NamedTuple):
    """An element that a training office takes as found with a batch. Order as here."""

    request: int
    officer: str
    fact: str
    specific: bool
    signature: bytes
    at: str
    entry_index: int


class StoredRequest(NamedTuple):
    """By what a stored request is counted beside later ones.

    ``officers`` are those it names as recipients, where it was accepted.
    """

    agency: str
    reason_digest: str
    officers: frozenset[str]


class ReadyRequest(NamedTuple):
    """A request that may be looked at as far as persons have spoken; none has been looked at."""

    id: int
    batch: str
    received: date
    payload: str
    salt: str
    entry_index: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A log entry as it stands: its place from 0, its canonical JSON, its leaf hash."""

    index: int
    body: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class KnownRequest:
    """What the office holds under an agency's id: enough to answer a repeat, or to refuse it.

    ``content`` is a digest under ``salt``, which is empty once the request was disposed of.
    """

    id: int
    agency: str
    request_id: str
    content: str
    salt: str
    status: Status
    mask: str
    entry_index: int
    batch: str
