"""Days and amounts, read from a text in any of the ways in which they are written.

1. A day has a month by name (English or Spanish, short or long) or by number, before or behind the
   day; a year of four digits, of two, or none beside a month's name. What can be read in two ways
   (``05/06/2025``) is both.
2. An amount is its value: ``$1,234.50``, ``1234.5``, ``1.234,50`` and ``1 234.50`` are one, and
   ``1.2 million`` is ``1,200,000``. In words, or rounded, it is not found.
3. It is for searching alone: it takes more for the same than is the same.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

Span = tuple[int, int]


class _Evened(dict[int, str]):
    """What stands for a sign: its one form, if that is one sign too; a dash is a hyphen."""

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        even = unicodedata.normalize("NFKC", sign)
        self[point] = "-" if sign in _DASHES else even if len(even) == 1 else sign
        return self[point]


_ENGLISH = "january february march april may june july august september october november december"
_SPANISH = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
_MONTHS = {
    name: at
    for names in (_ENGLISH, _SPANISH, " ".join(one[:3] for one in _ENGLISH.split()))
    for at, name in enumerate(names.split(), start=1)
} | {"sept": 9, "setiembre": 9}
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![^\W\d_])\.?"
_YEAR = r"(?:,?[ \n]*(?:(?:of|de|del)[ \n]+)?|[-/])'?([0-9]{4}|[0-9]{2})(?![0-9])"
_NUMBER_OF_DAY = r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th|\.\u00ba|\u00ba)?"
_DAY_FIRST = re.compile(
    rf"{_NUMBER_OF_DAY}(?:[ \n]+(?:day[ \n]+)?(?:of|de)[ \n]+|[ \n./-]*){_MONTH}(?:{_YEAR})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_]){_MONTH}[ \n./-]*{_NUMBER_OF_DAY}(?![0-9])(?:{_YEAR})?", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(?<![\w])([0-9]{1,4}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,4})(?![0-9]|[/.-][0-9])"
)
# The first digit is said before what must not stand before it: so the search leaps to digits.
_COMPACT = re.compile(r"[0-9](?<![0-9]{2})[0-9]{7}(?![0-9])")
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2044"
_SCALES = {"thousand": 3, "million": 6, "millions": 6, "billion": 9, "k": 3, "m": 6, "bn": 9}
_AMOUNT = re.compile(
    r"(?<![\w.,])(?P<before>(?:US ?|C)?\$|USD|EUR|[\u20ac\u00a3\u00a5])? ?"
    r"(?P<whole>[0-9]{1,3}(?:[,.'\u2019 ][0-9]{3})+|[0-9]+)(?:[.,](?P<part>[0-9]{1,2}))?"
    r"(?![\w]|[.,/-][0-9])|(?<![\w.,])\$ ?(?P<scaled>[0-9]+(?:\.[0-9]+)?)(?P<unit>k|m|bn)(?![\w])",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[ \n]?(thousand|millions?|billion)?[ \n]?(dollars?|usd|euros?)?(?![^\W_])",
    re.IGNORECASE,
)
_EVENED = _Evened()
_TWELVE, _THIRTY_ONE, _TELLING = 12, 31, 1_000
_MONEY = 24  # digits of an amount at the most: Decimal counts exactly to 28


@dataclass(frozen=True)
class Day:
    """A day as it is written.

    Attributes:
        year: of four digits, of two, or None where it is left out.
        month: from 1.
        day: from 1.
    """

    year: int | None
    month: int
    day: int

    def same(self, other: "Day") -> bool:
        """Whether both may be one day: a year that is left out is any, two digits are its end."""
        if (self.month, self.day) != (other.month, other.day):
            return False
        if self.year is None or other.year is None:
            return True
        short = min(self.year, other.year) < 100  # noqa: PLR2004 - of two digits
        return (self.year - other.year) % 100 == 0 if short else self.year == other.year


@dataclass(frozen=True)
class Amount:
    """A number as an amount may be written.

    Attributes:
        value: what it is worth.
        marked: whether a sign of a currency, cents or parted thousands say that it is one.
    """

    value: Decimal
    marked: bool

    @property
    def tells(self) -> bool:
        """Whether it is searched for: ``12`` alone is anything."""
        return self.marked or abs(self.value) >= _TELLING


def amounts_beside_days(text: str) -> Iterator[tuple[Amount, Span]]:
    """Give the amounts of a text that are searched for: the year of a day is none."""
    taken = [span for _, span in days_in(text)]
    for one, (first, end) in amounts_in(text):
        if one.tells and not any(first < last and begins < end for begins, last in taken):
            yield one, (first, end)


def evened(text: str) -> str:
    """Give a text with each sign in one form, at the same places."""
    return text if text.isascii() else text.translate(_EVENED)


def days_in(text: str) -> Iterator[tuple[Day, Span]]:
    """Give each day that a text may say, and where: evened (:func:`evened`) first."""
    for found in _DAY_FIRST.finditer(text):
        yield from _named(found, found[1], found[2], found[3])
    for found in _MONTH_FIRST.finditer(text):
        yield from _named(found, found[2], found[1], found[3])
    for found in _NUMERIC.finditer(text):
        first, middle, last = found[1], int(found[3]), found[4]
        if len(first) == len("2025"):
            pairs = [(int(first), middle, int(last)), (int(first), int(last), middle)]
        elif len(first) <= len("31") and len(last) in {len("25"), len("2025")}:
            pairs = [(int(last), int(first), middle), (int(last), middle, int(first))]
        else:
            continue
        yield from _real(pairs, found.span())
    for found in _COMPACT.finditer(text):
        yield from _real(_uncompacted(found[0]), found.span())


def _named(
    found: re.Match[str], day: str, month: str, year: str | None
) -> Iterator[tuple[Day, Span]]:
    """Give a day beside a month's name; two digits behind it are a year, or something else."""
    at = _MONTHS[month.lower()]
    if year is not None:
        yield from _real([(int(year), at, int(day))], found.span())
    if (year is None or len(year) == len("25")) and month[0].isupper():
        yield from _real([(None, at, int(day))], found.span())


