"""The sealed answer to a request, and what becomes of it: use, recall, receipt."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ostiary.domain.words import Status


@dataclass(frozen=True, slots=True)
class NewUse:
    """What an agency reports of an answer that it was given.

    Attributes:
        request: number of the request.
        number: of the agency's reports on it, from 1.
        use: a :class:`~ostiary.domain.words.Use`; empty once its opening is destroyed.
        reporter: the program or officer of the agency.
        day: the day.
        at: the moment.
    """

    request: int
    number: int
    use: str
    reporter: str
    day: date
    at: str


@dataclass(frozen=True, slots=True)
class UseRecord(NewUse):
    """A stored report, with its log entry."""

    entry_index: int


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """The sealed answer to a request.

    Attributes:
        answer_id: the recipient's idempotency key.
        request: number of the request.
        status: confirmed or no-answer.
        disclosed: whether return information left with it.
        person_id: whose it was; empty when nothing was disclosed.
        agency: who received it.
        released_on: the day.
        sealed: the sealed bytes, as they are delivered.
    """

    answer_id: str
    request: int
    status: Status
    disclosed: bool
    person_id: str
    agency: str
    released_on: date
    sealed: bytes


@dataclass(frozen=True, slots=True)
class AnswerRecord(NewAnswer):
    """A stored answer, with its log entry, and whether its file has been laid out."""

    entry_index: int
    delivered: bool


class ReleasedAnswer(NamedTuple):
    """An answer with what opens its log entry; ``salt`` is None when it has been destroyed."""

    answer_id: str
    entry_index: int
    status: Status
    person_id: str
    salt: str | None


@dataclass(frozen=True, slots=True)
class NewRecall:
    """An answer that is called back.

    Attributes:
        answer: its id.
        cause: ``rule/ID``, ``order/ID`` or ``request``; once for each.
        at: the moment.
    """

    answer: str
    cause: str
    at: str


@dataclass(frozen=True, slots=True)
class RecallRecord(NewRecall):
    """A stored recall, with its number and log entry, and whether its notice is laid out."""

    id: int
    entry_index: int
    delivered: bool


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """What a recipient signed about an answer.

    Attributes:
        answer: its id.
        kind: ``opened`` or ``disposed``.
        recipient: id of the officer who signed; once for each kind.
        day: the day that the receipt states.
        receipt: the bytes of the file; None once it is destroyed.
        at: the moment it was taken in.
    """

    answer: str
    kind: str
    recipient: str
    day: date
    receipt: bytes | None
    at: str


@dataclass(frozen=True, slots=True)
class ReceiptRecord(NewReceipt):
    """A stored receipt, with its log entry."""

    entry_index: int
