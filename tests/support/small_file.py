"""A reference file of a handful of people, and requests put to it: the stage of matching stories.

All people are invented. TINs begin with 000 or 666, which are never issued.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from ostiary.deciding.matching.learned import Learned
from ostiary.deciding.matching.reference_loading import ReferenceSummary, load_reference
from ostiary.deciding.matching.verify import verify_batch
from ostiary.deciding.standardisation import INPUTS, standard_address, standard_name
from ostiary.deciding.standardisation.names import NAMES
from ostiary.domain.columns import WHO_AND_WHERE
from ostiary.domain.words import Verification
from ostiary.office.store.chunks import chunks

_AT_ONCE = 50  # rows a statement
_FILED = [column.name for column in WHO_AND_WHERE]
_KINDS = {
    "row": "BIGINT",
    "birth_date": "DATE",
    "period": "INTEGER",
    "hold": "BOOLEAN",
    "n_name_stated": "BOOLEAN",
}

Told = dict[str, object]


def said(name: str, address: str = "100 Main St", **more: object) -> Told:
    """Tell of somebody: ``said("James A Schulze Jr")`` lives at 100 Main St, Salem.

    A name is given, middle (when there are three words) and surname; a suffix is told apart.
    """
    words = name.split()
    suffix = words.pop() if words[-1] in {"Jr", "Sr", "II", "III"} else ""
    return {
        "given_name": words[0],
        "middle_name": " ".join(words[1:-1]),
        "surname": words[-1],
        "name_suffix": suffix,
        "address_line": address,
        "unit": "",
        "city": "Salem",
        "state": "OR",
        "postal_code": "97301",
        "country": "US",
        "birth_date": None,
        "tin": None,
        **more,
    }


def filed(person_id: str, name: str, address: str = "100 Main St", **more: object) -> Told:
    """Tell of somebody as a row of the reference file."""
    row = {"person_id": person_id, "period": 2023, "source": "return", "hold": False}
    return row | said(name, address, **more)


def born(text: str) -> date:
    """Read a birth date."""
    return date.fromisoformat(text)


@dataclass
class SmallFile:
    """A reference in a folder, with the connection that made it."""

    con: duckdb.DuckDBPyConnection
    folder: Path
    taught: Learned | None = None
    _count: int = field(default=0)

    def load(self, *people: Told, extend: bool = False) -> ReferenceSummary:
        """Load people, replacing or extending what is there."""
        table = self._table("people", people)
        return load_reference(self.con, table, self.folder, extend=extend, taught=self.taught)

    def requests(self, *requests: Told) -> str:
        """Make a table of standardised requests, ``row`` counting from 1."""
        rows = [{"row": n, **each, **_standard(each)} for n, each in enumerate(requests, 1)]
        return self._table("requests", rows)

    def verify(self, *requests: Told) -> list[Verification]:
        """Put requests to the file, all in one batch."""
        verify_batch(self.con, self.requests(*requests), self.folder, "verified")
        rows = self.con.execute(
            "SELECT outcome, rule, person_id, weight, margin FROM verified ORDER BY row"
        ).fetchall()
        return [Verification(*row) for row in rows]

    def ask(self, name: str, address: str = "100 Main St", **more: object) -> tuple[str, str]:
        """Put one request to the file: outcome and rule."""
        (verified,) = self.verify(said(name, address, **more))
        return str(verified.outcome), verified.rule

    def _table(self, name: str, rows: Sequence[Told]) -> str:
        self._count += 1
        table = f"{name}_{self._count}"
        columns = {key: _KINDS.get(key, "VARCHAR") for key in (rows[0] if rows else _FILED)}
        listed = ", ".join(f"{key} {kind}" for key, kind in columns.items())
        self.con.execute(f"CREATE TABLE {table} ({listed})")
        for some in chunks(rows, _AT_ONCE):  # a statement is planned in a millisecond or two
            places = ", ".join([f"({', '.join('?' for _ in columns)})"] * len(some))
            values = [row[key] for row in some for key in columns]
            self.con.execute(f"INSERT INTO {table} VALUES {places}", values)
        return table


def _standard(told: Told) -> Told:
    """Give the standard columns of one request, as the one-record executor makes them."""
    parts = {name: told[name] or "" for name in INPUTS}
    name = {key: parts.pop(key) for key in NAMES.inputs}
    return asdict(standard_name(**name)) | asdict(standard_address(**parts))
