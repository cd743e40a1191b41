"""``make bench``: the figures of docs/benchmarks.md, measured anew on this machine.

Each measurement runs in a process of its own, so that its peak memory is its own. A table is
printed at the end; copy it into docs/benchmarks.md with the date.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb

OSTIARY = [sys.executable, "-m", "ostiary"]
RECEIVED = "2025-08-06"


def main() -> None:
    """Run the benchmarks of the corridor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check-rows", type=int, default=1_280_000)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=1_000_000)
    given = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, DuckDB {duckdb.__version__}")
    with tempfile.TemporaryDirectory(prefix="ostiary-bench-") as folder:
        check(Path(folder) / "check", given.check_rows)
        run(Path(folder) / "run", given.people, given.requests)


def check(folder: Path, rows: int) -> None:
    """The law alone over a large file, with and without writing the replies."""
    world = folder / "world"
    synth(world, people=100_000, requests=rows)
    common = ["check", world / "requests.csv", "--registers", world / "registers"]
    summary = ostiary(*common, "--received", RECEIVED, "--out", folder / "out")
    show(f"ostiary check, {rows:,} rows (CSV, {size(world / 'requests.csv')})", summary)


def run(folder: Path, people: int, requests: int) -> None:
    """The whole corridor of a batch, and the checks of an outsider."""
    world, office = folder / "world", folder / "office"
    synth(world, people=people, requests=requests)
    ostiary("init", office, "--training")
    for file in (world / "registers").glob("*.csv"):
        (office / "registers" / file.name).write_bytes(file.read_bytes())
    show(
        f"ostiary reference load, {people:,} people",
        ostiary("reference", "load", office, world / "people.parquet"),
    )
    summary = ostiary("run", office, world / "requests.csv", "--received", RECEIVED, "--determined")
    show(f"ostiary run, {requests:,} requests against {people:,} people", summary)
    print("outcomes:", json.dumps(summary["outcomes"]))
    print("against the truth:", against_truth(world, Path(summary["folder"])))


def against_truth(world: Path, folder: Path) -> str:
    """Wrong confirmations and recall, never one without the other."""
    with duckdb.connect() as con:
        [(could, did, wrong)] = con.execute(
            """
            SELECT count(*) FILTER (t.expected_outcome = 'confirmed'),
                   count(*) FILTER (t.expected_outcome = 'confirmed' AND v.outcome = 'confirmed'
                                    AND v.person_id = t.person_id),
                   count(*) FILTER (v.outcome = 'confirmed' AND (t.expected_outcome <> 'confirmed'
                                    OR v.person_id <> t.person_id))
            FROM read_parquet($1) t LEFT JOIN read_parquet($2) v USING (request_id)
            """,
            [str(world / "truth.parquet"), str(folder / "custody" / "verifications.parquet")],
        ).fetchall()
    recall = did / max(could, 1)
    return f"{wrong} wrong confirmations; {did:,} of {could:,} confirmed (recall {recall:.4f})"


def synth(world: Path, *, people: int, requests: int) -> None:
    """Make a synthetic world."""
    ostiary("synth", world, "--people", people, "--requests", requests)


def ostiary(*arguments: object) -> dict[str, Any]:
    """Run a command in a process of its own; give its summary."""
    command = [*OSTIARY, *map(str, arguments), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return dict(json.loads(done.stdout))


def show(title: str, summary: dict[str, Any]) -> None:
    """Print seconds by stage as a Markdown table."""
    print(f"\n{title}\n\n| stage | seconds |\n|---|---|")
    for stage, seconds in summary["seconds"].items():
        print(f"| {stage} | {seconds:.2f} |")
    print(f"| all | {summary['seconds_total']:.2f} |")
    print(f"\npeak memory {summary['peak_memory_mib']:,} MiB", flush=True)


def size(path: Path) -> str:
    """Give a file's size for people."""
    return f"{path.stat().st_size / 1e6:,.0f} MB"


if __name__ == "__main__":
    main()
