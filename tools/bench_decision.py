"""Processor time of one explained decision: a lawful request, and one with two findings.

python tools/bench_decision.py                   this build
PYTHONPATH=OTHER/src python tools/bench_decision.py      another one, in the same way

The best of 300 times 1,000 decisions, so that other work on the machine shows little.
"""

import sys
import time
import timeit
from datetime import date

from ostiary.deciding.law.decide import decide_one
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.prove.invariants import read_invariants
from ostiary.deciding.law.prove.prover import Prover
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.words import Stage

PROVISION = "/us/usc/t26/s6103/i/2"
DAY = date(2025, 8, 6)
MANY, TIMES = 1_000, 300


def main() -> int:
    """Measure, and say what was decided, so that two builds can be seen to decide alike."""
    book = read_book(shipped_book())
    prover = Prover(book, read_invariants(shipped_book()))
    lawful = prover.find(
        Stage.ADMISSION,
        prover.let_through(Stage.ADMISSION),
        prover.symbols.is_("received", DAY),
        prover.symbols.is_("provision", PROVISION),
    )
    if lawful is None:
        print("the prover finds no request that passes")
        return 1
    when = Day(Stage.ADMISSION, DAY)
    for name, changed in (("lawful", {}), ("two findings", {"sole_use": False, "posture": None})):
        facts = lawful | changed
        found = decide_one(book, facts, when)
        best = min(
            timeit.repeat(
                "decide_one(book, facts, when)",
                timer=time.process_time,
                number=MANY,
                repeat=TIMES,
                globals={"decide_one": decide_one, "book": book, "facts": facts, "when": when},
            )
        )
        said = f"{found.status}, {len(found.findings)} findings, {len(book.rules)} rules"
        print(f"{name}: {best / MANY * 1e6:.1f} µs ({said})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
