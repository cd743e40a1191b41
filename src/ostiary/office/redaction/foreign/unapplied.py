"""Redactions that a PDF has as notes and that were never applied: somebody meant to withhold it.

Such a note (PDF 32000-1, 12.5.6.23) marks what is to go; until a program applies it, the words are
all there, and many readers show no box. To set them anew would publish what was to be withheld.
"""

from collections.abc import Sequence

from ostiary.domain.errors import InputError
from ostiary.office.redaction.foreign.marks import Mark
from ostiary.office.redaction.foreign.page_text import UNIT, PageText


def check_unapplied(pages: Sequence[PageText], marks: Sequence[Mark], where: str) -> None:
    """Refuse a PDF in which a word under such a note is under no mark.

    Raises:
        InputError: there is one; says on which page.
    """
    for number, page in enumerate(pages, start=1):
        here = [one for one in marks if one.page == number]
        if not all(_is_marked(page, _as_mark(number, box), here) for box in page.redactions):
            raise InputError(
                "has a redaction that was never applied, and no mark on its words",
                where=f"{where}, page {number}",
                cure="`ostiary redact suggest` suggests each; mark it, or have the PDF made"
                " without it if nothing is withheld there",
            )


def _as_mark(number: int, box: tuple[int, int, int, int]) -> Mark:
    left, top, right, bottom = (side / UNIT for side in box)
    return Mark(number, (left, top, right, bottom), "")


def _is_marked(page: PageText, wanted: Mark, marks: Sequence[Mark]) -> bool:
    return all(
        any(one.covers(box) for one in marks)
        for line in page.lines
        for letter, seen, box in zip(line.letters, line.seen, line.boxes, strict=True)
        if seen == "1" and letter != " " and wanted.covers(box)
    )
