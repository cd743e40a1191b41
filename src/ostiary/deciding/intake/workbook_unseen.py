"""What a sheet of a workbook has that its sender does not see as it is: each is refused by line."""

from pathlib import Path

from python_calamine import CalamineSheet

from ostiary.deciding.intake.workbook_extent import letters_of
from ostiary.deciding.intake.workbook_formats import looks_other
from ostiary.deciding.intake.workbook_marks import Asked
from ostiary.deciding.intake.workbook_parts import WellFormed
from ostiary.domain.errors import InputError

_CALCULATE = "open it in a spreadsheet and save it there, or write values instead of formulas"


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
            cure=_CALCULATE,
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
            where=f"{path} line {part.beside} column {letters_of(part.beside_column)}",
            cure="show all columns, and delete those that are not meant",
        )


def refuse_stale(path: Path, part: WellFormed, header: int) -> None:
    """Refuse formulas below the header in a workbook that says itself that they are not calculated.

    Programs that cannot calculate write nought beside each formula and ``fullCalcOnLoad``
    (ECMA-376, part 1, 18.2.2): a spreadsheet is to put the values in, and none has.

    Raises:
        InputError: there are some.
    """
    if part.formula > header:
        raise InputError(
            "a formula stands in this workbook, which says that its values are not yet calculated",
            where=f"{path} line {part.formula}",
            cure=_CALCULATE,
        )


def refuse_looks(path: Path, part: WellFormed, asked: Asked) -> None:
    """Refuse a sheet with values below its header that look other than they are.

    Those that :class:`ostiary.deciding.intake.workbook_marks.Marks` tells by row are let pass.

    Raises:
        InputError: it has some.
    """
    below = [seen for seen, row in part.seen.items() if row > asked.header]
    others = (one for each in asked.looks for one in each.formats.look_other(below))
    for seen in (one for one in others if not asked.is_told(one)):
        raise InputError(
            "the format of a number or a text in this workbook shows another value than is held, or"
            " none",
            where=f"{path} line {part.seen[seen]} column {letters_of(seen.column)}",
            cure="format its column as text and write what is meant, or save the sheet as CSV,"
            " which keeps what is shown",
        )


def refuse_crossed_header(path: Path, part: WellFormed, asked: Asked) -> None:
    """Refuse a column whose name is crossed out.

    Raises:
        InputError: there is one.
    """
    for seen, row in part.seen.items():
        if row == asked.header and asked.kind_of(seen) == "crossed-out":
            raise InputError(
                "the name of a column is crossed out in this workbook: whether it is meant cannot"
                " be told",
                where=f"{path} line {row} column {letters_of(seen.column)}",
                cure="delete the column, or take the line away",
            )


def refuse_conditions(path: Path, part: WellFormed, asked: Asked) -> None:
    """Refuse values that a rule may cross out, hide or show as others: rules are not calculated.

    Raises:
        InputError: there are some.
    """
    given = [look for each in asked.looks for look in each.conditional]
    below = [(seen, row) for seen, row in part.seen.items() if row > asked.header]
    areas = 0
    for rule in part.conditions.rules:
        looks = part.conditions.looks_of(rule, given)
        may_hide = rule.hides or any(look.is_crossed or look.is_unseen for look in looks)
        codes = [look.code for look in looks if look.code]
        for columns, rows in rule.areas() if may_hide or codes else ():
            areas += 1
            for seen, row in below:
                is_in = (
                    seen.column in columns and row >= rows.start and rows.stop > asked.header + 1
                )
                is_hit = is_in and (may_hide or any(looks_other(code, seen) for code in codes))
                if is_hit or areas > _MOST_AREAS:
                    raise _by_a_rule(path, seen.column)


_MOST_AREAS = 2_000  # of rules that may hide something: more are not worked through


def _by_a_rule(path: Path, column: int) -> InputError:
    return InputError(
        "conditional formatting of this workbook may cross out values, hide them or show them as"
        " others, and its rules are not worked out here",
        where=f"{path} column {letters_of(column)}",
        cure="delete the rows that are not meant, and take the conditional formatting away"
        " (Clear Rules), or save the sheet as CSV",
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
