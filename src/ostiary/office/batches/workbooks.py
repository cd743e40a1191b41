"""Workbooks for people who work in a spreadsheet: every cell is text, so that nothing is changed.

A cell that is text keeps its zeros, its long numbers and its days as they are, and is never taken
for a formula.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

_LONGEST_CELL = 32_767  # of Office Open XML
_ROWS_WITH_CHOICES = 20_000
_LONGEST_LIST = 255  # of a list of choices, the commas included
_WIDTHS = {"what": 60, "cure": 60, "reason": 40, "as_sent": 60}
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to fill in.

    Attributes:
        name: its name.
        columns: name of each column, and what belongs into it.
        rows: the rows that stand in it.
        choices: of columns that take one of few words, these words.
    """

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Mapping[str, str]]
    choices: Mapping[str, Sequence[str]]


def write_template(path: Path, sheet: Sheet, explained: Sequence[Sequence[str]]) -> None:
    """Write a workbook with a sheet to fill in, and one that explains its columns.

    Args:
        path: the workbook to make.
        sheet: the first sheet; each header tells what belongs into its column, and columns with
            choices offer them.
        explained: the rows of the second sheet, its header first.
    """
    with xlsxwriter.Workbook(path, _OPTIONS) as workbook:
        text, head = _formats(workbook)
        first = workbook.add_worksheet(sheet.name)
        first.freeze_panes(1, 0)
        for at, (name, meaning) in enumerate(sheet.columns):
            first.set_column(at, at, _WIDTHS.get(name, 18), text)
            first.write_string(0, at, name, head)
            offered = list(sheet.choices.get(name, ()))
            said: dict[str, Any] = {
                "validate": "any",
                "input_title": name[:32],
                "input_message": meaning[:255],
            }
            if offered and len(",".join(offered)) <= _LONGEST_LIST:
                said |= {"validate": "list", "source": offered}
            first.data_validation(1, at, _ROWS_WITH_CHOICES, at, said)
            for number, row in enumerate(sheet.rows, start=1):
                first.write_string(number, at, row.get(name, "")[:_LONGEST_CELL], text)
        second = workbook.add_worksheet("columns")
        second.set_column(0, 4, 30, text)
        for number, row_text in enumerate(explained):
            for at, value in enumerate(row_text):
                second.write_string(number, at, value, text if number else head)


def write_rows(source: Path, target: Path, name: str) -> None:
    """Write a CSV file as a workbook, row by row.

    Args:
        source: CSV in UTF-8, with a header.
        target: the workbook to make.
        name: of its sheet.
    """
    with (
        source.open(encoding="utf-8-sig", newline="") as file,
        xlsxwriter.Workbook(target, _OPTIONS | {"constant_memory": True}) as workbook,
    ):
        rows = csv.reader(file)
        names = next(rows)
        text, head = _formats(workbook)
        sheet = workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(names):
            sheet.set_column(at, at, _WIDTHS.get(column, 18), text)
            sheet.write_string(0, at, column, head)
        for number, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                sheet.write_string(number, at, value[:_LONGEST_CELL], text)


def _formats(workbook: Any) -> tuple[Any, Any]:
    text = workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    head = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1})
    return text, head
