"""Calendar months as whole numbers: January of the year 0 is 0, so that a year is twelve."""

import re
from datetime import date

_MONTH = re.compile(r"([12][0-9]{3})[-/](0[1-9]|1[0-2])(?:[-/]01)?(?:[T ]00:00(?::00(?:\.0+)?)?)?")


def read_month(text: str) -> int | None:
    """Read 2025-04, or the first day of a month; None for everything else."""
    found = _MONTH.fullmatch(text.strip())
    return int(found[1]) * 12 + int(found[2]) - 1 if found else None


def month_of(day: date) -> int:
    """The month of a day."""
    return day.year * 12 + day.month - 1


def label(month: int) -> str:
    """Say a month as 2025-04."""
    return f"{month // 12}-{month % 12 + 1:02d}"


def in_words(month: int) -> str:
    """Say a month as April 2025."""
    return f"{date(month // 12, month % 12 + 1, 1):%B %Y}"
