"""What rows of registers must be together, whichever folders they came from.

A row that is right by itself may still be of an agency that no register knows, of an offense that
the Code does not have, or hold a key that another holds too. One such row refuses them all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from ostiary.deciding.intake.register_folders import RegisterRow
from ostiary.deciding.intake.register_values import Value
from ostiary.deciding.intake.suspensions import Clocks, fault_of
from ostiary.deciding.standardisation.records import standard_name
from ostiary.domain.errors import BookError
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.period import Period
from ostiary.domain.register_columns import KEY_COLUMNS, PARAMETERS

OFFENSE_KINDS = ("criminal", "tax", "civil", "none", "undetermined")
"""What an offence of the register may be."""
CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    column: tuple(one for one in VOCABULARY[fact].values if one not in {"other", "unlisted"})
    for column, fact in (("removal_basis", "removal_basis_class"), ("programme", "programme_kind"))
}
"""Columns of a request that name a provision of a class, and the classes that the rules know."""
_OFFENSE = re.compile(r"/us/usc/t\d+[A-Za-z]?(/s[0-9A-Za-z.-]+(/[0-9A-Za-z]+)*)?")
ARTIFICIAL_INTELLIGENCE = "artificial-intelligence"
AI_NOTICE = ("system", "model", "purpose", "runs_at", "responsible")
"""What a notice of analysis by artificial intelligence says; one of an older register says none."""
_LONGEST_PART = 60
_PARTS = re.compile(r"undivided|[0-9A-Za-z]{1,5}(;[0-9A-Za-z]{1,5})*")


def refuse_what_does_not_go_together(effective: Mapping[str, Sequence[RegisterRow]]) -> None:
    """Refuse registers of which one row does not fit the others.

    Args:
        effective: the rows in force, by register; every register is there, if empty.

    Raises:
        BookError: the first row that does not fit, and the cure.
    """
    _check_agencies(effective)
    _check_parents(effective["agencies"])
    _check_offenses(effective["offenses"])
    _check_parts(effective["offense_parts"])
    _check_classes(effective["provision_classes"])
    _check_hours(effective["court_notices"])
    _check_one_standing(effective["safeguards"])
    _check_people(effective["people_in_orders"])
    _check_parameters(effective["parameters"])
    _check_notices(effective["notices"])
    _check_suspensions(effective["suspensions"], effective["parameters"])
    for name, column in KEY_COLUMNS.items():
        _check_own_keys(effective[name], column)


def _check_agencies(effective: Mapping[str, Sequence[RegisterRow]]) -> None:
    known = {row.values["agency"] for row in effective["agencies"]}
    for rows in effective.values():
        for row in rows:
            if "agency" in row.values and row.values["agency"] not in known:
                raise BookError(
                    "this agency is not in the register of agencies",
                    where=f"{row.where} column agency",
                    cure="write an id from agencies.csv, or add the agency there",
                )


def _check_parents(agencies: Sequence[RegisterRow]) -> None:
    """Refuse a parent that no register knows, and an agency that is within itself."""
    above = {row.values["agency"]: row.values["parent"] for row in agencies}
    for row in agencies:
        seen, parent = {row.values["agency"]}, row.values["parent"]
        while parent is not None:
            if parent in seen or parent not in above:
                raise BookError(
                    "an agency cannot be a component of this one",
                    where=f"{row.where} column parent",
                    cure="write the id of the department from agencies.csv, or nothing",
                )
            seen.add(parent)
            parent = above[parent]


def _check_offenses(offenses: Sequence[RegisterRow]) -> None:
    for row in offenses:
        _check_word(row, "kind", OFFENSE_KINDS, "this kind of provision is unknown")
        _check_identifier(row, "offense")


def _check_parts(sections: Sequence[RegisterRow]) -> None:
    for row in sections:
        _check_identifier(row, "offense")
        if not _PARTS.fullmatch(str(row.values["parts"])):
            raise BookError(
                "these are no parts of a section",
                where=f"{row.where} column parts",
                cure="write the first step of each within the section, as a;b;c, or undivided",
            )


def _check_classes(classes: Sequence[RegisterRow]) -> None:
    """Refuse a class that no rule asks for, and two of one provision on one day."""
    standing: dict[object, list[RegisterRow]] = {}
    for row in classes:
        _check_word(row, "concerns", CLASSES, "no request names a provision of a class there")
        known = CLASSES[str(row.values["concerns"])]
        _check_word(row, "class", known, "no rule asks for this class")
        _check_identifier(row, "provision")
        others = standing.setdefault((row.values["concerns"], row.values["provision"]), [])
        if any(_period(row).meets(_period(other)) for other in others):
            raise BookError(
                "this provision has a class already on some of these days",
                where=row.where,
                cure="end the earlier row on the day before this one begins",
            )
        others.append(row)


def _period(row: RegisterRow) -> Period:
    first, last = row.values["from"], row.values["until"]
    return Period(
        first if isinstance(first, date) else date.min, last if isinstance(last, date) else None
    )


def _check_word(row: RegisterRow, column: str, known: Iterable[str], what: str) -> None:
    if str(row.values[column]) not in known:
        raise BookError(
            what,
            where=f"{row.where} column {column}",
            cure=f"write one of {', '.join(known)}",
        )


def _check_identifier(row: RegisterRow, column: str) -> None:
    if not _OFFENSE.fullmatch(str(row.values[column])):
        raise BookError(
            "this is no identifier of the United States Code",
            where=f"{row.where} column {column}",
            cure="write it as /us/usc/t18/s1343",
        )


def _check_hours(notices: Sequence[RegisterRow]) -> None:
    for row in notices:
        if not re.fullmatch(r"[0-9]{1,4}", str(row.values["hours"])):
            raise BookError(
                "no whole number of hours",
                where=f"{row.where} column hours",
                cure="write the hours that the order wants, such as 24",
            )


def _check_parameters(parameters: Sequence[RegisterRow]) -> None:
    """Refuse a number that is none, or a name that nobody asks for."""
    for row in parameters:
        if row.values["parameter"] not in PARAMETERS:
            raise BookError(
                "nothing asks for this parameter",
                where=f"{row.where} column parameter",
                cure=f"write one of {', '.join(PARAMETERS)}",
            )
        if not re.fullmatch(r"[1-9][0-9]{0,3}", str(row.values["value"])):
            raise BookError(
                "no whole number from 1 to 9999",
                where=f"{row.where} column value",
                cure="write it in digits",
            )


def _check_notices(notices: Sequence[RegisterRow]) -> None:
    """Refuse a notice of artificial intelligence of which a part is missing, and what is none."""
    for row in notices:
        told = [row.values[name] for name in AI_NOTICE if row.values[name] is not None]
        is_whole = len(told) == len(AI_NOTICE) and row.values["kind"] == ARTIFICIAL_INTELLIGENCE
        if told and not is_whole:
            raise BookError(
                "a notice of analysis by artificial intelligence has all of its parts, or none",
                where=row.where,
                cure=f"fill in {', '.join(AI_NOTICE)}; leave them empty in every other notice",
            )
        if any(len(str(one)) > _LONGEST_PART or not str(one).isprintable() for one in told):
            raise BookError(
                f"a part of the notice has more than {_LONGEST_PART} characters",
                where=row.where,
                cure="say it shorter: it stands in the conditions of each answer",
            )


def _check_suspensions(
    suspensions: Sequence[RegisterRow], parameters: Sequence[RegisterRow]
) -> None:
    """Refuse a suspension that goes before its notice, or past the review that it is owed."""
    clocks = Clocks.of(row.values for row in parameters)
    seen = set[Value]()
    for row in suspensions:
        fault = fault_of(row.values, clocks)
        if row.values["suspension"] in seen:
            fault = ("suspension", "this id stands in the register twice", "give each its own")
        seen.add(row.values["suspension"])
        if fault:
            column, message, cure = fault
            raise BookError(message, where=f"{row.where} column {column}", cure=cure)


def _check_people(people: Sequence[RegisterRow]) -> None:
    """Refuse a row that names nobody: an order would protect nobody, and nobody be told."""
    for row in people:
        name = standard_name(None, None, str(row.values["surname"]), None)
        if not name.n_surname:
            raise BookError(
                "this is nobody's surname",
                where=f"{row.where} column surname",
                cure="write the surname of the person whom the order is about",
            )


def _check_one_standing(safeguards: Sequence[RegisterRow]) -> None:
    """Refuse two rows about the safeguards of one agency: which would count?"""
    seen = set[Value]()
    for row in safeguards:
        if row.values["agency"] in seen:
            raise BookError(
                "this agency's safeguards are in the register twice",
                where=f"{row.where} column agency",
                cure="keep the row that holds now",
            )
        seen.add(row.values["agency"])


def _check_own_keys(rows: Sequence[RegisterRow], column: str) -> None:
    """Refuse one key under two ids, on whatever days: whoever holds it could act as both."""
    holders: dict[str, tuple[Value, str]] = {}
    for row in rows:
        key, holder = str(row.values[column] or ""), next(iter(row.values.values()))
        if not key:
            continue
        first, where = holders.setdefault(key, (holder, row.where))
        if first != holder:
            raise BookError(
                "one key stands under two ids",
                where=f"{row.where} column {column}, and {where}",
                cure="enter for each of them a key that nobody else holds",
            )
