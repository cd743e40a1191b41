"""Seconds and memory of a walk through the corridor, stage by stage."""

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

OnStage = Callable[[str], None]


def silent(_stage: str) -> None:
    """Tell nobody that a stage has begun."""


class Stages:
    """Measures named stages; tells ``on_stage`` when one begins.

    Attributes:
        seconds: wall-clock seconds of each stage, in the order they were first entered.
    """

    def __init__(self, on_stage: OnStage = silent) -> None:
        self.seconds: dict[str, float] = {}
        self._begun = time.perf_counter()
        self._on_stage = on_stage

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what happens inside as the stage ``name``."""
        self._on_stage(name)
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self.seconds[name] = round(self.seconds.get(name, 0.0) + spent, 3)

    def total(self) -> float:
        """Give the seconds since this was made, what lies between the stages included."""
        return round(time.perf_counter() - self._begun, 3)


def peak_memory_mib() -> int:
    """Give the most memory this program has held at once, in MiB (resident set)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak / 1024 if sys.platform != "darwin" else peak / 1024**2)
