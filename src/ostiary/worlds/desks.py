"""Who is named to receive the answers, so that each sort of recipient carries what it should."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ostiary.worlds.texts import Codes, Text, constant, joined, number_text, placed, where

Staffing = Literal["teams", "one", "each"]

_ROWS_AN_OFFICER, _ROWS_A_TEAM_LEAD = 14, 10  # at most 14 + 2 rows an officer, well below 20


@dataclass(frozen=True, slots=True)
class Staff:
    """Officers of one sort: ``stem`` and a running number make their ids."""

    stem: str
    count: int
    agency: str
    employee: bool

    def ids(self) -> Text:
        """List the ids."""
        return officer_ids(self.stem, np.arange(self.count))


def officer_ids(stem: str, numbers: Codes) -> Text:
    """Write ids such as ``officer-000001``; numbers count from 0."""
    return joined(f"{stem}-", number_text(numbers + 1, 6))


def name_recipients(
    kinds: Codes, number: dict[str, int], staffing: Staffing
) -> tuple[Text, list[Staff]]:
    """Name the recipients of every request of a file.

    Args:
        kinds: kind of each row.
        number: the number of each kind's name.
        staffing: ``teams`` (an officer carries at most 16 rows; each tenth row names two officers),
            ``one`` (a single officer for everything) or ``each`` (every row its own).

    Returns:
        The column ``recipients``, and the officers to register.
    """
    rows = np.arange(len(kinds))
    if staffing == "one":
        return _same(len(rows)), [Staff("officer", 1, "dhs-ice", employee=True)]
    if staffing == "each":
        return officer_ids("officer", rows), [Staff("officer", len(rows), "dhs-ice", employee=True)]
    desk = rows // _ROWS_AN_OFFICER
    column = officer_ids("officer", desk)
    two = rows % _ROWS_A_TEAM_LEAD == 0
    column = where(two, joined(column, officer_ids("officer", desk + 1), by=";"), column)
    regular = int(desk[-1]) + 2
    staff = [Staff("officer", regular + 1, "dhs-ice", employee=True)]
    for name, stem, agency, employee in _OTHERS:
        chosen = np.flatnonzero(kinds == number.get(name, -1))
        column = placed(
            column, chosen, officer_ids(stem, np.arange(len(chosen)) // _ROWS_AN_OFFICER)
        )
        if agency and len(chosen):
            count = (len(chosen) - 1) // _ROWS_AN_OFFICER + 1
            staff.append(Staff(stem, count, agency, employee))
    overloaded = np.flatnonzero(kinds == number.get("recipient-overloaded", -1))
    busiest = officer_ids("officer", np.full(len(overloaded), regular))
    column = placed(column, overloaded, busiest)
    return where(kinds == number.get("recipient-none", -1), "", column), staff


_OTHERS = (
    ("recipient-contractor", "contractor", "dhs-ice", False),
    ("recipient-other-agency", "revenue-officer", "state-revenue", True),
    ("safeguards-suspended", "dhs-officer", "dhs", True),
    ("recipient-unknown", "officer-unlisted", "", True),
)


def _same(rows: int) -> Text:
    return constant("officer-000001", rows)
