"""Does the register of the day list a person? One answer for sign-in, pages and `people list`."""

from datetime import date

from ostiary.faces.server.law_snapshot import LawSnapshot
from ostiary.faces.server.roles import Role, Signed
from ostiary.faces.server.site import Site
from ostiary.office.cases.officers import Reviewer


def why_not_registered(served: Site, person: Signed, public_key: str | None) -> str:
    """Say why a person is not let in on the office's day; empty when they are.

    Args:
        served: the office.
        person: who they are.
        public_key: of an officer's passkey, which has to stand in the register; any when None.
    """
    return why_not_listed(served.snapshot(), served.place().moment.today, person, public_key)


def why_not_listed(
    registers: LawSnapshot, today: date, person: Signed, public_key: str | None
) -> str:
    """Say what :func:`why_not_registered` does, of registers that have been read for many."""
    if person.role is Role.OFFICER:
        return _why_no_reviewer(registers.reviewers, person.name, public_key, today)
    if person.role is Role.REQUESTER and not registers.is_engaged(
        person.agency, person.name, today
    ):
        return f"{person.name} is not engaged by {person.agency} on {today}, by officers.csv"
    if person.role is Role.MONITOR and not registers.watched(person.name, today):
        return f"no order of a court that is in force on {today} names {person.name} as its monitor"
    return ""


def _why_no_reviewer(
    reviewers: tuple[Reviewer, ...], name: str, public_key: str | None, today: date
) -> str:
    rows = [
        row for row in reviewers if row.officer == name and public_key in (None, row.public_key)
    ]
    if any(row.serves_on(today) for row in rows):
        return ""
    if not rows:
        return (
            f"no key of {name} counts in reviewers.csv for this passkey: it is not there, or waits"
            " until two officers have accepted it"
        )
    later = [row.first for row in rows if row.first > today]
    when = (
        f"begins on {min(later)}" if later else f"ended on {max(row.last or today for row in rows)}"
    )
    return f"{name} is not in office on {today}: the row in reviewers.csv {when}"
