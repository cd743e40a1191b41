"""Where a PDF may hold what is to be withheld: suggestions, which a person takes or drops.

Shapes of numbers (social security, individual and employer identification, telephone, account),
addresses of mail, days, amounts in dollars, and words that a person gives, however they are parted
by lines: with the initials of a name, and days and amounts in their usual forms. A suggestion
is no finding: what has another shape is not found, and people look at every page.

Of words that a person gives are found: all of them in their order or turned round, with letters of
another encoding or two letters for one; a name's initials; days and amounts. One word of several is
not (the surname alone): who wants it found gives it on a line of its own.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from ostiary.domain.errors import InputError
from ostiary.office.redaction.encodings import encoded, in_two_letters
from ostiary.office.redaction.foreign.marks import Mark
from ostiary.office.redaction.foreign.page_lines import Box
from ostiary.office.redaction.foreign.page_text import UNIT, PageText
from ostiary.office.redaction.initials import are_of, initials_of, written_initials
from ostiary.office.redaction.plain_letters import plain, plain_words
from ostiary.office.redaction.said_values import (
    amounts_beside_days,
    amounts_said,
    days_said,
    tail_of,
    tails_in,
)
from ostiary.office.redaction.values import evened, is_doubtful

_APART = r"[\W_]{0,3}"
_PAIRS = ("ae", "oe", "ue", "aa")
_ONE_LETTER = frozenset("\u00e4\u00f6\u00f8\u00fc\u00e5\u00c4\u00d6\u00d8\u00dc\u00c5")
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
    return (
        span
        for day, span in days_said(written)
        if day.year is not None and not is_doubtful(written[slice(*span)])
    )


def _finders(words: str) -> Iterator[Finder]:
    """Give what looks for words: what else says the same, then as they are, letter by letter."""
    wanted = {letters for letters, _ in initials_of(words)}
    if wanted:
        yield lambda _, written: (
            span
            for letters, parted, span in written_initials(written)
            if any(are_of(letters, one, parted=parted) for one in wanted)
        )
    days = [day for day, _ in days_said(evened(words))]
    if days:
        yield lambda _, written: (
            span for day, span in days_said(written) if any(day.same(one) for one in days)
        )
    values = {one.value for one, _ in amounts_beside_days(evened(words))}
    if values:
        yield lambda _, written: (
            span for one, span in amounts_said(written) if one.tells and one.value in values
        )
    tail = tail_of(re.sub(r"[^0-9]", "", plain(words)))
    if tail:
        yield lambda _, written: (span for one, span in tails_in(written) if one == tail)
    yield from map(_spelled, _patterns(words))
    for form in dict.fromkeys(_written(one) for one in encoded(words)):
        yield _encoded(re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE))


def _encoded(pattern: re.Pattern[str]) -> Finder:
    return lambda _, written: (found.span() for found in pattern.finditer(written))


def _spelled(pattern: re.Pattern[str]) -> Finder:
    """Look for words; one letter is two only where it is written as a letter that stands for both.

    ``Mueller`` is ``M\u00fcller``, and ``Sue`` is no ``su``.
    """
    return lambda text, written: (
        found.span()
        for found in pattern.finditer(text)
        if all(
            found[at] is None or len(found[at]) > 1 or written[found.start(at)] in _ONE_LETTER
            for at in range(1, pattern.groups + 1)
        )
    )


def _patterns(words: str) -> Iterator[re.Pattern[str]]:
    """Give words as they may be parted: at a line's end, and letters with blanks between."""
    whole = unicodedata.normalize("NFC", words)
    own, spelled = plain_words(whole), plain_words(in_two_letters(whole))
    parts = list(zip(own if len(own) == len(spelled) else spelled, spelled, strict=True))
    if not parts:
        raise InputError("no letter or digit in it", where="--words", cure="give a name a line")
    turned = [[*parts[-1:], *parts[:-1]], [*parts[1:], *parts[:1]]]  # Quispe, Maria
    for order in (parts, *(one for one in turned if len(parts) > 1)):
        for between in (r"(?:- ?)?", " "):
            each = [_either(spellings, between) for spellings in order]
            if between != " " or min(len(one) for one, _ in parts) > 1:
                yield re.compile(rf"(?<![^\W_]){_APART.join(each)}(?![^\W_])", re.IGNORECASE)


