"""Files to begin from: the columns with what belongs into them, and rows that pass as they are.

The rows of a request file are counsel's lawful requests of a gateway (``cases/base.yaml``), which
the rule book's own tests hold; where there are fewer than three, one is told of others, invented.
"""

import csv
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ostiary.deciding.law.counsel_cases import FOLDER, lawful_requests
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.choices import FIRST_PROVISION
from ostiary.domain.columns import CHOICES, REFERENCE, REQUEST, Column
from ostiary.domain.errors import InputError
from ostiary.domain.register_columns import REGISTERS
from ostiary.office.batches.workbooks import Sheet, write_template
from ostiary.office.folder.session import scratch_folder

_MANY = 3
_OTHERS: tuple[dict[str, str], ...] = (
    {},
    {"given_name": "Ines", "surname": "Larkspur", "address_line": "48 Juniper Road"},
    {"given_name": "Teodor", "surname": "Wren", "address_line": "7 Harbor Lane"},
)
_PEOPLE = (
    ("P-0001", "Rosa", "", "Quill", "", "1984-03-09", "000120001", "12 Elm Street", ""),
    ("P-0002", "Omar", "T", "Stone", "JR", "1971-11-30", "000120002", "48 Juniper Road", "APT 3"),
    ("P-0003", "Ines", "", "Larkspur", "", "", "", "7 Harbor Lane", ""),
)
_PLACE = ("Springfield", "IL", "62704", "US", "2024")
_EXAMPLES = {"source": ("return", "postal-update", "information-return"), "hold": ("", "", "true")}

Rows = list[dict[str, str]]


def gateways() -> dict[str, str]:
    """Name the gateways that the shipped book has lawful requests of: provision and title."""
    titles = {one.cites: one.title for one in read_book(shipped_book()).instruments if one.gateway}
    there = {str(request["provision"]) for _, request in lawful_requests(shipped_book()).values()}
    return {cites: title for cites, title in titles.items() if cites in there}


def example_requests(provision: str, agency: str = "") -> tuple[date, Rows]:
    """Give three lawful requests of a gateway.

    Args:
        provision: USLM id of the gateway.
        agency: who asks; the agency of counsel's requests unless given.

    Returns:
        The day of receipt on which they are lawful, and the rows: of the columns that every request
        file has, and of the others those that have a value.

    Raises:
        InputError: there is no such gateway.
    """
    found = [
        (day, request)
        for day, request in lawful_requests(shipped_book()).values()
        if request["provision"] == provision
    ]
    if not found:
        known = ", ".join(gateways())
        raise InputError("there is no such gateway", where=provision, cure=f"write one of {known}")
    rows = []
    for number in range(_MANY):
        _, request = found[number % len(found)]
        row = {name: _text(value) for name, value in request.items()}
        if number >= len(found):
            row |= _OTHERS[number]
            if "matter_number" in row:
                row["matter_number"] += f"-{number}"
            if "reason" in row:
                row["reason"] += f" This one, number {number}, is about somebody else."
        rows.append(row | {"request_id": f"EXAMPLE-{number + 1}"})
        if agency:
            rows[-1]["agency"] = agency
    return found[0][0], rows


def example_people() -> Rows:
    """Give three invented people as rows of a reference file."""
    names = [column.name for column in REFERENCE]
    rows = [dict(zip(names, (*one, *_PLACE), strict=False)) for one in _PEOPLE]
    for name, values in _EXAMPLES.items():
        for row, value in zip(rows, values, strict=True):
            row[name] = value
    return rows


def write_templates(what: str, out: Path, *, provision: str = FIRST_PROVISION) -> dict[str, Any]:
    """Make a folder with a template in each form.

    Args:
        what: one of :data:`~ostiary.domain.choices.TEMPLATES`.
        out: folder to make; of requests and reference with CSV, workbook and Parquet, of a register
            with CSV, and always with ``columns.csv``. Requests have ``registers/`` beside them, by
            which the rows pass.
        provision: the gateway of the requests.

    Returns:
        A summary: what was made, and the day on which requests would pass.

    Raises:
        InputError: there is no such gateway, or something stands there already.
    """
    if out.exists():
        raise InputError(
            "there is something here already", where=str(out), cure="name a new folder"
        )
    received: date | None = None
    if what == "requests":
        received, rows = example_requests(provision)
        columns = columns_of(REQUEST, rows)
    else:
        rows, columns = _of_the_custodian(what)
    out.mkdir(parents=True)
    name = "people" if what == "reference" else what
    write_csv(out / f"{name}.csv", columns, rows)
    _write_columns(out / "columns.csv", columns, rows)
    if what in {"requests", "reference"}:
        write_workbook(out / f"{name}.xlsx", name, columns, rows)
        _write_parquet(out / f"{name}.csv", out / f"{name}.parquet")
    if what == "requests":
        shutil.copytree(shipped_book() / FOLDER / "registers", out / "registers")
    return {
        "folder": str(out),
        "files": sorted(path.name for path in out.iterdir()),
        "received": str(received) if received else None,
    }


