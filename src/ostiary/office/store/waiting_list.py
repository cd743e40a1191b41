"""The requests that wait for officers, as columns of numbers: filtered, counted and cut in memory.

The worklist shows a count beside each filter and any page of a hundred thousand lines. The database
would walk all of them for each; a process that shows one page after the other remembers what each
waiting request is listed by (never what is in it), and asks for what was stored since. Rows only
ever come: so the newest row of each table says whether there is anything new, and what is asked
again and found unchanged does no harm.
"""

import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from ostiary.office.store.chunks import chunks
from ostiary.office.store.determined import DETERMINED
from ostiary.office.store.stored_values import stored_day
from ostiary.office.store.unfinished import is_kept, is_unanswered, is_waiting

Ask = Callable[..., list[tuple[Any, ...]]]
Places = npt.NDArray[np.intp]
_AT_ONCE = 500

_NEWEST = """
SELECT (SELECT coalesce(max(entry_index), -1) FROM answer),
       (SELECT coalesce(max(entry_index), -1) FROM counsel_answer),
       (SELECT coalesce(max(id), 0) FROM reason_determination),
       (SELECT coalesce(max(id), 0) FROM approval),
       (SELECT coalesce(max(id), 0) FROM examination),
       (SELECT coalesce(max(id), 0) FROM disposal),
       (SELECT coalesce(max(id), 0) FROM request)
"""
_TOUCHED = f"""
SELECT request FROM answer WHERE entry_index > %s
UNION SELECT request FROM counsel_answer WHERE entry_index > %s
UNION SELECT request FROM reason_determination WHERE id > %s
UNION SELECT request FROM approval WHERE id > %s
UNION SELECT v.request FROM examination e
      JOIN verification v ON v.entry_index BETWEEN e.first_index AND e.last_index WHERE e.id > %s
UNION SELECT r.id FROM disposal d CROSS JOIN request r
      WHERE d.id > %s AND r.status = 'accepted' AND NOT {is_kept()} AND {is_unanswered()}
"""
_APPROVED = """
SELECT DISTINCT request FROM approval p
WHERE NOT EXISTS (SELECT 1 FROM answer a WHERE a.request = p.request)
"""
_STEP = f"""
CASE WHEN NOT {DETERMINED} THEN 0
     WHEN EXISTS (SELECT 1 FROM verification v WHERE v.request = r.id) THEN 2 ELSE 1 END
"""
_LISTED = """
SELECT r.id, r.agency, r.received, {step}
FROM request r
WHERE r.id > %s AND {waits} ORDER BY r.id
"""
_STANDING = """
SELECT r.id, CASE WHEN {waits} THEN 1 ELSE 0 END, {step},
       (SELECT count(*) FROM approval p WHERE p.request = r.id)
FROM request r WHERE r.id IN ({numbers})
"""

WAITING = _LISTED.format(step=_STEP.strip(), waits=is_waiting()).strip()
"""The query by which what waits is read: number, agency, day of receipt and place in STEPS."""

STEPS = ("determination", "look", "approval")
"""What a request can wait for: that persons determine, that the record is looked at, approval."""


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """Which lines of the worklist are asked for; what is left out is not looked at.

    Attributes:
        agency: the requesting agency.
        received_from: first day of receipt.
        received_to: last day of receipt.
        step: what the request waits for: one of :data:`STEPS`.
        among: numbers of requests; no other is listed.
        not_among: numbers of requests that are left out.
        newest_first: whether the latest receipt comes first.
    """

    agency: str = ""
    received_from: date | None = None
    received_to: date | None = None
    step: str = ""
    among: Collection[int] | None = None
    not_among: Collection[int] = ()
    newest_first: bool = False


class _Texts:
    """A column of texts as numbers."""

    def __init__(self) -> None:
        self.texts: list[str | None] = []
        self._number: dict[str | None, int] = {}

    def number(self, text: str | None) -> int:
        """Give the number of a text; a new one when it has none."""
        if text not in self._number:
            self._number[text] = len(self.texts)
            self.texts.append(text)
        return self._number[text]


