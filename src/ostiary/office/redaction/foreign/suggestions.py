"""Where a PDF may hold what is to be withheld: suggestions, which a person takes or drops.

Shapes of numbers (social security, individual and employer identification, telephone, account),
addresses of mail, days, and words that a person gives, however they are parted by lines. A
suggestion is no finding: what has another shape is not found, and people look at every page.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ostiary.domain.errors import InputError
from ostiary.office.redaction.foreign.marks import Mark
from ostiary.office.redaction.foreign.page_lines import Box
from ostiary.office.redaction.foreign.page_text import UNIT, PageText
from ostiary.office.redaction.plain_letters import plain, plain_words

_DASHES = tuple("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
SHAPES = {
    "social security or taxpayer number": re.compile(
        r"(?<![\w-])[0-9]{3}([-. ]?)[0-9]{2}\1[0-9]{4}(?![\w-])"
    ),
    "employer number": re.compile(r"(?<![\w-])[0-9]{2}-[0-9]{7}(?![\w-])"),
    "telephone": re.compile(
        r"(?<![\w-])(?:\+?1[ .-]?)?(?:\([0-9]{3}\) ?|[0-9]{3}[ .-])[0-9]{3}[ .-][0-9]{4}(?![\w-])"
    ),
    "address of mail": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "account": re.compile(r"(?<![\w-])[0-9]{8,17}(?![\w-])"),
    "day": re.compile(
        r"(?<![\w-])(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)[0-9]{2}"
        r"|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![\w-])"
    ),
}
"""What is looked for without being named, and by which shape; the first that fits counts."""


def suggest(pages: Sequence[PageText], words: Sequence[str], ground: str) -> list[Mark]:
    """Suggest marks.

    Args:
        pages: as they were read.
        words: what is to be found, whatever its case and spacing: names, for the most part.
        ground: that each suggestion carries until a person writes another.

    Raises:
        InputError: a word has no letter or digit.
    """
    looks = [("words given", _pattern(one)) for one in words] + list(SHAPES.items())
    return [
        mark
        for number, page in enumerate(pages, start=1)
        for mark in _on_page(page, number, looks, ground)
    ]


def _pattern(words: str) -> re.Pattern[str]:
    parts = plain_words(words)
    if not parts:
        raise InputError("no letter or digit in it", where="--words", cure="give a name a line")
    letters = r"[\W_]{0,3}".join(re.escape(part) for part in parts)
    return re.compile(rf"(?<![^\W_]){letters}(?![^\W_])", re.IGNORECASE)


def _on_page(
    page: PageText, number: int, looks: Sequence[tuple[str, re.Pattern[str]]], ground: str
) -> Iterator[Mark]:
    letters = [
        (sign, at, box)
        for at, line in enumerate(page.lines)
        for letter, box in zip(line.letters + " ", (*line.boxes, line.boxes[-1]), strict=True)
        for sign in _alike(letter)
    ]
    text = "".join(letter for letter, _, _ in letters)
    taken: set[int] = set()
    for name, pattern in looks:
        for found in pattern.finditer(text):
            places = range(*found.span())
            if taken.isdisjoint(places):
                taken.update(places)
                for at, some in groupby((letters[at] for at in places), key=lambda one: one[1]):
                    boxes = [box for letter, _, box in some if letter != " "]
                    for box in page.lines[at].pieces(boxes):
                        yield Mark(number, _in_points(box), ground, suggested=name)


def _alike(letter: str) -> str:
    """Give the letters that are searched for one: in the one spelling, a dash as a hyphen.

    They may be two; a mark that stands by itself vanishes, for the letter before it has its place.
    """
    made = plain(letter)
    return "-" if made in _DASHES else made


def _in_points(box: Box) -> tuple[float, float, float, float]:
    left, top, right, bottom = (side / UNIT for side in box)
    return left, top, right, bottom
