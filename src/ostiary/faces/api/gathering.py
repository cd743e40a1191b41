"""Who goes together, and when: submissions that wait for a run, and the one thread that runs.

One of those who wait leads: it waits for company, has the group served, and then hands the lead to
the next who waits. A leader sleeps until there is something to do; whoever completes its group
wakes it.
"""

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

GATHER, MOST_GATHERED = 0.05, 0.25
"""Seconds without anybody new after which a run begins, and those that it waits at most."""

RETURN, RETURN_EACH = 0.1, 0.01
"""Seconds, and for each response, in which a run's programs are looked for with their next work.

Each is proved anew who it is, one after the other. Were they not waited for, some would go alone
and the others after them, each part paying for a run of its own. Once all of them are back, nobody
else is waited for.
"""

MOST_ROWS = 1_000
"""Requests in one submission, and in one batch of several."""

Row = dict[str, Any]
Result = dict[str, Any]


@dataclass(eq=False)
class Submission:
    """A submission that waits for its turn; ``result`` or ``error`` is set when it was served.

    It came at ``came`` and is answered at ``ready``, moments of the monotonic clock. ``key`` and
    ``body`` are digests. ``called`` is set once it was served, or leads.
    """

    agency: str
    key: str
    body: str
    rows: Sequence[Row]
    result: Result | None = None
    error: BaseException | None = None
    served: bool = False
    ready: float = 0.0
    came: float = field(default_factory=time.monotonic)
    called: threading.Event = field(default_factory=threading.Event)

    def ids(self) -> set[str]:
        """Name its requests, as two of one name must not be in one batch."""
        return {str(row["request_id"]).strip() for row in self.rows}


Serve = Callable[[Sequence[Submission]], Callable[[], None]]
"""Serves a group, whatever goes wrong, and gives what nobody has to wait for."""


@dataclass
class Gathering:
    """Where submissions wait for a run."""

    _guard: threading.Condition = field(default_factory=threading.Condition)
    _waiting: list[Submission] = field(default_factory=list)
    _is_led: bool = False
    _answered: dict[str, tuple[float, int]] = field(default_factory=dict)
    """By agency, when the responses of its last run left, and how many they were."""

    def ask(self, mine: Submission, serve: Serve) -> None:
        """Have a submission served, by its own thread or by another's; then return."""
        with self._guard:
            self._waiting.append(mine)
            leads, self._is_led = not self._is_led, True
            if self.begins(mine.agency, math.inf) <= time.monotonic():
                self._guard.notify_all()
        if not leads:
            mine.called.wait()
        if not mine.served:
            self._lead(mine, serve)

    def _lead(self, first: Submission, serve: Serve) -> None:
        try:
            group = self._gathered(first)
            try:
                left = serve(group)
            finally:
                self._answered[first.agency] = first.ready, len(group)
                for one in group:
                    one.served = True
                    one.called.set()
            left()
        finally:
            self._hand_on()

    def _hand_on(self) -> None:
        with self._guard:
            self._is_led = bool(self._waiting)
            if self._waiting:
                self._waiting[0].called.set()

    def _gathered(self, first: Submission) -> list[Submission]:
        """Wait while others come, who would have to wait for this run otherwise; take them."""
        until = time.monotonic() + MOST_GATHERED
        with self._guard:
            while (begins := self.begins(first.agency, until)) > (now := time.monotonic()):
                self._guard.wait(begins - now)
            return self._group(first)

    def begins(self, agency: str, until: float) -> float:
        """Say when the run of those who wait begins, if nobody else comes.

        Args:
            agency: whose run.
            until: the last moment that company is waited for, but for programs that the agency's
                last run answered.
        """
        came = [one.came for one in self._waiting if one.agency == agency]
        left, many = self._answered.get(agency, (-math.inf, 0))
        late = left + RETURN + RETURN_EACH * many
        if sum(at >= left for at in came) >= many > 0:
            return max(came)
        return max(late, min(until, max(came, default=-math.inf) + GATHER))

    def _group(self, first: Submission) -> list[Submission]:
        """Take those that may go together: one agency, no request twice, not too many."""
        group, ids = [first], first.ids()
        for one in self._waiting:
            fits = len(ids) + len(one.rows) <= MOST_ROWS and not ids & one.ids()
            if one is not first and one.agency == first.agency and fits:
                group.append(one)
                ids |= one.ids()
        self._waiting = [one for one in self._waiting if one not in group]
        return group
