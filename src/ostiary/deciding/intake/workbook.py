"""A sheet of an Excel workbook (Office Open XML, ``.xlsx``), row by row, as text.

What a cell *is* counts, not how it is shown: text stays as it was typed, zeros in front included; a
day is written YYYY-MM-DD; a whole number has no point. A number with more than the fifteen digits
that a spreadsheet keeps is given in scientific notation, so that it is refused as one with digits
lost; a cell of errors (``#N/A``) is empty. The line of a row is its number in the spreadsheet.

Before the library opens a workbook, all its parts are unpacked once into nothing and counted: a
small archive can hold terabytes, and a single cell in the last corner of a sheet makes a reader lay
out all the cells before it. Each part must be well-formed XML without a DOCTYPE, too: where it is
not, python-calamine 0.9.1 passes over cells and rows without a word.
"""

import codecs
import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from ostiary.deciding.intake.csv_text import Damage, Fields
from ostiary.deciding.intake.dialect import names_of
from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError

MOST_BYTES = 256 << 20
"""Of all parts of a workbook, unpacked."""
MOST_CELLS = 8_000_000
"""Of a sheet, from its first cell to the last row and column that it mentions."""

_MOST_TITLES = 10
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError)
_DIGITS_KEPT = 10**15
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"""\br\s*=\s*["']([0-9]{1,7})["']""")
_UNNUMBERED = re.compile(rb"""<(?:\w+:)?(row|c)\b(?![^<]*\br\s*=)""")

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
    _check_size(path)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            sheets = [
                workbook.get_sheet_by_name(one.name)
                for one in workbook.sheets_metadata
                if one.typ == SheetTypeEnum.WorkSheet
            ]
            found = [
                (sheet, above)
                for sheet in sheets
                if (above := _above(sheet.to_python(nrows=_MOST_TITLES), columns)) is not None
            ]
    except (CalamineError, OSError):
        raise _damaged(path) from None
    if len(found) > 1:
        names = " and ".join(f"`{sheet.name}`" for sheet, _ in found[:2])
        raise InputError(
            f"more than one sheet has these columns: {names}",
            where=str(path),
            cure="leave one of them in the workbook, or save each as CSV",
        )
    if not sheets:
        raise _damaged(path)
    sheet, above = found[0] if found else (sheets[0], 0)
    first = sheet.start[0] if sheet.start else 0
    return Sheet(iter(sheet.iter_rows()), columns, first + above)


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


def _check_size(path: Path) -> None:
    """Unpack all parts into nothing, as far as they may go.

    Raises:
        InputError: they are larger than a workbook may be, or damaged.
    """
    left, cells, row = MOST_BYTES, 0, 0
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                part.file_size = left + 2 * _CHUNK  # what it says of itself is not relied on
                with archive.open(part) as file:
                    extent, well_formed = _Extent(), _WellFormed()
                    while chunk := file.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise _too_large(path, f"{MOST_BYTES >> 20} MiB unpacked")
                        extent.add(chunk)
                        well_formed.add(chunk)
                well_formed.end()
                row = row or well_formed.uncalculated
                cells += extent.cells()
    except (*_BROKEN, ExpatError, OSError, NotImplementedError, RuntimeError):
        raise _damaged(path) from None
    if row:
        raise InputError(
            "a formula stands in this workbook whose value was never calculated",
            where=f"{path} line {row}",
            cure="open it in a spreadsheet and save it there, or write values instead of formulas",
        )
    if cells > MOST_CELLS:
        raise _too_large(path, f"{MOST_CELLS:,} cells")


class _WellFormed:
    """Looks on while a part is unpacked: is it XML as it should be? What is no XML is let pass.

    Of a sheet, rows and the cells of a row have to stand in order, each cell in the row that it
    names (ECMA-376, part 1, 18.3.1.4 and 18.3.1.73): the library lays a cell where its reference
    says, and one that names another row would take the place of a value there.
    """

    def __init__(self) -> None:
        self._parser = ParserCreate("UTF-8")  # whatever the part says: the library reads no other
        self._parser.StartDoctypeDeclHandler = _no_doctype
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._says
        self._in_sheet = False
        self._row = self._column = 0
        self._is_xml: bool | None = None
        self._formula = self._value = False
        self._within = ""
        self.uncalculated = 0

    def add(self, chunk: bytes) -> None:
        """Take in the next part of the text.

        Raises:
            ExpatError: it is not well-formed.
        """
        if self._is_xml is None:
            text = chunk.removeprefix(codecs.BOM_UTF8).lstrip()
            self._is_xml = text.startswith((b"<", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if self._is_xml:
            self._parser.Parse(chunk, False)

    def end(self) -> None:
        """Say that the text has ended.

        Raises:
            ExpatError: something is still open.
        """
        if self._is_xml:
            self._parser.Parse(b"", True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "sheetData":  # other parts have such elements too, in other orders
            self._in_sheet = True
        elif self._in_sheet and kind == "c":
            self._begin_cell(attributes.get("r", ""))
            self._formula, self._value = False, attributes.get("t") == "str"  # it may be empty
        elif self._in_sheet and kind in {"f", "v"}:
            self._formula |= kind == "f"
            self._within = kind
        elif self._in_sheet and kind == "row":
            said = attributes.get("r", "")
            row = int(said) if said.isascii() and said.isdigit() else self._row + 1
            if row <= self._row:
                raise ExpatError("rows out of order")
            self._row, self._column = row, 0

    def _says(self, _text: str) -> None:
        self._value |= self._within == "v"

    def _end(self, name: str) -> None:
        if self._formula and not self._value and name.rpartition(":")[2] == "c":
            self.uncalculated = self.uncalculated or self._row
        self._within = ""

    def _begin_cell(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        column = _place(letters.encode()) if letters else self._column + 1
        other = reference != "" and self._row > 0 and reference != f"{letters}{self._row}"
        if other or column <= self._column:
            raise ExpatError("a cell out of its place")
        self._column = column


def _no_doctype(*_: object) -> None:
    raise ExpatError("a DOCTYPE")


class _Extent:
    """How far a sheet reaches, by the cells and rows that its text mentions."""

    def __init__(self) -> None:
        self._tail = b""
        self._rows = self._columns = 0
        self._unnumbered_rows = self._unnumbered = self._most = 0

    def add(self, chunk: bytes) -> None:
        """Take in the next part of the text."""
        text = self._tail + chunk
        cut = max(text.rfind(b"<"), len(text) - _CHUNK)
        self._look(text[:cut])
        self._tail = text[cut:]

    def cells(self) -> int:
        """Count the cells from the first one to the last row and column, at the end of the text."""
        self._look(self._tail)
        return (self._rows + self._unnumbered_rows) * (self._columns + self._most)

    def _look(self, text: bytes) -> None:
        for letters, number in set(_CELL.findall(text)):
            self._rows = max(self._rows, int(number))
            self._columns = max(self._columns, _place(letters))
        self._rows = max([self._rows, *map(int, set(_ROW.findall(text)))])
        for found in _UNNUMBERED.finditer(text):
            is_row = found[1] == b"row"
            self._unnumbered_rows += is_row
            self._unnumbered = 0 if is_row else self._unnumbered + 1
            self._most = max(self._most, self._unnumbered)


def _place(letters: bytes) -> int:
    """Give the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


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
