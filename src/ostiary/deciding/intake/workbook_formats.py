"""Which cells of a workbook look other than they are: zeros, letters or nothing by a format.

A cell holds a number or a text, and its style a format (ECMA-376, part 1, 18.8.30 and 18.8.31).
``00000`` shows 2134 as 02134, ``"M-"0000`` shows 12 as M-0012, ``0,`` shows 12345 as 12, and
``;;;`` shows nothing, be it a number or a text. The value is 2134, 12, 12345, or whatever nobody
sees: what the sender sees is not what is sent.
"""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple


class Held(IntEnum):
    """What a cell holds, as the sections of a format tell apart."""

    POSITIVE = 0
    NEGATIVE = 1
    NOUGHT = 2
    TEXT = 3


class Seen(NamedTuple):
    """What counts of a cell for how it is shown.

    Attributes:
        style: number of its style.
        column: number of its column.
        held: what it holds.
        digits: how many digits the whole part of its number has; 0 of a text.
    """

    style: int
    column: int
    held: Held
    digits: int


# what a format says word for word; room for a sign, a sign that fills the cell; a colour
_SAID = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_ADDS = re.compile(r'"[^"]*[0-9A-Za-z][^"]*"|\\[0-9A-Za-z]|\*[0-9A-Za-z]|\[\$[^\]-]*[0-9A-Za-z]')
_MADE_NEGATIVE = re.compile(r'(?:[_*].|\[[^\]]*\]|[\\" ])*-')
_ACCOUNTING = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)'
# those that have a number and no text in the file, 18.8.30, and show another value
_BUILT_IN = {"9": "0%", "10": "0.00%"} | dict.fromkeys(("41", "42", "43", "44"), _ACCOUNTING)
_BRANCHES = re.compile(r"\[ *[<>=]")
_SCALED = re.compile(r"[0#?],+(?=[^0#?,]*$)|,(?=\.)|%")
_OF_NUMBERS = frozenset("0#?,. -/()+$")
_ALWAYS = 1 << 20  # no number has as many digits


class Formats:
    """The formats of a workbook's cells, by style, as they are met while its styles are read."""

    def __init__(self) -> None:
        self._formats = dict(_BUILT_IN)
        self._of_style: list[str] = []
        self._within = ""

    @property
    def told(self) -> bool:
        """Whether anything was told of styles."""
        return bool(self._of_style)

    def look_other(self, cells: Iterable[tuple[Seen, int]]) -> Iterator[int]:
        """Give the rows of the cells that are shown as something else.

        Args:
            cells: what is known of cells, and the row of one of them.
        """
        for seen, row in cells:
            number = self._of_style[seen.style] if seen.style < len(self._of_style) else "0"
            if seen.digits < _least_digits(self._formats.get(number, "General"), seen.held):
                yield row

    def begin(self, kind: str, attributes: dict[str, str]) -> None:
        """Take in an element that begins: of formats or styles, or any other.

        A ``numFmt`` counts within ``numFmts`` alone; one within ``dxf`` (18.8.14) is another's.
        """
        if kind in {"numFmts", "cellXfs", "cellStyleXfs", "dxfs"}:
            self._within = kind
        elif kind == "xf" and self._within == "cellXfs":
            self._of_style.append(attributes.get("numFmtId", "0"))
        elif kind == "numFmt" and self._within == "numFmts":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")


def _least_digits(code: str, held: Held) -> int:
    """Give how many digits a number has to have for a format to show it as it is."""
    sections = _SECTION.findall(code) or [""]
    if held is Held.TEXT:
        return 1 if len(sections) > _TEXTS and _hides_text(sections[_TEXTS]) else 0
    if _BRANCHES.search(code):  # which section shows it depends on the number itself
        return max(_shown_by(one, held) for one in sections[:_TEXTS])
    numbers = sections[:_TEXTS]
    if held is Held.NEGATIVE and len(numbers) > 1 and not re.search("[-(]", numbers[held]):
        return _ALWAYS  # a section of its own shows no sign but the one it has
    return _shown_by(numbers[held] if held < len(numbers) else numbers[0], held)


_SECTION = re.compile(r'(?:^|(?<=;))((?:"[^"]*"|\\.|[_*].|[^;])*)(?:;|$)')
_TEXTS = 3  # the fourth section is for texts


def _hides_text(section: str) -> bool:
    """Tell whether a section shows a text as nothing, or as another one."""
    bare = _SAID.sub("", section)
    return bare not in {"@", "General"} or _ADDS.search(section) is not None


def _shown_by(section: str, held: Held) -> int:
    """Give how many digits a number has to have for a section to show it as it is."""
    bare = _SAID.sub("", section)
    negative = held is Held.POSITIVE and _MADE_NEGATIVE.match(section)
    if not bare.strip() or _ADDS.search(section) or negative:
        return _ALWAYS
    if not set(bare) <= _OF_NUMBERS | {"%"}:  # General, a text, a day, an exponent
        return 0
    if _SCALED.search(bare):
        return _ALWAYS
    least = bare.partition(".")[0].count("0")
    return _ALWAYS if held is Held.NOUGHT and "0" not in bare else least
