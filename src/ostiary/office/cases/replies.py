"""What an agency was told about a request: the reply at admission, and what was told later."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from ostiary.domain.errors import InputError
from ostiary.office.cases.steps import LATER
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store import CaseRecord


def reply_to(place: OfficeSession, request: CaseRecord) -> dict[str, Any]:
    """Give the reply to a request, as its agency has it.

    Returns:
        ``request_id``, ``status``, ``findings`` and ``receipt``.

    Raises:
        InputError: it is no longer kept.
    """
    path = place.office.batches / request.batch / "replies.jsonl"
    begin = _places(path).get(request.entry_index) if path.is_file() else None
    if begin is None:
        raise _not_kept(path)
    with path.open("rb") as file:
        file.seek(begin)
        reply: dict[str, Any] = json.loads(file.readline())
    return reply


def told_later(place: OfficeSession, request: CaseRecord) -> dict[str, Any] | None:
    """Give what the agency was told after an officer had looked at the reason, if it was."""
    path = place.office.batches / request.batch / LATER
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        told: dict[str, Any] = json.loads(line)
        if (told["agency"], told["request_id"]) == (request.agency, request.request_id):
            return told
    return None


@lru_cache(maxsize=256)
def _places(path: Path) -> dict[int, int]:
    """Say where in a batch's replies the reply with each log entry begins; they never change."""
    places: dict[int, int] = {}
    with path.open("rb") as lines:
        begin = 0
        for line in lines:
            places[json.loads(line)["receipt"]["entry"]] = begin
            begin += len(line)
    return places


def _not_kept(path: Path) -> InputError:
    return InputError("the reply to the request is no longer kept", where=path.name)
