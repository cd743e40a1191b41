"""The form for one row of a register, drawn from the register's own declaration."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ostiary.deciding.intake.suspensions import GROUNDS, OUTCOMES
from ostiary.deciding.law.book import Book
from ostiary.domain.columns import PARAMETERS, Column
from ostiary.domain.facts import OFFICES
from ostiary.office.administration.register_rows import columns_of

Drawn = Literal["text", "date", "choice", "long"]
_SENTENCES = frozenset({"sole_use", "disposal", "at_once_why", "lifted_why"})
_LONG = 60  # characters of a cell that is drawn as a text of several lines


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the form.

    Attributes:
        name: of the column.
        meaning: what stands in it.
        drawn: how it is drawn.
        value: what stands there.
        choices: of a choice.
        required: whether the register wants it.
    """

    name: str
    meaning: str
    drawn: Drawn
    value: str
    choices: tuple[str, ...]
    required: bool


def row_form(
    register: str, values: Mapping[str, str], book: Book, agencies: Mapping[str, str]
) -> Iterator[Cell]:
    """Give the fields of a row, filled in.

    Args:
        register: its name.
        values: what stands in the row now, by column.
        book: the law, for provisions to choose from.
        agencies: id and name of each agency that the registers know.
    """
    for column in columns_of(register):
        value = values.get(column.name, "")
        choices = _choices(register, column, book, agencies)
        if choices and value not in choices:
            choices = (value, *choices)
        yield Cell(
            column.name, column.meaning, _drawn(column, value, choices), value, choices,
            column.required,
        )  # fmt: skip


def _drawn(column: Column, value: str, choices: tuple[str, ...]) -> Drawn:
    if choices:
        return "choice"
    if column.kind == "date":
        return "date"
    return "long" if len(value) > _LONG or column.name in _SENTENCES else "text"


def _choices(
    register: str, column: Column, book: Book, agencies: Mapping[str, str]
) -> tuple[str, ...]:
    """Give what may stand in a cell, where that is a closed list."""
    gateways = tuple(sorted(one.cites for one in book.instruments if one.gateway))
    found = {
        "agency": tuple(agencies) if register != "agencies" else (),
        "parent": tuple(agencies),
        "office": tuple(OFFICES),
        "provision": gateways,
        "parameter": PARAMETERS,
        "ground": GROUNDS,
        "outcome": OUTCOMES,
    }.get(column.name, ())
    if column.kind == "flag":
        return ("true", "false")
    return found if column.required or not found else ("", *found)
