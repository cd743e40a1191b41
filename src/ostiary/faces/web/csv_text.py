"""CSV that a spreadsheet opens as text: a cell that would run gets an apostrophe before it.

See OWASP, "CSV Injection": a cell that begins with ``= + - @`` or a control character is run by
spreadsheets when the file is opened.
"""

from collections.abc import Iterable

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_row(cells: Iterable[object]) -> list[str]:
    """Give the cells of a row as text that no spreadsheet runs."""
    return [_safe(str(cell)) for cell in cells]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
