"""A register as rows of text: to be shown, edited a row at a time, and written again.

Nothing is judged here. What is amiss is said by the readers that read the file for the law
(:mod:`.administration.trial`), so a row can stand here that they refuse.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from ostiary.deciding.intake.csv_text import Damage
from ostiary.deciding.intake.dialect import names_of
from ostiary.deciding.intake.readers import records_of
from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError
from ostiary.domain.register_columns import REGISTERS


@dataclass(frozen=True, slots=True)
class RegisterRows:
    """What a register's file says.

    Attributes:
        header: its columns, in order.
        rows: the cells of each row, as many as columns.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def row(self, number: int) -> dict[str, str]:
        """Give a row by column, counted from 0.

        Raises:
            InputError: there is no such row.
        """
        if not 0 <= number < len(self.rows):
            raise InputError("there is no such row", cure="load the page again")
        return dict(zip(self.header, self.rows[number], strict=True))

    def with_row(self, values: Mapping[str, str], instead_of: int | None = None) -> "RegisterRows":
        """Give the register with a row more, or one in the place of another."""
        missing = tuple(name for name, text in values.items() if text and name not in self.header)
        header = (*self.header, *missing)
        rows = [(*cells, *("" for _ in missing)) for cells in self.rows]
        cells = tuple(values.get(name, "").strip() for name in header)
        if instead_of is None:
            rows.append(cells)
        else:
            self.row(instead_of)
            rows[instead_of] = cells
        return RegisterRows(header, tuple(rows))

    def without(self, number: int) -> "RegisterRows":
        """Give the register without a row.

        Raises:
            InputError: there is no such row.
        """
        self.row(number)
        return RegisterRows(self.header, (*self.rows[:number], *self.rows[number + 1 :]))

    def content(self) -> bytes:
        """Write it as CSV."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return text.getvalue().encode()


def columns_of(register: str) -> Sequence[Column]:
    """Give the columns that a register is declared with."""
    return REGISTERS[register]


def empty(register: str) -> RegisterRows:
    """Give a register without rows, with every column that it is declared with."""
    return RegisterRows(tuple(column.name for column in REGISTERS[register]), ())


def read_rows(register: str, content: bytes | None) -> RegisterRows:
    """Read a register's file; an empty register where there is none.

    Raises:
        InputError: it is no CSV of one meaning.
    """
    if content is None:
        return empty(register)
    columns = REGISTERS[register]
    records = records_of(BytesIO(content), columns)
    header = records.header()
    if isinstance(header, Damage):
        raise InputError("the first line cannot be read as names of columns")
    names = names_of(header, columns)
    rows = []
    for number, record in enumerate(records.rows(len(header)), start=1):
        if isinstance(record, Damage):
            raise InputError(
                "the row cannot be read", where=f"row {number}", cure="mend its quotes and commas"
            )
        rows.append(tuple(cell or "" for cell in record))
    kept = [at for at, name in enumerate(names) if name or any(row[at].strip() for row in rows)]
    return RegisterRows(
        tuple(names[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)
    )
