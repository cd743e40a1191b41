"""Pages with figures, scans and forms, burned in on request: what is boxed, and what still is read.

1. What a mark withholds is boxed with the whole of its words, as far as :mod:`.burning` reaches. A
   word of which a box touches one letter is not read any more.
2. Words that stay stand in lines, the token in the place of what a box took; a page whose words
   are a picture has tokens alone.
3. What stays of a page still tells where words stand. So pages are burned in when somebody asks.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ostiary.domain.errors import InputError
from ostiary.office.redaction.foreign.burning import Sides, unpacked
from ostiary.office.redaction.foreign.marks import Mark
from ostiary.office.redaction.foreign.page_file import BurnedPage
from ostiary.office.redaction.foreign.page_lines import Line
from ostiary.office.redaction.foreign.page_text import UNIT, PageText
from ostiary.office.redaction.foreign.reading import burn_pages, refusing
from ostiary.office.redaction.foreign.setting import MarkedLine, marked_lines
from ostiary.office.redaction.rendering import token
from ostiary.office.redaction.source import UNSEEN

_A_COLUMN, _NEAR = 3, 200  # lines that begin at one place; hundredths of a point


@dataclass(frozen=True)
class Burned:
    """Pages burned in.

    Attributes:
        pages: in order.
        withheld: the words under each mark on them, in the order of ``marks``; may be empty.
        marks: the marks on them.
        kept: how many words can still be read.
        lost: how many words a box took that no mark asked for.
        behind: lines of letters that no box took, whether anybody sees them or not: the page's,
            its fields' and notes', and what a scanner read.
    """

    pages: tuple[BurnedPage, ...]
    withheld: tuple[str, ...]
    marks: tuple[Mark, ...]
    kept: int
    lost: int
    behind: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Box:
    """A box to be painted: the mark's place, which line it is on, if any, and if it has a token."""

    mark: int
    box: Sides
    line: int | None
    says: bool = True


