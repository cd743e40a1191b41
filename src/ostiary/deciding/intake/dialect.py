"""How a CSV file is written: what parts its columns, where its header stands, what it names.

1. A first line ``sep=;`` says what parts the columns, and is no row.
2. Otherwise the header is the first of the first lines, cut at commas, semicolons, tabs or bars,
   that names at least half of the columns the contract wants; lines above it are titles. Where no
   line does, the first is the header and commas part it, and the columns' check says what is wrong.
   Where the values stand between other quotes than ``"``, the file is refused by them.
3. Where no line names them so, but one would cut at another sign (``^``, ``~``, ``:``), the file is
   refused by the sign: nothing says that it parts the columns and stands in no value.
4. A name is read in small letters, without white space and unseen signs around it; blanks and
   hyphens in it are underscores. Where its letters and digits alone are those of one column, it is
   that column's: ``signedOn``, ``SignedOn``, ``signed.on``.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ostiary.deciding.intake.misread import INVISIBLE
from ostiary.domain.columns import Column

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SEPARATORS = ",;\t|"
_SAID = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_MOST_TITLES = 10
_BETWEEN = re.compile(r"[\s\-]+")
_LINE_ENDS = re.compile("\r\n|\r|\n")  # no others: a line of ours may hold what else ends lines
_SIGN = re.compile(r"[^\w\s,;|\"'.\-]|[\x00-\x08\x0e-\x1f]")
_OTHER_QUOTES = (("'", "'"), ("\u201c", "\u201d"), ("\u2018", "\u2019"), ("\u201e", "\u201c"))
_NO_LETTER = re.compile("[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written.

    Attributes:
        separator: what parts the columns, one byte.
        above: how many lines stand above the header.
        foreign: the sign that seems to part the columns where none of ours does; empty otherwise.
        quotes: the sign before each value where that is no double quote; empty otherwise.
    """

    separator: str = ","
    above: int = 0
    foreign: str = ""
    quotes: str = ""


def dialect_of(head: bytes, columns: Sequence[Column]) -> Dialect:
    """Tell from the beginning of a file how it is written.

    Args:
        head: its first bytes, as many as a header with titles above it may have.
        columns: the columns of the contract.
    """
    text = head.removeprefix(_BYTE_ORDER_MARK).decode("utf-8", "replace")
    lines = _LINE_ENDS.split(text)
    if lines and (said := _SAID.fullmatch(lines[0])) and said[1].isascii():
        return Dialect(said[1], 1, quotes=_quotes(lines[1:3], said[1]))
    wanted = {column.name for column in columns}
    by_letters = _by_letters(columns)
    least = max(sum(column.required for column in columns) // 2, 1)
    for above, line in enumerate(lines[:_MOST_TITLES]):
        found = {
            sep: len(wanted.intersection(_cells(line, sep, by_letters))) for sep in _SEPARATORS
        }
        best = max(found, key=lambda sep: found[sep])
        if found[best] >= least:
            return Dialect(best, above, quotes=_quotes(lines[above : above + 2], best))
    return Dialect(foreign=_foreign(lines[:_MOST_TITLES], by_letters, least))


def _quotes(lines: Sequence[str], separator: str) -> str:
    """Give what opens values between other quotes: the header's, or those of the row below it."""
    columns = lines[0].count(separator) if lines else 0
    for line in lines:
        for opening, closing in _OTHER_QUOTES:
            between = line.count(f"{closing}{separator}{opening}")
            if line.startswith(opening) and between > columns // 2:
                return opening
    return ""


def _foreign(lines: Iterable[str], by_letters: Mapping[str, str], least: int) -> str:
    """Give the sign at which a line names enough columns; the underscore is part of their names."""
    for line in lines:
        for sign in sorted(set(_SIGN.findall(line))):
            cells = {_meant(cell.strip("\"' "), by_letters) for cell in line.split(sign)}
            if len(cells.intersection(by_letters.values())) >= least:
                return str(sign)
    return ""


def _cells(line: str, separator: str, by_letters: Mapping[str, str]) -> list[str]:
    return [
        _meant(cell, by_letters)
        for cells in csv.reader([line], delimiter=separator)
        for cell in cells
    ]


def names_of(cells: Iterable[str], columns: Sequence[Column]) -> list[str]:
    """Give the names of columns as they are meant; one that is no column's stays as it is read."""
    by_letters = _by_letters(columns)
    return [_meant(cell, by_letters) for cell in cells]


def _meant(cell: str, by_letters: Mapping[str, str]) -> str:
    name = _BETWEEN.sub("_", cell.strip(INVISIBLE + " \t\r\n\u00a0").lower())
    return by_letters.get(_NO_LETTER.sub("", name), name)


def _by_letters(columns: Sequence[Column]) -> dict[str, str]:
    """Give the columns by the letters and digits of their names; no two columns have the same."""
    return {_NO_LETTER.sub("", column.name): column.name for column in columns}
