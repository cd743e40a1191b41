"""Numbers and days that stand in addresses and forms: read, or passed over, or no such page."""

from collections.abc import Iterable
from datetime import date

from django.http import Http404

_DIGITS_OF_A_PAGE = 6
_DIGITS_OF_A_CASE = 15


def page_number(text: str) -> int:
    """Read the number of a page; what is none is page 1."""
    found = _number(text, _DIGITS_OF_A_PAGE)
    return max(1, found or 1)


def case_numbers(texts: Iterable[str]) -> list[int]:
    """Read the numbers of cases; what is none is left out."""
    return [one for text in texts if (one := _number(text, _DIGITS_OF_A_CASE)) is not None]


def day_in(text: str) -> date | None:
    """Read the day of a list; None when none is asked for.

    Raises:
        Http404: it is no day; another list would be taken for the one of that day.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None


def pages_of(many: int, page: int) -> int:
    """Say how many pages a list fills; an empty one fills one."""
    return max(1, -(-many // page))


def page_of(number: int, pages: int) -> dict[str, int]:
    """Say of a page where it stands: ``number`` of ``pages``, ``earlier`` and ``later`` (or 0)."""
    return {
        "number": number,
        "pages": pages,
        "earlier": number - 1 if number > 1 else 0,
        "later": number + 1 if number < pages else 0,
    }


def _number(text: str, digits: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
