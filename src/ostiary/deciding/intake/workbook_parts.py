"""The parts of a workbook as they are unpacked: well-formed, in order, and how far they reach."""

import codecs
import re
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from ostiary.deciding.intake.workbook_formats import Formats, Held, Seen

_LONGEST: Final = 1 << 20  # bytes of text between two elements that are looked at together
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"""\br\s*=\s*["']([0-9]{1,7})["']""")
_TRUE: Final = {"1", "true"}
_LEAST_SEEN: Final = 0.5  # of a point, or of a digit's width
_OF_STYLES: Final = {"numFmts", "numFmt", "cellXfs", "cellStyleXfs", "dxfs", "xf"}
_TEXTS: Final = {"s", "str", "inlineStr"}
_UNNUMBERED = re.compile(rb"""<(?:\w+:)?(row|c)\b(?![^<]*\br\s*=)""")


class WellFormed:
    """Looks on while a part is unpacked: is it XML as it should be? What is no XML is let pass.

    Of a sheet, rows and the cells of a row have to stand in order, each cell in the row that it
    names (ECMA-376, part 1, 18.3.1.4 and 18.3.1.73): the library lays a cell where its reference
    says, and one that names another row would take the place of a value there.

    Attributes:
        uncalculated: the first row with a formula that has no value; 0 when there is none.
        hidden: the first row that is hidden (18.3.1.73) and has a value; 0 when there is none.
        beside: the last row with a value in a column that is hidden (18.3.1.13); 0 when there is
            none.
        seen: the last row of the cells that a format treats alike.
        formats: what the part says of styles.

    A row or a column without height or width is hidden too. ``zeroHeight`` hides the rows that the
    sheet does not list (18.3.1.81), and those have no value.
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
        self._is_hidden = False
        self._hidden_columns: list[range] = []
        self._shown_columns: list[range] = []
        self._by_default = False  # columns of which nothing is said have no width
        self._style = -1  # of the cell that is open; less where its format shows no value
        self._is_number = False
        self._text = ""
        self.uncalculated = self.hidden = self.beside = 0
        self.seen: dict[Seen, int] = {}
        self.formats = Formats()

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
        elif not self._in_sheet and kind in _OF_STYLES:
            self.formats.begin(kind, attributes)
        elif kind == "col" and not self._in_sheet:
            self._begin_column(attributes)
        elif kind == "sheetFormatPr" and _is_nought(attributes.get("defaultColWidth")):
            self._by_default = True
        elif self._in_sheet and kind == "c":
            self._begin_cell(attributes.get("r", ""))
            self._formula, self._value = False, attributes.get("t") == "str"  # it may be empty
            style, type_ = attributes.get("s", "0"), attributes.get("t", "n")
            self._is_number = type_ == "n"
            told = style.isdecimal() and (self._is_number or type_ in _TEXTS)
            self._style, self._text = int(style) if told else -1, ""
        elif self._in_sheet and kind in {"f", "v", "t"}:
            self._formula |= kind == "f"
            self._within = kind
        elif self._in_sheet and kind == "row":
            said = attributes.get("r", "")
            row = int(said) if said.isascii() and said.isdigit() else self._row + 1
            if row <= self._row:
                raise ExpatError("rows out of order")
            self._row, self._column = row, 0
            self._is_hidden = attributes.get("hidden") in _TRUE or _is_nought(attributes.get("ht"))

    def _says(self, text: str) -> None:
        if self._within == "v":
            self._value = True
        if self._style >= 0 and self._within in {"v", "t"}:
            self._text += text
        may_be_hidden = self._is_hidden or self._hidden_columns or self._by_default
        if not (may_be_hidden and self._within and text.strip()):
            return
        if self._is_hidden:
            self.hidden = self.hidden or self._row
        if self._is_column_hidden():
            self.beside = self._row

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "c":
            if self._formula and not self._value:
                self.uncalculated = self.uncalculated or self._row
            if self._text.strip():
                self.seen[self._look()] = self._row
                self._text = ""
        self._within = ""

    def _begin_column(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        is_hidden = attributes.get("hidden") in _TRUE or _is_nought(attributes.get("width"))
        if first.isdecimal() and last.isdecimal():
            columns = self._hidden_columns if is_hidden else self._shown_columns
            columns.append(range(int(first), int(last) + 1))

    def _is_column_hidden(self) -> bool:
        """Tell whether the open cell's column is: by what is said of it, else by the default."""
        if any(self._column in columns for columns in self._hidden_columns):
            return True
        shown = any(self._column in columns for columns in self._shown_columns)
        return self._by_default and not shown

    def _look(self) -> Seen:
        """Give what counts of the open cell for how it is shown."""
        if not self._is_number:
            return Seen(self._style, self._column, Held.TEXT, 0)
        return Seen(self._style, self._column, *_number(self._text))

    def _begin_cell(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        column = _place(letters.encode()) if letters else self._column + 1
        other = reference != "" and self._row > 0 and reference != f"{letters}{self._row}"
        if other or column <= self._column:
            raise ExpatError("a cell out of its place")
        self._column = column


def _is_nought(size: str | None) -> bool:
    """Tell whether a height or a width is so small that nothing is seen of it."""
    try:
        return size is not None and float(size) < _LEAST_SEEN
    except ValueError:
        return False


def _number(text: str) -> tuple[Held, int]:
    """Tell the sign of a number, and count the digits of its whole part."""
    try:
        number = float(text)
        digits = len(str(abs(int(number))))
    except (ValueError, OverflowError):
        return Held.POSITIVE, 0  # no number, which the library says
    if number == 0:
        return Held.NOUGHT, digits
    return Held.NEGATIVE if number < 0 else Held.POSITIVE, digits


def _no_doctype(*_: object) -> None:
    raise ExpatError("a DOCTYPE")


class Extent:
    """How far a sheet reaches, by the cells and rows that its text mentions."""

    def __init__(self) -> None:
        self._tail = b""
        self._rows = self._columns = 0
        self._unnumbered_rows = self._unnumbered = self._most = 0

    def add(self, chunk: bytes) -> None:
        """Take in the next part of the text."""
        text = self._tail + chunk
        cut = max(text.rfind(b"<"), len(text) - _LONGEST)
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
