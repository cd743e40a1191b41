"""The columns of a small file whose every value is plain, read without an engine.

A value is plain where it is surely of its kind, and surely not what
:mod:`.intake.misread` looks for: an ISO day, nine digits, a list of ids with ``;`` between,
printable ASCII of no great length; a name or an address may hold any sign. A column with any
other value goes the way of every file. So nothing is judged here: of most columns of small files
the checks of :mod:`ostiary.deciding.intake.typed` are known to pass before they are asked, and to
plan them all takes longer than to read such a file (decision 0125).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pyarrow as pa

from ostiary.deciding.intake.cited import is_cited, is_identifier
from ostiary.deciding.intake.footers import (
    ASKS,
    WORDS,
    may_be_below,
    may_count,
    may_name_the_column,
)
from ostiary.deciding.intake.lost_text import may_be_lost
from ostiary.deciding.intake.misread import (
    NO_DAY,
    NOBODYS_TINS,
    is_free,
    may_be_nothing,
    may_be_of_a_program,
    may_say_nothing,
)
from ostiary.deciding.intake.typed import CHOSEN, FIRST_YEAR, IN_SMALL_LETTERS
from ostiary.domain.columns import REQUEST, Column

_LONGEST: Final = 128  # a list of so many signs has no more entries than may be named
_LONGEST_TEXT: Final = 1000
_MOST_TEXTS: Final = 2_500  # different ones: the engine plans a column sooner than more are read
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


@dataclass(frozen=True, slots=True)
class PlainColumns:
    """What could be read of few rows.

    Attributes:
        rows: the numbers of the rows.
        values: of each column whose every value is plain, these as
            :func:`.intake.typed.typed` says.
        doubtful: the other columns, in the order of the contract; the id among them where a row has
            none, may repeat one, or may be no row.
    """

    rows: list[int]
    values: dict[str, list[Any]]
    doubtful: tuple[Column, ...]

    def typed(self, at: Sequence[int] | None = None) -> dict[str, pa.Array]:
        """Give the plain columns; of the rows at these places alone, where any are named."""
        return {
            name: pa.array(
                values if at is None else [values[place] for place in at],
                _ARROW.get(_KINDS[name], pa.string()),
            )
            for name, values in self.values.items()
        }


def plain_columns(rows: Iterable[Sequence[Any]]) -> PlainColumns:
    """Read rows of cleaned texts, column by column.

    Args:
        rows: the number of each row, and its texts in the order of
            :data:`ostiary.domain.columns.REQUEST`; a damaged row has no text.
    """
    found = list(zip(*rows, strict=True)) or [() for _ in range(len(REQUEST) + 1)]
    numbers, texts = list(found[0]), found[1:]
    read = [_read_all(each, column) for each, column in zip(_READ, texts, strict=True)]
    doubtful = {place for place, values in enumerate(read) if values is None}
    if _ID in doubtful or _may_be_no_row(read) or _may_repeat(read):
        doubtful.add(_ID)
    if _may_be_unborn(read):
        doubtful.add(_BORN)
    plain = {
        REQUEST[place].name: values
        for place, values in enumerate(read)
        if values is not None and place not in doubtful
    }
    return PlainColumns(numbers, plain, tuple(REQUEST[place] for place in sorted(doubtful)))


def _read_all(read: Callable[[Text], Any], texts: Sequence[Text]) -> list[Any] | None:
    """Read the texts of a column, each but once; None where any is not plain, or are so many."""
    found = set(texts)
    if len(found) > _MOST_TEXTS:
        return None
    try:
        known = {text: read(text) for text in found}
    except _NotPlainError:
        return None
    return [known[text] for text in texts]


def _may_be_no_row(read: Sequence[list[Any] | None]) -> bool:
    """Tell whether an id is missing, or may be a header or a note in the place of one.

    A row whose words stand in columns in doubt may turn out to say nothing.
    """
    said = [values for place in _ASKS if (values := read[place]) is not None]
    words = [values for place in _WORDS if (values := read[place]) is not None]
    for at, name in enumerate(read[_ID] or ()):
        if name is None or may_name_the_column(name, "request_id"):
            return True
        found = [text for values in words if (text := values[at])]
        silent = all(map(may_count, found)) and not any(values[at] for values in said)
        if silent and (found or may_be_below(name)):
            return True
    return False


def _may_repeat(read: Sequence[list[Any] | None]) -> bool:
    """Tell whether an agency may have used an id twice: any may, where one of them is in doubt."""
    ids = read[_ID] or ()
    agencies = read[_AGENCY] or [None] * len(ids)
    return len(set(zip(agencies, ids, strict=True))) < len(ids)


def _may_be_unborn(read: Sequence[list[Any] | None]) -> bool:
    """Tell whether a day of birth may be after that of the signature."""
    born, signed = read[_BORN], read[_SIGNED]
    if born is None or signed is None:
        return born is None or any(born)
    return any(one and other and one > other for one, other in zip(born, signed, strict=True))


def plain_requests(rows: Iterable[Sequence[Any]]) -> pa.Table | None:
    """Read rows of cleaned texts as :func:`plain_columns` does; None where any value is in doubt.

    Returns:
        ``row`` and the columns of the contract.
    """
    found = plain_columns(rows)
    if found.doubtful:
        return None
    return pa.table({"row": pa.array(found.rows, pa.int64()), **found.typed()})


_ASKS: Final = tuple(
    at for at, column in enumerate(REQUEST) if column.name in ASKS and column.name not in WORDS
)
_WORDS: Final = tuple(
    at for at, column in enumerate(REQUEST) if column.name in ASKS and column.name in WORDS
)


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
    words = CHOSEN.get(column.name)
    free, cited = is_free(column) and not lowered and not words, is_cited(column)

    def reader(text: Text) -> Text:
        if text is None:
            return None
        if len(text) > longest or "\0" in text:
            raise _NotPlainError
        if may_be_lost(column, text) or (cited and not is_identifier(text)):
            raise _NotPlainError
        if free:
            return text
        if not _PRINTABLE.fullmatch(text):
            raise _NotPlainError
        if may_be_nothing(column, text) or may_be_of_a_program(column, text):
            raise _NotPlainError
        if words and text.lower() not in words:
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
_KINDS: Final = {column.name: column.kind for column in REQUEST}
_EMPTY: Final[Mapping[str, object]] = {"list": (), "years": (), "flag": False}
_READ: Final = [_reader(column) for column in REQUEST]
_AGENCY, _ID, _BORN, _SIGNED = (
    next(place for place, column in enumerate(REQUEST) if column.name == name)
    for name in ("agency", "request_id", "birth_date", "signed_on")
)
