"""Times of many calls, summed up: the middle, the slow end, and the worst two seconds."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

WINDOW = 2.0


@dataclass(frozen=True)
class Calls:
    """How a series of calls went.

    Attributes:
        rate: calls a second over the whole series.
        median: seconds of a call.
        p99: seconds that one call in a hundred exceeded.
        worst: calls a second in the worst window of two seconds.
    """

    rate: float
    median: float
    p99: float
    worst: float


def timed(call: Callable[..., object], *arguments: object) -> float:
    """Give the seconds of one call."""
    begun = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - begun


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """Give the seconds that work took, and those that a processor was busy with it."""
    busy = time.process_time()
    seconds = timed(work)
    return seconds, time.process_time() - busy


def repeated(call: Callable[[], object], seconds: float) -> Calls:
    """Call again and again for so many seconds."""
    ends = [time.perf_counter()]
    while ends[-1] - ends[0] < seconds:
        call()
        ends.append(time.perf_counter())
    return summed_up(ends)


def summed_up(ends: Sequence[float]) -> Calls:
    """Sum up from the moments at which calls ended; the first one is the beginning."""
    took = sorted(after - before for before, after in pairwise(ends))
    whole = ends[-1] - ends[0]
    windows = [0] * max(int(whole // WINDOW), 1)
    for end in ends[1:]:
        window = int((end - ends[0]) // WINDOW)
        if window < len(windows):
            windows[window] += 1
    worst = min(windows) / min(WINDOW, whole)
    return Calls(len(took) / whole, took[len(took) // 2], took[int(len(took) * 0.99)], worst)


def drawn(many: int, size: int) -> list[int]:
    """Draw places below ``size`` that look like chance and are the same each time."""
    return [n * 2_654_435_761 % size for n in range(1, many + 1)]


def middle(took: Sequence[float]) -> float:
    """Give the median."""
    return sorted(took)[len(took) // 2]
