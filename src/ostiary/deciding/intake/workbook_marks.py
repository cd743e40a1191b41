"""Cells of a workbook that are read as they look, or not at all: a second look, where it is needed.

What somebody crossed out may be withdrawn or done with; what has the colour of its ground nobody
sees; of a day that is shown in part a spreadsheet has made up the rest. Each is an error of its
row.

A number under a format of zeros, ``00000`` or ``000-00-0000``, is read with the zeros that it shows
where every value of the column has as many digits: 2134 is no ZIP Code, 02134 is one, and that is
what stands on the sheet. In an id 7 and 007 are two values, and nothing tells which is meant.
"""

import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple
from xml.parsers.expat import ParserCreate

from ostiary.deciding.intake.workbook_extent import number_of
from ostiary.deciding.intake.workbook_formats import Held, Seen, seen_of
from ostiary.deciding.intake.workbook_looks import Looks, says_yes
from ostiary.deciding.intake.workbook_tables import Painted, is_unseen
from ostiary.domain.columns import Column

DIGITS: Final = {"tin": frozenset({9}), "postal_code": frozenset({5, 9})}
"""How many digits the values of a column have, where all have as many."""
_CHUNK: Final = 1 << 20


class Asked(NamedTuple):
    """What is asked of the cells of a sheet.

    Attributes:
        header: line of the header; what stands above is not asked.
        days: numbers of the columns that hold days.
        digits: how many digits the values of a column have, by its number.
        looks: of the workbook's styles.
        crossed: numbers of the shared texts of which a part is crossed out.
        tables: those whose style paints their cells.
    """

    header: int
    days: frozenset[int]
    digits: dict[int, frozenset[int]]
    looks: Sequence[Looks]
    crossed: Collection[int]
    tables: Sequence[Painted] = ()

    def kind_of(self, seen: Seen, row: int = 0) -> str:
        """Give the damage of a cell's look; empty where it has none.

        Args:
            seen: the cell.
            row: its row; without it, the damage that it has in some row of its column.
        """
        looks = [each.of_style(seen.style) for each in self.looks]
        if any(look.is_crossed for look in looks):
            return "crossed-out"
        if self._is_unseen(seen, row):
            return "not-seen"
        is_day = seen.column in self.days and seen.held not in {Held.TEXT, Held.OTHER}
        if is_day and any(one.formats.shows_part_of_a_day(seen.style) for one in self.looks):
            return "part-of-a-day"
        return ""

    def _is_unseen(self, seen: Seen, row: int) -> bool:
        at_hand = [one for one in self.tables if seen.column in one.columns]
        over = [one for one in at_hand if not row or row in one.rows]
        tables: list[Painted | None] = [*over, *([None] if not (row and over) else [])]
        return any(
            is_unseen(each.of_style(seen.style), each.of_style(0), table)
            for each in self.looks
            for table in tables
        )

    def is_told(self, seen: Seen) -> bool:
        """Tell whether a cell is an error of its row or filled up with zeros, in whatever row."""
        kind = self.kind_of(seen)
        return bool(self.zeros_of(seen) or (kind and not (kind == "not-seen" and self.tables)))

    def zeros_of(self, seen: Seen) -> int:
        """Give with how many digits a number is shown that has fewer; 0 where it is as it is."""
        wanted = self.digits.get(seen.column, frozenset())
        if seen.held is not Held.POSITIVE or not wanted:
            return 0
        shown = {each.formats.zeros(seen.style) for each in self.looks}
        width = shown.pop() if len(shown) == 1 else 0
        return width if width in wanted and width > seen.digits else 0

    def finds(self, cells: Iterable[Seen]) -> bool:
        """Tell whether any of these cells has a mark."""
        return any(self.kind_of(seen) or self.zeros_of(seen) for seen in cells)


def asked_of(
    names: Sequence[str], left: int, columns: Sequence[Column]
) -> tuple[frozenset[int], dict[int, frozenset[int]]]:
    """Give which columns of a sheet hold days, and which values of as many digits, by number.

    Args:
        names: of the columns, from the sheet's first one on.
        left: how many columns stand empty before.
        columns: those of the contract.
    """
    days = {column.name for column in columns if column.kind == "date"}
    places = list(enumerate(names, start=left + 1))
    return (
        frozenset(number for number, name in places if name in days),
        {number: DIGITS[name] for number, name in places if name in DIGITS},
    )


@dataclass
class Marks:
    """The marks of a sheet's cells, by row and by the column's number.

    Attributes:
        damages: what is wrong with a cell.
        zeros: with how many digits a number is read.
    """

    damages: dict[int, dict[int, str]] = field(default_factory=dict)
    zeros: dict[int, dict[int, int]] = field(default_factory=dict)


def marks_of(path: Path, parts: Collection[str], asked: Asked) -> Marks:
    """Look once more through parts of a workbook, whose bounds and order are known to be good.

    Args:
        path: the workbook.
        parts: the names of the parts, in small letters.
        asked: what to look for.

    Raises:
        ExpatError: a part is not well-formed, which was looked at before.
    """
    marks = Marks()
    with zipfile.ZipFile(path) as archive:
        for name in (one for one in archive.namelist() if one.lower() in parts):
            reader = _Reader(asked, marks)
            with archive.open(name) as file:
                while chunk := file.read(_CHUNK):
                    reader.parser.Parse(chunk, False)
    return marks


class _Reader:
    """Walks through the cells of a sheet."""

    def __init__(self, asked: Asked, marks: Marks) -> None:
        self.parser = ParserCreate("UTF-8")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._says
        self._asked, self._marks = asked, marks
        self._row = self._column = 0
        self._is_open = self._is_value = self._is_crossed = False
        self._style, self._type, self._text = 0, "n", ""

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif kind == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self._column = number_of(letters.encode()) if letters else self._column + 1
            style = attributes.get("s", "0")
            self._style = int(style) if style.isdecimal() else 0
            self._type, self._text = attributes.get("t", "n"), ""
            self._is_open, self._is_crossed = True, False
        elif kind == "strike" and self._is_open:
            self._is_crossed |= says_yes(attributes)
        self._is_value = self._is_open and kind in {"v", "t"}

    def _says(self, text: str) -> None:
        if self._is_value:
            self._text += text

    def _end(self, name: str) -> None:
        self._is_value = False
        if self._is_open and name.rpartition(":")[2] == "c":
            self._is_open = False
            if self._row > self._asked.header and self._text.strip():
                self._judge()

    def _judge(self) -> None:
        seen = seen_of(self._style, self._column, self._type, self._text)
        of_text = self._type == "s" and self._text.strip().isdecimal()
        crossed = self._is_crossed or (of_text and int(self._text) in self._asked.crossed)
        if kind := "crossed-out" if crossed else self._asked.kind_of(seen, self._row):
            self._marks.damages.setdefault(self._row, {})[self._column] = kind
        elif zeros := self._asked.zeros_of(seen):
            self._marks.zeros.setdefault(self._row, {})[self._column] = zeros
