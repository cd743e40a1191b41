"""The case store: the only room that speaks to a database (Django's ORM, on SQLite or PostgreSQL).

In: frozen values and log entries. Out: the same. State and entry commit in one transaction.
Never here: a rule of law or of business; a write without its log entry.
"""

from ostiary.office.store.records.admission import (
    BatchRecord,
    CaseRecord,
    DeterminationRow,
    Entry,
    KnownRequest,
    NewBatch,
    NewEntry,
    ReadyRequest,
    RequestRow,
    StoredRequest,
)
from ostiary.office.store.records.answers import (
    AnswerRecord,
    NewAnswer,
    NewRecall,
    NewReceipt,
    NewUse,
    RecallRecord,
    ReceiptRecord,
    ReleasedAnswer,
    UseRecord,
)
from ostiary.office.store.records.case import Case
from ostiary.office.store.records.casework import (
    ApprovalRecord,
    CounselAnswerRecord,
    DeterminationRecord,
    LookOrderRecord,
    NewApproval,
    NewCounselAnswer,
    NewDetermination,
    NewLookOrder,
    NewNote,
    NewRefusal,
    NoteRecord,
    RefusalRecord,
)
from ostiary.office.store.records.law import AcceptanceRecord, LawRecord, NewAcceptance, NewLaw
from ostiary.office.store.records.lists import QueueItem, RequestLine, WorkItem
from ostiary.office.store.records.looks import (
    Asked,
    NewExamination,
    VerificationRecord,
    VerificationRow,
)
from ostiary.office.store.records.retention import (
    DisposalRecord,
    FiguresRecord,
    KeptRecordRow,
    NewDisposal,
    NewFigures,
    NewKeptRecord,
    OpenableRequest,
)

__all__ = [
    "AcceptanceRecord",
    "AnswerRecord",
    "ApprovalRecord",
    "Asked",
    "BatchRecord",
    "Case",
    "CaseRecord",
    "CounselAnswerRecord",
    "DeterminationRecord",
    "DeterminationRow",
    "DisposalRecord",
    "Entry",
    "FiguresRecord",
    "KeptRecordRow",
    "KnownRequest",
    "LawRecord",
    "LookOrderRecord",
    "NewAcceptance",
    "NewAnswer",
    "NewApproval",
    "NewBatch",
    "NewCounselAnswer",
    "NewDetermination",
    "NewDisposal",
    "NewEntry",
    "NewExamination",
    "NewFigures",
    "NewKeptRecord",
    "NewLaw",
    "NewLookOrder",
    "NewNote",
    "NewRecall",
    "NewReceipt",
    "NewRefusal",
    "NewUse",
    "NoteRecord",
    "OpenableRequest",
    "QueueItem",
    "ReadyRequest",
    "RecallRecord",
    "ReceiptRecord",
    "RefusalRecord",
    "ReleasedAnswer",
    "RequestLine",
    "RequestRow",
    "StoredRequest",
    "UseRecord",
    "VerificationRecord",
    "VerificationRow",
    "WorkItem",
]
