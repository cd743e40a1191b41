"""How cells of a workbook look, by their styles: crossed out, in the colour of their ground.

What somebody crossed out (a line through the letters, ECMA-376, part 1, 18.4.10, or one from
corner to corner, 18.8.4) is still a value to every program; what is written in the colour of its
ground, or blacked out, nobody sees. Colours are told as they stand and not as a screen would mix
them: a theme's first is white and its second black, as in the one that spreadsheets begin with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ostiary.deciding.intake.workbook_extent import number_of
from ostiary.deciding.intake.workbook_formats import Formats

_FALSE: Final = {"0", "false"}
_BLACK, _WHITE = "000000", "FFFFFF"
_INDEXED = {"0": _BLACK, "8": _BLACK, "64": _BLACK, "1": _WHITE, "9": _WHITE, "65": _WHITE}
_THEME = {"0": _WHITE, "1": _BLACK}
_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
_MOST: Final = 1 << 21  # more rows than any sheet has
_PARTS: Final = {"font", "fill", "border"}
_LISTS: Final = {
    *("numFmts", "fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs"),
    "tableStyles",
}
OF_STYLES: Final = (
    _LISTS
    | _PARTS
    | {"numFmt", "xf", "dxf", "strike", "color", "diagonal"}
    | {
        *("patternFill", "gradientFill", "fgColor", "bgColor", "tableStyle", "tableStyleElement"),
    }
)
"""Elements that say something of styles."""


@dataclass(slots=True)
class Look:
    """What is seen of a cell beside its value.

    Attributes:
        is_crossed: whether a line goes through it.
        ink: the colour of its letters.
        ground: the colour behind them; empty where it is a pattern.
        code: the format that a condition gives it, if any.
        is_filled: whether the ground is its own.
    """

    is_crossed: bool = False
    ink: str = _BLACK
    ground: str = _WHITE
    code: str = ""
    is_filled: bool = False

    @property
    def is_unseen(self) -> bool:
        """Whether its letters have the colour of their ground."""
        return self.ink == self.ground


class Looks:
    """The looks of a workbook's styles, or those that conditions give, as they are read.

    Attributes:
        formats: of its cells.
        conditional: the looks that conditions and styles of tables give, in their order.
        of_tables: the workbook's own styles of tables (18.8.40): which part of a table gets which
            of these looks, by its number.
    """

    def __init__(self) -> None:
        self._parts: dict[str, list[Look]] = {part: [] for part in _PARTS}
        self._list = self._part = ""
        self._is_diagonal = self._is_solid = False
        self._open = Look()
        self._styles: list[dict[str, str]] = []
        self.formats = Formats()
        self.conditional: list[Look] = []
        self.of_tables: dict[str, list[tuple[str, int]]] = {}

    @property
    def told(self) -> bool:
        """Whether anything was told of styles."""
        return self.formats.told

    def of_style(self, style: int) -> Look:
        """Give the look of a style, by its number in the list of cells' styles."""
        if style >= len(self._styles):
            return Look()
        said = self._styles[style]
        font, fill, border = (self._part_of(said, part) for part in ("font", "fill", "border"))
        is_crossed = font.is_crossed or border.is_crossed
        return Look(is_crossed, font.ink, fill.ground, is_filled=fill.is_filled)

    def begin(self, kind: str, attributes: dict[str, str]) -> None:
        """Take in an element of :data:`OF_STYLES` that begins."""
        self.formats.begin(kind, attributes)
        if kind in _LISTS:
            self._list = kind
        elif kind == "xf" and self._list == "cellXfs":
            self._styles.append(attributes)
        elif kind == "dxf":
            self._open = Look()
            self.conditional.append(self._open)
            self._list = "dxfs"
        elif kind in _PARTS:
            self._begin_part(kind, attributes)
        elif self._list == "tableStyles":
            self._begin_style_of_tables(kind, attributes)
        else:
            self._say(kind, attributes)

    def _begin_style_of_tables(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "tableStyle":
            self.of_tables[attributes.get("name", "")] = []
        elif self.of_tables and attributes.get("dxfId", "").isdecimal():
            last = next(reversed(self.of_tables.values()))
            last.append((attributes.get("type", ""), int(attributes["dxfId"])))

    def _begin_part(self, kind: str, attributes: dict[str, str]) -> None:
        self._part = kind
        self._is_diagonal = bool({"diagonalUp", "diagonalDown"} & _true(attributes))
        if self._list != "dxfs":
            self._open = Look()
            self._parts[kind].append(self._open)

    def _say(self, kind: str, attributes: dict[str, str]) -> None:
        look, part = self._open, self._part
        if kind == "numFmt" and self._list == "dxfs":
            look.code = attributes.get("formatCode", "")
        elif kind == "strike":
            look.is_crossed |= says_yes(attributes)
        elif kind == "color" and part == "font":
            look.ink = _colour(attributes)
        elif kind == "diagonal" and self._is_diagonal:
            look.is_crossed |= attributes.get("style", "none") != "none"
        elif kind == "patternFill":
            pattern = attributes.get("patternType", "solid" if self._list == "dxfs" else "none")
            self._is_solid, look.is_filled = pattern == "solid", pattern != "none"
            look.ground = {"none": _WHITE, "solid": _BLACK}.get(pattern, "")
        elif kind == "gradientFill":
            look.ground, self._is_solid, look.is_filled = "", False, True
        elif self._is_solid and (kind == "fgColor" or (kind, self._list) == ("bgColor", "dxfs")):
            look.ground = _colour(attributes)

    def _part_of(self, said: dict[str, str], part: str) -> Look:
        number = said.get(f"{part}Id", "0")
        known = self._parts[part]
        return known[int(number)] if number.isdecimal() and int(number) < len(known) else Look()


def says_yes(attributes: dict[str, str]) -> bool:
    """Tell whether an element such as ``strike`` switches on what it is called (18.18.8)."""
    return attributes.get("val", "1") not in _FALSE


def _true(attributes: dict[str, str]) -> set[str]:
    return {name for name, value in attributes.items() if value not in _FALSE}


def _colour(attributes: dict[str, str]) -> str:
    """Write a colour so that two that are the same are written alike (18.8.3, 18.8.19)."""
    if "rgb" in attributes:
        return attributes["rgb"][-6:].upper()
    if "theme" in attributes:
        tint = attributes.get("tint", "0")
        told = f"theme {attributes['theme']} {tint}"
        return told if tint not in _FALSE else _THEME.get(attributes["theme"], told)
    if "indexed" in attributes:
        return _INDEXED.get(attributes["indexed"], f"indexed {attributes['indexed']}")
    return _BLACK


def area_of(area: str) -> tuple[range, range] | None:
    """Give the columns and the rows of an area such as ``A1:B9``; None of what is none."""
    found = _AREA.fullmatch(area)
    if not found:
        return None
    left, top = number_of(found[1].encode()), int(found[2])
    right = number_of((found[3] or found[1]).encode())
    return range(left, right + 1), range(top, int(found[4] or top) + 1)


@dataclass(slots=True)
class Condition:
    """A rule of conditional formatting (18.3.1.10): where it holds, and what it may make of cells.

    Attributes:
        where: the cells, as the sheet writes them.
        looks: numbers of the looks that it may give.
        hides: whether a picture takes the place of the value.
    """

    where: str = ""
    looks: list[int] = field(default_factory=list)
    hides: bool = False

    def areas(self) -> Iterator[tuple[range, range]]:
        """Give the columns and the rows of each area; all of them where it cannot be read."""
        for area in self.where.split():
            yield area_of(area) or (range(1, _MOST), range(1, _MOST))


class Conditions:
    """The rules of conditional formatting of a sheet, as they are read.

    Attributes:
        rules: all of them.
        own: looks that stand in the sheet itself and not among the workbook's.
    """

    def __init__(self) -> None:
        self.rules: list[Condition] = []
        self.own = Looks()
        self._in_where = False

    def begin(self, kind: str, attributes: dict[str, str]) -> None:
        """Take in an element that begins, of a sheet and behind its rows."""
        if kind == "conditionalFormatting":
            self.rules.append(Condition(attributes.get("sqref", "")))
        elif not self.rules:
            return
        elif kind == "cfRule" and attributes.get("dxfId", "").isdecimal():
            self.rules[-1].looks.append(int(attributes["dxfId"]))
        elif kind in {"iconSet", "dataBar"}:
            self.rules[-1].hides |= attributes.get("showValue") in _FALSE
        elif kind in OF_STYLES:
            if kind == "dxf":  # its number is counted from the end, as no number of a list is
                self.rules[-1].looks.append(-1 - len(self.own.conditional))
            self.own.begin(kind, attributes)
        self._in_where = kind == "sqref"

    def says(self, text: str) -> None:
        """Take in text behind the rows of a sheet."""
        if self._in_where and self.rules:
            self.rules[-1].where += text

    def end(self) -> None:
        """Say that an element has ended."""
        self._in_where = False

    def looks_of(self, rule: Condition, given: list[Look]) -> list[Look]:
        """Give the looks that a rule may give; ``given`` are the workbook's own."""
        return [
            self.own.conditional[-1 - number] if number < 0 else given[number]
            for number in rule.looks
            if number < len(given)
        ]
