"""Letters of a page put into lines: along their own direction, in the order of the page.

Text that is turned on the page as shown (a page that lies on its side, a table across it) is read
along the way in which it is written, so that a name is a name there as well.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

_SAME_LINE, _GAP = 0.35, 0.22  # parts of the height of the type
_ASKEW = 0.2  # between the squares of cosine and sine: too near to half a right angle
_TALLER = 1.2  # upright boxes on a slanted line, to their letters
_STEEP = 20  # degrees from which letters' upright boxes lie over each other
_ACROSS, _DOWN = 0.15, 0.2  # of a box to either side of its middle: marks.Mark.covers asks for less
_SHREDS = 4  # letters a line at the least; a page of shorter ones is put in order by its places


Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in hundredths of a point."""


@dataclass(frozen=True)
class Line:
    """Letters that stand on one line of a page, from left to right.

    Attributes:
        baseline: Of its first letter, downwards; of a turned line where it is turned level.
        size: Height of its type.
        letters: The letters; a blank where the page has one, or a gap as wide as one.
        boxes: Left, top, right and bottom of each letter.
        seen: For each letter ``1`` if a reader of the page sees it, else ``0``.
        turned: Quarters of a circle, clockwise, by which it is turned.
        slant: Degrees by which it is turned beyond these.
    """

    baseline: int
    size: int
    letters: str
    boxes: tuple[tuple[int, int, int, int], ...]
    seen: str
    turned: int = 0
    slant: int = 0

    def pieces(self, boxes: Sequence[Box]) -> Iterator[Box]:
        """Lay upright boxes around letters of the line: one, or as many as a slant asks for.

        On a slanted line one would reach over the lines beside it.
        """
        sides = (0, 2) if self.turned % 2 else (1, 3)
        piece: Box | None = None
        for one in boxes:
            joined = one if piece is None else around((piece, one))
            if piece and self.slant and _wide(joined, sides) > _wide(one, sides) * _TALLER:
                yield piece
                joined = one
            piece = joined
        if piece:
            yield piece

    def marked(self, boxes: Sequence[Box]) -> Iterator[Box]:
        """Lay upright boxes on letters of the line such that a mark covers these and no others.

        On a steep line the box of a letter reaches over the letter beside it, so its middle is
        what is marked. What is painted over it is as large as :meth:`pieces` says.
        """
        yield from map(_middle, boxes) if abs(self.slant) >= _STEEP else self.pieces(boxes)


@dataclass(frozen=True)
class Glyphs:
    """Letters in the order of the page.

    Attributes:
        letters: Each letter.
        blanks: Whether a blank goes before it.
        angles: Degrees, clockwise, by which it is turned on the page as shown.
        boxes: Its box as shown, in hundredths of a point.
        origins: Where it begins on its baseline, likewise.
    """

    letters: list[str]
    blanks: list[bool]
    angles: list[int]
    boxes: Any
    origins: Any

    def only(self, places: Any) -> "Glyphs":
        """Give some of them, by their places in the order of the page."""
        letters, blanks, angles = (
            [some[at] for at in places] for some in (self.letters, self.blanks, self.angles)
        )
        return Glyphs(letters, blanks, angles, self.boxes[places], self.origins[places])


def lines_of(glyphs: Glyphs, seen: Sequence[bool]) -> tuple[Line, ...]:
    """Put letters into lines, in the order of the page.

    Args:
        glyphs: the letters.
        seen: for each whether a reader of the page sees it.
    """
    return tuple(_line(one) for one in _rows(glyphs, seen))


def around(boxes: Iterable[Box]) -> Box:
    """Give the box around boxes."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _middle(box: Box) -> Box:
    """Give as much of a letter's box as a mark has to cover, and little more."""
    wide, high = (box[2] - box[0]) * _ACROSS, (box[3] - box[1]) * _DOWN
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return round(x - wide), round(y - high), round(x + wide), round(y + high)


def _wide(box: Box, sides: tuple[int, int]) -> int:
    return max(box[sides[1]] - box[sides[0]], 1)


def sides(row: Any) -> tuple[int, int, int, int]:
    """Give left, top, right and bottom of a row of numbers."""
    left, top, right, bottom = (int(side) for side in row)
    return left, top, right, bottom


