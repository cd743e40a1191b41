"""When safeguards fall due, from the register: the next day of each kind, for each agency.

Yearly reports fall due on the register's day, 31 January unless it says otherwise
(IRS Publication 1075); corrective plans and plans against critical findings on their own days. Of a
suspension by act, the days of its review (:mod:`.oversight.suspensions`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ostiary.domain.register_tables import REGISTER
from ostiary.office.folder.session import OfficeSession
from ostiary.office.oversight.suspensions import suspensions_of

_NEVER_GIVEN = (1, 31)
_LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due: the day, whose it is, and what."""

    on: date
    agency: str
    what: str


def safeguards_due(place: OfficeSession) -> tuple[Due, ...]:
    """Give what falls due by the register of today, the earliest first; past days stay in sight."""
    with place.law_at_hand() as (con, _):
        rows = con.execute(
            "SELECT agency, report_date, report_due, corrective_plan_due, mitigation_plan_due,"
            f" suspended_until FROM {REGISTER['safeguards']} ORDER BY ALL"
        ).fetchall()
        acts = suspensions_of(con)
    dues = [one for row in rows for one in _of_row(*row)]
    dues += [Due(act.due, act.agency, act.awaits) for act in acts if act.due is not None]
    return tuple(sorted(dues, key=lambda one: (one.on, one.agency)))


def as_icalendar(
    dues: tuple[Due, ...], origin: str, at: datetime, *, name: str = "Safeguards"
) -> bytes:
    """Write a calendar as iCalendar (RFC 5545): whole-day events, with the same id each time."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Ostiary//{name}//EN"]
    for one in dues:
        what = one.what.lower().replace(" ", "-")
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.agency}.{what}.{one.on:%Y%m%d}@{origin.replace('/', '.')}",
            f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(f'{one.agency}: {one.what}')}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _of_row(
    agency: str,
    reported: date | None,
    due: date | None,
    corrective: date | None,
    mitigation: date | None,
    suspended_until: date | None,
) -> Iterator[Due]:
    if reported:
        yield Due(_next_report(reported, due), agency, "yearly safeguard report")
    for day, what in (
        (corrective, "corrective action plan"),
        (mitigation, "plan against a critical finding"),
        (suspended_until, "suspension ends"),
    ):
        if day:
            yield Due(day, agency, what)


def _next_report(reported: date, due: date | None) -> date:
    """Give the day in the year after the last report."""
    month, day = (due.month, due.day) if due else _NEVER_GIVEN
    if (month, day) == _LEAP_DAY:
        day -= 1
    return date(reported.year + 1, month, day)


def _escaped(text: str) -> str:
    """Write a text so that it ends in its own line (RFC 5545, section 3.3.11)."""
    text = " ".join(text.split())
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text


def _folded(line: str, most: int = 73) -> Iterator[str]:
    """Fold a line at 75 octets (RFC 5545, section 3.1); ours are ASCII but for agencies' ids."""
    rest = line
    while len(rest.encode()) > most:
        cut = most
        while len(rest[:cut].encode()) > most:
            cut -= 1
        yield rest[:cut]
        rest = f" {rest[cut:]}"
    yield rest
