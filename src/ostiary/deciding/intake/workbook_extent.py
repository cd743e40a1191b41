"""How far a sheet of a workbook reaches, told before anything lays out its cells."""

import re
from typing import Final

_LONGEST: Final = 1 << 20  # bytes of text between two elements that are looked at together
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"""\br\s*=\s*["']([0-9]{1,7})["']""")
_UNNUMBERED = re.compile(rb"""<(?:\w+:)?(row|c)\b(?![^<]*\br\s*=)""")


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
            self._columns = max(self._columns, number_of(letters))
        self._rows = max([self._rows, *map(int, set(_ROW.findall(text)))])
        for found in _UNNUMBERED.finditer(text):
            is_row = found[1] == b"row"
            self._unnumbered_rows += is_row
            self._unnumbered = 0 if is_row else self._unnumbered + 1
            self._most = max(self._most, self._unnumbered)


def number_of(letters: bytes) -> int:
    """Give the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def letters_of(number: int) -> str:
    """Give the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, left = divmod(number - 1, 26)
        letters = chr(65 + left) + letters
    return letters
