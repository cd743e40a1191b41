"""What is numbered and is no day and no amount: sections, parts, steps and the like.

1. What is called a section hands it on over ``and``, ``or``, ``to``, ``through`` and commas (``IRM
   5.1.18 and 5.1.19``).
2. A number that begins a line and has a title behind it is a section's where its document numbers
   so: where it has a part of its own (``5.1.18.1``), or the one before and the whole that both are
   parts of stand there as well (``5.1.17`` and ``5.1``), each before a title; or where the title is
   one that sections alone have (``5.1.18 Scope``).

A list of days has neither: of ``5.1.17 Called``, ``5.1.18 Wrote`` each may be a day, and is one.
"""

import re
from functools import lru_cache

_LONGEST = 80  # signs, within which the word of a list of sections stands
_PARTED = r"[ \n]*(?:,[ \n]*(?:(?:and|or)[ \n]+)?|(?:and|or|to|through|y)[ \n]+|[&;-][ \n]*)"
_OF_A_SECTION = re.compile(
    r"(?:\b(?:IRM|sections?|secs?|parts?|chapters?|versions?|v|release|no|paras?|paragraphs?|rules?"
    r"|regs?|regulations?|items?|steps?|tables?|figures?|exhibits?|appendix)\.?"
    rf"|[\u00a7\u00b6#])[ \n]*(?:[0-9][0-9.]{{0,11}}(?:\([0-9A-Za-z]{{1,4}}\)){{0,4}}{_PARTED})*$",
    re.IGNORECASE,
)

_HEADING = re.compile(
    r"^[ \t]*(?:\#{1,6}[ ])?(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3}){1,6})\.?[ \t]+(?=[^\W\d_])"
    r"(?P<title>[^\n]{0,80})",
    re.MULTILINE,
)
_TITLES = frozenset(
    {"scope", "purpose", "purposes", "applicability", "definitions", "acronyms", "authority"}
    | {"authorities", "responsibilities", "objectives"}
)
_BESIDE_TITLES = frozenset({"program", "roles", "terms", "related", "resources"})
_JOINING = _BESIDE_TITLES | {"and", "of", "the", "&"}
_WORD = re.compile(r"&|[^\W\d_]+")


def is_of_section(text: str, at: int) -> bool:
    """Whether what stands before a place says that a section's number follows."""
    return bool(_OF_A_SECTION.search(text, max(0, at - _LONGEST), at))


def is_heading(text: str, number: str, at: int) -> bool:
    """Whether a number of three parts is a section's, by its title and what else is numbered.

    Args:
        text: the whole text.
        number: as it stands there, such as ``5.1.18``.
        at: where it begins.
    """
    begins = text.rfind("\n", 0, at) + 1
    found = _HEADING.match(text, begins)
    if (
        not found
        or found.span("number") != (at, at + len(number))
        or not found["title"][0].isupper()
    ):
        return False
    whole, _, last = number.rpartition(".")
    headings = _headings(text)
    has_part = f"{number}.1" in headings
    follows = whole in headings and f"{whole}.{int(last) - 1}" in headings
    return has_part or follows or _is_title(found["title"])


def _is_title(title: str) -> bool:
    words = {word.lower() for word in _WORD.findall(title)}
    return bool(words & _TITLES) and words <= _TITLES | _JOINING


@lru_cache(maxsize=4)
def _headings(text: str) -> frozenset[str]:
    """Give the numbers that begin a line of a text and have a title behind them."""
    return frozenset(
        found["number"] for found in _HEADING.finditer(text) if found["title"][0].isupper()
    )
