"""Words of numbers, English and Spanish, and where in a row of them each number begins.

1. A row is parted into as few numbers as may be (``two thousand two thousand five hundred`` is
   2,000 and 2,500); none begins with a scale of its own where another parting will do.
2. Of two partings into as many, the one whose first number is longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 24
"""Digits of a number at the most."""

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
SMALL = (
    {word: at for at, word in enumerate(_UNITS.split())}
    | {word: at for at, word in enumerate(_SPANISH_UNITS.split()) if word != "once"}
    | {word: at * 10 for at, word in enumerate(_TENS.split(), start=2)}
    | {word: at * 10 for at, word in enumerate(_SPANISH_TENS.split(), start=2)}
    | {word: at * 100 for at, word in enumerate(_SPANISH_HUNDREDS.split(), start=1)}
    | {"oh": 0, "un": 1, "una": 1, "primero": 1, "ciento": 100, "veinti\u00fan": 21, "fourty": 40}
)
"""What a word adds. ``Once``, eleven in Spanish, is a common word of English, and none here."""

LAST = {word: at for at, word in enumerate(_ORDINALS.split(), start=1)} | {"thirtieth": 30}
HUNDRED = frozenset({"hundred", "cientos"})
SCALES = {
    "thousand": 1_000, "mil": 1_000, "million": 10**6, "mill\u00f3n": 10**6, "millones": 10**6,
    "billion": 10**9,
}  # fmt: skip


@dataclass
class Number:
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
    scale: int = 10**LONGEST
    room: int = 10**LONGEST
    ended: bool = False

    @property
    def value(self) -> int:
        """What was said."""
        return self.whole + self.rest

    def takes(self, word: str) -> bool:
        """Take a word; say whether it belongs to this number."""
        if self.ended:
            return False
        if word in SCALES:
            return self._takes_scale(SCALES[word])
        if word in HUNDRED:
            return self._takes_hundred()
        adds = LAST[word] if word in LAST else SMALL[word]
        if adds >= self.room or (not adds and self.room < 10**LONGEST):
            return False
        self.rest += adds
        self.room = _below(adds)
        self.ended = word in LAST or not adds
        return True

    def _takes_scale(self, scale: int) -> bool:
        said = self.whole + self.rest
        if self.scale == _THOUSAND and scale == _MILLION and said < scale:
            self.whole, self.rest = said * scale, 0  # dos mil millones
            self.scale = self.room = scale
            return True
        if scale >= self.scale or (self.whole and not self.rest):
            return False
        self.whole, self.rest = self.whole + (self.rest or 1) * scale, 0
        self.scale = self.room = scale
        return True

    def _takes_hundred(self) -> bool:
        if self.rest >= 100 or self.rest * 100 >= self.scale:  # noqa: PLR2004 - twelve hundred is one
            return False
        self.rest, self.room = (self.rest or 1) * 100, 100
        return True


def _below(adds: int) -> int:
    """Say what may follow: units behind tens, tens behind hundreds, nothing behind units."""
    if adds % 100 == 0:
        return 100
    return 10 if adds >= 20 and adds % 10 == 0 else 0  # noqa: PLR2004


_THOUSAND, _MILLION = 1_000, 1_000_000
_A_NUMBER, _BEGUN_BY_MIL, _BEGUN_BY_SCALE = 2, 1, 40  # what each costs; `mil` alone is a thousand


def numbers_of(words: Sequence[str]) -> list[tuple[int, int, int]]:
    """Part words of numbers: give the value of each, its first word and what follows its last.

    Args:
        words: in small letters, each of them a word of a number.
    """
    costs = [0] * (len(words) + 1)
    best: list[tuple[int, int]] = [(0, 0)] * len(words)
    for first in range(len(words) - 1, -1, -1):
        ends = _ends(words, first)
        best[first] = min(ends, key=lambda one: (costs[one[1]], -one[1]))
        costs[first] = costs[best[first][1]] + _cost(words[first])
    made: list[tuple[int, int, int]] = []
    at = 0
    while at < len(words):
        value, end = best[at]
        made.append((value, at, end))
        at = end
    return made


def _ends(words: Sequence[str], first: int) -> list[tuple[int, int]]:
    """Give each number that begins with a word: its value, and what follows its last word."""
    number, ends = Number(), []
    for at in range(first, len(words)):
        if not number.takes(words[at]):
            break
        ends.append((number.value, at + 1))
    return ends


def _cost(begins: str) -> int:
    if begins == "mil":
        return _A_NUMBER + _BEGUN_BY_MIL
    return _A_NUMBER + _BEGUN_BY_SCALE * (begins in HUNDRED or begins in SCALES)
