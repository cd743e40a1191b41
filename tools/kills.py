"""Kill -9 at full size: 100,000 requests through an office that is killed 60 times.

The same story as tests/attacks/test_killed_again_and_again.py, in files of 5,000 requests. The
office and, for PostgreSQL, the data of its server lie on the disk under --folder.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from case_stores import PostgresStores, SqliteStores, Stores
from killed_worker import RECEIVED, kill_again_and_again
from officers import equip
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.recovery.entering import at_work
from ostiary.worlds.world import make_world
from postgres_server import running_server
from request_parts import in_parts


def main() -> None:
    """Kill, count, and say what was wrong; exit status 1 when anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--rows", type=int, default=5_000, help="rows of each file")
    parser.add_argument("--answers", type=int, default=10, help="answers to each file")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=6103)
    parser.add_argument("--folder", type=Path, default=None)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="ostiary-kills-", dir=given.folder) as made,
        stores_of(given.store, given.folder) as stores,
    ):
        folder = Path(made)
        world = folder / "world"
        make_world(world, people=given.people, requests=given.requests, received=RECEIVED)
        root = folder / "office"
        equip(stores.new_office(root, training=True).root, world)
        with at_work(root) as place:
            load_people(place, world / "people.parquet")
        begun = time.monotonic()
        count = kill_again_and_again(
            root,
            in_parts(world / "requests.csv", folder / "parts", given.rows),
            folder / "acknowledged",
            kills=given.kills,
            answers=given.answers,
            seed=given.seed,
        )
        seconds = time.monotonic() - begun
    print(f"{given.store}: {count.kills} kills in {count.requests:,} requests, {seconds:.0f} s")
    print(f"{count.answers} answers, {count.acknowledged} things acknowledged")
    print("\n".join(count.wrong) or "nothing lost, nothing twice, the log verifies")
    sys.exit(1 if count.wrong else 0)


@contextmanager
def stores_of(kind: str, folder: Path | None) -> Iterator[Stores]:
    """Give the kind of case store, with a server of its own where it needs one."""
    if kind == "sqlite":
        yield SqliteStores()
        return
    with running_server(near=folder or Path(tempfile.gettempdir())) as server:
        yield PostgresStores(server)


if __name__ == "__main__":
    main()
