"""A request file to write by hand in a story: one lawful row, and what the story changes in it."""

import csv
import io
import json
from pathlib import Path

from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.columns import REFERENCE, REQUEST

REQUEST_COLUMNS = [column.name for column in REQUEST]
REFERENCE_COLUMNS = [column.name for column in REFERENCE]

LAWFUL = {
    "request_id": "R1",
    "agency": "dhs-ice",
    "agreement": "treasury-dhs-2025",
    "provision": "/us/usc/t26/s6103/i/2",
    "signer": "dhs-secretary",
    "signed_on": "2025-08-01",
    "given_name": "Ada",
    "surname": "Sample",
    "address_line": "1 Invented Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "tin": "900-70-0001",
    "birth_date": "1980-02-29",
    "taxable_periods": "2022;2023",
    "offense": "/us/usc/t8/s1253/a/1",
    "offense_limb": "A",
    "removal_basis": "/us/usc/t8/s1227/a/1/A",
    "removal_order_date": "2024-01-15",
    "matter_number": "M-1",
    "posture": "investigation",
    "reason": "to serve process, in this matter",
    "recipients": "off-1;off-2",
    "sole_use": "true",
    "items": "address-confirmation",
    "ai_analysis": "false",
}

PERSON = {
    "person_id": "p1",
    "given_name": "Ada",
    "surname": "Sample",
    "birth_date": "1980-02-29",
    "tin": "900700001",
    "address_line": "1 Invented Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "period": "2023",
    "source": "return",
    "hold": "",
}


def request(**changes):
    """One lawful row, changed."""
    return LAWFUL | changes


def csv_bytes(*rows, columns=REQUEST_COLUMNS, newline="\n") -> bytes:
    """The rows as a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator=newline)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def csv_file(folder: Path, *rows, **options) -> Path:
    """The rows as a CSV file in a folder."""
    return put(folder / "requests.csv", csv_bytes(*rows, **options))


def json_file(folder: Path, *rows) -> Path:
    """The rows as JSON Lines, each with every column."""
    nothing = dict.fromkeys(REQUEST_COLUMNS)
    lines = "".join(json.dumps(nothing | row) + "\n" for row in rows)
    return put(folder / "requests.jsonl", lines.encode())


def as_cells(request: dict) -> dict:
    """A request as counsel writes it in a case, as the cells of a row."""
    return {name: _cell(value) for name, value in request.items()}


def _cell(value) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def put(path: Path, content: bytes) -> Path:
    """Write a file and give its path."""
    path.write_bytes(content)
    return path


def requests_of(con, columns="*"):
    """The table of requests as dictionaries."""
    found = con.execute(f"SELECT {columns} FROM requests")
    names = [name for name, *_ in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def errors_of(con):
    """Row, column and code of each row error."""
    return con.execute('SELECT row, "column", code FROM row_errors').fetchall()


def tables_of(con):
    """The names of all tables, temporary ones too."""
    return sorted(
        name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    )


def read_each(con, folder, *rows):
    """Read rows as one file, which costs what one row does; each has its own id, or says its own.

    Gives for each row the column and code of its errors, and what was read of it, or none.
    """
    asked = [request(**{"request_id": f"R{n}"} | row) for n, row in enumerate(rows, 1)]
    read_requests(con, csv_file(folder, *asked))
    found = {one.pop("row"): one for one in requests_of(con)}
    errors = errors_of(con)
    return [
        ([(column, code) for row, column, code in errors if row == n], found.get(n))
        for n in range(1, len(rows) + 1)
    ]
