"""The tables, with Django set up before they are imported (it refuses the other order)."""
# ruff: noqa: E402 - Django must have been started

from ostiary.office.store.django_start import start_django

start_django()

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
