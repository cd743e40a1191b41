"""Filing from a browser: one request by form, or a file; both go through the same corridor.

1. Every row must be of the agency that the person asks for. One that is not stops the whole file
   before anything is stored: nobody files in another's name.
2. A form is checked by the law before it is sent, with the same service as ``ostiary check``.
3. Files are written under names of ours, in a folder that goes when the step ends. Of a form none
   is written: not of what was filled in, nor of what is wrong with it.
"""

import csv
import io
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from ostiary.deciding.intake.decoded import check_decoded, in_proportion
from ostiary.deciding.intake.files import ENDINGS_OF_PACKED
from ostiary.deciding.intake.readers import Most
from ostiary.deciding.intake.request_rows import Asked, RequestRows
from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import InputError
from ostiary.faces.server.one_reading import NO_ROOM
from ostiary.faces.server.orm import Filing
from ostiary.faces.server.roles import Signed
from ostiary.faces.server.site import Site
from ostiary.office.batches.law_check import check_file, check_rows
from ostiary.office.batches.rows_to_mend_files import TO_MEND
from ostiary.office.batches.running import run_batch
from ostiary.office.batches.stages import OnStage, silent
from ostiary.office.batches.unpacked_file import handed_in
from ostiary.office.batches.workbooks import write_rows
from ostiary.office.folder.session import scratch_database, scratch_folder

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

COLUMNS = {column.name: column for column in REQUEST}
LARGE = 500_000
"""Bytes of a file, unpacked, from which on the page says how far it is: about a thousand rows."""

_FIRST = 5  # rows that are named of those with one cause
_MOST_UNPACKED = 3  # times the size that an upload may have
_RATIO = 50  # times its own size that a packed file may become; honest requests pack to a tenth
_FEW_BYTES = 2_000_000  # that any file may become, however small it is
_PLAIN = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx")
_LONGEST = 4_000  # characters of a value, as over the API
_MEMORY = "1GB"
KINDS = {
    kind: f"requests{kind}"
    for kind in (
        *_PLAIN,
        *(f"{one}{end}" for one in _PLAIN[:6] for end in ENDINGS_OF_PACKED),
        ".zip",
    )
}
"""The kinds of file that may be sent, by their ending, and the name each gets here."""


_reading: set[str] = set()
_guard = threading.Lock()


@contextmanager
def one_at_a_time(agency: str) -> Iterator[None]:
    """Read one file of an agency at a time: a file costs memory, and nobody's may cost others'.

    Raises:
        InputError: another file of the agency is being read.
    """
    with _guard:
        if agency in _reading:
            raise InputError(
                "another file of your agency is being read",
                cure="send this one when that has been taken",
            )
        _reading.add(agency)
    try:
        yield
    finally:
        with _guard:
            _reading.discard(agency)


def of_a_form(values: Mapping[str, str], agency: str) -> RequestRows:
    """Take one request from a form, in the agency's name alone; unknown fields are left out."""
    return RequestRows.of("form.jsonl", [{**values, "agency": agency}])


@contextmanager
def uploaded_file(site: Site, upload: "UploadedFile[Any] | None") -> Iterator[Path]:
    """Write an upload to a name of ours; its own name says its kind and nothing else.

    Raises:
        InputError: there is none, it is too large or of no kind that we read, or the disk is full.
    """
    if upload is None:
        raise InputError("choose a file")
    kind = _kind(upload.name or "")
    if kind not in KINDS:
        raise InputError(
            "this is no request file",
            cure=f"send one of {', '.join(_PLAIN)}, packed with gzip, Zstandard or ZIP if you like",
        )
    if upload.size is None or upload.size > settings.UPLOAD_BYTES:
        raise InputError(
            f"the file is larger than {settings.UPLOAD_BYTES // 1_000_000} MB",
            cure="send it in parts",
        )
    with scratch_folder(site.office.root) as folder:
        path = folder / KINDS[kind]
        _write(upload, path)
        most = _most_unpacked(upload.size)
        with _named_by_kind(path), handed_in(path, near=folder, most=most) as plain:
            yield plain


def _write(upload: "UploadedFile[Any]", path: Path) -> None:
    """Write an upload.

    Raises:
        InputError: there is no room for it.
    """
    try:
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise InputError("the disk is full here", cure="send it again later") from None


def _kind(name: str) -> str:
    """Give the ending of a name; of a packed file with the one before it."""
    *_, before, last = ["", "", *Path(name.lower()).suffixes]
    return before + last if last in ENDINGS_OF_PACKED else last


@contextmanager
def _named_by_kind(path: Path) -> Iterator[None]:
    """Have errors call a file of ours what it is to the person: the file."""
    try:
        yield
    except InputError as error:
        where = error.where.replace(str(path), "the file")  # the row or column stays
        raise type(error)(error.message, where=where, cure=error.cure) from None


