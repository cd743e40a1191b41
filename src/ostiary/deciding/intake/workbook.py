"""A sheet of an Excel workbook (Office Open XML, ``.xlsx``), row by row, as text.

What a cell *is* counts, not how it is shown: text stays as it was typed, zeros in front included; a
day is written YYYY-MM-DD; a whole number has no point. What the sender does not see is not guessed
at: cells that are merged below the header, hidden rows and columns with a value in the sheet that
is read, a sheet that is hidden itself, and values that a format shows as others or not at all, are
refused. A number with more than the fifteen digits that a spreadsheet keeps is
given in scientific notation, so that it is refused as one with digits lost; a cell of errors
(``#N/A``) is empty. The line of a row is its number in the spreadsheet.

Before the library opens a workbook, all its parts are unpacked once into nothing and counted: a
small archive can hold terabytes, and a single cell in the last corner of a sheet makes a reader lay
out all the cells before it. Each part must be well-formed XML without a DOCTYPE, too: where it is
not, python-calamine 0.9.1 passes over cells and rows without a word.
"""

import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ostiary.deciding.intake.csv_text import Damage, Fields
from ostiary.deciding.intake.dialect import names_of
from ostiary.deciding.intake.workbook_parts import Extent, WellFormed
from ostiary.deciding.intake.workbook_sheets import BROKEN, part_of
from ostiary.deciding.intake.workbook_unseen import refuse_looks, refuse_merged, refuse_unseen
from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError

MOST_BYTES = 256 << 20
"""Of all parts of a workbook, unpacked."""
MOST_CELLS = 8_000_000
"""Of a sheet, from its first cell to the last row and column that it mentions."""

_MOST_TITLES = 10
_CHUNK = 1 << 20
_DIGITS_KEPT = 10**15

_Cell = str | float | bool | dt.date | dt.time | dt.datetime | dt.timedelta


class Sheet:
    """The rows of a sheet; see :class:`ostiary.deciding.intake.tabular.Table`.

    Attributes:
        line: the number of the row given last, as the spreadsheet shows it.
    """

    def __init__(
        self, rows: Iterator[Sequence[_Cell]], columns: Sequence[Column], above: int
    ) -> None:
        self._rows = enumerate(rows, start=1)
        self._of_contract = tuple(columns)
        self._columns = {column.name: column for column in columns}
        self._above = above
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
            if any(map(str.strip, self._last)):
                yield self._damage(cells) or list(self._last[:width])

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
    parts = _checked_parts(path)
    sheet, above = _asked_sheet(path, columns)
    first = sheet.start[0] if sheet.start else 0
    part = parts.get(part_of(path, sheet.name) or "")
    styles = [each.formats for each in parts.values() if each.formats.told]  # one part, as a rule
    for one in parts.values() if part is None else (part,):
        refuse_unseen(path, one, first + above + 1)
        refuse_looks(path, one, first + above + 1, styles)
    refuse_merged(path, sheet, first + above)
    return Sheet(iter(sheet.iter_rows()), columns, first + above)


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
        raise _damaged(path) from None
    if not sheets:
        raise _damaged(path)
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


def _checked_parts(path: Path) -> dict[str, WellFormed]:
    """Unpack all parts into nothing, as far as they may go, and give what was seen of each.

    Raises:
        InputError: they are larger than a workbook may be, or damaged.
    """
    left, cells, parts = MOST_BYTES, 0, dict[str, WellFormed]()
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                part.file_size = left + 2 * _CHUNK  # what it says of itself is not relied on
                with archive.open(part) as file:
                    extent, well_formed = Extent(), WellFormed()
                    while chunk := file.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise _too_large(path, f"{MOST_BYTES >> 20} MiB unpacked")
                        extent.add(chunk)
                        well_formed.add(chunk)
                well_formed.end()
                name = part.filename.lower()
                if name in parts:  # ECMA-376, part 2: no two parts of a package have one name
                    raise _damaged(path)
                parts[name] = well_formed
                cells += extent.cells()
    except (*BROKEN, ExpatError, OSError, NotImplementedError, RuntimeError):
        raise _damaged(path) from None
    if cells > MOST_CELLS:
        raise _too_large(path, f"{MOST_CELLS:,} cells")
    return parts


def _too_large(path: Path, most: str) -> InputError:
    return InputError(
        f"the workbook has more than {most}, empty ones between its corners included",
        where=str(path),
        cure="delete rows and columns beyond the table, or save the sheet as CSV",
    )


def _damaged(path: Path) -> InputError:
    return InputError(
        "the workbook cannot be read", where=str(path), cure="save it again as .xlsx, or as CSV"
    )
