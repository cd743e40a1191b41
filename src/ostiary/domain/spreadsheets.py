"""What a spreadsheet takes for a formula, said once for every table that leaves the house as CSV.

A cell that begins with ``= + - @``, one of their full-width forms, or a control character is run
when the file is opened (OWASP, "CSV Injection"). It stands behind an apostrophe. Where the table is
read again, a text that has apostrophes before such a sign itself gets one more, so that taking one
away gives back what was there.
"""

import re
from collections.abc import Iterable

SIGN = r"[=+\-@\t\r\n\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"
"""Pattern of the signs, as DuckDB reads patterns (RE2)."""
_SIGN = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_SIGNS = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_MARKED = re.compile("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def is_formula(text: str) -> bool:
    """Whether a text begins with one of the signs."""
    return _SIGN.match(text) is not None


def harmless(text: str) -> str:
    """Give a text that no spreadsheet runs."""
    return f"'{text}" if _SIGNS.match(text) else text


def as_it_was(text: str) -> str:
    """Take away the apostrophe that :func:`harmless` put before a text."""
    return text[1:] if _MARKED.match(text) else text


def harmless_row(cells: Iterable[object]) -> list[object]:
    """Give the cells of a row; numbers, days and truth values stay what they are."""
    return [harmless(cell) if isinstance(cell, str) else cell for cell in cells]
