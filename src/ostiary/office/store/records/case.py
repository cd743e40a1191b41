"""All that was stored about one request."""

from dataclasses import dataclass

from ostiary.office.store.records.admission import CaseRecord
from ostiary.office.store.records.answers import AnswerRecord
from ostiary.office.store.records.casework import (
    ApprovalRecord,
    CounselAnswerRecord,
    DeterminationRecord,
    LookOrderRecord,
    NoteRecord,
    RefusalRecord,
)
from ostiary.office.store.records.looks import VerificationRecord


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
