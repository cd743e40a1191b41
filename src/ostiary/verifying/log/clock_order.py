"""Do the moments that entries state bear with one another, and with time-stamps?

No clock puts entries in order: their numbers do. But who writes an entry today and dates it last
week gives himself away, for the entry before it was written later, by the office's own word. And an
entry that an authority stamped by a moment was not written after that moment.

A day is allowed for: programs that work side by side read the clock when they begin, and clocks are
set. A clock that was set back by more than a day looks like backdating, and wants explaining.

A clock that leapt ahead would close an office until time catches up. Two officers may put that
right (`clock.corrected`), and that is not backdating where all of this holds:

1. It says of the entry before it what moment that states, and is dated itself what it calls right.
2. It goes back behind a leap, an entry dated more than a month after the one before, and no further
   than that one. Where entries follow one another there is no leap, so no day of work is unsaid.
3. The two officers are two.
4. No authority stamped a checkpoint that holds the leap at the later time, or after: then that
   time was real.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ostiary.verifying.log.entries import Entry, instant

TOLERANCE = timedelta(days=1)
LATE_DAYS = 14
"""Days that a file may lie before it is entered; by its day of receipt its law is chosen."""
LEAP = timedelta(days=31)
"""An entry that is dated so much after the one before it leaps."""


@dataclass(frozen=True, slots=True)
class Leap:
    """An entry dated far after the one before it.

    Attributes:
        index: its number.
        before: the moment of the entry before it.
        at: its own.
    """

    index: int
    before: str
    at: str

    def is_undone_by(self, right: str) -> bool:
        """Whether a clock that is put to this moment goes back behind the leap, no further."""
        return right < self.at and moment_of(self.before) - moment_of(right) <= TOLERANCE

    def was_real_by(self, seen: datetime) -> bool:
        """Whether somebody who saw it at a moment shows that the later time was real."""
        return seen >= moment_of(self.at) - TOLERANCE


def leap_between(index: int, before: str, at: str) -> Leap | None:
    """Give the leap from one entry to the next, if it is one."""
    is_leap = before and at > before and moment_of(at) - moment_of(before) > LEAP
    return Leap(index, before, at) if is_leap else None


class ClockOrder:
    """Reads the moments of entries in the order of their numbers.

    Args:
        stamped: tree sizes with the moments by which an authority that is believed has seen them.
    """

    def __init__(self, stamped: Sequence[tuple[int, datetime]] = ()) -> None:
        self._before = ""
        self._stamped = tuple(stamped)
        self._leaps: list[Leap] = []
        self._ahead: list[tuple[int, str]] = []  # of a clock that leapt
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
        if leap := leap_between(index, before, at):
            self._leaps.append(leap)
        if at < before and moment_of(before) - moment_of(at) > TOLERANCE:
            return "is dated more than a day before the entry before it"
        stamp = bisect_right(self._sizes, index)
        if stamp < len(self._sizes) and at > self._latest[stamp]:
            wrong = f"is dated after the time-stamp of the first {self._sizes[stamp]} entries"
            if not self._leaps:
                return wrong
            self._ahead.append((index, wrong))
        return ""

    def correct(self, index: int, entry: Entry) -> list[str]:
        """Look at a correction of the clock; what holds lets the entries after it go on from there.

        Args:
            index: its number.
            entry: a `clock.corrected`.

        Returns:
            What is wrong with it.
        """
        leap = next((one for one in self._leaps if one.is_undone_by(entry["right"])), None)
        wrong = list(self._faults(index, entry, leap))
        if leap is None or wrong:
            return wrong + list(filter(None, [self.check(index, entry.at)]))
        self._before = entry.at
        self._leaps = [one for one in self._leaps if one.index < leap.index]
        self._ahead = [one for one in self._ahead if one[0] < leap.index]
        return []

    def still_ahead(self) -> tuple[tuple[int, str], ...]:
        """Give, at the end, the entries after a leap that no correction explains, and why."""
        return tuple(self._ahead)

    def _faults(self, index: int, entry: Entry, leap: Leap | None) -> Iterator[str]:
        if entry["stood"] != self._before:
            yield "says another moment of the entry before it than that states"
        if abs(moment_of(entry.at) - moment_of(entry["right"])) > TOLERANCE:
            yield "is dated another day than the one it calls right"
        if entry["officer"] == entry["second"]:
            yield "was signed by one officer alone"
        if leap is None:
            yield "puts the clock back where it had not leapt"
            return
        for size, seen in self._stamped:
            if leap.index < size <= index and leap.was_real_by(seen):
                yield "unsays a moment that a time-stamp shows to have been real"


def days_between(day: str, at: str) -> int:
    """Count the days from a day, ``2025-08-06``, to a moment as entries write it."""
    return (moment_of(at).date() - date.fromisoformat(day)).days


def moment_of(at: str) -> datetime:
    """Read a moment as entries write it."""
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
