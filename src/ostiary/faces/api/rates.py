"""How often an agency's programs may call: a bucket of calls that fills again with time.

The buckets are in memory, a set a server: where several serve one office, each lets an agency's
programs call as often as the office says.
"""

import math
import threading
import time
from collections.abc import Callable

from ostiary.faces.api.problems import Problem, ProblemError

_SECONDS = 60


class Buckets:
    """A bucket an agency.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, agency: str, per_minute: int) -> None:
        """Take one call.

        Raises:
            ProblemError: none is left; 429, with the seconds until there is.
        """
        with self._lock:
            now = self._clock()
            left, then = self._left.get(agency, (float(per_minute), now))
            left = min(per_minute, left + (now - then) * per_minute / _SECONDS)
            taken = left >= 1
            self._left[agency] = (left - taken, now)
        if not taken:
            wait = max(1, math.ceil((1 - left) * _SECONDS / per_minute))
            raise ProblemError(
                Problem(
                    "too-many-calls",
                    429,
                    "an agency's programs have made too many calls",
                    "the office's rule: calls_per_minute in office.toml",
                    "wait as long as Retry-After says; send many requests in one submission",
                    headers={"Retry-After": str(wait)},
                    detail=f"they may make {per_minute} calls a minute",
                    error="temporarily_unavailable",
                )
            )