class _Letter(NamedTuple):
    """A letter: ``box`` as shown, ``level`` where the page is turned so that its line is level."""

    letter: str
    blank: bool
    box: tuple[int, int, int, int]
    level: tuple[int, int, int, int]
    base: int
    seen: bool
    size: int
    angle: int = 0


def _rows(glyphs: Glyphs, seen: Sequence[bool]) -> list[list[_Letter]]:
    """Put letters into lines: as they follow each other, or by their places where that is none."""
    letters = [
        _letter(one, origin, places, seen=there)
        for one, origin, places, there in zip(
            zip(glyphs.letters, glyphs.blanks, glyphs.angles, strict=True),
            glyphs.origins.tolist(),
            glyphs.boxes.tolist(),
            seen,
            strict=True,
        )
    ]
    rows = _in_lines([one for run in _runs(letters) for one in run])
    if len(letters) < _SHREDS * len(rows):
        rows = _in_lines(sorted(letters, key=lambda one: (one.angle, one.base, one.level[0])))
    return rows


def _runs(letters: Sequence[_Letter]) -> Iterator[list[_Letter]]:
    """Give letters of one direction that follow each other; turned ones line after line.

    The reader puts what is turned in an order of its own, in which a line may come in pieces.
    """
    for angle, some in groupby(letters, key=lambda one: one.angle):
        run = list(some)
        yield sorted(run, key=lambda one: one.base) if angle else run


def _letter(
    one: tuple[str, bool, int], origin: Sequence[int], place: Sequence[int], *, seen: bool
) -> _Letter:
    letter, blank, angle = one
    left, top, right, bottom = place
    box = (left, top, right, bottom)
    if not angle:
        return _Letter(letter, blank, box, box, origin[1], seen, max(bottom - top, 1))
    level, base = _levelled(box, origin, angle)
    return _Letter(letter, blank, box, level, base, seen, max(level[3] - level[1], 1), angle)


def _levelled(
    box: tuple[int, int, int, int], origin: Sequence[int], angle: int
) -> tuple[tuple[int, int, int, int], int]:
    """Turn a letter back about the page's corner: its box there, and its baseline."""
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    wide, high = box[2] - box[0], box[3] - box[1]
    apart = cosine * cosine - sine * sine
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    across, down = x * cosine + y * sine, y * cosine - x * sine
    if abs(apart) < _ASKEW:  # half a right angle: any letter's box is a square
        both = (wide + high) / (abs(cosine) + abs(sine))
        width = min(abs(across - (origin[0] * cosine + origin[1] * sine)) * 2, both)
        height = both - width
    else:
        width = abs((wide * abs(cosine) - high * abs(sine)) / apart)
        height = abs((high * abs(cosine) - wide * abs(sine)) / apart)
    base = round(origin[1] * cosine - origin[0] * sine)
    sides = (across - width / 2, down - height / 2, across + width / 2, down + height / 2)
    return (round(sides[0]), round(sides[1]), round(sides[2]), round(sides[3])), base


def _in_lines(letters: Sequence[_Letter]) -> list[list[_Letter]]:
    rows: list[list[_Letter]] = []
    for one in letters:
        last = rows[-1][-1] if rows else None  # not the first: a scan's line may sink by a degree
        near = last and abs(last.base - one.base) < _SAME_LINE * max(last.size, one.size)
        if last and near and last.angle == one.angle:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _line(row: list[_Letter]) -> Line:
    in_order = sorted(row, key=lambda one: one.level[0])
    moved = in_order != row
    letters: list[_Letter] = []
    for one in in_order:
        gap = letters and one.level[0] - letters[-1].level[2] > _GAP * one.size
        if letters and (gap or (one.blank and not moved)):
            letters.append(_blank(letters[-1], one))
        letters.append(one)
    sizes = sorted(one.size for one in row)
    return Line(
        baseline=row[0].base,
        size=sizes[len(sizes) // 2],
        letters="".join(one.letter for one in letters),
        boxes=tuple(one.box for one in letters),
        seen="".join("1" if one.seen else "0" for one in letters),
        turned=round(row[0].angle / 90) % 4,
        slant=row[0].angle - 90 * round(row[0].angle / 90),
    )


def _blank(last: _Letter, one: _Letter) -> _Letter:
    """Give the blank between two letters; on a turned line it has its place with the former."""
    level = (last.level[2], one.level[1], one.level[0], one.level[3])
    box = last.box if one.angle else level
    return _Letter(" ", False, box, level, one.base, True, one.size, one.angle)
