"""What it takes to compare few requests as a batch, without the rest of a run.

    python tools/bench_few.py

Makes 20,000 synthetic people and requests about them, loads the people, and compares the first few
requests by `verify_batch`. Told are processor seconds, the least and the median of five times.
"""

import statistics
import tempfile
import time
from pathlib import Path

import duckdb

from ostiary.deciding.matching.verify import verify_batch
from ostiary.office.batches.admission import take_in
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.stages import Stages, silent
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work
from ostiary.worlds.world import make_world

PEOPLE, TIMES = 20_000, 5
SIZES = (1, 20, 800, 5_000)


def main() -> None:
    """Make, load, measure and print."""
    with tempfile.TemporaryDirectory() as made, duckdb.connect() as con:
        world, office = Path(made) / "world", Path(made) / "office"
        make_world(world, people=PEOPLE, requests=max(SIZES))
        create_office(office, training=True)
        with at_work(office) as place:
            load_people(place, world / "people.parquet")
        take_in(con, world / "requests.csv", Stages(silent))
        print("| requests | least, s | median, s |\n|---|---|---|")
        for size in SIZES:
            con.execute(f"CREATE OR REPLACE TABLE few AS FROM requests ORDER BY row LIMIT {size}")
            found = [measured(con, office / "reference") for _ in range(TIMES)]
            print(f"| {size:,} | {min(found):.2f} | {statistics.median(found):.2f} |", flush=True)


def measured(con: duckdb.DuckDBPyConnection, reference: Path) -> float:
    """Compare the requests of ``few`` once; give the processor seconds."""
    began = time.process_time()
    verify_batch(con, "few", reference, "verified")
    return time.process_time() - began


if __name__ == "__main__":
    main()
