"""A table that is read row by row: its header, the columns that are passed over, and its rows.

Passed over are columns without a name, while they are empty, as spreadsheets leave them behind, or
where the first columns of the file count the rows, as data frames write their index, once more each
time that they write; and in a file of rows to mend the columns that say what is wrong
(``mending``).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ostiary.deciding.intake.csv_text import Damage, Fields
from ostiary.deciding.intake.dialect import names_of
from ostiary.deciding.intake.files import check_columns
from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError
from ostiary.domain.mending import MENDING, as_it_was, is_to_mend


class Numbered(Protocol):
    """Something that is read row by row, and knows on which line the last row began."""

    line: int


class Table(Numbered, Protocol):
    """A file of rows, from its first line on."""

    def header(self) -> list[str] | Damage:
        """Read the names of the columns."""

    def rows(self, width: int) -> Iterator[Fields | Damage]:
        """Give each further row as its fields, or the damage."""

    @property
    def raw(self) -> str:
        """The text of the row given last, as it was sent."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table.

    Attributes:
        named: the name of each column; one without a name, and one that is passed over, has none.
        nameless: places of the columns that have no name in the file.
        to_mend: whether the file is one of rows to mend.
    """

    named: tuple[str, ...]
    nameless: tuple[int, ...]
    to_mend: bool

    @property
    def kept(self) -> list[str]:
        """The names of the columns that are read."""
        return [name for name in self.named if name]

    @property
    def is_plain(self) -> bool:
        """Whether every column is read, and just as it stands."""
        return all(self.named) and not self.to_mend


_COUNTED = re.compile(r"unnamed:_[0-9]+(?:\.[0-9]+)*")  # how pandas calls a column without a name
_CURES = {
    "empty": "begin with a line of column names, commas between them",
    "quoting": "write no blanks between a comma and a double quote, and close each quote; part the"
    " columns with commas, not with blanks",
    "line-break": "end lines with LF or CRLF: of a spreadsheet's kinds of CSV take the one in"
    " UTF-8, not the one for the Macintosh, which ends them with CR alone",
}
"""What to do about a header that cannot be read, by its damage."""


def header_of(table: Table, columns: Sequence[Column], where: str) -> Header:
    """Read the header of a table.

    Raises:
        InputError: there is none, or its columns are not those of the contract.
    """
    found = table.header()
    if isinstance(found, Damage) and found.kind == "foreign-sign":
        raise _foreign_sign(found.column, where)
    if isinstance(found, Damage) and found.kind == "other-quotes":
        raise InputError(
            f"the values stand between other quotes than double ones ({found.column})",
            where=f"{where} row 0",
            cure='save the file with double quotes (") around values, or with none',
        )
    if isinstance(found, Damage):
        raise InputError(
            "the header cannot be read",
            where=f"{where} row 0",
            cure=_CURES.get(found.kind, _CURES["empty"]),
        )
    names = names_of(found, columns)
    to_mend = columns[0].name == "request_id" and is_to_mend(names)
    nameless = tuple(at for at, name in enumerate(names) if not name or _COUNTED.fullmatch(name))
    dropped = {*nameless, *(at for at, name in enumerate(names) if to_mend and name in MENDING)}
    named = tuple("" if at in dropped else name for at, name in enumerate(names))
    header = Header(named, nameless, to_mend)
    check_columns(header.kept, columns, where=where)
    return header


def _foreign_sign(sign: str, where: str) -> InputError:
    cure = "export the rows with commas between the columns, and quotes around values with commas"
    if sign.isprintable():
        cure += f"; or, if the sign stands in no value, begin with the line `sep={sign}`"
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    return InputError(
        f"the columns are parted by `{shown}`, which may as well stand in a value",
        where=f"{where} row 0",
        cure=cure,
    )


def rows_of(table: Table, header: Header, where: str) -> Iterator[Fields | Damage]:
    """Give the rows of a table, of its columns those that are kept.

    Raises:
        InputError: a column without a name has a value.
    """
    rows = table.rows(len(header.named))
    if header.is_plain:
        return rows
    return _kept(rows, header, where)


def numbered(rows: Iterable[Fields | Damage], source: Numbered) -> Iterator[Fields | Damage]:
    """Give each row with the line it begins on behind its fields."""
    for row in rows:
        if isinstance(row, Damage):
            yield replace(row, line=source.line)
        else:
            yield [*row, str(source.line)]


def _kept(rows: Iterable[Fields | Damage], header: Header, where: str) -> Iterator[Fields | Damage]:
    places = [at for at, name in enumerate(header.named) if name]
    leading = [at for nth, at in enumerate(header.nameless) if at == nth]
    first: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        if isinstance(row, Damage):
            yield row
            continue
        texts = {at: (row[at] or "").strip() for at in header.nameless}
        # R counts from one, pandas from nought; the row before may have been damaged
        first = first or {at: int(texts[at] == str(number)) for at in leading}
        counts = {at for at in leading if texts[at] == str(first[at] + number - 1)}
        filled = [at + 1 for at, text in texts.items() if text and at not in counts]
        if filled:
            raise InputError(
                f"column {filled[0]} has no name in the header, and a value in row {number}",
                where=where,
                cure="name the column or delete it (pandas: to_csv(..., index=False))",
            )
        fields = [row[at] for at in places]
        yield [as_it_was(field) for field in fields] if header.to_mend else fields
