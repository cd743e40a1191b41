"""Numbers in words, English and Spanish, set in figures: so that one search finds both.

1. Words of a number in a row (``one thousand two hundred and thirty-four``, ``mil doscientos
   treinta y cuatro``) are its figures. What makes no one number is set behind each other, as
   people say a year or a telephone number (``twenty twenty-five``, ``two oh two``).
2. An ordinal number ends a row (``the twenty-first of May``).
3. Halves and quarters, ``point`` and cents are decimals: ``two and a half million``, ``2 1/2``,
   ``fifty and 5/100 dollars``, ``1,234 dollars and 50 cents``.
4. It is for searching alone: a word that is a number and something else is a number.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

Span = tuple[int, int]

_UNITS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_SPANISH_UNITS = """
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
diecis\u00e9is diecisiete dieciocho diecinueve veinte veintiuno veintid\u00f3s veintitr\u00e9s
veinticuatro veinticinco veintis\u00e9is veintisiete veintiocho veintinueve
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPANISH_TENS = "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_SPANISH_HUNDREDS = """
cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos
"""
_ORDINALS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_SMALL = (
    {word: at for at, word in enumerate(_UNITS.split())}
    | {word: at for at, word in enumerate(_SPANISH_UNITS.split()) if word != "once"}
    | {word: at * 10 for at, word in enumerate(_TENS.split(), start=2)}
    | {word: at * 10 for at, word in enumerate(_SPANISH_TENS.split(), start=2)}
    | {word: at * 100 for at, word in enumerate(_SPANISH_HUNDREDS.split(), start=1)}
    | {"oh": 0, "un": 1, "una": 1, "primero": 1, "ciento": 100, "veinti\u00fan": 21, "fourty": 40}
)
"""What a word adds. ``Once``, eleven in Spanish, is a common word of English, and none here."""

_LAST = {word: at for at, word in enumerate(_ORDINALS.split(), start=1)} | {"thirtieth": 30}
_HUNDRED = frozenset({"hundred", "cientos"})
_SCALES = {
    "thousand": 1_000, "mil": 1_000, "million": 10**6, "mill\u00f3n": 10**6, "millones": 10**6,
    "billion": 10**9,
}  # fmt: skip
_CARDINAL = rf"(?:{'|'.join(sorted({*_SMALL, *_HUNDRED, *_SCALES}, key=len, reverse=True))})"
_ORDINAL = rf"(?:{'|'.join(sorted(_LAST, key=len, reverse=True))})"
_BETWEEN = r"(?:[ \n\u00a0]{1,3}|-[ \n]?|, )(?:(?:and|y)[ \n]{1,2})?"
_ROW = re.compile(
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
_NEAR, _LONGEST = 20, 24  # signs before; digits at the most


@dataclass(frozen=True)
class Figures:
    """A text with its numbers in figures.

    Attributes:
        text: as it reads then.
        changes: where each change begins and ends in it, and where what was changed stood.
    """

    text: str
    changes: tuple[tuple[Span, Span], ...]

    def touches(self, span: Span) -> bool:
        """Whether something in a part of the text was in words."""
        return any(new[0] < span[1] and span[0] < new[1] for new, _ in self.changes)

    def written(self, span: Span) -> Span:
        """Give where a part of the text stands as it is written."""
        return self._place(span[0], end=False), self._place(span[1], end=True)

    def _place(self, at: int, *, end: bool) -> int:
        begins = [new[0] for new, _ in self.changes]
        which = (bisect_right(begins, at - 1) if end else bisect_right(begins, at)) - 1
        if which < 0:
            return at
        new, old = self.changes[which]
        if at < new[1] or (end and at == new[1]):
            return old[1] if end else old[0]
        return old[1] + at - new[1]


def in_figures(text: str) -> Figures:
    """Set numbers of a text in figures."""
    made = Figures(text, ())
    for pattern, put in _STEPS:
        made = _changed(made, pattern, put)
    return made


def _changed(
    made: Figures, pattern: re.Pattern[str], put: Callable[[re.Match[str]], str]
) -> Figures:
    parts: list[str] = []
    spans: list[tuple[Span, Span]] = []
    at = length = 0
    for found in pattern.finditer(made.text):
        said = put(found)
        if said == found[0]:
            continue
        parts += [made.text[at : found.start()], said]
        length += found.start() - at
        spans.append(((length, length + len(said)), found.span()))
        length, at = length + len(said), found.end()
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
    if _BEFORE_SCALE.search(before) and said[-1] in _SCALES:
        kept = re.sub(rf"^.*?(?={said[-1]}$)", " ", found[0], flags=re.IGNORECASE | re.DOTALL)
        said = said[:-1]
    if not said or (len(words) == 1 and words[0] in _ALONE):
        return found[0]
    numbers = [_Number()]
    for word in said:
        if not numbers[-1].takes(word):
            numbers.append(_Number())
            numbers[-1].takes(word)
    figures = "".join(str(one.value) for one in numbers)
    return figures + kept if len(figures) <= _LONGEST else found[0]


@dataclass
class _Number:
    """A number as far as it was said.

    Attributes:
        whole: what stands before its last scale.
        rest: what stands behind.
        scale: the last scale.
        room: what the next word must be less than.
        ended: whether nothing may follow at all.
    """

    whole: int = 0
    rest: int = 0
    scale: int = 10**_LONGEST
    room: int = 10**_LONGEST
    ended: bool = False

    @property
    def value(self) -> int:
        """What was said."""
        return self.whole + self.rest

    def takes(self, word: str) -> bool:
        """Take a word; say whether it belongs to this number."""
        if self.ended:
            return False
        if word in _SCALES:
            return self._takes_scale(_SCALES[word])
        if word in _HUNDRED:
            return self._takes_hundred()
        adds = _LAST[word] if word in _LAST else _SMALL[word]
        if adds >= self.room or (not adds and self.room < 10**_LONGEST):
            return False
        self.rest += adds
        self.room = _below(adds)
        self.ended = word in _LAST or not adds
        return True

    def _takes_scale(self, scale: int) -> bool:
        if scale >= self.scale or (self.whole and not self.rest):
            return False
        self.whole, self.rest = self.whole + (self.rest or 1) * scale, 0
        self.scale = self.room = scale
        return True

    def _takes_hundred(self) -> bool:
        if self.rest >= 100:  # noqa: PLR2004 - twelve hundred is a number
            return False
        self.rest, self.room = (self.rest or 1) * 100, 100
        return True


def _below(adds: int) -> int:
    """Say what may follow: units behind tens, tens behind hundreds, nothing behind units."""
    if adds % 100 == 0:
        return 100
    return 10 if adds >= 20 and adds % 10 == 0 else 0  # noqa: PLR2004


_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_ROW, _row),
    (_HALF_A, lambda _: "0.5 "),
    (_POINT, lambda _: "."),
    (_PART, _part),
    (_CENTS, lambda found: f".{found[1]:>02}"),
)
