"""The parts of a workbook as they are unpacked: well-formed, in order, and what they look like."""

import codecs
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from ostiary.deciding.intake.workbook_extent import number_of
from ostiary.deciding.intake.workbook_formats import Seen, seen_of
from ostiary.deciding.intake.workbook_looks import OF_STYLES, Conditions, Looks, says_yes

_TRUE: Final = {"1", "true"}
_LEAST_SEEN: Final = 0.5  # of a point, or of a digit's width


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
        beside_column: that column's number.
        seen: the last row of the cells that a format treats alike.
        looks: what the part says of styles.
        conditions: the rules by which cells look otherwise.
        formula: the last row with a formula; 0 when there is none.
        is_stale: whether the workbook says itself that its formulas are to be calculated anew.
        crossed_texts: numbers of the shared texts of which a part is crossed out (18.4.8).
        crossed: the last row with such a text of its own; 0 when there is none.
        tables: what a sheet calls the parts of its tables (18.3.1.94).
        table: of a part that is a table, the cells that it takes, and its style.

    A row or a column without height or width is hidden too. ``zeroHeight`` hides the rows that the
    sheet does not list (18.3.1.81), and those have no value.
    """

    def __init__(self) -> None:
        self._parser = ParserCreate("UTF-8")  # whatever the part says: the library reads no other
        self._parser.StartDoctypeDeclHandler = _no_doctype
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._says
        self._in_sheet = self._behind = False
        self._row = self._column = 0
        self._is_xml: bool | None = None
        self._formula = self._value = False
        self._within = ""
        self._is_hidden = False
        self._hidden_columns: list[range] = []
        self._shown_columns: list[range] = []
        self._by_default = False  # columns of which nothing is said have no width
        self._style = -1  # of the cell that is open; less where its format shows no value
        self._type = ""
        self._text = ""
        self.uncalculated = self.hidden = self.beside = self.beside_column = 0
        self.seen: dict[Seen, int] = {}
        self.looks = Looks()
        self.conditions = Conditions()
        self.formula, self.is_stale = 0, False
        self._texts, self.crossed_texts = -1, set[int]()
        self.crossed = 0
        self.tables: set[str] = set()
        self.table = ("", "")

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
        if self._in_sheet:
            self._begin_within(kind, attributes)
        elif kind == "sheetData":  # other parts have its elements too, in other orders
            if self._behind:
                raise ExpatError("two tables in one sheet")
            self._in_sheet = True
        elif kind == "tablePart" and self._behind:
            self.tables |= {text for key, text in attributes.items() if key.endswith(":id")}
        elif self._behind:
            self.conditions.begin(kind, attributes)
        elif kind == "si":
            self._texts += 1
        elif kind == "strike":
            self._begin_strike(attributes)
        elif kind in OF_STYLES:
            self.looks.begin(kind, attributes)
        else:
            self._begin_before(kind, attributes)

    def _begin_before(self, kind: str, attributes: dict[str, str]) -> None:
        """Take in what a workbook says of formulas, a sheet of columns, and a table of itself."""
        if kind == "calcPr":
            self.is_stale = attributes.get("fullCalcOnLoad") in _TRUE
        elif kind == "col":
            self._begin_column(attributes)
        elif kind == "table":
            self.table = (attributes.get("ref", ""), "")
        elif kind == "tableStyleInfo":
            self.table = (self.table[0], attributes.get("name", ""))
        elif kind == "sheetFormatPr" and _is_nought(attributes.get("defaultColWidth")):
            self._by_default = True

    def _begin_within(self, kind: str, attributes: dict[str, str]) -> None:
        """Take in an element of the table itself."""
        if kind == "c":
            self._begin_cell(attributes.get("r", ""))
            style, self._type = attributes.get("s", "0"), attributes.get("t", "n")
            self._style, self._text = int(style) if style.isdecimal() else -1, ""
            self._formula, self._value = False, self._type == "str"  # it may be empty
        elif kind in {"f", "v", "t"}:
            self._within = kind
            if kind == "f":
                self._formula, self.formula = True, self._row
        elif kind == "row":
            said = attributes.get("r", "")
            row = int(said) if said.isascii() and said.isdigit() else self._row + 1
            if row <= self._row:
                raise ExpatError("rows out of order")
            self._row, self._column = row, 0
            self._is_hidden = attributes.get("hidden") in _TRUE or _is_nought(attributes.get("ht"))
        elif kind == "strike" and says_yes(attributes):
            self.crossed = self._row

    def _begin_strike(self, attributes: dict[str, str]) -> None:
        """Take in a line through letters, of a shared text or of a font."""
        if self._texts < 0:
            self.looks.begin("strike", attributes)
        elif says_yes(attributes):
            self.crossed_texts.add(self._texts)

    def _says(self, text: str) -> None:
        if self._behind:
            self.conditions.says(text)
            return
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
            self.beside, self.beside_column = self._row, self._column

    def _end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if self._behind:
            self.conditions.end()
        elif kind == "sheetData":
            self._in_sheet, self._behind = False, True
        elif kind == "c":
            if self._formula and not self._value:
                self.uncalculated = self.uncalculated or self._row
            if self._text.strip():
                look = seen_of(self._style, self._column, self._type, self._text)
                self.seen[look] = self._row
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

    def _begin_cell(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        column = number_of(letters.encode()) if letters else self._column + 1
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


def _no_doctype(*_: object) -> None:
    raise ExpatError("a DOCTYPE")
