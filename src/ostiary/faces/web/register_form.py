"""The form for one row of a register, drawn from the register's own declaration."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from secrets import token_hex
from types import MappingProxyType
from typing import Literal

from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError
from ostiary.faces.server.law_snapshot import LawSnapshot
from ostiary.faces.web.known_ids import Known
from ostiary.faces.web.register_choices import choices, several, suggested
from ostiary.office.administration.register_rows import columns_of

Drawn = Literal["text", "date", "choice", "several", "long"]
NOTHING_WRONG: Mapping[str, InputError] = MappingProxyType({})
_SENTENCES = frozenset({"sole_use", "disposal", "at_once_why", "lifted_why"})
_ANY_NUMBER = "choose any number of them"  # what they are stands beside the boxes
_LONG = 60  # characters of a cell that is drawn as a text of several lines


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the form.

    Attributes:
        name: of the column.
        meaning: what stands in it.
        drawn: how it is drawn.
        value: what stands there.
        choices: of a choice, of several, and what is suggested for a text: value and what it is
            called.
        required: whether the register wants it.
        fault: why what stands there cannot be used; None where nothing is known of that.
    """

    name: str
    meaning: str
    drawn: Drawn
    value: str
    choices: Known
    required: bool
    fault: InputError | None = None

    @property
    def chosen(self) -> tuple[str, ...]:
        """The words of a cell with several."""
        return words_of(self.value)


def words_of(cell: str) -> tuple[str, ...]:
    """Part a cell with several words."""
    return tuple(word for entry in cell.split(";") if (word := entry.strip()))


def row_form(
    register: str,
    values: Mapping[str, str],
    snapshot: LawSnapshot,
    day: date,
    faults: Mapping[str, InputError] = NOTHING_WRONG,
) -> Iterator[Cell]:
    """Give the fields of a row, filled in.

    Args:
        register: its name.
        values: what stands in the row now, by column.
        snapshot: law and registers of now, for what there is to choose from.
        day: the legal day, on which what is suggested stands.
        faults: why cells cannot be used, by column.
    """
    for column in columns_of(register):
        value = values.get(column.name, "") or _drawn_at_random(column)
        may_be, any_of = choices(register, column, snapshot), several(column)
        if may_be and value not in dict(may_be):
            may_be = ((value, value), *may_be)
        if any_of:
            may_be = (*any_of, *((one, one) for one in words_of(value) if one not in dict(any_of)))
        drawn: Drawn = "several" if any_of else _drawn(column, value, may_be)
        yield Cell(
            column.name, _ANY_NUMBER if any_of else column.meaning, drawn, value,
            may_be or suggested(register, column, snapshot, day), column.required,
            faults.get(column.name),
        )  # fmt: skip


def _drawn_at_random(column: Column) -> str:
    """Random digits are drawn for whoever enters a row: nobody thinks of good ones."""
    return token_hex(16) if column.kind == "salt" else ""


def _drawn(column: Column, value: str, may_be: Known) -> Drawn:
    if may_be:
        return "choice"
    if column.kind == "date":
        return "date"
    return "long" if len(value) > _LONG or column.name in _SENTENCES else "text"
