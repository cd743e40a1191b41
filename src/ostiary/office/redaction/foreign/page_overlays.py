"""Letters that lie over other letters: of neither can it be said that a reader sees it.

A name that was typed over with other letters, or that lies unseen over a word that is seen, has ink
where it stands and is no less hidden. So where two letters lie over each other and differ, none of
their words is believed. What is set twice (bold type of old printers), turned otherwise (a stamp
across a page) or far larger (a word behind the text) hides nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, product

from ostiary.office.redaction.foreign.page_lines import Box, Glyphs, sides
from ostiary.office.redaction.plain_letters import plain

_CELL = 400  # hundredths of a point
_ACROSS, _DOWN = 0.4, 0.3  # parts of a letter's sides, within which another's middle lies over it
_AS_LARGE = 2.0
_APART = 3  # places in their order from which letters are compared: a ligature is no overlay
_MOST = 64  # letters in a cell that are compared; more of them are no text

_Cells = dict[tuple[int, int], list[int]]


def overlaid(glyphs: Glyphs, painted: Sequence[bool]) -> list[bool]:
    """Say of each letter whether its word lies over other letters, or under them.

    Args:
        glyphs: the letters.
        painted: for each whether it is painted at all; what is not lies over nothing.
    """
    boxes: list[Box] = [tuple(row) for row in glyphs.boxes.tolist()]
    told = [
        shown and letter.isalnum() for shown, letter in zip(painted, glyphs.letters, strict=True)
    ]
    cells = _cells(boxes, told)
    found = [
        told[at] and any(_differ(glyphs, boxes, at, other) for other in _near(cells, boxes[at], at))
        for at in range(len(boxes))
    ]
    return _whole_words(found, glyphs.blanks)


def words_over_words(glyphs: Glyphs, painted: Sequence[bool]) -> list[tuple[Box, ...]]:
    """Give of each two words that lie over each other the places of all their letters.

    A mark takes whole words: what lies over a withheld one says something of its length.
    """
    mixed = overlaid(glyphs, painted)
    boxes: list[Box] = [sides(row) for row in glyphs.boxes]
    words = [at for at, over in enumerate(mixed) if over]
    of_word = _numbers_of_words(glyphs.blanks)
    letters: dict[int, list[Box]] = {}
    for at in words:
        letters.setdefault(of_word[at], []).append(boxes[at])
    told = [over and one.isalnum() for over, one in zip(mixed, glyphs.letters, strict=True)]
    cells = _cells(boxes, told)
    pairs = {
        tuple(sorted((of_word[at], of_word[other])))
        for at in words
        if told[at]
        for other in _near(cells, boxes[at], at)
        if _differ(glyphs, boxes, at, other)
    }
    return [tuple(letters[one] + letters[two]) for one, two in sorted(pairs)]


def _numbers_of_words(blanks: Sequence[bool]) -> list[int]:
    """Give of each letter the number of its word."""
    return list(accumulate(int(blank) for blank in blanks))


def _cells(boxes: Sequence[Box], told: Sequence[bool]) -> _Cells:
    cells: _Cells = {}
    for at, box in enumerate(boxes):
        if told[at]:
            cells.setdefault(_cell((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), []).append(at)
    return cells


def _cell(x: float, y: float) -> tuple[int, int]:
    return int(x // _CELL), int(y // _CELL)


def _near(cells: _Cells, box: Box, at: int) -> Iterator[int]:
    """Give the letters whose middle may lie on a letter."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    wide, high = (box[2] - box[0]) * _ACROSS, (box[3] - box[1]) * _DOWN
    first, last = _cell(x - wide, y - high), _cell(x + wide, y + high)
    if (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > len(cells):
        return  # larger than all that is written
    for place in product(range(first[0], last[0] + 1), range(first[1], last[1] + 1)):
        yield from (other for other in cells.get(place, ())[:_MOST] if abs(other - at) >= _APART)


def _differ(glyphs: Glyphs, boxes: Sequence[Box], at: int, other: int) -> bool:
    """Whether two letters of one size and way lie over each other and are not the same."""
    if glyphs.angles[at] != glyphs.angles[other] or glyphs.angles[at] % 90:
        return False
    one, two = boxes[at], boxes[other]
    wide, high = one[2] - one[0], one[3] - one[1]
    if not high or not 1 / _AS_LARGE <= (two[3] - two[1]) / high <= _AS_LARGE:
        return False
    across = abs(one[0] + one[2] - two[0] - two[2]) / 2
    down = abs(one[1] + one[3] - two[1] - two[3]) / 2
    return (
        across <= wide * _ACROSS
        and down <= high * _DOWN
        and plain(glyphs.letters[at]) != plain(glyphs.letters[other])
    )


def _whole_words(found: list[bool], blanks: Sequence[bool]) -> list[bool]:
    """Give the same of each letter of a word as of any of its letters."""
    if not any(found):
        return found
    begins = [at for at, blank in enumerate(blanks) if blank or at == 0]
    for first, end in zip(begins, [*begins[1:], len(found)], strict=True):
        if any(found[first:end]):
            found[first:end] = [True] * (end - first)
    return found
