"""Processor time of one request in Python: its facts, and its comparison with the reference.

python tools/bench_one_request.py                   this build
PYTHONPATH=OTHER/src python tools/bench_one_request.py      another one, in the same way

4,000 people, 3,000 requests of every kind; the best of seven passes, so that other work on the
machine shows little.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from ostiary.deciding.intake.facts import Days
from ostiary.deciding.intake.facts_of_one import RegistersOnADay, standard_form
from ostiary.deciding.intake.named_rows import named_rows
from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.registers import load_registers
from ostiary.deciding.intake.requests import read_requests
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.matching.reference_loading import load_reference
from ostiary.deciding.matching.single import SingleVerifier
from ostiary.domain.columns import REQUEST
from ostiary.domain.words import Outcome
from ostiary.worlds.world import make_world

PASSES = 7


def main() -> int:
    """Measure, and count what came out, so that two builds can be seen to decide alike."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        world = Path(folder) / "world"
        make_world(world, people=4_000, requests=3_000, scenario="mixed", seed=3)
        load_registers(con, [shipped_book() / "registers", world / "registers"])
        read_requests(con, world / "requests.csv")
        requests = [
            {column.name: row[column.name] for column in REQUEST}
            for row in named_rows(con, "FROM requests")
        ]
        read_reference(con, world / "people.parquet", "people")
        load_reference(con, "people", Path(folder) / "reference")
        registers = RegistersOnADay(con, Days(date(2025, 8, 6), None))
        verifier = SingleVerifier(Path(folder) / "reference")
        asked = [(one, *standard_form(one)) for one in requests]
        facts = [registers.facts(*one) for one in asked]
        known = f"{sum(value is not None for one in facts for value in one.values())} known"
        _say("facts", lambda: [registers.facts(*one) for one in asked], len(asked), known)
        put = [(name, place, one["birth_date"], one["tin"] or "") for one, name, place in asked]
        outcomes = [verifier.verify(*one).verification.outcome for one in put]
        what = f"{outcomes.count(Outcome.CONFIRMED)} confirmed"
        _say("comparison", lambda: [verifier.verify(*one) for one in put], len(put), what)
    return 0


def _say(name: str, work: Callable[[], object], count: int, what: str) -> None:
    best = float("inf")
    for _ in range(PASSES):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    print(f"{name}: {best / count * 1e6:.1f} µs for each of {count} requests ({what})")


if __name__ == "__main__":
    sys.exit(main())
