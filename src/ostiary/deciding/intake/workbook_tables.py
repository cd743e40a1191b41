"""Tables of a sheet (ECMA-376, part 1, 18.5.1.2) whose style paints the cells that have no ground.

White letters on a sheet are seen by nobody, but on the dark ground that a table has from its style
they are. What a style paints is known of those of the workbook itself, and of the built-in ones
that are dark from edge to edge; every other counts as none, so that white letters are told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ostiary.deciding.intake.workbook_looks import Look, Looks, area_of

_WHOLE, _HEADER = "wholeTable", "headerRow"
_DARK: Final = {
    f"TableStyleDark{number}": frozenset({f"theme {number + 2} 0"} if number > 1 else set[str]())
    for number in range(1, 8)
}
"""Grounds of the built-in styles whose every part is dark: the first has greys, those from the
second on an accent of the theme (its colours 4 to 9) and shades of it. From the eighth on they are
light."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A table whose style paints its cells.

    Attributes:
        columns: their numbers.
        rows: likewise.
        grounds: the colours that its cells may have.
    """

    columns: range
    rows: range
    grounds: frozenset[str]


def painted(tables: Mapping[str, str], looks: Sequence[Looks]) -> list[Painted]:
    """Give the tables whose style paints them.

    Args:
        tables: the style of each table of the sheet, by the cells that it takes.
        looks: of the workbook's styles.
    """
    if len(looks) != 1:  # which of them counts cannot be told
        return []
    found = ((area_of(where), _grounds(style, looks[0])) for where, style in tables.items())
    return [Painted(*area, grounds) for area, grounds in found if area and grounds is not None]


def _grounds(style: str, looks: Looks) -> frozenset[str] | None:
    """Give the grounds of a style; None of one that is not known to paint every cell."""
    if style not in looks.of_tables:
        return _DARK.get(style)
    given = {
        part: looks.conditional[number]
        for part, number in looks.of_tables[style]
        if number < len(looks.conditional) and part != _HEADER
    }
    filled = {part: look.ground for part, look in given.items() if look.is_filled}
    return frozenset(filled.values()) if _WHOLE in filled else None


def is_unseen(look: Look, plain: Look, table: Painted | None) -> bool:
    """Tell whether the letters of a cell have the colour of their ground.

    A ground of its own lies over the table's; letters in the workbook's own colour (``plain``) get
    that of the table.
    """
    if table is None or look.is_filled or look.ink == plain.ink:
        return look.is_unseen
    return look.ink in table.grounds
