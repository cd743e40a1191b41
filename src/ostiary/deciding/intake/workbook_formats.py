"""Which numbers of a workbook look other than they are: zeros, letters or nothing by a format.

A cell holds a number, and its style a format (ECMA-376, part 1, 18.8.30 and 18.8.31). ``00000``
shows 2134 as 02134, ``"M-"0000`` shows 12 as M-0012, and ``;;;`` shows nothing. The value is 2134,
12, or whatever nobody sees: what the sender sees is not what is sent.
"""

import re
from collections.abc import Iterable, Iterator

Number = tuple[int, int, int]
"""Style, column, and digits of the whole part of a number."""

_SAID = re.compile(
    r'"[^"]*"|\\.|[_*].|\[[^\]]*\]'
)  # what a format says word for word, or passes over
_LETTERS = re.compile(r'"[^"]*[0-9A-Za-z][^"]*"|\\[0-9A-Za-z]')


class Formats:
    """The formats of a workbook's numbers, by style, as they are met while its parts are read."""

    def __init__(self) -> None:
        self._formats: dict[str, str] = {}
        self._of_style: list[str] = []
        self._in_cells = False

    def look_other(self, numbers: Iterable[tuple[Number, int]]) -> Iterator[int]:
        """Give the rows of the numbers that are shown as something else.

        Args:
            numbers: what is known of numbers, and the row of one of them.
        """
        for (style, _, digits), row in numbers:
            if digits < self._least_digits(style):
                yield row

    def _least_digits(self, style: int) -> int:
        """Give how many digits a number has to have for a style to show it as it is."""
        number = self._of_style[style] if style < len(self._of_style) else "0"
        first, *others = self._formats.get(number, "General").split(";")
        bare = _SAID.sub("", first)
        if _LETTERS.search(first) or (others and not bare.strip()):
            return 1 << 20  # no number has as many
        return bare.partition(".")[0].count("0") if set(bare) <= set("0#?,. -/()") else 0

    def begin(self, kind: str, attributes: dict[str, str]) -> None:
        """Take in an element that begins: of formats or styles, or any other."""
        if kind in {"cellXfs", "cellStyleXfs"}:
            self._in_cells = kind == "cellXfs"
        elif kind == "xf" and self._in_cells:
            self._of_style.append(attributes.get("numFmtId", "0"))
        elif kind == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
