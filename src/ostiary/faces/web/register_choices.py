"""What may stand in a cell of a register: closed lists to choose from, and what is suggested.

What is suggested need not be chosen: a row can be about what is still to come, or about a kind that
nobody has named yet. What is written is judged by the register's own reader.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from ostiary.deciding.intake.register_checks import OFFENSE_KINDS
from ostiary.deciding.intake.register_values import KINDS
from ostiary.deciding.intake.suspensions import GROUNDS, OUTCOMES, SAFEGUARDS
from ostiary.deciding.law.citations import citation_text
from ostiary.domain.columns import Column
from ostiary.domain.facts import OFFICES, ROLES
from ostiary.domain.register_columns import PARAMETERS
from ostiary.faces.server.law_snapshot import LawSnapshot
from ostiary.faces.web.known_ids import Known, known_ids
from ostiary.office.release import disposal

_SAFEGUARDS: Final = (
    ("A", "a permanent record of requests"),
    ("B", "a secure place of storage"),
    ("C", "access for those alone whose duties need it"),
    ("D", "further safeguards that are prescribed"),
    ("E", "the report on safeguards"),
    ("F", "return or destruction after use"),
)
"""26 USC 6103(p)(4)(A) to (F): what an agency does as a condition of receiving, in short."""

_WORDS: Final[Mapping[str, Iterable[str]]] = {
    "office": OFFICES,
    "parameter": PARAMETERS,
    "ground": GROUNDS,
    "outcome": OUTCOMES,
}
_OF_ONE_REGISTER: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("offenses", "kind"): OFFENSE_KINDS,
    ("retention", "kind"): disposal.KINDS,
}
_SEVERAL: Final[Mapping[str, tuple[str, ...]]] = {"roles": ROLES}
"""Columns of which a row may say several words of a closed list, with ``;`` between."""
_TOLD = ("court", "plaintiffs", "court;plaintiffs")


def choices(register: str, column: Column, snapshot: LawSnapshot) -> Known:
    """Give what may stand in a cell, where that is a closed list: value and what it is called."""
    if column.kind == "flag":
        return (("true", "true"), ("false", "false"))
    found = _closed(register, column.name, snapshot)
    return found if column.required or not found else (("", ""), *found)


def several(column: Column) -> Known:
    """Give the words of which a cell may say any number; empty for other cells."""
    return _in_words(_SEVERAL.get(column.name, ()))


def suggested(register: str, column: Column, snapshot: LawSnapshot, day: date) -> Known:
    """Give what a cell may say and need not, on a legal day: value and what it is called."""
    found: Iterable[tuple[str, str]] = ()
    match register, column.name:
        case _, "order":
            found = known_ids("orders", snapshot, day)
        case "receipt_keys", "officer":
            found = known_ids("requesters", snapshot, day)
        case "suspensions", "safeguard":
            found = _safeguards()
        case "arrangements" | "notices", "kind":
            found = _in_words(KINDS)
        case "court_notices", "told":
            found = ((one, one.replace(";", " and ")) for one in _TOLD)
        case _, "cites":
            found = _cited(snapshot)
    return tuple(found)


def _closed(register: str, column: str, snapshot: LawSnapshot) -> Known:
    if column in {"agency", "parent"}:
        return _named(snapshot.agencies) if (register, column) != ("agencies", "agency") else ()
    if column == "provision":
        gateways = (one for one in snapshot.law.book.instruments if one.gateway)
        return _named({one.cites: one.title for one in gateways})
    return _in_words(_WORDS.get(column) or _OF_ONE_REGISTER.get((register, column), ()))


def _safeguards() -> Iterable[tuple[str, str]]:
    for letter, what in _SAFEGUARDS:
        uslm = f"{SAFEGUARDS}4/{letter}"
        yield uslm, f"{citation_text(uslm)}, {what}"


def _cited(snapshot: LawSnapshot) -> Iterable[tuple[str, str]]:
    """Give what book and registers rest on today, as people cite it."""
    tables = snapshot.law.registers.tables
    rows = (one for name in ("conditions", "parameters") for one in tables[name].to_pylist())
    rules = (one.versions[-1].cites for _, one in snapshot.law.book.rules)
    for uslm in sorted({*rules, *(str(one["cites"]) for one in rows)}):
        if said := citation_text(uslm):
            yield uslm, said


def _named(names: Mapping[str, str]) -> Known:
    return tuple((one, f"{names[one]} ({one})") for one in sorted(names))


def _in_words(ids: Iterable[str]) -> Known:
    return tuple((one, one.replace("-", " ")) for one in ids)
