"""How many requests wait, by agency, rule and day: counted once, and from there by what is new.

The worklist shows a count beside each filter. Over a hundred thousand requests the database would
count for seconds, and the rows only grow: so a process remembers the sums and up to which row they
hold (the *marks*), and asks for what was stored since. A request counts as it stands at the marks,
whatever is stored meanwhile, so nothing is counted twice or left out.
"""

import threading
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ostiary.storage.chunks import chunks

Ask = Callable[..., list[tuple[Any, ...]]]
_AT_ONCE = 500


class Cell(NamedTuple):
    """What is counted together; ``looked_at``: an officer has determined the reason."""

    agency: str
    rule: str | None
    received: date
    looked_at: bool


@dataclass(frozen=True, slots=True)
class _Marks:
    """The last row that counts: of answers by entry, of the others by number."""

    answer: int = -1
    determination: int = 0
    approval: int = 0
    request: int = 0


_NEWEST = """
SELECT (SELECT coalesce(max(entry_index), -1) FROM answer),
       (SELECT coalesce(max(id), 0) FROM reason_determination),
       (SELECT coalesce(max(id), 0) FROM approval),
       (SELECT coalesce(max(id), 0) FROM request)
"""
_ANSWERED = "EXISTS (SELECT 1 FROM answer a WHERE a.request = r.id AND a.entry_index <= {answer})"
_LOOKED_AT = """EXISTS (
    SELECT 1 FROM reason_determination d WHERE d.request = r.id AND d.id <= {determination})"""
_RETURNED = """EXISTS (
    SELECT 1 FROM reason_determination d
    WHERE d.request = r.id AND d.id <= {determination} AND NOT d.specific)"""
_ROWS = "request r LEFT JOIN verification v ON v.request = r.id"
_WAITS = f"CASE WHEN {_ANSWERED} OR {_RETURNED} THEN 0 ELSE 1 END"
_IS_LOOKED_AT = f"CASE WHEN {_LOOKED_AT} THEN 1 ELSE 0 END"
_APPROVALS = "(SELECT count(*) FROM approval p WHERE p.request = r.id AND p.id <= {approval})"


class WaitingCounts:
    """The sums of one case store. Several threads may ask at the same time.

    Args:
        ask: asks the case store in SQL.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._marks: _Marks | None = None
        self._cells: Counter[Cell] = Counter()
        self._approvals: dict[int, int] = {}

    def cells(self) -> dict[Cell, int]:
        """Give how many requests wait in each cell that has any."""
        with self._lock:
            self._count_on()
            return {cell: many for cell, many in self._cells.items() if many}

    def approved_at_least(self, times: int) -> tuple[int, ...]:
        """Name the waiting requests that were approved so often; some approvals may be void."""
        with self._lock:
            self._count_on()
            return tuple(
                sorted(number for number, many in self._approvals.items() if many >= times)
            )

    def _count_on(self) -> None:
        """Count what was stored since; the newest rows are named first, and none beyond counts."""
        marks = _Marks(*map(int, self._ask(_NEWEST)[0]))
        before = self._marks
        if marks == before:
            return
        self._marks = None  # should this fail half-way, everything is counted anew
        if before is None:
            self._cells.clear()
            self._approvals.clear()
            self._count(marks, 0, marks)
            self._note_approvals(self._approved_since(0, marks), marks)
        else:
            self._count(before, before.request, marks)
            touched = self._touched(before, marks)
            self._move(touched, before, marks)
            self._note_approvals(touched, marks)
        self._marks = marks

    def _count(self, standing: _Marks, after: int, marks: _Marks) -> None:
        """Count requests after a number, as they stood at some marks."""
        rows = self._ask(
            _filled(
                f"""
                SELECT agency, rule, received, looked_at, count(*) FROM (
                    SELECT r.agency, v.rule, r.received, {_IS_LOOKED_AT} AS looked_at
                    FROM {_ROWS}
                    WHERE r.status = 'accepted' AND r.id > {after} AND r.id <= {marks.request}
                      AND {_WAITS} = 1
                ) AS waiting GROUP BY agency, rule, received, looked_at
                """,
                standing,
            )
        )
        for agency, rule, received, looked_at, many in rows:
            self._cells[_cell(agency, rule, received, looked_at)] += many

    def _touched(self, before: _Marks, marks: _Marks) -> set[int]:
        rows = self._ask(
            "SELECT request FROM answer WHERE entry_index > %s AND entry_index <= %s UNION"
            " SELECT request FROM reason_determination WHERE id > %s AND id <= %s UNION"
            " SELECT request FROM approval WHERE id > %s AND id <= %s",
            before.answer, marks.answer, before.determination, marks.determination,
            before.approval, marks.approval,
        )  # fmt: skip
        return {int(number) for (number,) in rows}

    def _approved_since(self, approval: int, marks: _Marks) -> set[int]:
        rows = self._ask(
            _filled(
                f"""SELECT r.id FROM request r
                WHERE r.id IN (SELECT request FROM approval WHERE id > {approval})
                  AND NOT {_ANSWERED}""",
                marks,
            )
        )
        return {int(number) for (number,) in rows}

    def _move(self, touched: Collection[int], before: _Marks, marks: _Marks) -> None:
        """Move requests from where they stood to where they stand."""
        for standing, sign in ((before, -1), (marks, 1)):
            for _, cell, waits, _ in self._standing(touched, standing):
                if waits:
                    self._cells[cell] += sign

    def _note_approvals(self, numbers: Collection[int], marks: _Marks) -> None:
        for number, _, waits, approvals in self._standing(numbers, marks):
            self._approvals.pop(number, None)
            if waits and approvals:
                self._approvals[number] = approvals

    def _standing(
        self, numbers: Collection[int], marks: _Marks
    ) -> list[tuple[int, Cell, bool, int]]:
        """Say of accepted requests how they stand at some marks."""
        found = []
        for chunk in chunks(sorted(numbers), _AT_ONCE):
            listed = ", ".join(map(str, chunk))
            rows = self._ask(
                _filled(
                    f"""
                    SELECT r.id, r.agency, v.rule, r.received, {_IS_LOOKED_AT}, {_WAITS},
                           {_APPROVALS}
                    FROM {_ROWS} WHERE r.status = 'accepted' AND r.id IN ({listed})
                    """,
                    marks,
                )
            )
            found += [
                (int(number), _cell(*place), bool(waits), int(approvals))
                for number, *place, waits, approvals in rows
            ]
        return found


def _filled(statement: str, marks: _Marks) -> str:
    """Write the marks, which are numbers of ours, into a statement."""
    return statement.format(
        answer=marks.answer, determination=marks.determination, approval=marks.approval
    )


def _cell(agency: str, rule: str | None, received: date | str, looked_at: int) -> Cell:
    """Read a cell; SQLite gives days as text."""
    day = date.fromisoformat(received) if isinstance(received, str) else received
    return Cell(agency, rule, day, bool(looked_at))
