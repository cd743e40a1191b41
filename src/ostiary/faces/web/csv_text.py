"""CSV that a spreadsheet opens as text: a cell that would run gets an apostrophe before it."""

from collections.abc import Iterable

from ostiary.domain.spreadsheets import harmless


def safe_row(cells: Iterable[object]) -> list[str]:
    """Give the cells of a row as text that no spreadsheet runs."""
    return [harmless(str(cell)) for cell in cells]
