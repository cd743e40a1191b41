"""The rows of a small file whose every value is plain, read without an engine.

A value is plain where it is surely of its kind, and surely not what
:mod:`.intake.misread` looks for: an ISO day, nine digits, a list of ids with ``;`` between,
printable ASCII of no great length; a name or an address may hold any sign. What is anything else
goes the way of every file, together with the rest of it. So nothing is judged here: of most small
files the checks of :mod:`ostiary.deciding.intake.typed` are known to pass before they are asked.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import pyarrow as pa

from ostiary.deciding.intake.footers import ASKS, may_be_below, may_name_the_column
from ostiary.deciding.intake.misread import (
    NO_DAY,
    NOBODYS_TINS,
    is_free,
    may_be_nothing,
    may_be_of_a_program,
    may_say_nothing,
)
from ostiary.deciding.intake.typed import FIRST_YEAR, IN_SMALL_LETTERS
from ostiary.domain.columns import REQUEST, Column

MOST: Final = 100
"""Rows of a file that is looked at here."""

_LONGEST: Final = 128  # a list of so many signs has no more entries than may be named
_LONGEST_TEXT: Final = 1000
_LAST_YEAR: Final = 2099
_PRINTABLE: Final = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NINE: Final = re.compile(r"[0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4}")
_LIST: Final = re.compile(r"[A-Za-z0-9/.:-]+(?:;[A-Za-z0-9/.:-]+)*")
_YEARS: Final = re.compile(r"(?:19|20)[0-9]{2}(?:;(?:19|20)[0-9]{2})*")

Text = str | None
_ARROW: Final[Mapping[str, pa.DataType]] = {
    "date": pa.date32(),
    "flag": pa.bool_(),
    "list": pa.list_(pa.string()),
    "years": pa.list_(pa.int32()),
}


class _NotPlainError(Exception):
    """A value is to be read as values are in any file."""


def plain_requests(rows: Iterable[Sequence[Any]]) -> pa.Table | None:
    """Read rows of cleaned texts; None where any value of them is not plain.

    Args:
        rows: the number of each row, and its texts in the order of
            :data:`ostiary.domain.columns.REQUEST`.

    Returns:
        ``row`` and the columns of the contract, typed as :func:`.intake.typed.typed` says.
    """
    numbers: list[int] = []
    columns: list[list[Any]] = [[] for _ in REQUEST]
    seen: set[tuple[Text, str]] = set()
    try:
        for number, *texts in rows:
            numbers.append(number)
            for values, read, text in zip(columns, _READ, texts, strict=True):
                values.append(read(text))
            name = (columns[_AGENCY][-1], columns[_ID][-1])
            if name[1] is None or name in seen or may_name_the_column(name[1], "request_id"):
                return None
            if may_be_below(name[1]) and not any(columns[at][-1] for at in _ASKS):
                return None
            seen.add(name)
    except _NotPlainError:
        return None
    kinds = [_ARROW.get(column.kind, pa.string()) for column in REQUEST]
    arrays = map(pa.array, columns, kinds)
    names = (column.name for column in REQUEST)
    return pa.table({"row": pa.array(numbers, pa.int64()), **dict(zip(names, arrays, strict=True))})


_ASKS: Final = tuple(at for at, column in enumerate(REQUEST) if column.name in ASKS)


def _reader(column: Column) -> Callable[[Text], Any]:
    """Give what reads a plain text of a column, and raises where it is not plain."""
    lowered = column.name in IN_SMALL_LETTERS
    read = _BY_KIND.get(column.kind)
    if read is None:
        return _text_reader(column, lowered=lowered)
    empty = _EMPTY.get(column.kind)

    def reader(text: Text) -> Any:
        if text is None:
            return empty
        return read(text.lower() if lowered else text)

    return reader


def _text_reader(column: Column, *, lowered: bool) -> Callable[[Text], Text]:
    longest = _LONGEST if column.name == "request_id" else _LONGEST_TEXT
    free = is_free(column) and not lowered

    def reader(text: Text) -> Text:
        if text is None:
            return None
        if len(text) > longest or "\0" in text:
            raise _NotPlainError
        if free:
            return text
        if not _PRINTABLE.fullmatch(text):
            raise _NotPlainError
        if may_be_nothing(column, text) or may_be_of_a_program(column, text):
            raise _NotPlainError
        return text.lower() if lowered else text

    return reader


def _day(text: str) -> date:
    if text == NO_DAY or not _DAY.fullmatch(text):
        raise _NotPlainError
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise _NotPlainError from None
    if not FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise _NotPlainError
    return found


def _flag(text: str) -> bool:
    if text not in {"true", "false"}:
        raise _NotPlainError
    return text == "true"


def _digits(text: str) -> str:
    digits = text.replace("-", "")
    if not _NINE.fullmatch(text) or digits in NOBODYS_TINS:
        raise _NotPlainError
    return digits


def _entries(text: str) -> list[str]:
    if len(text) > _LONGEST or not _LIST.fullmatch(text) or may_say_nothing(text):
        raise _NotPlainError
    return text.split(";")


def _years(text: str) -> list[int]:
    if not _YEARS.fullmatch(text):
        raise _NotPlainError
    return [int(year) for year in text.split(";")]


_BY_KIND: Final[Mapping[str, Callable[[str], Any]]] = {
    "date": _day,
    "flag": _flag,
    "digits": _digits,
    "list": _entries,
    "years": _years,
}
_EMPTY: Final[Mapping[str, object]] = {"list": (), "years": (), "flag": False}
_READ: Final = [_reader(column) for column in REQUEST]
_AGENCY, _ID = (
    next(place for place, column in enumerate(REQUEST) if column.name == name)
    for name in ("agency", "request_id")
)
