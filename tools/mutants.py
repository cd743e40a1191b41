"""``make mutants``: puts faults into the verifier, one at a time, and sees that its tests notice.

A mutant is *killed* when a test fails with it. One that no test kills is a gap in the tests, unless
docs/explanation/mutants.md says why it makes no difference. Exit status 1 when one survives without
a reason there, or when a reason is given for one that does not survive.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from mutation.operators import Mutant, mutants
from mutation.running import ROOT, SOURCE, control, outcome, preload, start

REASONS = ROOT / "docs" / "explanation" / "mutants.md"
TESTS = {
    "tree": ["log/test_hash_tree.py"],
    "hasher": ["log/test_hash_tree.py", "log/test_tiles.py"],
    "tiles": ["log/test_tiles.py"],
    "proofs": ["log/test_log_proofs.py", "attacks/test_forged_inclusion_proof.py"],
    "notes": ["log/test_signed_notes.py", "witness/test_cosignatures.py"],
    "checkpoints": ["log/test_checkpoints.py"],
    "tree_heads": ["log/test_checkpoints.py", "witness/test_cosignatures.py"],
    "cosignatures": ["witness/test_cosignatures.py"],
    "policies": ["witness/test_witness_policies.py"],
    "reader": ["log/test_tiles.py", "log/test_verify_log.py"],
    "unlisted_files": ["log/test_stray_files.py"],
    "audit": [
        "attacks/test_log_entries_are_tampered_with.py",
        "log/test_verify_log.py",
        "attacks/test_log_tiles_are_altered.py",
    ],
    "verify": [
        "log/test_edges_of_verifying.py",
        "log/test_verify_log.py",
        "attacks/test_log_is_rewritten_by_its_keeper.py",
    ],
    "recount": [
        "log/test_edges_of_the_recount.py",
        "log/test_verify_log.py",
        "attacks/test_batch_is_miscounted.py",
        "log/test_edges_of_verifying.py",
        "attacks/test_backdated_entry.py",
    ],
    "recounted_answers": [
        "log/test_edges_of_the_recount.py",
        "log/test_verify_log.py",
        "log/test_edges_of_verifying.py",
    ],
    "recounted_disposals": ["log/test_edges_of_the_recount.py", "log/test_verify_log.py"],
    "recounted_entries": [
        "log/test_edges_of_the_recount.py",
        "log/test_verify_log.py",
        "attacks/test_batch_is_miscounted.py",
        "log/test_edges_of_verifying.py",
    ],
    "recounted_batches": ["attacks/test_batch_is_miscounted.py", "log/test_verify_log.py"],
    "decision_entries": ["log/test_verify_log.py", "attacks/test_batch_is_miscounted.py"],
    "clock_order": ["attacks/test_backdated_entry.py"],
    "faults": ["log/test_verify_log.py", "log/test_stray_files.py"],
}
"""Module -> the tests that are about it, quick ones. What they let live meets all of these."""

EDGES = [
    "log/test_edges_of_the_verifier.py",
    "log/test_edges_of_signed_notes.py",
    "log/test_edges_of_tiles.py",
    "witness/test_edges_of_cosignatures.py",
]
ALL_TESTS = sorted(
    {test for tests in TESTS.values() for test in tests}
    | {"attacks/test_backdated_entry.py", *EDGES}
)
_PAUSE = 0.02
_SPARE = 2  # seconds beyond three times what the tests take without a fault


def main() -> int:
    """Run every mutant; give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"of {', '.join(TESTS)}")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="only the tests about each module")
    given = parser.parse_args()
    preload()
    reasons = read_reasons(REASONS)
    begun, killed, unexplained, needless = time.monotonic(), 0, [], []
    for module in given.modules or TESTS:
        every = list(mutants((SOURCE / f"{module}.py").read_text(encoding="utf-8")))
        left = list(every)
        for tests in ([*TESTS[module], *EDGES], [] if given.quick else ALL_TESTS):
            left = list(surviving(module, left, tests, given.processes))
        killed += len(every) - len(left)
        names = {f"{module}.{one.name}" for one in left}
        unexplained += sorted(names - reasons)
        needless += sorted({one for one in reasons if one.startswith(f"{module}.")} - names)
        print(f"{module}: {len(every)} mutants, {len(left)} survive", flush=True)
        for name in sorted(names - reasons):
            print(f"  NOT NOTICED  {name}", flush=True)
    for name in needless:
        print(f"  NOT THERE, or noticed after all  {name}")
    total = killed + len(reasons) + len(unexplained)
    print(
        f"{killed} of {total} mutants killed, {len(unexplained)} survive without a reason,"
        f" {time.monotonic() - begun:.0f} s"
    )
    return 1 if unexplained or needless else 0


def surviving(
    module: str, every: list[Mutant], tests: list[str], processes: int
) -> Iterator[Mutant]:
    """Give the mutants that tests do not notice, several processes at a time."""
    if not every or not tests:
        yield from every
        return
    busy = control(module, tests)
    if busy is None:
        raise SystemExit(f"{module}: its tests fail without any fault")
    waiting, running = list(reversed(every)), {}
    while waiting or running:
        while waiting and len(running) < processes:
            mutant = waiting.pop()
            running[start(module, mutant.tree, tests, int(3 * busy) + _SPARE)] = mutant
        time.sleep(_PAUSE)
        for child, mutant in list(running.items()):
            passed = outcome(child)
            if passed is not None:
                del running[child]
            if passed:
                yield mutant


def read_reasons(path: Path) -> set[str]:
    """Read the mutants that are explained: the first cell of each table row, in backquotes."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    cells = (line.split("` | ")[0] for line in lines if line.startswith("| `"))
    return {cell.removeprefix("| `") for cell in cells}


if __name__ == "__main__":
    sys.exit(main())
