"""What the case store takes and gives: plain frozen values, no database in sight.

A ``New...`` value is what a room hands in; the record that comes out again also names the log entry
it was committed with. Moments are ISO text as in the log entry; digests and salts are hex.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ostiary.domain.registered_keys import RegisteredKey
from ostiary.domain.words import Outcome, Status


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


class VerificationRow(NamedTuple):
    """One verification of a batch; ``request`` is the number of a request. Order as here.

    ``basis`` is what a confirmation rests on, see :mod:`ostiary.domain.basis`; else empty.
    """

    request: int
    outcome: Outcome | str
    rule: str
    person_id: str
    weight: float
    margin: float
    basis: str
    entry_index: int


@dataclass(frozen=True, slots=True)
class NewLaw:
    """Digests of all that an office decides by from ``at`` on: text, data, and how facts come.

    ``registers`` covers the keys that were seen in them as well; ``files`` is the same without.
    """

    book: str
    orders: str
    registers: str
    derivations: str
    at: str
    files: str | None = None


@dataclass(frozen=True, slots=True)
class LawRecord:
    """A law adopted, as :class:`NewLaw`, with its log entry."""

    book: str
    orders: str
    registers: str
    derivations: str
    at: str
    files: str | None
    entry_index: int


@dataclass(frozen=True, slots=True)
class NewAcceptance:
    """An officer's signed acceptance of a key in a register; see :class:`RegisteredKey`."""

    register: str
    holder: str
    digest: str
    officer: str
    signature: bytes
    at: str

    @property
    def key(self) -> RegisteredKey:
        """The key that is accepted."""
        return RegisteredKey(self.register, self.holder, self.digest)


@dataclass(frozen=True, slots=True)
class AcceptanceRecord(NewAcceptance):
    """A stored acceptance, with its log entry."""

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


@dataclass(frozen=True, slots=True)
class VerificationRecord:
    """A stored verification, as :class:`VerificationRow`."""

    request: int
    outcome: Outcome
    rule: str
    person_id: str
    weight: float
    margin: float
    basis: str
    entry_index: int

    @property
    def committed(self) -> str:
        """What its log entry commits to as the outcome; a name of a rule holds no blank."""
        rule = f"{self.rule} {self.basis}" if self.basis else self.rule
        return f"{self.outcome}\n{rule}\n{self.person_id}"


class DeterminationRow(NamedTuple):
    """An element that a training office takes as found with a batch. Order as here."""

    request: int
    officer: str
    fact: str
    specific: bool
    signature: bytes
    at: str
    entry_index: int


class Asked(NamedTuple):
    """A request that was compared."""

    id: int
    agency: str
    payload: str


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
class NewExamination:
    """A look at the reference file after admission: how many requests, and what decoys showed.

    Attributes:
        day: the legal day.
        model: digest of the reference and the rules of matching.
        requests: how many were looked at.
        decoys: what the decoys showed, as JSON.
        at: the moment.
    """

    day: date
    model: str
    requests: int
    decoys: str
    at: str


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


@dataclass(frozen=True, slots=True)
class NewKeptRecord:
    """Some requests of a batch as they are kept for ever, sealed; see ``pipeline.keeping``.

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
    """What is reported of one agency and year; see :mod:`.oversight.annual_figures`."""

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


@dataclass(frozen=True, slots=True)
class Entry:
    """A log entry as it stands: its place from 0, its canonical JSON, its leaf hash."""

    index: int
    body: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A request that waits for officers or counsel, and how often officers have spoken on it."""

    id: int
    agency: str
    request_id: str
    batch: str
    received: date
    determinations: int
    approvals: int
    refusals: int


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A line of the officers' worklist: an accepted request that still waits for its answer.

    ``determined`` says whether officers have found every element that a person determines, and
    ``looked_at`` whether the record was compared; what it showed is in no list. ``approvals``
    counts those ever given, void ones among them.
    """

    id: int
    agency: str
    request_id: str
    received: date
    determined: bool
    looked_at: bool
    approvals: int


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as the agency that made it may see it: nothing in it depends on the file."""

    id: int
    agency: str
    request_id: str
    batch: str
    received: date
    status: Status
    entry_index: int
    answer_id: str | None
    delivered: bool | None
    specific: bool | None

    @property
    def stands(self) -> str:
        """Say where the request stands now, as anybody who knows of it may be told.

        ``status`` is what it was at receipt; since then an officer may have found an element
        lacking, or the answer may have left. Nothing here depends on the file.
        """
        if self.delivered:
            return "answered"
        return "returned" if self.specific is False else str(self.status)


@dataclass(frozen=True, slots=True)
class KnownRequest:
    """What the office holds under an agency's id: enough to answer a repeat, or to refuse it."""

    id: int
    agency: str
    request_id: str
    content: str
    status: Status
    mask: str
    entry_index: int
    batch: str


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that was stored about one request; lists in the order of their log entries.

    ``verification`` is what the last look showed, and ``superseded`` what earlier ones did.
    """

    request: CaseRecord
    verification: VerificationRecord | None
    determinations: tuple[DeterminationRecord, ...]
    approvals: tuple[ApprovalRecord, ...]
    refusals: tuple[RefusalRecord, ...]
    answer: AnswerRecord | None
    orders: tuple[LookOrderRecord, ...] = ()
    superseded: tuple[VerificationRecord, ...] = ()
    counsel: CounselAnswerRecord | None = None
    notes: tuple[NoteRecord, ...] = ()
