"""Numbers in words, English and Spanish, set in figures: so that one search finds both.

1. Words of a number in a row (``one thousand two hundred and thirty-four``, ``mil doscientos
   treinta y cuatro``) are its figures. What makes no one number is set behind each other, as
   people say a year or a telephone number (``twenty twenty-five``, ``two oh two``).
2. An ordinal number ends a row (``the twenty-first of May``).
3. Halves and quarters, ``point`` and cents are decimals: ``two and a half million``, ``2 1/2``,
   ``fifty and 5/100 dollars``, ``1,234 dollars and 50 cents``.
4. Where a row may be several numbers (``one thousand two hundred thirty-four and two thousand``),
   :mod:`.rows_apart` gives each reading of it once more, the numbers beside each other.
5. Sections in a row (``sections one, two and three``), ``one in a million`` and ``a thousand
   times`` are no number.
6. It is for searching alone: a word that is a number and something else is a number.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from ostiary.office.redaction.number_words import (
    HUNDRED,
    LAST,
    LONGEST,
    SCALES,
    SMALL,
    numbers_of,
)
from ostiary.office.redaction.sections import is_of_section

Span = tuple[int, int]

_CARDINAL = rf"(?:{'|'.join(sorted({*SMALL, *HUNDRED, *SCALES}, key=len, reverse=True))})"
_ORDINAL = rf"(?:{'|'.join(sorted(LAST, key=len, reverse=True))})"
_BETWEEN = r"(?:[ \n\u00a0]{1,3}|-[ \n]?|, )(?:(?:and|y)[ \n]{1,2})?"
ROW = re.compile(
    rf"(?<![^\W_])(?:an?[ \n](?=hundred|thousand|million|billion))?"
    rf"(?:{_CARDINAL}(?:{_BETWEEN}{_CARDINAL})*(?:{_BETWEEN}{_ORDINAL})?|{_ORDINAL})(?![^\W_])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = {
    "half": "5",
    "quarter": "25",
    "1/2": "5",
    "1/4": "25",
    "3/4": "75",
    "quarters": "75",
}
_PART = re.compile(
    r"(?<=[0-9])[ \n]+(?:and[ \n]+(?:an?|one|1)[ \n]+(half|quarter)|and[ \n]+(3)[ \n]+quarters"
    r"|(?:and[ \n]+)?(1/2|1/4|3/4))(?![^\W_]|/)",
    re.IGNORECASE,
)
_POINT = re.compile(r"(?<=[0-9])[ \n]+(?:point|punto|coma)[ \n]+(?=[0-9])", re.IGNORECASE)
_HALF_A = re.compile(r"\bhalf[ \n]+an?[ \n]+(?=(?:million|billion|thousand)\b)", re.IGNORECASE)
_CENTS = re.compile(
    r"(?<=[0-9])(?:[ \n]+(?:dollars?|d\u00f3lares|pesos))?,?[ \n]+(?:and|con|y)[ \n]+"
    r"([0-9]{1,2})(?:/100|[ \n]+(?:cents?|centavos))",
    re.IGNORECASE,
)
_BEFORE_SCALE = re.compile(
    r"(?:[0-9]|half|quarters?|half[ \n]an?|point|punto|coma)[ \n]+$", re.IGNORECASE
)
_SMALL_WORDS = frozenset({"and", "y", "a", "an"})
_ALONE = frozenset({"hundred", "cientos", "thousand", "million", "millones", "billion"})
PARTS_NUMBERS = re.compile(r",|\b(?:and|y)\b", re.IGNORECASE)
_A_SCALE = re.compile(r"an?[ \n](?:hundred|thousand|million|billion)", re.IGNORECASE)
_ONE_IN = re.compile(r"\bone[ \n]+in[ \n]+$", re.IGNORECASE)
_TIMES = re.compile(r"[ \n]+(?:times|thanks|ways|reasons|pardons)\b", re.IGNORECASE)
_NEAR = 20  # signs before a row


@dataclass(frozen=True)
class Figures:
    """A text with its numbers in figures.

    Attributes:
        text: as it reads then.
        changes: where each change begins and ends in it, and where what was changed stood.
        asked: the part of what was changed that is asked about; None for all of it.
    """

    text: str
    changes: tuple[tuple[Span, Span], ...]
    asked: Span | None = None

    def touches(self, span: Span) -> bool:
        """Whether something in a part of the text was in words, among what is asked about."""
        asked = self.asked or (0, self.changes[-1][1][1] if self.changes else 0)
        near = slice(
            max(0, bisect_right(self._begins, span[0]) - 1), bisect_left(self._begins, span[1])
        )
        return any(
            new[0] < span[1] and span[0] < new[1] and old[0] < asked[1] and asked[0] < old[1]
            for new, old in self.changes[near]
        )

    def written(self, span: Span) -> Span:
        """Give where a part of the text stands as it is written."""
        return self._place(span[0], end=False), self._place(span[1], end=True)

    @cached_property
    def _begins(self) -> list[int]:
        return [new[0] for new, _ in self.changes]

    def _place(self, at: int, *, end: bool) -> int:
        which = bisect_right(self._begins, at - 1 if end else at) - 1
        if which < 0:
            return at
        new, old = self.changes[which]
        if at < new[1] or (end and at == new[1]):
            return old[1] if end else old[0]
        return old[1] + at - new[1]


def in_figures(text: str) -> Figures:
    """Set numbers of a text in figures."""
    made = replaced(Figures(text, ()), rows_of(text))
    return finished(made)


def rows_of(text: str) -> list[tuple[Span, str]]:
    """Give where number words stand in a row, and the figures of each row."""
    return _places(ROW, text, _row)


def words_of(found: re.Match[str]) -> list[tuple[str, Span]]:
    """Give the words of a row that are numbers, and where they stand."""
    at = found.start()
    return [
        (one[0].lower(), (one.start() + at, one.end() + at))
        for one in _WORD.finditer(found[0])
        if one[0].lower() not in _SMALL_WORDS
    ]


def _places(
    pattern: re.Pattern[str], text: str, put: Callable[[re.Match[str]], str]
) -> list[tuple[Span, str]]:
    return [(found.span(), put(found)) for found in pattern.finditer(text)]


def finished(made: Figures) -> Figures:
    """Read halves, decimals and cents behind numbers that are figures already."""
    for pattern, put in _STEPS:
        made = replaced(made, _places(pattern, made.text, put))
    return made


def replaced(made: Figures, places: Iterable[tuple[Span, str]]) -> Figures:
    """Set something else in places of a text, in their order."""
    parts: list[str] = []
    spans: list[tuple[Span, Span]] = []
    at = length = 0
    for (begin, end), said in places:
        if said == made.text[begin:end]:
            continue
        parts += [made.text[at:begin], said]
        length += begin - at
        spans.append(((length, length + len(said)), (begin, end)))
        length, at = length + len(said), end
    if not spans:
        return made
    step = Figures("".join([*parts, made.text[at:]]), tuple(spans))
    return _over(made, step)


def _over(before: Figures, step: Figures) -> Figures:
    """Give two changes of a text as one."""
    told = [(new, before.written(old)) for new, old in step.changes]
    for new, old in before.changes:
        placed = _forward(step, new)
        if placed and not step.touches(placed):
            told.append((placed, old))
    return Figures(step.text, tuple(sorted(told)))


def _forward(step: Figures, span: Span) -> Span | None:
    """Give where a part of the text stands after a change; None where the change took it."""
    moved = 0
    for new, old in step.changes:
        if old[0] < span[1] and span[0] < old[1]:
            return None
        if old[1] <= span[0]:
            moved = new[1] - old[1]
    return span[0] + moved, span[1] + moved


def _part(found: re.Match[str]) -> str:
    said = (found[1] or ("quarters" if found[2] else found[3])).lower()
    return f".{_PARTS[said]}"


def _row(found: re.Match[str]) -> str:
    """Give the figures of number words in a row; a scale behind figures stays a word."""
    words = [one.lower() for one in _WORD.findall(found[0])]
    said = [one for one in words if one not in _SMALL_WORDS]
    before = found.string[max(0, found.start() - _NEAR) : found.start()]
    kept = ""
    if _BEFORE_SCALE.search(before) and said[-1] in SCALES:
        kept = re.sub(rf"^.*?(?={said[-1]}$)", " ", found[0], flags=re.IGNORECASE | re.DOTALL)
        said = said[:-1]
    if not said or (len(words) == 1 and words[0] in _ALONE) or _is_no_number(found):
        return found[0]
    figures = "".join(str(value) for value, _, _ in numbers_of(said))
    return figures + kept if len(figures) <= LONGEST else found[0]


def _is_no_number(found: re.Match[str]) -> bool:
    """Whether a row is a list of sections, or what is said without being counted."""
    if is_of_section(found.string, found.start()):
        return bool(PARTS_NUMBERS.search(found[0]))
    near = found.string[max(0, found.start() - _NEAR) : found.start()]
    uncounted = _A_SCALE.fullmatch(found[0])
    return bool(uncounted and (_ONE_IN.search(near) or _TIMES.match(found.string, found.end())))


_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_HALF_A, lambda _: "0.5 "),
    (_POINT, lambda _: "."),
    (_PART, _part),
    (_CENTS, lambda found: f".{found[1]:>02}"),
)
