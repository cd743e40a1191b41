"""``make bench-same-decision``: few requests and a batch are decided alike, for many requests.

Worlds of every scenario are read; each is decided by DuckDB as one file, and in Python by the
executor of small files. Facts, masks and findings of every request are compared, and every row that
is read in Python with what the engine read. Any difference ends with status 1.
"""

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, get_args

import duckdb

from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.intake.plain_requests import plain_requests
from ostiary.deciding.intake.registers import put_registers, read_registers
from ostiary.deciding.intake.requests import read_requests
from ostiary.deciding.law.decide import decide_batch
from ostiary.deciding.law.findings import findings_table
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.standardisation import standardise
from ostiary.domain.columns import REQUEST
from ostiary.domain.words import Stage
from ostiary.office.rulings.few_requests import FewRequests, put_facts, put_findings, put_rulings
from ostiary.office.rulings.register_days import RegisterDays
from ostiary.worlds.kinds import Scenario
from ostiary.worlds.world import make_world

RECEIVED = date(2025, 8, 6)
TABLES = ("facts", "determinations", "findings")


def main() -> None:
    """Compare world after world, and say how many requests were alike."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--requests", type=int, default=200_000, help="of all worlds together")
    given = asked.parse_args()
    scenarios = get_args(Scenario)
    many = -(-given.requests // len(scenarios))
    print("| world | requests | read in Python | different |\n|---|---|---|---|")
    differing = 0
    for scenario in scenarios:
        began = time.process_time()
        with tempfile.TemporaryDirectory(prefix="ostiary-same-") as folder:
            world = Path(folder) / "world"
            make_world(world, people=2 * many, requests=many, scenario=scenario, received=RECEIVED)
            requests, plain, different = compared(world)
        differing += different
        seconds = time.process_time() - began
        print(f"| {scenario} | {requests:,} | {plain:,} | {different} | ({seconds:.0f} s)")
    sys.exit(1 if differing else 0)


def compared(world: Path) -> tuple[int, int, int]:
    """Count the requests of a world, those read in Python, and those that differ."""
    registers = read_registers([shipped_book() / "registers", world / "registers"])
    book, day = read_book(shipped_book()), Day(Stage.ADMISSION, RECEIVED)
    with duckdb.connect() as con:
        put_registers(con, registers)
        read_requests(con, world / "requests.csv")
        plain, different = _read_alike(con, world / "requests.csv")
        standardise(con, "requests", "standard")
        con.execute("DROP TABLE requests")
        con.execute("ALTER TABLE standard RENAME TO requests")
        mark_reasons(con, "requests", "secret")
        no_history(con)
        derive_facts(con, Days(RECEIVED), requests="requests", into="facts")
        decide_batch(con, book, day, facts="facts", into="determinations")
        findings_table(
            con, book, day.of, determinations="determinations", facts="facts", into="findings"
        )
        for table in TABLES:
            con.execute(f"ALTER TABLE {table} RENAME TO engine_{table}")
        few = FewRequests.taken(con, partial(RegisterDays().of, registers))
        ruled = few.ruled(book, Days(RECEIVED), day)
        put_facts(con, ruled, "facts")
        put_rulings(con, ruled, "determinations")
        put_findings(con, book, ruled, day)
        return len(ruled), plain, different + sum(_differing(con, table) for table in TABLES)


def _differing(con: duckdb.DuckDBPyConnection, table: str) -> int:
    ((many,),) = con.execute(
        f"SELECT count(*) FROM ((FROM {table} EXCEPT ALL FROM engine_{table})"
        f" UNION ALL (FROM engine_{table} EXCEPT ALL FROM {table}))"
    ).fetchall()
    return int(many)


def _read_alike(con: duckdb.DuckDBPyConnection, path: Path) -> tuple[int, int]:
    """Count the rows of a file that are read in Python, and those that the engine reads else."""
    read = {row[0]: row for row in con.execute("FROM requests").fetchall()}
    plain = different = 0
    seen: set[tuple[Any, ...]] = set()
    for row in _texts(path):
        found = None if row[1:3] in seen else plain_requests([row])  # repeated: a row in error
        seen.add(row[1:3])
        if found is not None:
            plain += 1
            (values,) = zip(*found.to_pydict().values(), strict=True)
            different += read.get(row[0]) != values
    return plain, different


def _texts(path: Path) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a file as texts, numbered."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, told in enumerate(csv.DictReader(file), 1):
            yield number, *(told.get(column.name) or None for column in REQUEST)


if __name__ == "__main__":
    main()
