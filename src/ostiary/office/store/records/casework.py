"""What officers and counsel say of a case, each with its log entry once it is stored."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NewDetermination:
    """An officer's signed word on one element of the law.

    Attributes:
        request: number of the request.
        officer: who speaks; empty where a training office takes it as found.
        fact: the word of the vocabulary, such as ``reason_specific``.
        found: what was found.
        signature: over the words of the step; empty as ``officer``.
        at: the moment.
    """

    request: int
    officer: str
    fact: str | None
    found: bool
    signature: bytes
    at: str


@dataclass(frozen=True, slots=True)
class DeterminationRecord(NewDetermination):
    """A stored determination, with its log entry; ``fact`` None is ``reason_specific``."""

    entry_index: int


@dataclass(frozen=True, slots=True)
class NewApproval:
    """An officer's signature over the digest of the decision on a request."""

    request: int
    officer: str
    digest: str
    signature: bytes
    at: str


@dataclass(frozen=True, slots=True)
class ApprovalRecord(NewApproval):
    """A stored approval, with its log entry."""

    entry_index: int


@dataclass(frozen=True, slots=True)
class NewRefusal:
    """An officer's signed refusal of the decision on a request, and why."""

    request: int
    officer: str
    digest: str
    why: str
    signature: bytes
    at: str


@dataclass(frozen=True, slots=True)
class RefusalRecord(NewRefusal):
    """A stored refusal, with its log entry."""

    entry_index: int


@dataclass(frozen=True, slots=True)
class NewCounselAnswer:
    """How counsel answered a request that went to counsel, by another way than this corridor.

    Attributes:
        request: number of the request.
        officer: who says so.
        day: the legal day.
        how: what was done, in words; for the custodian alone.
        signature: over the words of the step.
        at: the moment.
    """

    request: int
    officer: str
    day: date
    how: str
    signature: bytes
    at: str


@dataclass(frozen=True, slots=True)
class CounselAnswerRecord(NewCounselAnswer):
    """A stored word of counsel, with its log entry."""

    entry_index: int


@dataclass(frozen=True, slots=True)
class NewNote:
    """What an officer writes for other officers about a case; nobody outside is ever told.

    Attributes:
        request: number of the request.
        officer: who writes.
        kind: ``note``, ``return`` (why an element was found lacking) or ``hand-over``.
        text: the words.
        at: the moment.
    """

    request: int
    officer: str
    kind: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class NoteRecord(NewNote):
    """A stored note, with its log entry."""

    entry_index: int


@dataclass(frozen=True, slots=True)
class NewLookOrder:
    """An officer's signed order to look at a record again, outside the limit on asking, and why."""

    request: int
    officer: str
    digest: str
    why: str
    signature: bytes
    at: str


@dataclass(frozen=True, slots=True)
class LookOrderRecord(NewLookOrder):
    """A stored order, with its log entry."""

    entry_index: int
