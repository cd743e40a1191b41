"""What a disposal destroys of requests, so that nothing opens the log on them any more."""

from collections.abc import Collection
from typing import Any

from django.db import models

from ostiary.office.store.orm import (
    Answer,
    Asking,
    CaseNote,
    CounselAnswer,
    LaterVerification,
    LookOrder,
    Receipt,
    Refusal,
    Request,
    UseReport,
    Verification,
)

# What becomes of each table's rows about a request. An answer's own row is last of all.
_EMPTIED: tuple[tuple[type[models.Model], dict[str, Any]], ...] = (
    (Asking, {"token": None, "place": None}),
    (Verification, {"person_id": "", "basis": ""}),
    (LaterVerification, {"person_id": "", "basis": ""}),
    (CounselAnswer, {"how": ""}),
    (CaseNote, {"text": ""}),
    (UseReport, {"use": ""}),
    (Refusal, {"why": ""}),
    (LookOrder, {"why": ""}),
)


def destroy_openings(alias: str, requests: Collection[int]) -> None:
    """Empty all that opens the log on requests, or says whom they are about.

    Args:
        alias: the database, inside a transaction.
        requests: their numbers.
    """
    _rows_of(alias, Request).filter(pk__in=requests).update(payload=None, facts=None, salt=None)
    for table, empty in _EMPTIED:
        _rows_of(alias, table).filter(request__in=requests).update(**empty)
    answered = _rows_of(alias, Answer).filter(request__in=requests)
    _rows_of(alias, Receipt).filter(answer__in=answered.values("pk")).update(receipt=None)
    answered.update(person_id="", sealed=b"")


def _rows_of(alias: str, model: type[models.Model]) -> models.QuerySet[Any]:
    return model._default_manager.using(alias)  # noqa: SLF001 - Django documents it
