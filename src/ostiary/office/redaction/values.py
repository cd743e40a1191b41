"""Days and amounts, read from a text in the usual ways of writing them.

1. A day has a month by name (English or Spanish, short or long) or by number, before or behind the
   day; a year of four digits, of two, or none beside a month's name. What can be read in two ways
   (``05/06/2025``, ``25-05-06``) is both. With dots and without a 0 three short numbers are a day
   unless something before them, or the document's own numbering, says that it is a section (``IRM
   5.1.18``; a heading, see :mod:`.sections`). Two numbers are a day behind a word as before one
   (``on 5/5``). Days of one month in a row (``May 4-5, 2025``) are each found, those between them
   are not.
2. An amount is its value: ``$1,234.50``, ``1234.5``, ``1.234,50`` and ``1 234.50`` are one, and
   ``1.2 million``, ``1.2M`` and ``$1,200K`` are ``1,200,000``. Rounded it is not found; in words
   it is by :mod:`.said_values`.
3. It is for searching alone: it takes more for the same than is the same.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ostiary.office.redaction.sections import is_heading, is_of_section

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
    rf"{_NUMBER_OF_DAY}(?:[ \n]+(?:day[ \n]+)?(?:of|de)[ \n]+|,?[ \n./-]*){_MONTH}(?:{_YEAR})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_]){_MONTH}(?:[ \n./-]*|[ \n]+the[ \n]+){_NUMBER_OF_DAY}(?![0-9])(?:{_YEAR})?",
    re.IGNORECASE,
)
# Days of one month in a row: "May 4-5, 2025", "4, 5 and 6 May 2025". Commas alone need the year.
_AND = r"[ \n]*(?:-|&|,?[ \n]*(?:and|or|to|through|y|al?)[ \n]|,)[ \n]*"
_ROW_BEHIND = re.compile(
    rf"((?:{_AND}[0-9]{{1,2}}(?![0-9])(?:st|nd|rd|th)?)+)(?:{_YEAR})?", re.IGNORECASE
)
_ROW_BEFORE = re.compile(rf"((?<![\w/.-])[0-9]{{1,2}}(?:st|nd|rd|th)?{_AND})+$", re.IGNORECASE)
_ROW = 40  # signs, within which such a row begins
_SHORT_NUMBER = re.compile(r"[0-9]{1,2}")
_NUMERIC = re.compile(
    r"(?<![\w])([0-9]{1,4}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,4})(?![0-9]|\2[0-9]|\.[0-9])"
)
_TWO_NUMBERS = re.compile(
    r"\b(?:on|of|dated|since|until|by|before|after|from|el|del|desde|hasta)[ \n]+"
    r"([0-9]{1,2})/([0-9]{1,2})(?![\w/]|[.-][0-9])",
    re.IGNORECASE,
)
# A part of something, where a word says so: "a share of 1/2", "reduced by 1/3".
_OF_A_WHOLE = re.compile(
    r"\b(?:shares?|parts?|portions?|fractions?|interests?|halves|half|reduc(?:ed|tion|es?)|increased?"
    r"|decreased?|divided|multiplied|cut|lower(?:ed|s)?|raised?)[ \n]+(?:of|by|from)[ \n]+$",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile(r"[1-9][0-9]?\.[1-9][0-9]?\.[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}")
_PARTED_BY_BLANKS = re.compile(
    r"[0-9](?<!\w[0-9])(?:[0-9]{3} [0-9]{2} [0-9]{2}|[0-9] [0-9]{2} [0-9]{4})(?!\w)"
)
# The first digit is said before what must not stand before it: so the search leaps to digits.
_COMPACT = re.compile(r"[0-9](?<![0-9]{2})[0-9]{7}(?![0-9])")
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2044"
_SHORT_SCALES = {"k": 3, "m": 6, "mm": 6, "bn": 9}
_SCALES = {
    "thousand": 3, "mil": 3, "million": 6, "millions": 6, "mill\u00f3n": 6, "millones": 6,
    "billion": 9, **_SHORT_SCALES,
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?<![\w.,])(?P<before>(?:US ?|C)?\$|USD|EUR|[\u20ac\u00a3\u00a5])? ?"
    r"(?P<whole>[0-9]{1,3}(?:[,.'\u2019 ][0-9]{3})+|[0-9]+)(?:[.,](?P<part>[0-9]{1,2}))?"
    r"(?!(?!(?:k|mm?|bn)(?!\w))\w|[.,/][0-9]|-[0-9](?![0-9,]{3}))",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"([ \n]?)(thousand|millions?|mill\u00f3n|millones|mil|billion|k|mm?|bn)?[ \n]?(?:de[ \n])?"
    r"(dollars?|d\u00f3lares|usd|euros?)?(?![^\W_])",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"[0-9]{1,3}\.[0-9]{3}")  # 1.234 million is no thousand millions
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


def evened(text: str) -> str:
    """Give a text with each sign in one form, at the same places."""
    return text if text.isascii() else text.translate(_EVENED)


def days_in(text: str) -> Iterator[tuple[Day, Span]]:
    """Give each day that a text may say, and where: evened (:func:`evened`) first."""
    for found in _DAY_FIRST.finditer(text):
        yield from _named(found.span(), found[1], found[2], found[3])
        row = _ROW_BEFORE.search(text, max(0, found.start() - _ROW), found.start())
        if row and ("," not in row[0] or found[3]):
            for day in _SHORT_NUMBER.findall(row[0]):
                yield from _named((row.start(), found.end()), day, found[2], found[3])
    for found in _MONTH_FIRST.finditer(text):
        yield from _named(found.span(), found[2], found[1], found[3])
        row = _ROW_BEHIND.match(text, found.end(2))
        if row and ("," not in row[1] or row[2]):
            for day in (found[2], *_SHORT_NUMBER.findall(row[1])):
                yield from _named((found.start(), row.end()), day, found[1], row[2])
    yield from _in_numbers(text)


def _in_numbers(text: str) -> Iterator[tuple[Day, Span]]:
    """Give the days of a text whose month is a number."""
    for found in _NUMERIC.finditer(text):
        yield from _real(_numbered(found), found.span())
    for found in _TWO_NUMBERS.finditer(text):
        first, second = int(found[1]), int(found[2])
        if first < second <= _TWELVE and _OF_A_WHOLE.search(
            text, max(0, found.start() - _ROW), found.start(1)
        ):
            continue
        either: list[tuple[int | None, int, int]] = [(None, first, second), (None, second, first)]
        yield from _real(either, (found.start(1), found.end()))
    for pattern in (_PARTED_BY_BLANKS, _COMPACT):
        for found in pattern.finditer(text):
            yield from _real(_uncompacted(found[0].replace(" ", "")), found.span())


def _named(span: Span, day: str, month: str, year: str | None) -> Iterator[tuple[Day, Span]]:
    """Give a day beside a month's name; two digits behind it are a year, or something else."""
    at = _MONTHS[month.lower()]
    if year is not None:
        yield from _real([(int(year), at, int(day))], span)
    if (year is None or len(year) == len("25")) and month[0].isupper():
        yield from _real([(None, at, int(day))], span)


