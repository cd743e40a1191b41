"""Suspensions of disclosures to agencies, each with the clock of its review (6103(p)(7))."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from ostiary.deciding.intake.named_rows import named_rows
from ostiary.deciding.intake.suspensions import Clocks, is_suspended
from ostiary.domain.register_tables import REGISTER
from ostiary.office.folder.session import OfficeSession

_TO_APPEAL = "last day of the agency's appeal"
_TO_CONFER = "conference on the agency's appeal"
_TO_DECIDE = "final determination"


@dataclass(frozen=True, slots=True)
class Suspension:
    """One suspension as it stands: what the register says of it, and the clock of its review.

    Attributes:
        stops: whether it stops disclosures on the day it was asked about.
        awaits: what its review waits for; empty once it is over.
        due: the day by which that is to be; None where no rule sets one, or nothing is awaited.
        today: the day it was asked about; None where no day was.
    """

    suspension: str
    agency: str
    ground: str
    safeguard: str
    notice_on: date
    at_once_from: date | None
    appealed_on: date | None
    conference_on: date | None
    decided_on: date | None
    suspended_from: date | None
    lifted_from: date | None
    at_once_why: str | None
    outcome: str | None
    lifted_why: str | None
    stops: bool
    awaits: str
    due: date | None
    today: date | None = None

    @property
    def since(self) -> date | None:
        """First day on which it stops disclosures; None where it stops nothing yet."""
        days = [one for one in (self.at_once_from, self.suspended_from) if one is not None]
        return min(days, default=None)

    @property
    def days_left(self) -> int:
        """Days until what is awaited is due; below nought when it is overdue."""
        return (self.due - self.today).days if self.due and self.today else 0

    @property
    def days_over(self) -> int:
        """Days since it was due."""
        return -self.days_left


def suspensions(place: OfficeSession) -> tuple[Suspension, ...]:
    """Give every suspension that the registers of today know, the latest notice first."""
    with place.law_at_hand() as (con, _):
        return suspensions_of(con, place.moment.today)


def suspensions_of(
    con: duckdb.DuckDBPyConnection, today: date | None = None
) -> tuple[Suspension, ...]:
    """Give the suspensions of a database that holds the registers, the latest notice first."""
    clocks = Clocks.of(named_rows(con, f"FROM {REGISTER['parameters']}"))
    found = sorted(
        named_rows(con, f"FROM {REGISTER['suspensions']}"),
        key=lambda row: (row["notice_on"], row["suspension"]),
        reverse=True,
    )
    return tuple(_of(row, clocks, today) for row in found)


def _of(row: Mapping[str, Any], clocks: Clocks, today: date | None) -> Suspension:
    stops = today is not None and is_suspended(row, today)
    awaits, due = _clock(row, clocks, today)
    return Suspension(**row, stops=stops, awaits=awaits, due=due, today=today)


def _clock(row: Mapping[str, Any], clocks: Clocks, today: date | None) -> tuple[str, date | None]:
    """Say what the review waits for, and by when."""
    if row["outcome"] or (row["lifted_from"] and not row["appealed_on"]):
        return "", None
    last = clocks.last_day_to_appeal(row["notice_on"])
    appealed = row["appealed_on"]
    if appealed is None or appealed > last:
        is_over = today is not None and today > last
        return (_TO_DECIDE, None) if is_over else (_TO_APPEAL, last)
    if row["conference_on"] is None:
        return _TO_CONFER, clocks.conference_due(appealed)
    return _TO_DECIDE, None
