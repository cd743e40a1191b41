"""What a row that comes into a register must say, beyond what the readers of the law ask of it.

The law's readers judge what they need themselves. How long openings are kept, where a webhook goes
and which order a leave is of are read later and by others, who could only fail or pass the row
over. So a row that is new on a page is held to what they will want. One that stands already is
left: of two such rows each can be mended alone, and each can be ended. Of one that is changed, the
cells that differ are judged; all of them where it is to count for days on which it did not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

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
_NONE: Cells = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows of an office are held to.

    Attributes:
        orders: ids of the orders of the book and of the office.
        training: whether it is a training office, whose webhooks may go to this machine.
    """

    orders: Collection[str]
    training: bool


def cell_faults(
    register: str, cells: Cells, known: Known, stood: Cells = _NONE
) -> Iterator[InputError]:
    """Say of each cell of one row why it cannot be used; ``where`` is the column's name.

    Args:
        register: its name.
        cells: the row as it is to be.
        known: what rows are held to.
        stood: the row as it stands; empty where it comes.
    """
    judged = _judged(register, cells, stood)
    for column in columns_of(register):
        text = cells.get(column.name, "").strip()
        try:
            value_of(column, text, "")
        except InputError as error:
            message = error.message if text else "nothing stands here"
            yield InputError(message, where=column.name, cure=error.cure)
        else:
            if column.name in judged:
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
    rows = _rows(register, after)
    for at, stood in _that_come(_rows(register, before), rows):
        others = rows[:at] + rows[at + 1 :]
        for fault in _faults(register, rows[at], stood, others, known):
            raise InputError(
                fault.message,
                where=f"{register}.csv row {at + 1} column {fault.where}",
                cure=fault.cure,
            )


def _faults(
    register: str, cells: Cells, stood: Cells, others: Sequence[Cells], known: Known
) -> Iterator[InputError]:
    judged = _judged(register, cells, stood)
    for name in judged:
        yield from _used_later(register, name, cells[name], known)
    if not {"from", "until", *ONE_AT_A_TIME.get(register, ())}.isdisjoint(judged) or not stood:
        yield from _second(register, cells, others)


def _judged(register: str, cells: Cells, stood: Cells) -> Sequence[str]:
    """Name the columns that are judged: those that differ; all, where days are added."""
    names = tuple(one.name for one in columns_of(register))
    if not stood or not _within(cells, stood):
        return names
    return tuple(one for one in names if cells.get(one, "").strip() != stood.get(one, "").strip())


def _within(cells: Cells, stood: Cells) -> bool:
    """Whether a row counts on no day on which it did not as it stood."""
    return stood.get("from", "") <= cells.get("from", "") and (cells.get("until") or _LAST_DAY) <= (
        stood.get("until") or _LAST_DAY
    )


def _that_come(before: Sequence[Cells], after: Sequence[Cells]) -> Iterator[tuple[int, Cells]]:
    """Give each row that does not stand already, and the one whose place it takes.

    Rows are compared as many times as they stand: a double of one that stands comes. A row takes
    the place of one from which it differs by its end alone, else of the one most like it of those
    that begin with the same cell.
    """
    standing, come = Counter(map(_cells, before)), []
    for at, row in enumerate(after):
        standing[_cells(row)] -= 1
        if standing[_cells(row)] < 0:
            come.append(at)
    gone = [dict(cells) for cells, many in standing.items() for _ in range(many)]
    found: dict[int, dict[str, str]] = {}
    for key in (_but_for_its_end, _first):
        left = defaultdict(list)
        for old in gone:
            left[key(old)].append(old)
        for at in come:
            if at not in found and (alike := left[key(after[at])]):
                found[at] = max(alike, key=lambda old: _likeness(old, after[at]))
                alike.remove(found[at])
        gone = [old for some in left.values() for old in some]
    for at in come:
        yield at, found.get(at, _NONE)


def _cells(row: Cells) -> tuple[tuple[str, str], ...]:
    return tuple(row.items())


def _but_for_its_end(row: Cells) -> tuple[tuple[str, str], ...]:
    return tuple(one for one in row.items() if one[0] != "until")


def _first(row: Cells) -> tuple[tuple[str, str], ...]:
    return _cells(row)[:1]


def _likeness(one: Cells, other: Cells) -> int:
    return sum(text == other[name] for name, text in one.items())


def _rows(register: str, content: bytes | None) -> list[dict[str, str]]:
    found = read_rows(register, content)
    return [_by_column(register, found.row(number)) for number in range(len(found.rows))]


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