def check_own(path: Path, agency: str) -> None:
    """Refuse a file with a row in another agency's name, or with more rows than a page takes.

    Raises:
        InputError: it has one, or the file cannot be read; the message does not repeat values.
    """
    _check_promised(path)
    with scratch_database(path.parent, memory=_MEMORY) as con:
        characters = min(settings.UPLOAD_BYTES, _most_unpacked(path.stat().st_size))
        most = Most(settings.UPLOAD_ROWS, characters)
        _check_rows(read_requests(con, path, most=most).rows)
        found = con.execute(
            "SELECT row FROM requests WHERE agency IS DISTINCT FROM $1 ORDER BY row LIMIT 5",
            [agency],
        ).fetchall()
    if found:
        named = ", ".join(str(row) for (row,) in found)
        raise InputError(
            f"rows of another agency stand in this file (row {named} ...); nothing was taken",
            cure=f"write `{agency}` in the column agency",
        )


def check_form(site: Site, asked: RequestRows) -> dict[str, Any]:
    """Ask the law about a form; nothing is stored, and no file is made of it for a moment."""
    place = site.place()
    found, errors = check_rows(
        asked,
        place.moment.today,
        registers=[place.office.registers],
        orders=place.office.orders,
        near=site.office.root,
    )
    return {**found, "errors": [asdict(one) | {"row": str(one.row)} for one in errors]}


def check(site: Site, asked: Path, on_stage: OnStage = silent) -> dict[str, Any]:
    """Ask the law about a file, and store nothing; the office's registers count."""
    place = site.place()
    with scratch_folder(site.office.root) as folder:
        out = folder / "out"
        found = check_file(
            asked,
            place.moment.today,
            registers=[place.office.registers],
            orders=place.office.orders,
            out=out,
            least=False,
            near=folder,
            on_stage=on_stage,
        )
        errors, mended = out / "row_errors.csv", out / TO_MEND
        return {
            **found,
            "errors": row_errors(errors.read_bytes() if errors.exists() else b""),
            "to_mend": mended.read_bytes() if mended.exists() else b"",
        }


def as_workbook(site: Site, rows: bytes) -> bytes:
    """Give rows to mend, which are CSV, as a workbook in which every cell is text."""
    with scratch_folder(site.office.root) as folder:
        source, target = folder / TO_MEND, folder / "to_mend.xlsx"
        source.write_bytes(rows)
        write_rows(source, target, "to mend")
        return target.read_bytes()


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is wrong in many rows.

    Attributes:
        column: the column it is about; empty for whole rows.
        message: what is wrong.
        cure: what to do.
        rows: how many rows have it.
        first: the first of them.
    """

    column: str
    message: str
    cure: str
    rows: int
    first: str


def causes_of(errors: list[dict[str, str]]) -> list[Cause]:
    """Put row errors together by what is wrong, the most frequent first."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in errors:
        found.setdefault((one["column"], one["message"], one["cure"]), []).append(one["row"])
    causes = [
        Cause(*what, len(rows), ", ".join(rows[:_FIRST]) + (" ..." if len(rows) > _FIRST else ""))
        for what, rows in found.items()
    ]
    return sorted(causes, key=lambda one: -one.rows)


def send(site: Site, asked: Asked, person: Signed, on_stage: OnStage = silent) -> str:
    """Take a person's file or form in, as ``ostiary run`` does; give the batch's id."""
    with site.working() as place:
        batch = str(run_batch(place, asked, place.moment.today, on_stage=on_stage)["batch"])
    Filing.objects.create(batch=batch, agency=person.agency, person_id=person.number)
    return batch


def row_errors(content: bytes) -> list[dict[str, str]]:
    """Read a batch's row errors, to be shown in place."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def received_on(site: Site) -> date:
    """Give the day on which what is sent now is received."""
    return site.place().moment.today


def _check_promised(path: Path) -> None:
    """Refuse a Parquet file by what it becomes, before anything more is made of it.

    Raises:
        InputError: it has too many rows or too long values, would be too large, or is none.
    """
    if path.suffix == ".parquet":
        most = _most_unpacked(path.stat().st_size)
        with scratch_database(path.parent, memory=_MEMORY) as con:
            rows = check_decoded(con, path, most_bytes=most, longest=_LONGEST)
        _check_rows(rows)


def _most_unpacked(size: int) -> int:
    """Give the bytes that an upload may become: what it costs is in proportion to what was sent.

    Args:
        size: bytes of the upload as it came.
    """
    own = in_proportion(size, times=_RATIO, least=_FEW_BYTES)
    return min(own, _MOST_UNPACKED * settings.UPLOAD_BYTES)


def _check_rows(rows: int) -> None:
    if rows > settings.UPLOAD_ROWS:
        raise InputError(
            f"the file has {rows:,} rows; this page takes {settings.UPLOAD_ROWS:,}",
            cure="send it in parts",
        )