def requests_template(form: str, provision: str, agency: str) -> bytes:
    """Give a template of requests for one agency as the content of a file.

    Args:
        form: ``csv`` or ``xlsx``.
        provision: USLM id of the gateway.
        agency: who asks.
    """
    _, rows = example_requests(provision, agency)
    columns = columns_of(REQUEST, rows)
    with scratch_folder() as folder:
        path = folder / f"requests.{form}"
        if form == "csv":
            write_csv(path, columns, rows)
        else:
            write_workbook(path, "requests", columns, rows)
        return path.read_bytes()


def custodian_template(what: str, form: str) -> bytes:
    """Give a template of the reference file or of a register as the content of a file.

    Args:
        what: ``reference``, or the name of a register.
        form: ``csv``; of the reference ``xlsx`` too.
    """
    rows, columns = _of_the_custodian(what)
    with scratch_folder() as folder:
        path = folder / f"{what}.{form}"
        if form == "csv":
            write_csv(path, columns, rows)
        else:
            write_workbook(path, what, columns, rows)
        return path.read_bytes()


def _of_the_custodian(what: str) -> tuple[Rows, list[Column]]:
    if what == "reference":
        return example_people(), list(REFERENCE)
    return _register(what), list(REGISTERS[what])


def explained_columns(columns: Sequence[Column] = REQUEST) -> list[tuple[str, str, str, bool]]:
    """Say of each column: name, meaning, form, and whether it must be there."""
    return [
        (one.name, one.meaning.replace("`", ""), _FORMS.get(one.kind, "text"), one.required)
        for one in columns
    ]


def columns_of(columns: Sequence[Column], rows: Rows) -> list[Column]:
    """Give the columns that must be there, and of the others those that have a value."""
    return [one for one in columns if one.required or any(row.get(one.name) for row in rows)]


def write_csv(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    """Write rows with a header; the byte order mark tells spreadsheets that it is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [one.name for one in columns], restval="")
        writer.writeheader()
        writer.writerows(rows)


def write_workbook(path: Path, name: str, columns: Sequence[Column], rows: Rows) -> None:
    """Write rows as a workbook: text throughout, with choices to pick and help at each header."""
    choices = dict(CHOICES)
    if name == "requests":
        choices["provision"] = tuple(gateways())
    sheet = Sheet(name, [(one.name, _help(one)) for one in columns], rows, choices)
    write_template(path, sheet, list(_explained(columns, rows)))


def _register(name: str) -> Rows:
    """Give the rows of a register by which counsel's cases are tried; none where it has none."""
    for folder in (shipped_book() / FOLDER / "registers", shipped_book() / "registers"):
        path = folder / f"{name}.csv"
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                known = {column.name for column in REGISTERS[name]}
                rows = list(csv.DictReader(file))[:_MANY]
                return [{key: row[key] for key in row if key in known} for row in rows]
    return []


def _write_columns(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(_explained(columns, rows))


def _explained(columns: Sequence[Column], rows: Rows) -> Iterator[Sequence[str]]:
    yield ("column", "what belongs into it", "form", "must the file have it", "example")
    for one in columns:
        example = next((row[one.name] for row in rows if row.get(one.name)), "")
        needed = "yes" if one.required else "no"
        yield (
            one.name,
            one.meaning.replace("`", ""),
            _FORMS.get(one.kind, "text"),
            needed,
            example,
        )


_FORMS = {
    "date": "a day, YYYY-MM-DD",
    "digits": "nine digits",
    "flag": "true or false",
    "list": "entries with ; between",
    "years": "years with ; between",
}


def _help(column: Column) -> str:
    form = _FORMS.get(column.kind)
    return column.meaning.replace("`", "") + (f" ({form})" if form else "")


def _text(value: str | list[str]) -> str:
    return ";".join(value) if isinstance(value, list) else str(value)


def _write_parquet(source: Path, target: Path) -> None:
    with duckdb.connect() as con:
        con.execute(
            f"COPY (FROM read_csv({_sql(source)}, all_varchar = true, header = true))"
            f" TO {_sql(target)} (FORMAT parquet)"
        )


def _sql(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