def _either(spellings: Sequence[str], between: str) -> str:
    return f"(?:{'|'.join(_letters(one, between) for one in dict.fromkeys(spellings))})"


def _letters(part: str, between: str) -> str:
    """Give the letters of a word; two that stand for one with a mark are a group, one or both."""
    pairs = rf"{'|'.join(_PAIRS)}|."
    return between.join(
        f"({one[0]}(?:{between}{one[1]})?)" if one in _PAIRS else re.escape(one)
        for one in re.findall(pairs, part)
    )


def _on_page(
    page: PageText, number: int, looks: Sequence[tuple[str, Finder]], ground: str
) -> Iterator[Mark]:
    letters = [
        (sign, letter, at, line.boxes[min(place, len(line.boxes) - 1)])
        for at, line in enumerate(page.lines)
        for place, sign, letter in _signs(line.letters + " ")
    ]
    text = "".join(sign for sign, *_ in letters)
    written = evened("".join(letter for _, letter, *_ in letters))
    found = ((name, span) for name, look in looks for span in look(text, written))
    for name, places in _joined(found):
        for at, some in groupby((letters[at] for at in places), key=lambda one: one[2]):
            boxes = [box for sign, _, _, box in some if sign != " "]
            for box in page.lines[at].marked(boxes):
                yield from _on_paper(page, number, box, ground, name)
    for box in page.redactions:
        yield from _on_paper(page, number, box, ground, "redaction that was not applied")


def _joined(found: Iterable[tuple[str, tuple[int, int]]]) -> Iterator[tuple[str, range]]:
    """Join what overlaps, under the name of what was found first: no letter of either stays."""
    groups: dict[int, tuple[str, range]] = {}
    owners: dict[int, int] = {}
    for order, (name, span) in enumerate(found):
        touched = sorted({owners[at] for at in range(*span) if at in owners})
        first = touched[0] if touched else order
        before = [groups.pop(one) for one in touched]
        places = range(
            min(span[0], *(one.start for _, one in before), span[0]),
            max(span[1], *(one.stop for _, one in before), span[1]),
        )
        groups[first] = before[0][0] if before else name, places
        owners |= dict.fromkeys(places, first)
    yield from (groups[at] for at in sorted(groups))


def _on_paper(page: PageText, number: int, box: Box, ground: str, name: str) -> Iterator[Mark]:
    """Give the mark on as much of a box as lies on the page; of what lies beside it nothing."""
    left, top = max(box[0], 0), max(box[1], 0)
    right, bottom = min(box[2], page.width), min(box[3], page.height)
    if left < right and top < bottom:
        yield Mark(number, _in_points((left, top, right, bottom)), ground, suggested=name)


def _signs(text: str) -> Iterator[tuple[int, str, str]]:
    """Give each sign that is searched: of which letter it is, and as written, mark and all."""
    even = text.isascii()
    for place, letter in enumerate(text):
        signs = _alike(letter)
        written = letter if even or len(signs) > 1 else _marked(text, place)
        yield from ((place, sign, written if len(signs) == 1 else sign) for sign in signs)


def _marked(text: str, place: int) -> str:
    """Give a letter with the mark that stands by itself behind or before it."""
    for mark in (text[place + 1 : place + 2], text[max(0, place - 1) : place]):
        if mark and not _alike(mark):
            apart = unicodedata.normalize("NFKD", mark).strip()
            joined = unicodedata.normalize("NFC", text[place] + apart)
            if len(joined) == 1:
                return joined
    return text[place]


def _written(text: str) -> str:
    """Give words as a page's are compared, each letter as it is written."""
    return evened("".join(letter for _, _, letter in _signs(text)))


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
