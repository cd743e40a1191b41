"""What a sheet of a workbook has that its sender does not see as it is: each is refused by line."""

from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineSheet

from ostiary.deciding.intake.workbook_formats import Formats
from ostiary.deciding.intake.workbook_parts import WellFormed
from ostiary.domain.errors import InputError


def refuse_unseen(path: Path, part: WellFormed, header: int) -> None:
    """Refuse a sheet with a formula that was never calculated, or with values that are hidden.

    Args:
        path: the workbook.
        part: what was seen of the sheet.
        header: line of the header; a column of which nothing but its name is hidden hides nothing.

    Raises:
        InputError: it is such a one.
    """
    if part.uncalculated:
        raise InputError(
            "a formula stands in this workbook whose value was never calculated",
            where=f"{path} line {part.uncalculated}",
            cure="open it in a spreadsheet and save it there, or write values instead of formulas",
        )
    if part.hidden:
        raise InputError(
            "rows of this workbook are hidden: who sends it does not see all that is sent",
            where=f"{path} line {part.hidden}",
            cure="show all rows (take filters away), and delete those that are not meant",
        )
    if part.beside > header:
        raise InputError(
            "columns of this workbook are hidden: who sends it does not see all that is sent",
            where=f"{path} line {part.beside}",
            cure="show all columns, and delete those that are not meant",
        )


def refuse_looks(path: Path, part: WellFormed, header: int, styles: Sequence[Formats]) -> None:
    """Refuse a sheet with values below its header that look other than they are.

    Raises:
        InputError: it has some.
    """
    below = [(seen, row) for seen, row in part.seen.items() if row > header]
    for row in (row for each in styles for row in each.look_other(below)):
        raise InputError(
            "the format of a number or a text in this workbook shows another value than is held, or"
            " none",
            where=f"{path} line {row}",
            cure="format its column as text and write what is meant, or save the sheet as CSV,"
            " which keeps what is shown",
        )


def refuse_merged(path: Path, sheet: CalamineSheet, above: int) -> None:
    """Refuse cells that are merged below the header: one row has the value that several show.

    Raises:
        InputError: there are some.
    """
    for _, (last, _) in sheet.merged_cell_ranges or ():
        if last > above:
            raise InputError(
                "cells are merged in this workbook: what several show stands in one alone",
                where=f"{path} line {last + 1}",
                cure="part them, and write into each cell what belongs there",
            )