def _numbered(found: re.Match[str]) -> list[tuple[int | None, int, int]]:
    """Give what three numbers may be as a day: with dots they are the number of a section, too."""
    first, sign, middle, last = found[1], found[2], int(found[3]), found[4]
    if sign == "." and _is_section(found):
        return []
    if len(first) == len("2025"):
        return [(int(first), middle, int(last)), (int(first), int(last), middle)]
    if len(first) > len("31") or len(last) not in {len("25"), len("2025")}:
        return []
    ends: list[tuple[int | None, int, int]] = [
        (int(last), int(first), middle),
        (int(last), middle, int(first)),
    ]
    short = sign == "-" and len(first) == len(last) == len("25")
    return [*ends, (int(first), middle, int(last))] if short else ends


def _is_section(found: re.Match[str]) -> bool:
    """Whether a number precedes, or it is called or headed as a section and nothing shows a day."""
    before = found.string[max(0, found.start() - _TWELVE) : found.start()]
    if before[-1:] == "." and before[-2:-1].isdigit():
        return True
    long = len("2025") in (len(found[1]), len(found[4]))
    sure = long or found[1].startswith("0") or found[3].startswith("0")
    if sure:
        return False
    is_tight = " " not in found[0]
    is_headed = is_tight and is_heading(found.string, found[0], found.start())
    return is_headed or is_of_section(found.string, found.start())


def is_doubtful(written: str) -> bool:
    """Whether a day may as well be the number of a section: nobody is asked about each."""
    return bool(_DOUBTFUL.fullmatch(written))


def _uncompacted(digits: str) -> list[tuple[int | None, int, int]]:
    begins = [(int(digits[:4]), int(digits[4:6]), int(digits[6:]))]
    first, second, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    ends = [(year, first, second), (year, second, first)]
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
        whole, part = re.sub(r"[^0-9]", "", found["whole"]), found["part"]
        if len(whole) > _MONEY:
            continue
        scale, unit, end = _behind(text, found)
        exact = scale and not part and _DECIMAL.fullmatch(found["whole"])
        value = Decimal(found["whole"] if exact else f"{whole}.{part or 0}")
        parted = whole != found["whole"]
        marked = bool(found["before"] or unit or scale or part or parted)
        value = value.scaleb(_SCALES[scale.lower()] if scale else 0)
        yield Amount(value.normalize(), marked), (found.start(), end)


def _behind(text: str, found: re.Match[str]) -> tuple[str, str, int]:
    """Give the scale and the currency behind a number, and where it ends with them.

    A letter behind a blank is a scale where a currency stands before: ``30 m`` are metres.
    """
    behind = _BEHIND.match(text, found.end())
    if not behind:
        return "", "", found.end()
    gap, scale, unit = behind[1], behind[2] or "", behind[3] or ""
    if gap and scale.lower() in _SHORT_SCALES and not (found["before"] or unit):
        return "", "", found.end()
    return scale, unit, behind.end() if scale or unit else found.end()
