"""Suspensions of disclosures to an agency, and the review that each is owed.

6103(p)(4) lets disclosures end where safeguards are not met, after any review under (p)(7). The
statute commands that review for the State agencies of (d); by regulation every recipient that
(p)(4) names has it (26 CFR 301.6103(p)(7)-1, in the form of Treasury Decision 9252 of 2006 and the
final rule of 2009). Of that regulation the beginning of two earlier texts was read (grade P), and
its steps and days in a digest (grade W); the text in force is unread, and counsel holds what
follows against it (``statutes/usc-26-6103-p-4.md``). What is held here:

1. First comes the notice of the preliminary determination. Nothing stops before it.
2. A suspension waits for the final determination, or takes effect at once, where tax administration
   would otherwise be seriously impaired; then the row says why.
3. The agency may appeal within days of the notice (``days-to-appeal``). An appeal has a conference
   within days of it (``days-to-conference``), before the final determination may be against the
   agency. Without an appeal nothing is final before the days to appeal are over.
4. Whatever took effect ends on the day from which it is lifted, and then alone. A determination
   that is set aside lifts what took effect at once.

The register of a row's agency binds all that is within that agency on the day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ostiary.domain.period import Period
from ostiary.domain.register_tables import AGENCY_WITHIN, REGISTER

GROUNDS = ("unauthorized-disclosure", "inadequate-safeguards")
"""26 CFR 301.6103(p)(7)-1(a)(1) and (2), in the print of 1 April 2004 (grade P)."""
OUTCOMES = ("upheld", "set-aside")
SAFEGUARDS = "/us/usc/t26/s6103/p/"
"""What the id of each safeguard begins with."""

SUSPENDED = f"""
    SELECT DISTINCT w.agency
    FROM {REGISTER["suspensions"]} s JOIN {AGENCY_WITHIN} w ON w.within = s.agency
    WHERE (s.at_once_from <= $1 OR s.suspended_from <= $1)
      AND (s.lifted_from IS NULL OR $1 < s.lifted_from)
"""
"""The agencies to which an act suspends disclosures on day ``$1``."""

Cells = Mapping[str, Any]
Fault = tuple[str, str, str]
"""A column, what is wrong with it, and the cure."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The days of the review, by the rows of ``parameters.csv``.

    Attributes:
        rows: parameter, first day, last day or None, and days.
    """

    rows: tuple[tuple[str, date, date | None, int], ...] = ()

    @classmethod
    def of(cls, parameters: Iterable[Cells]) -> "Clocks":
        """Take the days of the review out of the register of parameters."""
        return cls(
            tuple(
                (one["parameter"], one["from"], one["until"], int(one["value"]))
                for one in parameters
                if one["parameter"] in {"days-to-appeal", "days-to-conference"}
                and not one["provision"]
            )
        )

    def last_day_to_appeal(self, notice: date) -> date:
        """Give the last day on which an appeal against a notice is in time."""
        return notice + timedelta(days=self._days("days-to-appeal", notice, 30))

    def conference_due(self, appealed: date) -> date:
        """Give the day by which there is a conference on an appeal."""
        return appealed + timedelta(days=self._days("days-to-conference", appealed, 45))

    def _days(self, parameter: str, day: date, otherwise: int) -> int:
        standing = [
            (first, days)
            for name, first, last, days in self.rows
            if name == parameter and day in Period(first, last)
        ]
        return max(standing)[1] if standing else otherwise


def fault_of(row: Cells, clocks: Clocks) -> Fault | None:
    """Say what is wrong with a row of the register; None where it keeps the rules above."""
    return next(_faults(row, clocks), None)


def is_suspended(row: Cells, day: date) -> bool:
    """Whether a row suspends disclosures on a day; as :data:`SUSPENDED` has it."""
    starts = [row[name] for name in ("at_once_from", "suspended_from") if row[name] is not None]
    lifted = row["lifted_from"]
    return any(one <= day for one in starts) and (lifted is None or day < lifted)


def _faults(row: Cells, clocks: Clocks) -> Iterator[Fault]:
    if row["ground"] not in GROUNDS:
        yield "ground", "a suspension has one ground", f"write one of {', '.join(GROUNDS)}"
    if not str(row["safeguard"] or "").startswith(SAFEGUARDS):
        yield "safeguard", "this is no safeguard", f"write its id, such as {SAFEGUARDS}4/C"
    yield from _order_of_days(row)
    yield from _at_once(row)
    yield from _review(row, clocks)
    yield from _lifting(row)


_FOLLOWS = (
    ("at_once_from", "notice_on"),
    ("appealed_on", "notice_on"),
    ("conference_on", "appealed_on"),
    ("decided_on", "notice_on"),
    ("decided_on", "conference_on"),
    ("suspended_from", "decided_on"),
)


def _order_of_days(row: Cells) -> Iterator[Fault]:
    for later, earlier in _FOLLOWS:
        if row[later] and row[earlier] and row[later] < row[earlier]:
            yield later, f"`{later}` is before `{earlier}`", "write the days as they followed"
    if row["conference_on"] and not row["appealed_on"]:
        yield "appealed_on", "a conference is held on an appeal", "write the day of the appeal"


def _at_once(row: Cells) -> Iterator[Fault]:
    if bool(row["at_once_from"]) != bool(row["at_once_why"]):
        yield (
            "at_once_why",
            "a suspension that does not wait for its review says why, and no other does",
            "write why tax administration would be seriously impaired, or take the day out",
        )


def _review(row: Cells, clocks: Clocks) -> Iterator[Fault]:
    if bool(row["decided_on"]) != bool(row["outcome"]):
        yield "outcome", "a final determination has its day and its outcome", "write both"
    if bool(row["suspended_from"]) != (row["outcome"] == "upheld"):
        yield (
            "suspended_from",
            "what is upheld suspends from a day, and nothing else does",
            "write the first day after the final determination, or take it out",
        )
    last = clocks.last_day_to_appeal(row["notice_on"])
    in_time = row["appealed_on"] is not None and row["appealed_on"] <= last
    if row["outcome"] != "upheld" or row["decided_on"] is None:
        return
    if in_time and not row["conference_on"]:
        yield "conference_on", "an appeal has its conference before it is decided", "hold it first"
    if not in_time and row["decided_on"] <= last:
        yield "decided_on", f"the agency may appeal until {last}", "wait until that day is over"


def _lifting(row: Cells) -> Iterator[Fault]:
    starts = [row[name] for name in ("at_once_from", "suspended_from") if row[name]]
    lifted = row["lifted_from"]
    if lifted and (not starts or lifted < min(starts)):
        yield "lifted_from", "nothing is suspended that this would lift", "take the day out"
    if bool(lifted) != bool(row["lifted_why"]):
        yield "lifted_why", "a lifting has its first day and says why", "write both"
    if row["outcome"] == "set-aside" and row["at_once_from"] and not lifted:
        yield "lifted_from", "what is set aside is lifted", "write the first day of answers"