class WaitingList:
    """The waiting requests of one case store. Several threads may ask at the same time.

    Args:
        ask: asks the case store in SQL.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._marks: tuple[int, ...] = ()
        self._read_to = 0
        self._ids = array("q")
        self._days = array("q")
        self._codes = {"agency": array("q")}
        self._texts = {"agency": _Texts()}
        self._waits, self._steps = bytearray(), bytearray()
        self._approvals: dict[int, int] = {}

    def count(self, wanted: WorklistFilter) -> int:
        """Count what is wanted."""
        with self._lock:
            return len(self._places(wanted))

    def count_by(self, wanted: WorklistFilter, column: str) -> dict[Any, int]:
        """Count what is wanted by ``agency`` or ``received``, in the column's order."""
        with self._lock:
            codes = self._days if column == "received" else self._codes[column]
            places = self._places(wanted)
            if not len(places):
                return {}
            chosen = np.frombuffer(codes, np.int64)[places]
            values, many = np.unique(chosen, return_counts=True)
            found = {self._value(column, int(v)): int(n) for v, n in zip(values, many, strict=True)}
        return {value: found[value] for value in sorted(found, key=str)}

    def page(self, wanted: WorklistFilter, first: int, many: int) -> list[int]:
        """Give the numbers of a page of what is wanted, by receipt."""
        with self._lock:
            places = self._places(wanted)
            if not len(places):
                return []
            days = np.frombuffer(self._days, np.int64)[places]
            ordered = places[np.argsort(-days if wanted.newest_first else days, kind="stable")]
            ordered = ordered[first : first + many]
            return [self._ids[place] for place in ordered]

    def approved_at_least(self, times: int) -> tuple[int, ...]:
        """Name the waiting requests that were approved so often; some approvals may be void."""
        with self._lock:
            self._read_on()
            return tuple(sorted(one for one, many in self._approvals.items() if many >= times))

    def _value(self, column: str, code: int) -> Any:
        return date.fromordinal(code) if column == "received" else self._texts[column].texts[code]

    def _places(self, wanted: WorklistFilter) -> Places:
        """Give the places of what is wanted, in the order of numbers."""
        self._read_on()
        if not self._ids:
            return np.zeros(0, np.intp)
        ids, days = np.frombuffer(self._ids, np.int64), np.frombuffer(self._days, np.int64)
        fits = np.frombuffer(self._waits, np.bool_).copy()
        if wanted.agency:
            code = self._texts["agency"].number(wanted.agency)
            fits &= np.frombuffer(self._codes["agency"], np.int64) == code
        if wanted.received_from:
            fits &= days >= wanted.received_from.toordinal()
        if wanted.received_to:
            fits &= days <= wanted.received_to.toordinal()
        if wanted.step:
            fits &= np.frombuffer(self._steps, np.uint8) == STEPS.index(wanted.step)
        if wanted.among is not None:
            fits &= np.isin(ids, np.fromiter(wanted.among, np.int64))
        if wanted.not_among:
            fits &= ~np.isin(ids, np.fromiter(wanted.not_among, np.int64))
        return np.flatnonzero(fits)

    def _read_on(self) -> None:
        """Read what was stored since. What comes meanwhile is newer than the marks: see next time.

        First the marks, then the rows: a row that is read and not marked is read once more.
        """
        marks = tuple(int(newest) for newest in self._ask(_NEWEST)[0])
        if marks == self._marks:
            return
        since = self._marks[:-1]
        touched = self._ask(_TOUCHED, *since) if since else self._ask(_APPROVED)
        self._add(marks[-1])
        self._refresh([int(number) for (number,) in touched])
        self._marks = marks

    def _add(self, newest: int) -> None:
        for number, agency, received, step in self._ask(
            _LISTED.format(waits=is_waiting(), step=_STEP), self._read_to
        ):
            self._ids.append(number)
            self._codes["agency"].append(self._texts["agency"].number(agency))
            self._days.append(stored_day(received).toordinal())
            self._waits.append(1)
            self._steps.append(int(step))
        self._read_to = max([newest, *self._ids[-1:]])

    def _refresh(self, numbers: Collection[int]) -> None:
        """See how requests stand now on which somebody has spoken."""
        for chunk in chunks(numbers, _AT_ONCE):
            listed = ", ".join(map(str, chunk))
            statement = _STANDING.format(waits=is_waiting(), step=_STEP, numbers=listed)
            for number, waits, step, approvals in self._ask(statement):
                self._approvals.pop(number, None)
                place = bisect_left(self._ids, number)
                if place == len(self._ids) or self._ids[place] != number:
                    continue  # it was over before this process first looked
                self._waits[place], self._steps[place] = int(waits), int(step)
                if waits and approvals:
                    self._approvals[number] = int(approvals)
