"""How long one decision takes, and how long a large batch."""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ostiary.law.decide import Day, decide_batch
from ostiary.law.reading import read_book
from ostiary.law.shipped import shipped_book
from ostiary.pipeline.stages import peak_memory_mib


@dataclass(frozen=True, slots=True)
class Timing:
    """Microseconds of one decision, each the median over repeats; decisions a second."""

    median: float
    p99: float
    rate: float


@dataclass(frozen=True, slots=True)
class LargeBatch:
    """One batch decided in a process of its own.

    Attributes:
        rows: rows decided.
        seconds: the decision alone, facts being in memory: median of the repeats.
        before: peak memory in MiB when the facts were in memory and nothing was decided.
        peak: peak memory in MiB at the end.
        masks: how many different masks there were.
    """

    rows: int
    seconds: float
    before: int
    peak: int
    masks: int


def timed(decide: Callable[[Any], object], rows: Sequence[Any], *, repeats: int) -> Timing:
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
        rate=len(rows) / statistics.median(walks),
    )


def large_batch(facts: Path, day: Day, *, repeats: int) -> LargeBatch:
    """Decide a Parquet file of facts on DuckDB in a fresh process: its memory is its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(_large_batch, facts, day, repeats).result()


def _large_batch(facts: Path, day: Day, repeats: int) -> LargeBatch:
    book = read_book(shipped_book())
    with duckdb.connect() as con:
        con.execute("CREATE TABLE facts AS SELECT * FROM read_parquet($1)", [str(facts)])
        before = peak_memory_mib()
        seconds = []
        for _ in range(repeats):
            start = time.perf_counter()
            decide_batch(con, book, day, facts="facts", into="determinations")
            seconds.append(time.perf_counter() - start)
        peak = peak_memory_mib()
        counting = "SELECT count(*), count(DISTINCT mask) FROM determinations"
        ((rows, masks),) = con.execute(counting).fetchall()
    return LargeBatch(rows, statistics.median(seconds), before, peak, masks)


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
