"""Redactions that a PDF has as notes and that were never applied: somebody meant to withhold it.

Such a note (PDF 32000-1, 12.5.6.23) marks what is to go; until a program applies it, the words are
all there, and many readers show no box. To set them anew would publish what was to be withheld.
On a page that is burned in it may lie over a picture, a scan or drawn letters, which no program of
ours reads: there marks have to cover the box itself. Of a page that is set anew none of them stays.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from ostiary.domain.errors import InputError
from ostiary.office.redaction.foreign.marks import Mark
from ostiary.office.redaction.foreign.page_lines import Box
from ostiary.office.redaction.foreign.page_text import UNIT, PageText

_SLACK = 50  # hundredths of a point by which a mark may fall short


def check_unapplied(
    pages: Sequence[PageText], marks: Sequence[Mark], where: str, burned: Collection[int] = ()
) -> None:
    """Refuse a PDF in which such a note is under no mark, or a word under it is.

    Args:
        pages: as they were read.
        marks: on them.
        where: what messages call the PDF.
        burned: pages, from 1, that are painted instead of set anew.

    Raises:
        InputError: there is one; says on which page.
    """
    for number, page in enumerate(pages, start=1):
        here = [one for one in marks if one.page == number]
        at = f"{where}, page {number}"
        for box in filter(None, (_on_paper(page, one) for one in page.redactions)):
            letters = _letters_under(page, _as_mark(number, box))
            if not all(any(one.covers(letter) for one in here) for letter in letters):
                raise InputError(
                    "has a redaction that was never applied, and no mark on its words",
                    where=at,
                    cure="`ostiary redact suggest` suggests each; mark it, or have the PDF made"
                    " without it if nothing is withheld there",
                )
            if number in burned and not _is_covered(box, here):
                sides = ",".join(f"{side / UNIT:g}" for side in box)
                raise InputError(
                    "has a redaction that was never applied, and its box is under no mark",
                    where=at,
                    cure=f"mark it whole, {sides}, or have the PDF made"
                    " without it if nothing is withheld there",
                )


def _on_paper(page: PageText, box: Box) -> Box | None:
    """Give what of a box lies on the page as it is shown; None where nothing does."""
    left, top = max(0, box[0]), max(0, box[1])
    right, bottom = min(page.width, box[2]), min(page.height, box[3])
    return (left, top, right, bottom) if left < right and top < bottom else None


def _is_covered(box: Box, marks: Sequence[Mark]) -> bool:
    """Whether marks cover a box, all of them together, to half a point."""
    sides = [tuple(round(side * UNIT) for side in one.box) for one in marks]
    beside = min(_SLACK, (box[2] - box[0]) // 4, (box[3] - box[1]) // 4)
    left, top, right, bottom = box[0] + beside, box[1] + beside, box[2] - beside, box[3] - beside
    across = sorted({left, right, *(x for one in sides for x in (one[0], one[2]))})
    down = sorted({top, bottom, *(y for one in sides for y in (one[1], one[3]))})
    return all(
        any(one[0] <= x and last <= one[2] and one[1] <= y and end <= one[3] for one in sides)
        for x, last in pairwise(at for at in across if left <= at <= right)
        for y, end in pairwise(at for at in down if top <= at <= bottom)
    )


def _as_mark(number: int, box: Box) -> Mark:
    left, top, right, bottom = (side / UNIT for side in box)
    return Mark(number, (left, top, right, bottom), "")


def _letters_under(page: PageText, wanted: Mark) -> list[Box]:
    return [
        box
        for line in page.lines
        for letter, seen, box in zip(line.letters, line.seen, line.boxes, strict=True)
        if seen == "1" and letter != " " and wanted.covers(box)
    ]
