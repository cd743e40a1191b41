"""What a disposal destroys of requests, so that nothing opens the log on them any more.

It is what :data:`.store.rights.MAY_CHANGE` calls emptied or blanked, column by column: what the
guards of the database let a disposal destroy, and nothing else, is destroyed.
"""

from collections.abc import Collection
from typing import Any

from django.db import models

from ostiary.office.store.orm import Answer, Receipt, Request
from ostiary.office.store.rights import BLANKED, EMPTIED, MAY_CHANGE, Change, table_of


def destroy_openings(alias: str, requests: Collection[int]) -> None:
    """Empty all that opens the log on requests, or says whom they are about.

    Args:
        alias: the database, inside a transaction.
        requests: their numbers.
    """
    for model, changes in MAY_CHANGE.items():
        empty = {
            column: _nothing(model, column, change)
            for column, change in changes.items()
            if change in {EMPTIED, BLANKED}
        }
        if empty:
            _rows_about(alias, model, requests).update(**empty)


def _nothing(model: type[models.Model], column: str, change: Change) -> str | bytes | None:
    """Give what stands in a column afterwards: NULL, or an empty value of its kind."""
    if change == EMPTIED:
        return None
    return b"" if isinstance(table_of(model).get_field(column), models.BinaryField) else ""


def _rows_about(
    alias: str, model: type[models.Model], requests: Collection[int]
) -> models.QuerySet[Any]:
    rows = _rows_of(alias, model)
    if model is Request:
        return rows.filter(pk__in=requests)
    if model is Receipt:
        answers = _rows_of(alias, Answer).filter(request__in=requests)
        return rows.filter(answer__in=answers.values("pk"))
    return rows.filter(request__in=requests)


def _rows_of(alias: str, model: type[models.Model]) -> models.QuerySet[Any]:
    return model._default_manager.using(alias)  # noqa: SLF001 - Django documents it
