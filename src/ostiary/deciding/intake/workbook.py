"""A sheet of an Excel workbook (Office Open XML, ``.xlsx``), row by row, as text.

What a cell *is* counts, not how it is shown: text stays as it was typed, zeros in front included; a
day is written YYYY-MM-DD; a whole number has no point. What the sender does not see is not guessed
at: cells that are merged below the header, hidden rows and columns with a value in the sheet that
is read, a sheet that is hidden itself, and values that a format or a rule shows as others or not at
all, are refused; what is crossed out, or written in the colour of its ground, is an error of its
row. A note on a cell is no value and is not read. A number with more than the fifteen digits that a
spreadsheet keeps is given in scientific notation, so that it is refused as one with digits lost; a
cell of errors (``#N/A``) is empty. The line of a row is its number in the spreadsheet.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ostiary.deciding.intake.csv_text import Damage, Fields
from ostiary.deciding.intake.dialect import names_of
from ostiary.deciding.intake.workbook_marks import Asked, Marks, asked_of, marks_of
from ostiary.deciding.intake.workbook_parts import WellFormed
from ostiary.deciding.intake.workbook_sheets import part_of, tables_of
from ostiary.deciding.intake.workbook_tables import Painted, painted
from ostiary.deciding.intake.workbook_unpacked import checked_parts, damaged
from ostiary.deciding.intake.workbook_unseen import (
    refuse_conditions,
    refuse_crossed_header,
    refuse_looks,
    refuse_merged,
    refuse_stale,
    refuse_unseen,
)
from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError

_MOST_TITLES = 10
_DIGITS_KEPT = 10**15

_Cell = str | float | bool | dt.date | dt.time | dt.datetime | dt.timedelta


class Sheet:
    """The rows of a sheet; see :class:`ostiary.deciding.intake.tabular.Table`.

    Attributes:
        line: the number of the row given last, as the spreadsheet shows it.
    """

    def __init__(
        self,
        rows: Iterator[Sequence[_Cell]],
        columns: Sequence[Column],
        above: int,
        marks: tuple[int, Marks],
    ) -> None:
        self._rows = enumerate(rows, start=1)
        self._of_contract = tuple(columns)
        self._columns = {column.name: column for column in columns}
        self._above = above
        self._left, self._marks = marks
        self._names: list[str] = []
        self._last: list[str] = []
        self.line = 0

    @property
    def raw(self) -> str:
        """What stands in the row given last, a tab between the cells."""
        return "\t".join(self._last)

    def header(self) -> list[str]:
        """Read the names of the columns; the last is the last that has a name or a value."""
        for number, cells in self._rows:
            if number > self._above:
                found = [str(cell) for cell in cells]
                self._names = names_of(found, self._of_contract)
                return found
        return []

    def rows(self, width: int) -> Iterator[Fields | Damage]:
        """Give each further row that has a value."""
        for number, cells in self._rows:
            self.line, self._last = number, [_text(cell) for cell in cells]
            self._fill_up(cells)
            if any(map(str.strip, self._last)):
                yield self._marked() or self._damage(cells) or list(self._last[:width])

    def _fill_up(self, cells: Sequence[_Cell]) -> None:
        """Write the zeros of the row given last that its formats show."""
        for column, width in self._marks.zeros.get(self.line, {}).items():
            cell = cells[column - self._left - 1]
            if isinstance(cell, float) and cell.is_integer():
                self._last[column - self._left - 1] = f"{int(cell):0{width}d}"

    def _marked(self) -> Damage | None:
        """Tell the first cell of the row that is marked, of the columns that are read."""
        for column, kind in self._marks.damages.get(self.line, {}).items():
            name = self._names[column - self._left - 1]
            if name in self._columns:
                return Damage(kind, name)
        return None

    def _damage(self, cells: Sequence[_Cell]) -> Damage | None:
        """Tell a day or a time that stands where text is asked for: a spreadsheet made it."""
        for name, cell in zip(self._names, cells, strict=True):
            column = self._columns.get(name)
            if column and isinstance(cell, float) and not cell.is_integer():
                return Damage("wrong-kind", column.name)
            is_day = isinstance(cell, (dt.date, dt.time, dt.timedelta))
            if is_day and column and column.kind != "date":
                return Damage("turned-into-a-day", column.name)
        return None


def sheet_of(path: Path, columns: Sequence[Column]) -> Sheet:
    """Open the one sheet of a workbook that has the columns of the contract.

    Args:
        path: the workbook.
        columns: the columns; a sheet is taken that names half of those that must be there in one
            of its first ten rows.

    Raises:
        InputError: it is no workbook, is damaged or too large, or not exactly one sheet has them.
    """
    parts = checked_parts(path)
    sheet, above = _asked_sheet(path, columns)
    first, left = sheet.start or (0, 0)
    name = part_of(path, sheet.name) or ""
    meant = {name: parts[name]} if name in parts else parts
    asked = _asked(parts, sheet, above, columns)
    if name in parts:
        asked = asked._replace(tables=_tables(path, parts, name, asked))
    for one in meant.values():
        refuse_unseen(path, one, asked.header)
        refuse_crossed_header(path, one, asked)
        refuse_looks(path, one, asked)
        refuse_conditions(path, one, asked)
        if any(each.is_stale for each in parts.values()):
            refuse_stale(path, one, asked.header)
    refuse_merged(path, sheet, first + above)
    marks = _marks(path, meant, asked)
    return Sheet(iter(sheet.iter_rows()), columns, first + above, (left, marks))


def _asked(
    parts: Mapping[str, WellFormed], sheet: CalamineSheet, above: int, columns: Sequence[Column]
) -> Asked:
    """Give what is asked of the cells of the sheet, as the workbook's styles show them."""
    first, left = sheet.start or (0, 0)
    rows = sheet.to_python(nrows=above + 1)
    days, digits = asked_of(names_of(map(str, rows[-1] if rows else ()), columns), left, columns)
    looks = [each.looks for each in parts.values() if each.looks.told]  # one part, as a rule
    crossed = [each.crossed_texts for each in parts.values() if each.crossed_texts]
    return Asked(first + above + 1, days, digits, looks, frozenset[int]().union(*crossed))