def _uncompacted(digits: str) -> list[tuple[int | None, int, int]]:
    begins = [(int(digits[:4]), int(digits[4:6]), int(digits[6:]))]
    ends = [
        (int(digits[4:]), int(digits[:2]), int(digits[2:4])),
        (int(digits[4:]), int(digits[2:4]), int(digits[:2])),
    ]
    centuries = {"19", "20"}
    return [
        *(begins if digits[:2] in centuries else []),
        *(ends if digits[4:6] in centuries else []),
    ]


def _real(pairs: Sequence[tuple[int | None, int, int]], span: Span) -> Iterator[tuple[Day, Span]]:
    found = (
        Day(year, month, day)
        for year, month, day in pairs
        if 1 <= month <= _TWELVE and 1 <= day <= _THIRTY_ONE and _is_year(year)
    )
    for one in dict.fromkeys(found):
        yield one, span


def _is_year(year: int | None) -> bool:
    return year is None or year < 100 or 1800 <= year < 2200  # noqa: PLR2004 - of people alive


def amounts_in(text: str) -> Iterator[tuple[Amount, Span]]:
    """Give each amount that a text may say, and where: evened (:func:`evened`) first."""
    for found in _AMOUNT.finditer(text):
        if found["scaled"]:
            value = Decimal(found["scaled"]).scaleb(_SCALES[found["unit"].lower()])
            yield Amount(value.normalize(), True), found.span()
            continue
        whole, part = re.sub(r"[^0-9]", "", found["whole"]), found["part"]
        if len(whole) > _MONEY:
            continue
        behind = _BEHIND.match(text, found.end())
        scale, unit = (behind[1], behind[2]) if behind else (None, None)
        value = Decimal(f"{whole}.{part or 0}").scaleb(_SCALES[scale.lower()] if scale else 0)
        parted = whole != found["whole"]
        marked = bool(found["before"] or unit or scale or part or parted)
        end = behind.end() if behind and (scale or unit) else found.end()
        yield Amount(value.normalize(), marked), (found.start(), end)
