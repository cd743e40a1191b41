"""The law on Spark over a large file of facts, held row by row against DuckDB."""

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ostiary.deciding.law.decide import decide_batch
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.law.spark import decide_on_spark
from ostiary.office.batches.spark_session import spark_session


@dataclass(frozen=True, slots=True)
class SparkBatch:
    """One batch decided on Spark, local, on two cores.

    Attributes:
        rows: rows decided.
        opening: seconds until the session stood.
        first: seconds of the first decision, from Parquet to Parquet; Java was cold.
        seconds: median of those after it.
        unlike: rows that DuckDB decides otherwise.
    """

    rows: int
    opening: float
    first: float
    seconds: float
    unlike: int


def spark_batch(facts: Path, day: Day, repeats: int) -> SparkBatch:
    """Decide a Parquet file of facts on Spark and on DuckDB."""
    book = read_book(shipped_book())
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, spark_session("local[2]") as session:
        opening = time.perf_counter() - start
        seconds = []
        for turn in range(1 + repeats):
            start = time.perf_counter()
            session.read.parquet(str(facts)).createOrReplaceTempView("facts")
            decided = decide_on_spark(session, book, day, facts="facts")
            decided.write.parquet(f"{folder}/{turn}")
            seconds.append(time.perf_counter() - start)
        with duckdb.connect() as con:
            con.execute(f"CREATE TABLE facts AS FROM '{facts}'")
            decide_batch(con, book, day, facts="facts", into="determinations")
            ((rows, unlike),) = con.execute(
                f"""
                SELECT count(*), count(*) FILTER (s.mask IS DISTINCT FROM d.mask
                                                  OR s.status IS DISTINCT FROM d.status)
                FROM determinations d FULL JOIN '{folder}/0/*.parquet' s USING (row)
                """
            ).fetchall()
    return SparkBatch(rows, opening, seconds[0], statistics.median(seconds[1:]), unlike)
