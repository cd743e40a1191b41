"""Verification at the size of a nation: loading, a batch, one request, an update; Spark, Splink.

``tools/bench_scale.py --people 1000000 5000000 20000000 --work FOLDER``. 20 million people need
about 20 GB of disk in the folder; every world is deleted when it has been measured. Writes
``scale.json``, ``scale.md`` and ``scale.svg`` into ``--out``. The peer needs the packages of the
dependency group ``bench-matching``, Spark needs Java.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from scale_bench.chart import FAR, MILLION, Line, chart, project

_HERE = Path(__file__).parent
Measured = dict[str, Any]


def main() -> None:
    """Measure each size, then write what was found."""
    given = _arguments()
    found: dict[int, dict[str, Measured]] = {}
    for people in given.people:
        with tempfile.TemporaryDirectory(prefix="ostiary-scale-", dir=given.work) as folder:
            found[people] = _measure(Path(folder) / "world", people, given)
    given.out.mkdir(parents=True, exist_ok=True)
    machine = f"{os.cpu_count()} cores, {platform.platform()}, DuckDB {duckdb.__version__}"
    result = {"machine": machine, "load_average": os.getloadavg(), "measured": found}
    (given.out / "scale.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    lines = _lines(found)
    (given.out / "scale.svg").write_text(chart(lines), encoding="utf-8")
    table = _table(found, lines)
    (given.out / "scale.md").write_text(table, encoding="utf-8")
    print(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--requests", type=int, default=1_000_000, help="lawful ones, in a batch")
    parser.add_argument("--singles", type=int, default=20_000, help="requests one by one")
    parser.add_argument("--added", type=int, default=10_000, help="rows of an update")
    parser.add_argument("--spark-requests", type=int, default=100_000, help="0 for none")
    parser.add_argument("--splink-requests", type=int, default=1_000_000)
    parser.add_argument("--splink-up-to", type=int, default=20_000_000, help="people; 0 for none")
    parser.add_argument("--work", type=Path, help="where worlds are made")
    parser.add_argument("--out", type=Path, default=Path("build/bench"))
    return parser.parse_args()


def _measure(world: Path, people: int, given: argparse.Namespace) -> dict[str, Measured]:
    """Make a world with more requests than are asked for, since not all are lawful."""
    requests = given.requests * 3 // 2
    made = _run([sys.executable, "-m", "ostiary"], "synth", world, *_synth(people, requests))
    found = {"synth": {"seconds": made["seconds"]}}
    steps = {"load": 0, "batch": given.requests, "one": given.singles}
    if given.spark_requests:
        steps["spark"] = given.spark_requests
    steps["extend"] = given.added
    for step, many in steps.items():
        found[step] = _step(step, world, many)
        print(f"{people:,} people: {step} {json.dumps(found[step])}", file=sys.stderr, flush=True)
    if people <= given.splink_up_to:
        shutil.rmtree(world / "reference")
        found["splink"] = _step("splink", world, given.splink_requests)
    return found


def _synth(people: int, requests: int) -> list[object]:
    return ["--people", people, "--requests", requests, "--scenario", "clean"]


def _step(step: str, *arguments: object) -> Measured:
    command = [sys.executable, "-m", "scale_bench.steps"]
    return dict(json.loads(_run(command, step, *arguments)["output"].splitlines()[-1]))


def _run(command: list[str], *arguments: object) -> Measured:
    started, peers = os.times().elapsed, os.environ.get("PYTHONPATH")
    done = subprocess.run(
        [*command, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(_HERE), peers)))},
    )
    if done.returncode:
        sys.exit(f"{command} {arguments}\n{done.stderr}")
    return {"seconds": os.times().elapsed - started, "output": done.stdout}


def _lines(found: dict[int, dict[str, Measured]]) -> list[Line]:
    """Give what the chart shows, each scaled to the same work at every size."""
    load = {people: each["load"]["seconds"] for people, each in found.items()}
    batch, spark = (_per_million(found, step) for step in ("batch", "spark"))
    one = {people: each["one"]["verify_p50_ms"] / 1000 for people, each in found.items()}
    return [
        Line("loading", load, project(load)),
        Line("1 million requests", batch, project(batch)),
        *([Line("1 million requests, Spark", spark, project(spark))] if spark else []),
        Line("one request, median", one, project(one, by_logarithm=True)),
    ]


def _per_million(found: dict[int, dict[str, Measured]], step: str) -> dict[int, float]:
    """Give the seconds of a step for a million requests, at each size that it was measured at."""
    return {
        people: each[step]["seconds"] * MILLION / each[step]["requests"]
        for people, each in found.items()
        if step in each
    }


def _table(found: dict[int, dict[str, Measured]], lines: list[Line]) -> str:
    """Write everything as one Markdown table, a column for each size."""
    sizes = list(found)
    heads = [f"{people / MILLION:g} million" for people in sizes]
    rows = [
        ("loading, s", "load", "seconds", ".1f"),
        ("loading, s of work", "load", "cpu_seconds", ".1f"),
        ("loading, peak MiB", "load", "peak_memory_mib", ",d"),
        ("on disk, MiB", "load", "disk_mib", ",d"),
        ("person-addresses", "load", "addresses", ",d"),
        ("requests in the batch", "batch", "requests", ",d"),
        ("batch, s", "batch", "seconds", ".1f"),
        ("batch, s of work", "batch", "cpu_seconds", ".1f"),
        ("batch, peak MiB", "batch", "peak_memory_mib", ",d"),
        ("confirmed wrongly", "batch", "confirmed_wrongly", ",d"),
        ("confirmed rightly", "batch", "confirmed_rightly", ",d"),
        ("could be confirmed", "batch", "could_be_confirmed", ",d"),
        ("one request, p50 ms", "one", "verify_p50_ms", ".3f"),
        ("one request, p99 ms", "one", "verify_p99_ms", ".3f"),
        ("one request, p50 ms of work", "one", "work_p50_ms", ".3f"),
        ("one request, p99 ms of work", "one", "work_p99_ms", ".3f"),
        ("with standardising, p50 ms", "one", "with_standardising_p50_ms", ".3f"),
        ("with standardising, p99 ms", "one", "with_standardising_p99_ms", ".3f"),
        ("decided otherwise than in the batch", "one", "decided_otherwise", ",d"),
        ("opening for single requests, s", "one", "opening_seconds", ".1f"),
        ("Spark, 2 cores: writing the reference, once, s", "spark", "writing_seconds", ".1f"),
        ("Spark: session and first thousand requests, s", "spark", "starting_seconds", ".1f"),
        ("Spark: requests", "spark", "requests", ",d"),
        ("Spark: these requests, s", "spark", "seconds", ".1f"),
        ("Spark: decided otherwise", "spark", "decided_otherwise", ",d"),
        ("adding rows, s", "extend", "seconds", ".1f"),
        ("adding rows, s of work", "extend", "cpu_seconds", ".1f"),
        ("Splink: scoring its requests, s", "splink", "seconds", ".1f"),
        ("Splink: s of work", "splink", "cpu_seconds", ".1f"),
        ("Splink: requests", "splink", "requests", ",d"),
        ("Splink: training, s", "splink", "training_seconds", ".1f"),
        ("Splink: peak MiB", "splink", "peak_memory_mib", ",d"),
    ]
    text = [f"| people | {' | '.join(heads)} |", "|---" * (len(sizes) + 1) + "|"]
    for label, step, name, form in rows:
        cells = [format(each[step][name], form) if step in each else "-" for each in found.values()]
        text.append(f"| {label} | {' | '.join(cells)} |")
    far = "; ".join(f"{line.label} {line.projected:,.4g} s" for line in lines)
    return "\n".join([*text, "", f"Computed for {FAR // MILLION} million people: {far}.", ""])


if __name__ == "__main__":
    main()
