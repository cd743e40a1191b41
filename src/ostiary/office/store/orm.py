"""The tables, with Django set up before they are imported (it refuses the other order)."""

from ostiary.office.store.django_start import start_django

start_django()

from ostiary.office.store.models import (  # noqa: E402 - Django must have been started, see above
    Answer,
    Approval,
    Asking,
    Batch,
    CaseNote,
    CounselAnswer,
    Disposal,
    ElementDetermination,
    Examination,
    KeptRecord,
    KeyAcceptance,
    KeySeen,
    LaterVerification,
    LawAdopted,
    LogEntry,
    LookOrder,
    OfficeRecord,
    PersonAsked,
    Recall,
    Receipt,
    Refusal,
    ReportedFigures,
    Request,
    Verification,
)

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
    "Verification",
]