@dataclass(frozen=True)
class _Plan:
    """A page that is to be burned in."""

    page: PageText
    lines: list[MarkedLine]
    boxes: list[_Box]

    @classmethod
    def of(cls, page: PageText, marks: Sequence[Mark], number: int) -> "_Plan":
        """Box what is withheld of each line, and each mark as it was drawn."""
        lines = marked_lines(page, marks, number)
        paper = (0, 0, page.width, page.height)
        boxes = [one for at, line in enumerate(lines) for one in _boxes(line, at, marks, paper)]
        used = {mark for line in lines for mark in line.marks}
        boxes += [
            _Box(at, _of_mark(one), None, says=at not in used)
            for at, one in enumerate(marks)
            if one.page == number
        ]
        return cls(page, lines, boxes)

    def wanted(self) -> list[dict[str, Any]]:
        """Say of each box what painting it needs to know."""
        lefts = Counter(line.left // _NEAR for line in self.lines)
        columns = sorted(left * _NEAR for left, many in lefts.items() if many >= _A_COLUMN)
        return [
            {
                "box": one.box,
                "fields": self.page.fields,
                "ends": next((left - _NEAR for left in columns if left > one.box[2]), 0),
                "turned": 0 if one.line is None else self.lines[one.line].line.turned,
                "whole": not one.says
                or (one.line is not None and self.lines[one.line].line.slant != 0),
            }
            for one in self.boxes
        ]

    def made(
        self, told: dict[str, Any], bates: str, marks: Sequence[Mark]
    ) -> tuple[BurnedPage, int, int, list[str]]:
        """Make the page; count words that stay, and that a box took; give what no box took."""
        across, down = int(told["across"]), int(told["down"])
        reached = [_sides(one) for one in told["boxes"]]
        if len(reached) != len(self.boxes):
            raise ValueError("boxes are missing")
        shades = unpacked(told["shades"], across, down).tobytes()
        units = [tuple(side * self.page.width / across for side in box) for box in reached]
        said, kept, lost = [], 0, 0
        for at, line in enumerate(self.lines):
            words, gone = _words(line, units)
            tokens = [
                (one.box[0], token(marks[one.mark].ground))
                for one in self.boxes
                if one.line == at and one.says
            ]
            said.append(" ".join(text for _, text in sorted([*words, *tokens])))
            kept, lost = kept + len(words), lost + gone
        said += [
            token(marks[one.mark].ground) for one in self.boxes if one.line is None and one.says
        ]
        labels = tuple(
            (box, token(marks[one.mark].ground) if one.says else "")
            for one, box in zip(self.boxes, reached, strict=True)
            if box[0] < box[2] and box[1] < box[3]  # else it lies beside the page
        )
        size = (self.page.width, self.page.height, across, down)
        lines = tuple(one for one in said if one)
        made = BurnedPage(bates, *size, zlib.compress(shades, 6), labels, lines)
        paper = (0, 0, self.page.width, self.page.height)
        return made, kept, lost, [_beside(line, units, paper) for line in told["lines"]]

    def under(self, mark: int) -> str:
        """Give the words under a mark, whole where another mark has a part of one."""
        return " ".join(
            found[0]
            for line in self.lines
            if mark in line.marks
            for found in re.finditer(r"[^ ]+", line.line.letters)
            if mark in line.marks[slice(*found.span())]
        )


def burned_pages(
    body: bytes,
    where: str,
    pages: Sequence[PageText],
    marks: Sequence[Mark],
    bates: Sequence[str],
    burned: Collection[int],
    *,
    workers: int = 1,
) -> Burned:
    """Have pages burned in.

    Args:
        body: the PDF.
        where: what messages call it.
        pages: as they were read.
        marks: on them.
        bates: the number of each page.
        burned: which pages, from 1.
        workers: processes at a time.

    Raises:
        InputError: there is no such page, or the PDF cannot be painted within the limits.
    """
    asked = sorted(set(burned))
    strange = [at for at in asked if not 1 <= at <= len(pages)]
    if strange:
        cure = f"the PDF has {len(pages)} pages"
        raise InputError("there is no such page", where=f"--burn-in {strange[0]}", cure=cure)
    plans = {at: _Plan.of(pages[at - 1], marks, at) for at in asked}
    wanted = {at - 1: plan.wanted() for at, plan in plans.items()}
    with refusing(where):
        painted = burn_pages(body, where, wanted, workers=workers)
        made = [plan.made(painted[at - 1], bates[at - 1], marks) for at, plan in plans.items()]
    here = [(at, one) for at, one in enumerate(marks) if one.page in plans]
    return Burned(
        pages=tuple(page for page, _, _, _ in made),
        withheld=tuple(plans[one.page].under(at) for at, one in here),
        marks=tuple(one for _, one in here),
        kept=sum(kept for _, kept, _, _ in made),
        lost=sum(lost for _, _, lost, _ in made),
        behind=tuple(line for _, _, _, behind in made for line in behind),
    )


def _of_mark(mark: Mark) -> Sides:
    left, top, right, bottom = (round(side * UNIT) for side in mark.box)
    return left, top, right, bottom


def _boxes(line: MarkedLine, at: int, marks: Sequence[Mark], paper: Sides) -> Iterator[_Box]:
    """Box what is withheld of a line; of a slanted one all that follows too, in small boxes."""
    here = list(dict.fromkeys(one for one in line.marks if one is not None))
    if not line.line.slant:
        yield from (_Box(one, _around(line, one, marks[one]), at) for one in here)
        return
    grounds = {marks[one].ground: one for one in reversed(here)}
    for mark in grounds.values():
        first = line.marks.index(mark)
        for place, box in enumerate(
            line.line.pieces([*line.line.boxes[first:], *_onward(line.line, paper)])
        ):
            yield _Box(mark, box, at, says=place == 0)


def _onward(line: Line, paper: Sides) -> Iterator[Sides]:
    """Go on along a slanted line from its last letter to the paper's edge."""
    angle = math.radians(90 * line.turned + line.slant)
    left, top, right, bottom = line.boxes[-1]
    step = max(min(right - left, bottom - top), UNIT)
    for many in range(1, (paper[2] + paper[3]) // step):
        across, down = round(many * step * math.cos(angle)), round(many * step * math.sin(angle))
        box = (left + across, top + down, right + across, bottom + down)
        if not _touch(box, paper):
            return
        yield box


def _around(line: MarkedLine, mark: int, drawn: Mark) -> Sides:
    """Give what a mark withholds of a line: its letters in full, and the mark beside them."""
    boxes = [box for box, at in zip(line.line.boxes, line.marks, strict=True) if at == mark]
    own = _of_mark(drawn)
    return (
        min(own[0], *(box[0] for box in boxes)),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _words(line: MarkedLine, boxes: Sequence[Sequence[float]]) -> tuple[list[tuple[int, str]], int]:
    """Give words that a reader sees and no box touches, by their left; and how many it took."""
    kept: list[tuple[int, str]] = []
    lost = 0
    for found in re.finditer(r"[^ ]+", line.line.letters):
        span = slice(*found.span())
        if any(at is not None for at in line.marks[span]):
            continue
        if any(_touch(letter, box) for letter in line.line.boxes[span] for box in boxes):
            lost += 1
        elif "0" not in line.line.seen[span]:
            word = "".join(sign for sign in found[0] if not UNSEEN.match(sign))
            kept += [(line.line.boxes[span.start][0], word)] if word else []
    return kept, lost


def _beside(line: Line, boxes: Sequence[Sequence[float]], paper: Sides) -> str:
    """Give the words of a line that stand on the paper, and that no box touches."""
    words = []
    for found in re.finditer(r"[^ ]+", line.letters):
        letters = line.boxes[slice(*found.span())]
        there = any(_touch(letter, paper) for letter in letters)
        if there and not any(_touch(letter, box) for letter in letters for box in boxes):
            words.append(found[0])
    return " ".join(words)


def _touch(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _sides(told: Sequence[int]) -> Sides:
    left, top, right, bottom = (int(side) for side in told)
    return left, top, right, bottom
