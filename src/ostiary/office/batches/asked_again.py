"""What a request asked, as its agency filed it: from the case store, or from custody."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from ostiary.domain.errors import FaultError
from ostiary.office.batches.batch_folder import CUSTODY
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store import CaseRecord
from ostiary.verifying.log.commitments import commit
from ostiary.verifying.log.entries import read_entry


def asked_in_custody(
    place: OfficeSession, batch: str, requests: Collection[CaseRecord]
) -> dict[int, dict[str, Any]]:
    """Read requests of a batch by row from its custody; none where that is gone.

    Raises:
        FaultError: custody holds another request than the log commits to; its entry is named.
    """
    path = place.office.batches / batch / CUSTODY / "requests.parquet"
    if not path.is_file():
        return {}
    asked = {one.row: one for one in requests}
    with place.scratch() as con:
        found = con.execute(
            "SELECT row, payload FROM read_parquet($1) WHERE list_contains($2, row)",
            [str(path), list(asked)],
        ).fetchall()
    for row, payload in found:
        _check_opens(place, asked[int(row)], payload)
    return {int(row): json.loads(payload) for row, payload in found}


def _check_opens(place: OfficeSession, request: CaseRecord, payload: str) -> None:
    logged = read_entry(place.store.entry(request.entry_index).body).fields.get("content")
    if request.salt and logged != commit(request.salt, "content", payload):
        raise FaultError(
            f"entry {request.entry_index}: the custody of batch {request.batch} holds another"
            " request than the log commits to; find out who changed it and why, and restore it"
            " from the office's backup"
        )


def asked_as_texts(place: OfficeSession, number: int) -> dict[str, str]:
    """Give what a request asked as the texts of a request file, by column.

    Args:
        place: the office.
        number: of the request.

    Returns:
        Nothing where its openings were destroyed.

    Raises:
        FaultError: as :func:`asked_in_custody`.
    """
    request = place.store.request(number)
    if request.payload:
        asked = json.loads(request.payload)
    else:
        asked = asked_in_custody(place, request.batch, [request]).get(request.row, {})
    return {name: _text(value) for name, value in _columns(asked)}


def _columns(asked: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in asked.items() if value is not None]


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
