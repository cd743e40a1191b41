"""``make bench-engines``: the rule book beside Cedar, two Rego engines and CEL.

Each engine gets the whole book, translated from the same trees. First every engine decides the
same rows, and the set of rules not met must be Ostiary's on each: any difference is shown (engine,
rule, facts) and ends the run with exit status 1. Then single decisions are timed, and one large
batch on DuckDB. Tables are printed as Markdown; copy them into docs/benchmarks.md with the date.
"""

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb

from engines.apart import apart
from engines.asked import asked_on
from engines.cedar import Cedar
from engines.cel import Cel
from engines.comparing import Comparison, Jobs, answers, batch_answers, mirrored
from engines.engine import Engine, version_of
from engines.fact_rows import derive, on_the_edges, read_rows, redrawn
from engines.on_spark import spark_batch
from engines.ours import DuckDB, Explained, Mask
from engines.rego import RegoCpp, Regorus
from engines.timing import large_batch, timed_engine
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.facts import Facts
from ostiary.domain.words import Stage

OWN: tuple[type[Engine], ...] = (Mask, Explained)
PEERS: tuple[type[Engine], ...] = (Cel, Regorus, Cedar, RegoCpp)
MEASURED = Day(Stage.ADMISSION, date(2025, 8, 6))
DAYS = (
    MEASURED,
    Day(Stage.ADMISSION, date(2024, 12, 31)),  # before the book begins
    Day(Stage.ADMISSION, date(2026, 3, 2)),  # both orders in force
    Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 8, 20)),
    Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2026, 2, 5)),
)
SHOWN = 5


def main() -> int:
    """Compare, then measure; give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=4_000, help="rows from synthetic requests")
    parser.add_argument("--redrawn", type=int, default=20_000, help="rows with facts redrawn")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--large", type=int, default=1_280_000, help="rows of the large batch")
    given = parser.parse_args()
    for engine in PEERS:
        version_of(engine)  # ends here when one is missing
    print(f"{platform.platform()}, Python {platform.python_version()}, DuckDB {duckdb.__version__}")
    book = read_book(shipped_book())
    with tempfile.TemporaryDirectory(prefix="ostiary-engines-") as folder:
        small = derive(_made(folder, "small"), requests=given.requests, received=MEASURED.received)
        rows = read_rows(small)
        if not agree(book, rows, given.redrawn):
            return 1
        one_by_one(book, rows, given.repeats)
        if given.large:
            large = derive(_made(folder, "large"), requests=given.large, received=MEASURED.received)
            return batches(book, rows, large, given.repeats)
    return 0


def agree(book: Book, rows: Sequence[Facts], count: int) -> bool:
    """Compare every engine on every row; print what was compared, or what differs."""
    lawful = list(_jobs(book, rows, count))
    mirror = [(day, redrawn(book, rows, day, count=count // 10, seed=9)) for day in DAYS]
    return all([_agree("the book", book, lawful), _agree("mirrored", mirrored(book), mirror)])


def _agree(title: str, book: Book, jobs: Jobs) -> bool:
    start, law = time.perf_counter(), Book(book.instruments)  # one that can be pickled
    comparison = Comparison(book, jobs)
    comparison.hold(Explained.name, answers(Explained, book, jobs))
    comparison.hold(DuckDB.name, batch_answers(book, jobs))
    for engine in PEERS:
        comparison.hold(engine.name, apart(engine.module, answers, engine, law, jobs))
    for one in comparison.differences[:SHOWN]:
        print(f"DIFFERS  {one.engine}, {one.day}\n  rules: {one.rules}\n  facts: {one.facts}")
    for rule in comparison.untried:
        print(f"NOT TRIED  {rule} was never seen both met and not met")
    print(
        f"{title}: {comparison.rows:,} rows, {len(comparison.rules)} rules, "
        f"{len({day for day, _ in jobs})} legal days, {len(OWN) + 1 + len(PEERS)} readers, "
        f"{time.perf_counter() - start:.0f} s: {len(comparison.differences)} differences",
        flush=True,
    )
    return not comparison.differences and not comparison.untried


def one_by_one(book: Book, rows: Sequence[Facts], repeats: int) -> None:
    """Time single decisions, each engine in a process of its own."""
    asked = len(list(asked_on(book, MEASURED)))
    failing = sum(bool(one) for one in answers(Mask, book, [(MEASURED, rows)])[0])
    print(f"\n{asked} rules; {len(rows):,} requests, {failing:,} with findings\n")
    print(
        "| engine | distribution, licence | p50 us | p99 us | decisions/s | engine alone, p50 us |"
    )
    print("|---|---|---|---|---|---|")
    for engine in (*OWN, *PEERS):
        whole, alone = apart(engine.module, timed_engine, engine, MEASURED, rows, repeats)
        print(
            f"| {engine.name} | {version_of(engine)}, {engine.licence} | {whole.median:.1f} "
            f"| {whole.p99:.1f} | {whole.rate:,.0f} | {alone.median:.1f} |",
            flush=True,
        )


def batches(book: Book, rows: Sequence[Facts], large: Path, repeats: int) -> int:
    """Time batches, on DuckDB and on Spark; give 1 when the two differ on a row."""
    print("\n| batch reader | rows | seconds | processor s | rows/s | peak MiB | of it facts |")
    print("|---|---|---|---|---|---|---|")
    small = min(DuckDB(book, MEASURED).failed(rows)[1] for _ in range(repeats))
    print(f"| {DuckDB.name} | {len(rows):,} | {small:.3f} | | {len(rows) / small:,.0f} | | |")
    found = apart("duckdb", large_batch, large, MEASURED, repeats)
    print(
        f"| {DuckDB.name} | {found.rows:,} | {found.seconds:.2f} | {found.processor:.2f} "
        f"| {found.rows / found.seconds:,.0f} | {found.peak:,} | {found.facts:,} |"
    )
    spark = apart("duckdb", spark_batch, large, MEASURED, repeats)
    print(
        f"| Ostiary, Spark local[2], Parquet to Parquet | {spark.rows:,} | {spark.seconds:.2f} | "
        f"| {spark.rows / spark.seconds:,.0f} | | |"
    )
    print(f"\n{found.masks:,} different masks; Spark decides {spark.unlike:,} rows otherwise")
    print(f"Spark: session {spark.opening:.1f} s, first decision {spark.first:.1f} s (Java cold)")
    return 1 if spark.unlike else 0


def _jobs(book: Book, rows: Sequence[Facts], count: int) -> Iterator[tuple[Day, list[Facts]]]:
    yield MEASURED, [*rows, *redrawn(book, rows, MEASURED, count=count, seed=1)]
    few = count // 10
    for seed, day in enumerate(DAYS[1:], start=2):
        asked_then = [{**row, "received": day.received, "disclosed": day.disclosed} for row in rows]
        yield day, [*asked_then[:few], *redrawn(book, asked_then, day, count=few, seed=seed)]
    yield from on_the_edges(book).items()


def _made(folder: str, name: str) -> Path:
    made = Path(folder) / name
    made.mkdir()
    return made


if __name__ == "__main__":
    sys.exit(main())
