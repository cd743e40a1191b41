"""Days, amounts and numbers of a text, in figures or in words; and ends of numbers that are masked.

1. What :mod:`.values` reads is read as it is written, and once more with numbers in figures
   (:mod:`.spoken_numbers`).
2. In a number a letter that looks like a digit (O, l, I) is that digit.
3. The last four digits of a number are found where something says that they are it: signs that
   mask what stood before (``***-**-6789``, ``XXX-XX-6789``), or words (``ending in 6789``, ``last
   four: 6789``). The year of a period or a month that ends is none (``tax year ending June 2025``).
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeVar

from ostiary.office.redaction.plain_letters import numbers
from ostiary.office.redaction.rows_apart import apart
from ostiary.office.redaction.spoken_numbers import Figures, in_figures
from ostiary.office.redaction.values import Amount, Day, amounts_in, days_in

Span = tuple[int, int]
Said = TypeVar("Said", Day, Amount)

TAIL = 4
"""Digits at the end of a number by which it is commonly told."""

_BESIDE = 24  # signs before and behind words, in which the rest of a number stands in figures
_LONG = 8  # digits of a number that is told by its end
_LIKE_DIGITS = str.maketrans("OoIl", "0011")
_MIXED = re.compile(r"(?<![^\W_])[0-9OolI]*[0-9][0-9OolI]*(?![^\W_])")
_MASKED = re.compile(
    r"(?:[x*#\u2022\u25cf\u2588]{2,}|\.{3}|\u2026|"
    r"\b(?P<said>end(?:s|ed|ing)|last[ \n]+(?:four|4)|terminad[oa]|termina"
    r"|\u00faltimos[ \n]+(?:cuatro|4))\b[^0-9\n]{0,24}?)[ -]*(?P<tail>[0-9]{4})(?![0-9])",
    re.IGNORECASE,
)

_NEAR = 32  # signs before, in which it is said what ends
_A_YEAR = re.compile("(?:19|20)[0-9]{2}")
_OF_TIME = re.compile(
    r"\b(?:years?|periods?|quarters?|terms?|months?|weeks?|fiscal|FY|a\u00f1os?|periodos?"
    r"|per\u00edodos?|trimestres?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo"
    r"|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b",
    re.IGNORECASE,
)


def days_said(text: str, figures: Figures | None = None) -> Iterator[tuple[Day, Span]]:
    """Give each day that a text may say, and where.

    Args:
        text: evened (:func:`.values.evened`).
        figures: the same in figures, where somebody has it already.
    """
    yield from days_in(text)
    yield from _in_words(text, figures, days_in)


def amounts_said(text: str, figures: Figures | None = None) -> Iterator[tuple[Amount, Span]]:
    """Give each amount that a text may say, and where; of the same as :func:`days_said`."""
    yield from amounts_in(text)
    yield from _in_words(text, figures, amounts_in)


def _in_words(
    text: str, figures: Figures | None, read: Callable[[str], Iterator[tuple[Said, Span]]]
) -> Iterator[tuple[Said, Span]]:
    """Give what a text says in words, numbers of a row behind each other and each by itself."""
    whole = figures or in_figures(text)
    for made, begins in chain([(whole, 0)], apart(text)):
        for one, span in read(made.text) if made.changes else ():
            if made.touches(span):
                first, end = made.written(span)
                yield one, (begins + first, begins + end)


def amounts_beside_days(text: str) -> Iterator[tuple[Amount, Span]]:
    """Give the amounts of a text that are searched for: the year of a day is none."""
    taken = [span for _, span in days_said(text)]
    for one, (first, end) in amounts_said(text):
        if one.tells and not any(first < last and begins < end for begins, last in taken):
            yield one, (first, end)


def numbers_said(figures: Figures) -> set[str]:
    """Give the digits of each number of a text that is in words, wholly or in part."""
    return {
        digits
        for new, _ in figures.changes
        for digits in numbers(figures.text[max(0, new[0] - _BESIDE) : new[1] + _BESIDE])
    }


def numbers_alike(text: str) -> set[str]:
    """Give the digits of each number of a text, letters that look like digits among them."""
    alike = _MIXED.sub(lambda found: found[0].translate(_LIKE_DIGITS), text)
    return numbers(text) | (numbers(alike) if alike != text else set())


def tail_of(digits: str) -> str:
    """Give the end by which a number is told, or nothing where it is too short for one."""
    return digits[-TAIL:] if len(digits) >= _LONG else ""


def tails_in(text: str) -> Iterator[tuple[str, Span]]:
    """Give each end of a number that a text tells as one, and where it stands."""
    for found in _MASKED.finditer(text):
        if not (found["said"] and _is_year(found)):
            yield found["tail"], found.span("tail")


def _is_year(found: re.Match[str]) -> bool:
    """Whether four digits are the year in which a period or a month ends, and no number's end."""
    near = found.string[max(0, found.start() - _NEAR) : found.start("tail")]
    return bool(_A_YEAR.fullmatch(found["tail"]) and _OF_TIME.search(near))
