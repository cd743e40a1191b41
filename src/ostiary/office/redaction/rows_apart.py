"""Rows of numbers in words that may be read as several numbers, each by itself.

``One thousand two hundred thirty-four and two thousand`` are two amounts and no telephone number.
A row is read as few numbers, and parted at each comma and each ``and`` of it, once with the numbers
of either side apart and once behind each other (``May five, twenty twenty-five``).
"""

from collections.abc import Iterator
from dataclasses import replace

from ostiary.office.redaction.number_words import LONGEST, numbers_of
from ostiary.office.redaction.sections import is_of_section
from ostiary.office.redaction.spoken_numbers import (
    PARTS_NUMBERS,
    ROW,
    Figures,
    Span,
    finished,
    replaced,
    rows_of,
    words_of,
)

_FAR = 48  # signs beside a row, in which the rest of a day or an amount stands
_MOST_WORDS = 24  # of one number
_OF_A_DAY = 8  # words between the month of a day and the end of its year
_TWO = 2

_Words = list[tuple[str, Span]]
_Said = tuple[tuple[Span, str], ...]


def apart(text: str) -> Iterator[tuple[Figures, int]]:
    """Give each further reading of a row that may be several numbers, with what stands beside it.

    Returns:
        The part of the text in figures, of which only that row counts as changed, and where it
        begins in the text.
    """
    for found in ROW.finditer(text):
        row = words_of(found)
        if len(row) < _TWO or is_of_section(text, found.start()):
            continue
        for said in dict.fromkeys(_readings(text, row)):
            yield _read(text, said)


def _read(text: str, said: _Said) -> tuple[Figures, int]:
    """Give what stands beside a row in figures, with that row as it is read."""
    row = said[0][0][0], said[-1][0][1]
    first, end = _beside(text, row)
    part, own = text[first:end], (row[0] - first, row[1] - first)
    moved = [((at - first, last - first), put) for (at, last), put in said]
    others = [one for one in rows_of(part) if one[0][1] <= own[0] or own[1] <= one[0][0]]
    made = finished(replaced(Figures(part, ()), sorted([*others, *moved])))
    return replace(made, asked=own), first


def _beside(text: str, span: Span) -> Span:
    """Give where a row and what stands beside it begin and end, at blanks."""
    first, end = max(0, span[0] - _FAR), min(len(text), span[1] + _FAR)
    while first and first < span[0] and not text[first - 1].isspace():
        first += 1
    while end < len(text) and end > span[1] and not text[end].isspace():
        end -= 1
    return first, end


def _readings(text: str, row: _Words) -> Iterator[_Said]:
    """Give the readings of a row: of each the numbers, and what is set between them."""
    whole = _numbers(row, 0, len(row))
    yield tuple(_set(text, row, whole))
    begins = {first for _, first, _ in whole}
    for cut in range(1, len(row)):
        if not PARTS_NUMBERS.search(text, row[cut - 1][1][1], row[cut][1][0]):
            continue
        at_end = min(cut, len(row) - cut) <= _OF_A_DAY
        if cut in begins and not at_end:
            continue  # parted there already
        sides = (
            _numbers(row, max(0, cut - _MOST_WORDS), cut),
            _numbers(row, cut, min(len(row), cut + _MOST_WORDS)),
        )
        yield tuple(_set(text, row, sides[0] + sides[1]))
        if at_end:
            yield tuple(_glued(row, side) for side in sides)


def _numbers(row: _Words, first: int, end: int) -> list[tuple[int, int, int]]:
    found = numbers_of([word for word, _ in row[first:end]])
    return [(value, at + first, last + first) for value, at, last in found]


def _glued(row: _Words, side: list[tuple[int, int, int]]) -> tuple[Span, str]:
    figures = "".join(str(value) for value, _, _ in side)
    return (row[side[0][1]][1][0], row[side[-1][2] - 1][1][1]), figures[:LONGEST]


def _set(text: str, row: _Words, numbers: list[tuple[int, int, int]]) -> Iterator[tuple[Span, str]]:
    """Set numbers beside each other: a single blank would read as one between thousands."""
    before = 0
    for value, at, last in numbers:
        begin, end = row[at][1][0], row[last - 1][1][1]
        if before and len(text[before:begin]) == 1:
            yield (before, begin), "  "
        yield (begin, end), str(value)
        before = end