def _tables(path: Path, parts: Mapping[str, WellFormed], name: str, asked: Asked) -> list[Painted]:
    """Give the tables of a sheet that are painted."""
    ids = parts[name].tables
    found = [parts[one] for one in (tables_of(path, name, ids) if ids else ()) if one in parts]
    return painted(dict(one.table for one in found), asked.looks)


def _marks(path: Path, parts: Mapping[str, WellFormed], asked: Asked) -> Marks:
    """Look again through the parts in which something is marked; as a rule there is none."""
    marked = [
        name
        for name, part in parts.items()
        if part.seen
        and (
            asked.crossed
            or part.crossed > asked.header
            or asked.finds(seen for seen, row in part.seen.items() if row > asked.header)
        )
    ]
    return marks_of(path, marked, asked) if marked else Marks()


def _asked_sheet(path: Path, columns: Sequence[Column]) -> tuple[CalamineSheet, int]:
    """Give the one sheet that has the columns, and how many of its rows stand above their names.

    Raises:
        InputError: there is not exactly one, it is hidden, or the workbook cannot be read.
    """
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            listed = workbook.sheets_metadata
            unseen = {one.name for one in listed if one.visible != SheetVisibleEnum.Visible}
            sheets = [
                workbook.get_sheet_by_name(one.name)
                for one in listed
                if one.typ == SheetTypeEnum.WorkSheet
            ]
            found = [
                (sheet, above)
                for sheet in sheets
                if (above := _above(sheet.to_python(nrows=_MOST_TITLES), columns)) is not None
            ]
    except (CalamineError, OSError):
        raise damaged(path) from None
    if not sheets:
        raise damaged(path)
    sheet, above = found[0] if found else (sheets[0], 0)
    _refuse_other_sheets(path, [one.name for one, _ in found], is_hidden=sheet.name in unseen)
    return sheet, above


def _refuse_other_sheets(path: Path, names: Sequence[str], *, is_hidden: bool) -> None:
    """Refuse more than one sheet with the columns, and one that nobody sees.

    Raises:
        InputError: it is so.
    """
    if len(names) > 1:
        raise InputError(
            f"more than one sheet has these columns: `{names[0]}` and `{names[1]}`",
            where=str(path),
            cure="leave one of them in the workbook, or save each as CSV",
        )
    if is_hidden:
        raise InputError(
            "the sheet with these columns is hidden: who sends it does not see what is sent",
            where=str(path),
            cure="show it, or delete it and send the one that is meant",
        )


def _above(rows: Sequence[Sequence[_Cell]], columns: Sequence[Column]) -> int | None:
    wanted = {column.name for column in columns}
    least = max(sum(column.required for column in columns) // 2, 1)
    for above, cells in enumerate(rows):
        if len(wanted.intersection(names_of(map(str, cells), columns))) >= least:
            return above
    return None


def _text(cell: _Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if abs(cell) >= _DIGITS_KEPT:
            return f"{cell:.5E}"
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)
