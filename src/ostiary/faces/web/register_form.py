"""The form for one row of a register, drawn from the register's own declaration."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ostiary.deciding.intake.suspensions import GROUNDS, OUTCOMES
from ostiary.domain.columns import PARAMETERS, Column
from ostiary.domain.facts import OFFICES
from ostiary.faces.server.law_snapshot import LawSnapshot
from ostiary.faces.web.known_ids import Known, known_ids
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
        choices: of a choice, and what is suggested for a text: value and what it is called.
        required: whether the register wants it.
    """

    name: str
    meaning: str
    drawn: Drawn
    value: str
    choices: Known
    required: bool


def row_form(
    register: str, values: Mapping[str, str], snapshot: LawSnapshot, day: date
) -> Iterator[Cell]:
    """Give the fields of a row, filled in.

    Args:
        register: its name.
        values: what stands in the row now, by column.
        snapshot: law and registers of now, for what there is to choose from.
        day: the legal day, on which what is suggested stands.
    """
    for column in columns_of(register):
        value = values.get(column.name, "")
        choices = _choices(register, column, snapshot)
        if choices and value not in dict(choices):
            choices = ((value, value), *choices)
        drawn = _drawn(column, value, choices)
        yield Cell(
            column.name, column.meaning, drawn, value,
            choices or _suggested(register, column, snapshot, day), column.required,
        )  # fmt: skip


def _drawn(column: Column, value: str, choices: Known) -> Drawn:
    if choices:
        return "choice"
    if column.kind == "date":
        return "date"
    return "long" if len(value) > _LONG or column.name in _SENTENCES else "text"


def _choices(register: str, column: Column, snapshot: LawSnapshot) -> Known:
    """Give what may stand in a cell, where that is a closed list: value and what it is called."""
    gateways = {one.cites: one.title for one in snapshot.law.book.instruments if one.gateway}
    agencies = _named(snapshot.agencies)
    found = {
        "agency": agencies if register != "agencies" else (),
        "parent": agencies,
        "office": _in_words(OFFICES),
        "provision": _named(gateways),
        "parameter": _in_words(PARAMETERS),
        "ground": _in_words(GROUNDS),
        "outcome": _in_words(OUTCOMES),
    }.get(column.name, ())
    if column.kind == "flag":
        return (("true", "true"), ("false", "false"))
    return found if column.required or not found else (("", ""), *found)


def _suggested(register: str, column: Column, snapshot: LawSnapshot, day: date) -> Known:
    """Give ids that a cell may name and need not: a row can be about what is still to come."""
    if column.name == "order":
        return known_ids("orders", snapshot, day)
    if column.name == "officer" and register == "receipt_keys":
        return known_ids("requesters", snapshot, day)
    return ()


def _named(names: Mapping[str, str]) -> Known:
    return tuple((one, f"{names[one]} ({one})") for one in sorted(names))


def _in_words(ids: Iterable[str]) -> Known:
    return tuple((one, one.replace("-", " ")) for one in ids)
