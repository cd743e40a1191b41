"""Reading the registers of one folder, each by itself.

Registers are small, and law rests on them: they are read record by record, and one wrong row
refuses them all. What the rows of several folders say together is judged in
:mod:`~ostiary.deciding.intake.register_checks`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from ostiary.deciding.intake.csv_text import Damage, Fields
from ostiary.deciding.intake.files import identify, unreadable
from ostiary.deciding.intake.readers import records_of
from ostiary.deciding.intake.register_values import Value, value_of
from ostiary.deciding.intake.tabular import header_of, rows_of
from ostiary.deciding.intake.typed import DAMAGES
from ostiary.domain.columns import Column
from ostiary.domain.errors import BookError, InputError
from ostiary.domain.register_columns import REGISTERS
from ostiary.domain.unread import refuse_unread

_PERIODS = (
    ("from", "until"),
    ("suspended_from", "suspended_until"),
    ("given_on", "acknowledged_on"),
)
_SMALL = 1 << 20  # bytes of a register that is read once
_MOST_TOLD = 50
"""Rows of a register that cannot be used, of which each is named."""


@dataclass(frozen=True, slots=True, eq=False)
class RegisterRow:
    """One row of a register. A row is itself alone: what it says may stand in another file too.

    Attributes:
        where: the file and the number of the row, counted from 1 below the header.
        values: by column; None where the row, or its whole file, says nothing.
        given: the columns that the file has.
    """

    where: str
    values: dict[str, Value]
    given: frozenset[str] = frozenset()


Known = dict[str, dict[str, Value]]
"""By column what its texts were read as."""
RowsOfFolder = Mapping[str, Sequence[RegisterRow]]
"""What one folder says, by register: nothing is checked yet that other folders may complete."""


def read_folder(folder: Path) -> RowsOfFolder:
    """Read the registers of one folder, each by itself.

    Raises:
        BookError: a file or row cannot be used, or there is a file that is no register; what is
            wrong with each file, the first in full.
    """
    found: dict[str, Sequence[RegisterRow]] = {}
    faults: list[BookError] = []
    for name in REGISTERS:
        try:
            found[name] = read_register(folder, name)
        except BookError as fault:
            faults.append(fault)
    if faults:
        raise _all_of(faults, "and more registers")
    _refuse_strangers(folder)
    return found


def read_register(folder: Path, name: str) -> tuple[RegisterRow, ...]:
    """Read one register of a folder; no rows where it has none.

    Raises:
        BookError: the file or a row cannot be used.
    """
    path = folder / f"{name}.csv"
    if not path.exists() and not path.is_symlink():
        return ()
    try:
        identify(path)
        content = path.read_bytes()
        read = _rows_once if len(content) <= _SMALL else _rows
        return read(path, name, content)
    except BookError:
        raise
    except InputError as error:
        raise BookError(error.message, where=error.where, cure=error.cure) from None
    except OSError as error:
        raise BookError(unreadable(path, error).message, where=str(path)) from None


def _rows(path: Path, name: str, content: bytes) -> tuple[RegisterRow, ...]:
    columns = REGISTERS[name]
    records = records_of(BytesIO(content), columns)
    header = header_of(records, columns, str(path))
    rows = rows_of(records, header, str(path))
    return tuple(_whole(header.kept, rows, columns, path))


# The same bytes in the same place say the same, whoever asks.
_rows_once = lru_cache(maxsize=256)(_rows)


def _whole(
    names: list[str], records: Iterator[Fields | Damage], columns: Sequence[Column], path: Path
) -> Iterator[RegisterRow]:
    """Give the rows of a register.

    Raises:
        BookError: rows cannot be used; the first in full, and each of the others on a line.
    """
    faults: list[BookError] = []
    known: Known = {column.name: {} for column in columns}
    for number, record in enumerate(records, start=1):
        try:
            yield _row(names, record, columns, f"{path} row {number}", known)
        except BookError as fault:
            faults.append(fault)
    if faults:
        raise _all_of(faults, f"and {len(faults) - _MOST_TOLD} more rows")


def _all_of(faults: list[BookError], left: str) -> BookError:
    """Make one error of several: the first in full, each other on a line, then those ``left``."""
    first, *more = faults
    if not more:
        return first
    lines = [f"\n  {one}" for one in more[: _MOST_TOLD - 1]]
    if len(faults) > _MOST_TOLD:
        lines.append(f"\n  {left}")
    return BookError(first.message, where=first.where, cure="".join([first.cure, *lines]))


def _row(
    header: list[str],
    record: Fields | Damage,
    columns: Sequence[Column],
    where: str,
    known: Known,
) -> RegisterRow:
    if isinstance(record, Damage):
        message, cure = DAMAGES[record.kind]
        named = f" column {record.column}" if record.column else ""
        raise BookError(message, where=where + named, cure=cure)
    texts = dict(zip(header, record, strict=True))
    values = {
        column.name: _value(column, texts.get(column.name) or "", where, known[column.name])
        for column in columns
    }
    for first, last in _PERIODS:
        start, end = values.get(first), values.get(last)
        if isinstance(start, date) and isinstance(end, date) and start > end:
            raise BookError(
                f"`{first}` is after `{last}`",
                where=f"{where} column {last}",
                cure=f"write a day in `{last}` that is not before `{first}`",
            )
    return RegisterRow(where, values, frozenset(header))


def _value(column: Column, text: str, where: str, known: dict[str, Value]) -> Value:
    """Read a value, as :func:`value_of` does; the same text in the same column is read once."""
    if text not in known:
        known[text] = value_of(column, text, where)
    return known[text]


def _refuse_strangers(folder: Path) -> None:
    """Refuse whatever is no register: a register that nobody reads protects nobody."""
    if folder.is_dir():
        names = [f"{name}.csv" for name in REGISTERS]
        refuse_unread(
            str(folder), files_below(folder), names=names, ending=".csv", what="a register"
        )


def files_below(folder: Path) -> Iterator[str]:
    """Give every file below a folder, and every link to another folder, as paths from there."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()
