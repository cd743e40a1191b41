"""A step of a suspension, prepared by one officer and put into force by another.

What a page does with the register of suspensions a row at a time, a command does a step at a time:
it is the same file, the same change, the same entry of the log (:mod:`.administration.changing`).
"""

from collections.abc import Mapping

from ostiary.domain.errors import InputError
from ostiary.office.administration.change_files import Change, change_of, waiting
from ostiary.office.administration.changing import prepare, put_into_force
from ostiary.office.administration.governed_files import digest_of, governed_file
from ostiary.office.administration.register_rows import RegisterRows, read_rows
from ostiary.office.administration.suspension_acts import REGISTER
from ostiary.office.cases.officers import check_another_person, check_officer
from ostiary.office.cases.steps import desk_of
from ostiary.office.folder.session import OfficeSession
from ostiary.verifying.keys.assertions import Signatory

_FILE = f"{REGISTER}.csv"


def check_officer_of(place: OfficeSession, officer: str, signatory: Signatory) -> None:
    """Hold an officer to the register and to the key that stands there.

    Raises:
        NotAllowedError: no officer of this id is in office today.
        KeyFileError: the key is not the officer's.
    """
    with place.law_and_tables() as (tables, law):
        desk = desk_of(place, tables, law)
        check_officer(desk.reviewers, officer, signatory, desk.moment.today, desk.profile)


def prepare_step(
    place: OfficeSession,
    suspension: str,
    cells: Mapping[str, str],
    *,
    new: bool,
    why: str,
    officer: str,
) -> Change:
    """Prepare a step.

    Args:
        place: the office.
        suspension: id of the suspension.
        cells: what the step writes, by column; empty cells leave what stands there.
        new: whether the suspension begins with it.
        why: what a colleague should know of it.
        officer: who prepares it, held to a key by the caller.

    Raises:
        InputError: there is such a suspension already, or none; the step is out of order, dated
            back or unsays one; nothing would change.
    """
    content = governed_file(place.office, _FILE).content()
    rows = read_rows(REGISTER, content)
    number = _number(rows, suspension)
    if new and number is not None:
        raise InputError("a suspension of this id is in the register", where=suspension)
    if not new and number is None:
        raise InputError(
            "no suspension of this id is in the office's register",
            where=suspension,
            cure="see `ostiary safeguards list`",
        )
    written = {name: text for name, text in cells.items() if text}
    was = {} if number is None else rows.row(number)
    wanted = rows.with_row({**was, "suspension": suspension, **written}, number)
    return prepare(place, _FILE, wanted.content(), seen=digest_of(content), why=why, by=officer)


def confirm(place: OfficeSession, number: int, officer: str) -> Change:
    """Put a step into force, as another person than who prepared it: another id, another key.

    Raises:
        InputError: there is no such step, it does not wait, or the same officer prepared it.
        NotAllowedError: the key under another id prepared it.
    """
    change = change_of(place.office, number)
    if change.file != _FILE:
        raise InputError("this change is no step of a suspension", where=str(number))
    if change.prepared_by != officer:
        with place.law_and_tables() as (tables, law):
            reviewers = desk_of(place, tables, law).reviewers
            for own in (row for row in reviewers if row.officer == officer):
                check_another_person(reviewers, [change.prepared_by], own)
    return put_into_force(place, number, officer)


def waiting_steps(place: OfficeSession) -> tuple[Change, ...]:
    """Give the steps that wait for another officer, the latest first."""
    return tuple(one for one in waiting(place.office) if one.file == _FILE)


def _number(rows: RegisterRows, suspension: str) -> int | None:
    for number in range(len(rows.rows)):
        if rows.row(number).get("suspension", "").strip() == suspension:
            return number
    return None
