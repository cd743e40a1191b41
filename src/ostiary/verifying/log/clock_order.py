"""Do the moments that entries state bear with one another, and with time-stamps?

No clock puts entries in order: their numbers do. But who writes an entry today and dates it last
week gives himself away, for the entry before it was written later, by the office's own word. And an
entry that an authority stamped by a moment was not written after that moment.

A day is allowed for: programs that work side by side read the clock when they begin, and clocks are
set. A clock that was set back by more than a day looks like backdating, and wants explaining.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from ostiary.verifying.log.entries import instant

TOLERANCE = timedelta(days=1)
LATE_DAYS = 14
"""Days that a file may lie before it is entered; by its day of receipt its law is chosen."""


class ClockOrder:
    """Reads the moments of entries in the order of their numbers.

    Args:
        stamped: tree sizes with the moments by which an authority that is believed has seen them.
    """

    def __init__(self, stamped: Sequence[tuple[int, datetime]] = ()) -> None:
        self._before = ""
        ends: dict[int, datetime] = {}
        for size, at in stamped:
            ends[size] = min(at, ends.get(size, at))
        self._sizes = sorted(ends)
        self._latest = [
            instant(min(ends[size] for size in self._sizes[n:]) + TOLERANCE)
            for n in range(len(self._sizes))
        ]

    def check(self, index: int, at: str) -> str:
        """Look at the next entry, when it states another moment than the one before it.

        Args:
            index: its number.
            at: the moment that it states, as entries write it.

        Returns:
            What is wrong, or nothing.
        """
        before, self._before = self._before, at
        if at < before and moment_of(before) - moment_of(at) > TOLERANCE:
            return "is dated more than a day before the entry before it"
        stamp = bisect_right(self._sizes, index)
        if stamp < len(self._sizes) and at > self._latest[stamp]:
            return f"is dated after the time-stamp of the first {self._sizes[stamp]} entries"
        return ""


def days_between(day: str, at: str) -> int:
    """Count the days from a day, ``2025-08-06``, to a moment as entries write it."""
    return (moment_of(at).date() - date.fromisoformat(day)).days


def moment_of(at: str) -> datetime:
    """Read a moment as entries write it."""
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
