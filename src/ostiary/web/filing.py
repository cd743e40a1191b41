"""Filing from a browser: one request by form, or a file; both go through the corridor as a file.

1. Every row must be of the agency that the person asks for. One that is not stops the whole file
   before anything is stored: nobody files in another's name.
2. A form is checked by the law before it is sent, with the same service as ``ostiary check``.
3. Files are written under names of ours, in a folder that goes when the step ends.
"""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
from django.conf import settings
from pyarrow import parquet

from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import InputError
from ostiary.intake.requests import read_requests
from ostiary.pipeline.checking import check_file
from ostiary.pipeline.running import run_batch
from ostiary.web.models import Filing
from ostiary.web.roles import Signed
from ostiary.web.site import Site

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

COLUMNS = {column.name: column for column in REQUEST}
_MOST_UNPACKED = 10  # times the size that an upload may have
KINDS = {kind: f"requests{kind}" for kind in (".csv", ".json", ".jsonl", ".ndjson", ".parquet")}


@contextmanager
def form_file(site: Site, values: Mapping[str, str], agency: str) -> Iterator[Path]:
    """Write one request from a form as a request file; fields that we do not know are left out."""
    row = {name: values.get(name, "") for name in COLUMNS} | {"agency": agency}
    with TemporaryDirectory(dir=site.office.root / "web") as folder:
        path = Path(folder) / "requests.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(COLUMNS))
            writer.writeheader()
            writer.writerow(row)
        yield path


@contextmanager
def uploaded_file(site: Site, upload: "UploadedFile[Any] | None") -> Iterator[Path]:
    """Write an upload to a name of ours; its own name says its kind and nothing else.

    Raises:
        InputError: there is none, it is too large, or of no kind that we read.
    """
    if upload is None:
        raise InputError("choose a file")
    kind = Path(upload.name or "").suffix.lower()
    if kind not in KINDS:
        raise InputError("this is no request file", cure=f"send one of {', '.join(KINDS)}")
    if upload.size is None or upload.size > settings.UPLOAD_BYTES:
        raise InputError(
            f"the file is larger than {settings.UPLOAD_BYTES // 1_000_000} MB",
            cure="send it in parts",
        )
    with TemporaryDirectory(dir=site.office.root / "web") as folder:
        path = Path(folder) / KINDS[kind]
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        yield path


def check_own(path: Path, agency: str) -> None:
    """Refuse a file with a row in another agency's name, or with more rows than a page takes.

    Raises:
        InputError: it has one, or the file cannot be read; the message does not repeat values.
    """
    _check_promised(path)
    with duckdb.connect(config={"memory_limit": "1GB"}) as con:
        _check_rows(_read(con, path))
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


def check(site: Site, path: Path) -> dict[str, Any]:
    """Ask the law about a file, and store nothing: the office's registers and orders count."""
    place = site.place()
    with TemporaryDirectory(dir=site.office.root / "web") as folder:
        out = Path(folder) / "out"
        found = check_file(
            path,
            place.moment.today,
            registers=[place.office.registers],
            orders=place.office.orders,
            out=out,
            least=False,
        )
        return found | {"errors": row_errors(out / "row_errors.csv")}


def send(site: Site, path: Path, person: Signed) -> str:
    """Take a person's file in, as ``ostiary run`` does; give the batch's id."""
    with site.working() as place:
        batch = str(run_batch(place, path, place.moment.today)["batch"])
    Filing.objects.create(batch=batch, agency=person.agency, person_id=person.number)
    return batch


def row_errors(path: Path) -> list[dict[str, str]]:
    """Read a batch's row errors, to be shown in place."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def received_on(site: Site) -> date:
    """Give the day on which what is sent now is received."""
    return site.place().moment.today


def _check_promised(path: Path) -> None:
    """Refuse a Parquet file by what its footer promises, before anything is unpacked.

    Raises:
        InputError: it has too many rows, would be too large, or is no Parquet file.
    """
    if path.suffix != ".parquet":
        return
    try:
        footer = parquet.read_metadata(path)
    except (pa.ArrowException, OSError):
        raise InputError("this is no Parquet file", where="the file") from None
    _check_rows(footer.num_rows)
    unpacked = sum(footer.row_group(n).total_byte_size for n in range(footer.num_row_groups))
    if unpacked > _MOST_UNPACKED * settings.UPLOAD_BYTES:
        raise InputError("the file would be too large unpacked", cure="send it in parts")


def _check_rows(rows: int) -> None:
    if rows > settings.UPLOAD_ROWS:
        raise InputError(
            f"the file has {rows:,} rows; this page takes {settings.UPLOAD_ROWS:,}",
            cure="send it in parts",
        )


def _read(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Read a request file into ``requests``, as intake does.

    Raises:
        InputError: the file as a whole cannot be taken; the message names our file by its kind.
    """
    try:
        return read_requests(con, path).rows
    except InputError as error:
        place = error.where.replace(str(path), "the file")  # the row or column stays
        raise InputError(error.message, where=place, cure=error.cure) from None
