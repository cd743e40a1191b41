"""The tables of a case store. What may change in them afterwards stands in ``guards``: very little.

Days are ISO dates. Moments are ISO text as they stand in the log, so that both read the same.
A column ``entry_index`` points at the log entry that was committed together with its row.
"""

from ostiary.office.store.models.admission import Asking, Batch, PersonAsked, Request
from ostiary.office.store.models.answers import Answer, Recall, Receipt, UseReport
from ostiary.office.store.models.casework import (
    Approval,
    CaseNote,
    CounselAnswer,
    ElementDetermination,
    LookOrder,
    Refusal,
)
from ostiary.office.store.models.law import KeyAcceptance, KeySeen, LawAdopted
from ostiary.office.store.models.log import LogEntry, OfficeRecord
from ostiary.office.store.models.looks import Examination, LaterVerification, Verification
from ostiary.office.store.models.retention import Disposal, KeptRecord, ReportedFigures

__all__ = [
    "Answer",
    "Approval",
    "Asking",
    "Batch",
    "CaseNote",
    "CounselAnswer",
    "Disposal",
    "ElementDetermination",
    "Examination",
    "KeptRecord",
    "KeyAcceptance",
    "KeySeen",
    "LaterVerification",
    "LawAdopted",
    "LogEntry",
    "LookOrder",
    "OfficeRecord",
    "PersonAsked",
    "Recall",
    "Receipt",
    "Refusal",
    "ReportedFigures",
    "Request",
    "UseReport",
    "Verification",
]
