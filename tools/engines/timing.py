"""How long one decision takes, and how long a large batch."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from engines.engine import Engine
from ostiary.deciding.law.decide import decide_batch
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.facts import Facts

CLEAR, RESET_PEAK = Path("/proc/self/clear_refs"), "5"  # see proc(5)


@dataclass(frozen=True, slots=True)
class Timing:
    """Microseconds of one decision, the median over repeats; decisions a second, the best."""

    median: float
    p99: float
    rate: float


@dataclass(frozen=True, slots=True)
class LargeBatch:
    """One batch decided in a process of its own.

    Attributes:
        rows: rows decided.
        seconds: the decision alone, facts being in memory: median of the repeats.
        processor: seconds of processor time for the same, all threads together.
        facts: MiB that the process held when the facts were in memory and nothing was decided.
        peak: the most it held while deciding, in MiB.
        masks: how many different masks there were.
    """

    rows: int
    seconds: float
    processor: float
    facts: int
    peak: int
    masks: int


def timed_engine(
    engine: type[Engine], day: Day, rows: Sequence[Facts], repeats: int
) -> tuple[Timing, Timing]:
    """Time an engine from Ostiary's facts to its answer, and from its own form of the facts."""
    one = engine(read_book(shipped_book()), day)
    whole = _timed(lambda facts: one.decide(one.prepared(facts)), rows, repeats)
    return whole, _timed(one.decide, [one.prepared(facts) for facts in rows], repeats)


def large_batch(facts: Path, day: Day, repeats: int) -> LargeBatch:
    """Decide a Parquet file of facts on DuckDB; in a process of its own, memory is its own too.

    Linux alone tells a peak that begins anew.
    """
    book = read_book(shipped_book())
    with duckdb.connect() as con:
        con.execute("CREATE TABLE facts AS SELECT * FROM read_parquet($1)", [str(facts)])
        held = _held("VmRSS")
        CLEAR.write_text(RESET_PEAK)
        seconds, processor = [], []
        for _ in range(repeats):
            start, busy = time.perf_counter(), time.process_time()
            decide_batch(con, book, day, facts="facts", into="determinations")
            seconds.append(time.perf_counter() - start)
            processor.append(time.process_time() - busy)
        peak = _held("VmHWM")
        counting = "SELECT count(*), count(DISTINCT mask) FROM determinations"
        ((rows, masks),) = con.execute(counting).fetchall()
    return LargeBatch(
        rows, statistics.median(seconds), statistics.median(processor), held, peak, masks
    )


def _timed(decide: Callable[[Any], object], rows: Sequence[Any], repeats: int) -> Timing:
    """Measure single decisions.

    A first walk over the rows is not counted. Quantiles come from walks that look at the clock
    around each decision, the rate from walks that do not.
    """
    for row in rows:
        decide(row)
    spans = [_spans(decide, rows) for _ in range(repeats)]
    walks = [_walk(decide, rows) for _ in range(repeats)]
    return Timing(
        median=statistics.median(statistics.median(one) for one in spans) / 1000,
        p99=statistics.median(statistics.quantiles(one, n=100)[98] for one in spans) / 1000,
        rate=len(rows) / min(walks),
    )


def _held(key: str) -> int:
    """Read MiB from what Linux says of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(f"{key}:"))


def _spans(decide: Callable[[Any], object], rows: Sequence[Any]) -> list[int]:
    clock = time.perf_counter_ns
    spans = []
    for row in rows:
        start = clock()
        decide(row)
        spans.append(clock() - start)
    return spans


def _walk(decide: Callable[[Any], object], rows: Sequence[Any]) -> float:
    start = time.perf_counter()
    for row in rows:
        decide(row)
    return time.perf_counter() - start
