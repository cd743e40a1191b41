"""What may still change in a stored row: this one table says it to triggers and roles alike.

Rows are added and stay. Disposal empties what would open the log, and what names a person; marks
turn true when a file that the log promised has been laid out, or removed; a newer Ostiary may raise
the number of its schema.
"""

from typing import TYPE_CHECKING, Any

from django.db import models

from ostiary.office.store.orm import (
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
    UseReport,
    Verification,
)

if TYPE_CHECKING:
    from django.db.models.options import Options

Change = str
RAISED, EMPTIED, BLANKED, SET = "raised", "emptied", "blanked", "set"

# Every column that is not named here is kept. `schema` and `made_by` are the owner's to change.
MAY_CHANGE: dict[type[models.Model], dict[str, Change]] = {
    OfficeRecord: {"schema": RAISED, "made_by": RAISED},
    LogEntry: {},
    LawAdopted: {},
    KeySeen: {},
    KeyAcceptance: {},
    Batch: {"folder_done": SET},
    Request: {"payload": EMPTIED, "facts": EMPTIED, "salt": EMPTIED},
    PersonAsked: {},
    Asking: {"token": EMPTIED, "place": EMPTIED},
    Verification: {"person_id": BLANKED, "basis": BLANKED},
    LaterVerification: {"person_id": BLANKED, "basis": BLANKED},
    ElementDetermination: {},
    Examination: {"done": SET},
    Approval: {},
    Refusal: {"why": BLANKED},
    CounselAnswer: {"how": BLANKED},
    CaseNote: {"text": BLANKED},
    LookOrder: {"why": BLANKED},
    Answer: {"delivered": SET, "person_id": BLANKED, "sealed": BLANKED},
    Recall: {"delivered": SET},
    Receipt: {"receipt": EMPTIED},
    UseReport: {"use": BLANKED},
    Disposal: {"done": SET},
    KeptRecord: {},
    ReportedFigures: {},
}


def clerk_inserts() -> frozenset[str]:
    """Name the tables to which the working office adds rows: all but its own identity."""
    return frozenset(table_of(model).db_table for model in MAY_CHANGE if model is not OfficeRecord)


def clerk_updates() -> frozenset[tuple[str, str]]:
    """Name the columns, with their tables, that the working office may change."""
    return frozenset(
        (table_of(model).db_table, column)
        for model, changes in MAY_CHANGE.items()
        for column, change in changes.items()
        if change != RAISED
    )


def disposable() -> frozenset[str]:
    """Name the tables of which something can be destroyed."""
    return frozenset(
        table_of(model).db_table
        for model, changes in MAY_CHANGE.items()
        if {EMPTIED, BLANKED} & set(changes.values())
    )


def tables() -> frozenset[str]:
    """Name the tables of a case store."""
    return frozenset(table_of(model).db_table for model in MAY_CHANGE)


def table_of(model: type[models.Model]) -> "Options[Any]":
    """Give what Django knows of a table; its documented name starts with an underscore."""
    return model._meta  # noqa: SLF001 - https://docs.djangoproject.com/en/5.2/ref/models/meta/
