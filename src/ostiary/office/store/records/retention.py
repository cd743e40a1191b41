"""What is kept for ever, what is destroyed on schedule, and what is reported of a year."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ostiary.domain.words import Status


class OpenableRequest(NamedTuple):
    """A request whose openings are still there: its number, and what retention depends on."""

    id: int
    status: Status
    received: date
    answer: str | None
    released_on: date | None
    entry_index: int
    batch: str


@dataclass(frozen=True, slots=True)
class NewKeptRecord:
    """Some requests of a batch as they are kept for ever, sealed.

    See :mod:`ostiary.office.release.permanent_record`.

    Attributes:
        batch: whose requests they are.
        first_request: number of the first of them.
        last_request: number of the last.
        requests: how many there are.
        recipient: fingerprint of the key it is sealed to.
        kem: name of the key encapsulation mechanism.
        sealed: the ciphertext.
    """

    batch: str
    first_request: int
    last_request: int
    requests: int
    recipient: str
    kem: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeptRecordRow(NewKeptRecord):
    """A stored part of the permanent record, with its log entry."""

    entry_index: int


@dataclass(frozen=True, slots=True)
class NewDisposal:
    """Openings destroyed: on which day, of how many requests, and how many answers with them."""

    day: date
    requests: int
    answers: int
    at: str


@dataclass(frozen=True, slots=True)
class DisposalRecord(NewDisposal):
    """A stored disposal, with its number and log entry, and whether the files are gone."""

    id: int
    entry_index: int
    done: bool


@dataclass(frozen=True, slots=True)
class NewFigures:
    """What is reported of one agency and year.

    See :mod:`ostiary.office.oversight.annual_figures`.
    """

    agency: str
    year: int
    requests: int
    answers: int
    disclosures: int
    taxpayers: int
    at: str


@dataclass(frozen=True, slots=True)
class FiguresRecord(NewFigures):
    """Stored figures, with their log entry."""

    entry_index: int
