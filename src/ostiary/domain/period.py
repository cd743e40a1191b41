"""The days on which something stands: the one answer, of values and in SQL.

A text of law, a row of a register, an officer's time in office and a key all stand from a first day
to a last, both included; without a last day they stand until somebody ends them.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which something stands, both ends included; an open end is ``None``."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def is_over(self, day: date) -> bool:
        """Say whether the last day is past."""
        return self.last is not None and self.last < day

    def meets(self, other: "Period") -> bool:
        """Say whether both stand on some day."""
        later = max(self, other, key=lambda one: one.first)
        return later.first in self and later.first in other


def stands_on(day: str, row: str = "") -> str:
    """Give SQL for whether a row of a register stands on a day, as :class:`Period` says it.

    Args:
        day: the day in SQL, such as ``$1``.
        row: name of the table that has ``from`` and ``until``, where several have.
    """
    of = f"{row}." if row else ""
    return f'{of}"from" <= {day} AND ({of}"until" IS NULL OR {day} <= {of}"until")'
