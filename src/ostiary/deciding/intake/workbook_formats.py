"""Which cells of a workbook look other than they are: zeros, letters or nothing by a format.

A cell holds a number or a text, and its style a format (ECMA-376, part 1, 18.8.30 and 18.8.31).
``00000`` shows 2134 as 02134, ``"M-"0000`` shows 12 as M-0012, ``0,`` shows 12345 as 12, and
``;;;`` shows nothing, be it a number or a text. The value is 2134, 12, 12345, or whatever nobody
sees: what the sender sees is not what is sent. ``mmm-yy`` shows ``Aug-25`` for a day of which a
spreadsheet has made up the rest.
"""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple


class Held(IntEnum):
    """What a cell holds, as the sections of a format tell apart; a truth has none of them."""

    POSITIVE = 0
    NEGATIVE = 1
    NOUGHT = 2
    TEXT = 3
    OTHER = 4


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


def seen_of(style: int, column: int, type_: str, text: str) -> Seen:
    """Give what counts of a cell for how it is shown, from what the sheet says of it.

    Args:
        style: number of its style.
        column: number of its column.
        type_: what the sheet calls its kind (18.18.11).
        text: its value as the sheet writes it.
    """
    if type_ != "n":
        return Seen(style, column, Held.TEXT if type_ in _TEXT_TYPES else Held.OTHER, 0)
    return Seen(style, column, *_number(text))


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


_TEXT_TYPES = frozenset({"s", "str", "inlineStr"})
# what a format says word for word; room for a sign, a sign that fills the cell; a colour
_SAID = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_ADDS = re.compile(r'"[^"]*[0-9A-Za-z]|\\[0-9A-Za-z]|\*[0-9A-Za-z]|\[\$[^\]-]*[0-9A-Za-z]')
_MADE_NEGATIVE = re.compile(r'(?:[_*].|\[[^\]]*\]|[\\" ])*-')
_ACCOUNTING = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)'
# those that have a number and no text in the file, 18.8.30, and show another value
_BUILT_IN = {"9": "0%", "10": "0.00%", "11": "0.00E+00", "15": "d-mmm-yy", "16": "d-mmm"} | {
    **dict.fromkeys(("41", "42", "43", "44"), _ACCOUNTING),
    "14": "m/d/yyyy",
    "17": "mmm-yy",
    "22": "m/d/yyyy h:mm",
    **dict.fromkeys(("18", "19", "20", "21", "45", "46", "47"), "h:mm:ss"),
}
_BRANCHES = re.compile(r"\[ *[<>=]")
_SCALED = re.compile(r"[0#?],+(?=[^0#?,]*$)|,(?=\.)|%")
_EXPONENT = re.compile(r"e[+-]")
_OF_DAYS = re.compile(r"[dmyhse]")
_MINUTES = re.compile(r"h+[^a-z]*m+|m+[^a-z]*s+")
_DAY_OF_MONTH = re.compile(r"(?<!d)dd?(?!d)")
_PASSED = re.compile(r"\[(?:[^$\]]*|\$-[^\]]*)\]|_.")  # a colour, a language, room for a sign
_OF_DIGITS = frozenset("0- ")
_OF_NUMBERS = frozenset("0#?,. -/()+$")
_ALWAYS = 1 << 20  # no number has as many digits


class Formats:
    """The formats of a workbook's cells, by style, as they are met while its styles are read."""

    def __init__(self) -> None:
        self._formats: dict[str, str] = {}
        self._of_style: list[str] = []
        self._within = ""

    @property
    def told(self) -> bool:
        """Whether anything was told of styles."""
        return bool(self._of_style)

    def look_other(self, cells: Iterable[Seen]) -> Iterator[Seen]:
        """Give the cells that are shown as something else."""
        return (seen for seen in cells if looks_other(self._code(seen.style), seen))

    def zeros(self, style: int) -> int:
        """Give with how many digits at least a style shows a number, and nothing but digits.

        Zero for every format but one of zeros, with hyphens or blanks between them.
        """
        code = self._code(style)
        if _BRANCHES.search(code):
            return 0
        section = _PASSED.sub("", _SECTION.findall(code)[0])
        bare = section.replace("\\", "").replace('"', "")
        return bare.count("0") if bare and set(bare) <= _OF_DIGITS else 0

    def shows_part_of_a_day(self, style: int) -> bool:
        """Tell whether a style shows less of a day than year, month and day of the month.

        With ``d-mmm`` or ``mmm-yy`` a spreadsheet has made up what is not shown (the current year,
        the first of the month), and ``h:mm`` shows no day at all.
        """
        section = _SAID.sub("", _SECTION.findall(self._code(style))[0]).lower()
        if not _is_day(section):
            return False
        section = _MINUTES.sub("", section)
        has_year, has_day = bool(set("ye") & set(section)), _DAY_OF_MONTH.search(section)
        return not (has_year and has_day and "m" in section)

    def _code(self, style: int) -> str:
        number = self._of_style[style] if style < len(self._of_style) else "0"
        return self._formats.get(number, _BUILT_IN.get(number, "General"))

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


def looks_other(code: str, seen: Seen) -> bool:
    """Tell whether a format shows a cell as something else, or not at all."""
    return seen.digits < _least_digits(code, seen.held)


def _is_day(bare: str) -> bool:
    """Tell whether a section without what it says word for word shows a number as day or time."""
    low = bare.lower()
    return "general" not in low and _OF_DAYS.search(_EXPONENT.sub("", low)) is not None


def _least_digits(code: str, held: Held) -> int:
    """Give how many digits a number has to have for a format to show it as it is."""
    sections = _SECTION.findall(code) or [""]
    if held is Held.OTHER:
        return 0
    if held is Held.TEXT:
        return 1 if len(sections) > _TEXTS and _hides_text(sections[_TEXTS]) else 0
    if _BRANCHES.search(code):  # which section shows it depends on the number itself
        return max(_shown_by(one, held) for one in sections[:_TEXTS])
    numbers = sections[:_TEXTS]
    if held is Held.NEGATIVE and len(numbers) > 1 and not re.search("[-(]", numbers[held]):
        return _ALWAYS  # a section of its own shows no sign but the one it has
    return _shown_by(numbers[held] if held < len(numbers) else numbers[0], held)


def _adds(section: str) -> bool:
    """Tell whether letters or digits stand in a section that are none of the value."""
    return any(_ADDS.match(said) for said in _SAID.findall(section))


_SECTION = re.compile(r'(?:^|(?<=;))((?:"[^"]*"|\\.|[_*].|[^;])*)(?:;|$)')
_TEXTS = 3  # the fourth section is for texts


def _hides_text(section: str) -> bool:
    """Tell whether a section shows a text as nothing, or as another one."""
    bare = _SAID.sub("", section)
    return bare not in {"@", "General"} or _adds(section)


def _shown_by(section: str, held: Held) -> int:
    """Give how many digits a number has to have for a section to show it as it is."""
    bare = _SAID.sub("", section)
    if _is_day(bare):
        return 0  # a day may have words between
    negative = held is Held.POSITIVE and _MADE_NEGATIVE.match(section)
    if not bare.strip() or _adds(section) or negative:
        return _ALWAYS
    if not set(bare) <= _OF_NUMBERS | {"%"}:  # General, a text, a day, an exponent
        return 0
    if _SCALED.search(bare):
        return _ALWAYS
    least = bare.partition(".")[0].count("0")
    return _ALWAYS if held is Held.NOUGHT and "0" not in bare else least
