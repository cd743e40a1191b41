"""Ten thousand losses of power: the story of tests/attacks/test_power_loss.py at full size.

The steps are recorded once; each process then simulates its share. With --fault, something is
broken on purpose, and the losses that it makes are counted.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from power_story import equipped_office, in_memory, lose_power, record_steps
from steps_of_an_office import FAULTS


def main() -> None:
    """Record, lose power, count; exit status 1 when anything was lost or broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--losses", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=6103)
    parser.add_argument("--fault", choices=sorted(FAULTS), default="")
    parser.add_argument("--share", action="store_true", help="one process of several")
    given = parser.parse_args()
    if given.share:
        print(json.dumps(simulate(given.losses, given.seed, given.fault)))
        return
    begun = time.monotonic()
    command = [sys.executable, __file__, "--share", "--losses", given.losses // given.processes]
    command += ["--fault", given.fault] if given.fault else []
    shares = [
        subprocess.Popen(
            list(map(str, [*command, "--seed", given.seed + number])), stdout=subprocess.PIPE
        )
        for number in range(given.processes)
    ]
    found = [json.loads(share.communicate()[0]) for share in shares]
    wrong = Counter(what for one in found for what in one["wrong"])
    print(
        f"{sum(one['losses'] for one in found):,} losses of power during {given.fault or 'work'},"
    )
    print(f"{found[0]['operations']:,} operations on the disk, {found[0]['entries']} log entries,")
    print(f"{sum(one['states'] for one in found):,} different folders left,")
    print(f"{sum(one['bad'] for one in found):,} of the losses did harm,")
    print(f"{time.monotonic() - begun:.0f} s")
    for what, many in wrong.most_common(20):
        print(f"{many:6} {what}")
    sys.exit(1 if wrong else 0)


def simulate(losses: int, seed: int, fault: str) -> dict[str, object]:
    """Do one process's share."""
    with in_memory() as folder:
        recording = record_steps(*equipped_office(folder), folder / "recorded", fault)
        found = lose_power(recording, folder / "recorded" / "office", losses, seed)
    return {
        "losses": found.count,
        "states": len(found.states),
        "operations": len(recording.operations),
        "entries": len(recording.entries),
        "bad": found.harmful,
        "wrong": [what.partition(": ")[2][:70] for what in found.wrong],
    }


if __name__ == "__main__":
    main()
