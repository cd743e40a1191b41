"""Where a PDF may hold what is to be withheld: suggestions, which a person takes or drops.

Shapes of numbers (social security, individual and employer identification, telephone, account),
addresses of mail, days, amounts in dollars, and words that a person gives, however they are parted
by lines: with the initials of a name, and days and amounts in their usual forms. A suggestion
is no finding: what has another shape is not found, and people look at every page.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from ostiary.domain.errors import InputError
from ostiary.office.redaction.encodings import in_two_letters
from ostiary.office.redaction.foreign.marks import Mark
from ostiary.office.redaction.foreign.page_lines import Box
from ostiary.office.redaction.foreign.page_text import UNIT, PageText
from ostiary.office.redaction.initials import are_of, initials_of, written_initials
from ostiary.office.redaction.plain_letters import plain, plain_words
from ostiary.office.redaction.values import amounts_beside_days, amounts_in, days_in, evened

_APART = r"[\W_]{0,3}"
_PAIRS = frozenset(("ae", "oe", "ue", "aa"))
_MARKS = frozenset("\u00a8\u00af\u00b4\u00b8\u02c6\u02c7\u02d8\u02d9\u02da\u02db\u02dc\u02dd")
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
    "amount": re.compile(r"(?<![\w$])\$ ?[0-9][0-9,]*(?:\.[0-9]{1,2})?(?![\w])"),
}
"""What is looked for without being named, and by which shape; the first that fits counts."""


Finder = Callable[[str, str], Iterable[tuple[int, int]]]
"""Gives places in a text in the one spelling, beside it as it is written, sign for sign."""


def suggest(pages: Sequence[PageText], words: Sequence[str], ground: str) -> list[Mark]:
    """Suggest marks.

    Args:
        pages: as they were read.
        words: what is to be found, whatever its case and spacing: names, for the most part. A
            name's initials are found with it, a day or an amount in its usual forms
            (:mod:`..values`).
        ground: that each suggestion carries until a person writes another.

    Raises:
        InputError: a word has no letter or digit.
    """
    looks = [("words given", look) for one in words for look in _finders(one)]
    looks += [(name, _shape(pattern)) for name, pattern in SHAPES.items()]
    looks.append(("day", _any_day))
    return [
        mark
        for number, page in enumerate(pages, start=1)
        for mark in _on_page(page, number, looks, ground)
    ]


def _shape(pattern: re.Pattern[str]) -> Finder:
    return lambda text, _: (found.span() for found in pattern.finditer(text))


def _any_day(_: str, written: str) -> Iterator[tuple[int, int]]:
    """Give days with their year; one without is left to people, for it is not told from others."""
    return (span for day, span in days_in(written) if day.year is not None)


def _finders(words: str) -> Iterator[Finder]:
    """Give what looks for words: what else says the same, then as they are, letter by letter."""
    wanted = {letters for letters, _ in initials_of(words)}
    if wanted:
        yield lambda _, written: (
            span
            for letters, parted, span in written_initials(written)
            if any(are_of(letters, one, parted=parted) for one in wanted)
        )
    days = [day for day, _ in days_in(evened(words))]
    if days:
        yield lambda _, written: (
            span for day, span in days_in(written) if any(day.same(one) for one in days)
        )
    values = {one.value for one, _ in amounts_beside_days(evened(words))}
    if values:
        yield lambda _, written: (
            span for one, span in amounts_in(written) if one.tells and one.value in values
        )
    for pattern in _patterns(words):
        yield _shape(pattern)


def _patterns(words: str) -> Iterator[re.Pattern[str]]:
    """Give words as they may be parted: at a line's end, and letters with blanks between."""
    parts = plain_words(in_two_letters(words))
    if not parts:
        raise InputError("no letter or digit in it", where="--words", cure="give a name a line")
    turned = [[*parts[-1:], *parts[:-1]], [*parts[1:], *parts[:1]]]  # Quispe, Maria
    for order in (parts, *(one for one in turned if len(parts) > 1)):
        for between in (r"(?:- ?)?", " "):
            each = [_letters(part, between) for part in order]
            if between != " " or min(map(len, parts)) > 1:
                yield re.compile(rf"(?<![^\W_]){_APART.join(each)}(?![^\W_])", re.IGNORECASE)


def _letters(part: str, between: str) -> str:
    """Give the letters of a word; one of two that stand for a letter with a mark may be missing."""
    made, last = "", ""
    for one in part:
        pair = last + one in _PAIRS
        made += f"(?:{between}{one})?" if pair else f"{between if made else ''}{re.escape(one)}"
        last = one
    return made


def _on_page(
    page: PageText, number: int, looks: Sequence[tuple[str, Finder]], ground: str
) -> Iterator[Mark]:
    letters = [
        (sign, letter if len(signs) == 1 else sign, at, box)
        for at, line in enumerate(page.lines)
        for letter, box in zip(line.letters + " ", (*line.boxes, line.boxes[-1]), strict=True)
        for signs in [_alike(letter)]
        for sign in signs
    ]
    text = "".join(sign for sign, *_ in letters)
    written = evened("".join(letter for _, letter, *_ in letters))
    taken: set[int] = set()
    for name, look in looks:
        for span in look(text, written):
            places = range(*span)
            if taken.isdisjoint(places):
                taken.update(places)
                for at, some in groupby((letters[at] for at in places), key=lambda one: one[2]):
                    boxes = [box for sign, _, _, box in some if sign != " "]
                    for box in page.lines[at].marked(boxes):
                        yield Mark(number, _in_points(box), ground, suggested=name)


def _alike(letter: str) -> str:
    """Give the letters that are searched for one: in the one spelling, a dash as a hyphen.

    They may be two; a mark that stands by itself vanishes, for the letter before it has its place.
    """
    if letter in _MARKS:
        return ""
    made = plain(letter)
    return "-" if made in _DASHES else made


def _in_points(box: Box) -> tuple[float, float, float, float]:
    left, top, right, bottom = (side / UNIT for side in box)
    return left, top, right, bottom
