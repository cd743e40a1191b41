"""What a row that comes into a register must say, beyond what the readers of the law ask of it.

The law's readers judge what they need themselves. How long openings are kept, where a webhook goes
and which order a leave is of are read later and by others, who could only fail or pass the row
over. So a row that is new on a page is held to what they will want. One that stands already is
left: of two such rows each can be mended alone.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ostiary.deciding.intake.register_values import value_of
from ostiary.domain.errors import InputError
from ostiary.office.administration.register_rows import columns_of, read_rows
from ostiary.office.release.disposal import KINDS, LONGEST_KEPT
from ostiary.verifying.log.exchanges import check_address

Cells = Mapping[str, str]
ONE_AT_A_TIME: Mapping[str, Sequence[str]] = {
    "agencies": ("agency",),
    "parameters": ("parameter", "provision"),
    "conditions": ("provision", "federal"),
    "retention": ("kind",),
}
"""Registers of which one row counts on a day, and the columns that say of what."""
_LAST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows of an office are held to.

    Attributes:
        orders: ids of the orders of the book and of the office.
        training: whether it is a training office, whose webhooks may go to this machine.
    """

    orders: Collection[str]
    training: bool


def cell_faults(register: str, cells: Cells, known: Known) -> Iterator[InputError]:
    """Say of each cell of one row why it cannot be used; ``where`` is the column's name."""
    for column in columns_of(register):
        text = cells.get(column.name, "").strip()
        try:
            value_of(column, text, "")
        except InputError as error:
            message = error.message if text else "nothing stands here"
            yield InputError(message, where=column.name, cure=error.cure)
        else:
            yield from _used_later(register, column.name, text, known)


def check_new_rows(register: str, before: bytes | None, after: bytes | None, known: Known) -> None:
    """Refuse a register of which a row that comes cannot be used by those who read it later.

    Args:
        register: its name.
        before: the file as it stands; None where there is none.
        after: the file as it is to be.
        known: what rows are held to.

    Raises:
        InputError: the first such row, by number and column, and the cure.
    """
    stood = [_by_column(register, row) for row in _rows(register, before)]
    rows = [_by_column(register, row) for row in _rows(register, after)]
    for number, cells in enumerate(rows, start=1):
        if cells in stood:
            continue
        faults = (
            fault
            for column in columns_of(register)
            for fault in _used_later(register, column.name, cells[column.name], known)
        )
        others = rows[: number - 1] + rows[number:]
        for fault in (*faults, *_second(register, cells, others)):
            raise InputError(
                fault.message,
                where=f"{register}.csv row {number} column {fault.where}",
                cure=fault.cure,
            )


def _rows(register: str, content: bytes | None) -> list[dict[str, str]]:
    found = read_rows(register, content)
    return [found.row(number) for number in range(len(found.rows))]


def _by_column(register: str, row: Cells) -> dict[str, str]:
    return {column.name: row.get(column.name, "").strip() for column in columns_of(register)}


def _used_later(register: str, column: str, text: str, known: Known) -> Iterator[InputError]:
    match register, column:
        case _, "order" if text not in known.orders:
            yield InputError(
                "the office has no order of this id",
                where=column,
                cure="write the name of the order's file without .md; enter the order first",
            )
        case "retention", "kind" if text not in KINDS:
            yield InputError(
                "no request comes to this", where=column, cure=f"write one of {', '.join(KINDS)}"
            )
        case "retention", "years" if not _is_years(text):
            yield InputError(
                "no whole number of years",
                where=column,
                cure=f"write it in digits, from 1 to {LONGEST_KEPT}",
            )
        case "webhooks", "url" if fault := _of_address(text, known):
            yield InputError(
                fault, where=column, cure="write it whole, such as https://agency.example/ostiary"
            )
        case _, "cites" if not text.startswith("/us/"):
            yield InputError(
                "this cites no law",
                where=column,
                cure="write a USLM identifier, such as /us/usc/t26/s6103/p/4/F",
            )


def _is_years(text: str) -> bool:
    return bool(re.fullmatch("[0-9]{1,4}", text)) and 0 < int(text) <= LONGEST_KEPT


def _of_address(text: str, known: Known) -> str:
    """Say what is wrong with where a webhook goes; empty where nothing is."""
    try:
        parts = check_address(text)
    except (InputError, ValueError):
        return "nothing can be sent to this address"
    return "" if parts.scheme == "https" or known.training else "it is not over https"


def _second(register: str, cells: Cells, others: Sequence[Cells]) -> Iterator[InputError]:
    """Refuse a second row for days for which one stands: which would count?"""
    key = ONE_AT_A_TIME.get(register)
    if key and any(_is_same(key, cells, one) and _overlap(cells, one) for one in others):
        yield InputError(
            "another row says something of the same for the same days",
            where=key[0],
            cure="change that row, or end it on the day before this one begins",
        )


def _is_same(key: Sequence[str], one: Cells, other: Cells) -> bool:
    return all(one[name].lower() == other[name].lower() for name in key)


def _overlap(one: Cells, other: Cells) -> bool:
    return one.get("from", "") <= (other.get("until") or _LAST_DAY) and other.get("from", "") <= (
        one.get("until") or _LAST_DAY
    )
