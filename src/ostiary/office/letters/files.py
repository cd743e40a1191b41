"""Letters as files: one on demand, or all of a batch in a folder of their own.

A letter names a request, so its file is for the owner alone. No part of a file's name comes from a
request. A folder of letters is whole, or it is not there.
"""

import csv
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ostiary.domain.errors import InputError
from ostiary.domain.spreadsheets import harmless
from ostiary.office.batches.stages import OnStage, silent
from ostiary.office.folder.session import OfficeSession
from ostiary.office.letters.composition import NothingToTellError, WritingDesk, writing_desk
from ostiary.office.letters.pdf import letter_pdf
from ostiary.office.store import CaseRecord

INDEX = "index.csv"
_EVERY = 500


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the letters of a batch.

    Attributes:
        folder: where they lie.
        letters: how many of each kind.
        nothing_to_tell: requests that are still being worked on.
    """

    folder: Path
    letters: dict[str, int]
    nothing_to_tell: int


def write_letter(place: OfficeSession, request: str, target: Path) -> str:
    """Write the letter on one request; an older file is replaced.

    Args:
        place: the office.
        request: the agency's request id, or ``agency/id``.
        target: the file.

    Returns:
        The kind of the letter.

    Raises:
        InputError: no such request, or nothing to tell about it yet.
    """
    with writing_desk(place) as desk:
        letter = desk.letter(place.store.find_request(request))
    put_letter(target, letter_pdf(letter))
    return str(letter.kind)


def write_letters(
    place: OfficeSession, batch: str, folder: Path | None = None, on_stage: OnStage = silent
) -> Written:
    """Write the letters of a batch into a new folder, with an index.

    Requests that repeat earlier ones have their letter with the batch in which they first came.

    Args:
        place: the office.
        batch: id of the batch.
        folder: where to; ``letters`` beside the batch's replies unless given.
        on_stage: told how far it is.

    Raises:
        InputError: no such batch, or the folder holds something.
    """
    if place.store.batch(batch) is None:
        raise InputError("no batch has this id", where=batch)
    target = folder or place.office.batches / batch / "letters"
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            "there is something here already", where=str(target), cure="name another folder"
        )
    building = target.parent / f".{target.name}.{os.getpid()}.new"
    try:
        building.mkdir(mode=0o700, parents=True)
        with writing_desk(place) as desk:
            rows = list(_lay_out(desk, batch, building, on_stage))
        _put_index(building / INDEX, [row for row in rows if row[2]])
        building.replace(target)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    kinds = [kind for _, _, kind, _ in rows]
    return Written(
        folder=target,
        letters={kind: kinds.count(kind) for kind in sorted(set(kinds) - {""})},
        nothing_to_tell=kinds.count(""),
    )


def put_letter(target: Path, content: bytes) -> None:
    """Write a letter for the owner alone; it is there whole or not at all."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


_Row = tuple[int, str, str, str]


def _lay_out(desk: WritingDesk, batch: str, folder: Path, on_stage: OnStage) -> Iterator[_Row]:
    """Write each letter; give row, request id, kind (empty without a letter) and file name."""
    for number, request in enumerate(desk.place.store.requests_of(batch), 1):
        if number % _EVERY == 0:
            on_stage(f"letter {number:,}")
        yield _one(desk, request, folder)


def _one(desk: WritingDesk, request: CaseRecord, folder: Path) -> _Row:
    try:
        letter = desk.letter(request)
    except NothingToTellError:
        return request.row, request.request_id, "", ""
    name = f"{request.row:07d}-{letter.kind}.pdf"
    put_letter(folder / name, letter_pdf(letter))
    return request.row, request.request_id, str(letter.kind), name


def _put_index(path: Path, rows: list[_Row]) -> None:
    """Write which letter is whose; an id that a spreadsheet takes for a formula is disarmed."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("row", "request_id", "letter", "file"))
        for row, request_id, kind, name in rows:
            lines.writerow((row, harmless(request_id), kind, name))
