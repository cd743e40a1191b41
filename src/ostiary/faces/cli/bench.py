"""``bench``: measurements that can be run again, each with its command."""

import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ostiary.domain.choices import Scenario
from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, progress, say
from ostiary.office.batches import truth_comparison
from ostiary.office.oversight import august_page as august_report

RECEIVED = date(2025, 8, 6)
ROWS = 1_280_000
_SCENARIOS: dict[str, tuple[Scenario, str]] = {
    "was": ("august-2025", "The file as it was"),
    "cured": ("august-2025-cured", "The file, cured"),
}


@click.group(cls=LateGroup)
def bench() -> None:
    """The measurements of docs/benchmarks.md."""


@bench.command()
@click.option("--people", type=click.IntRange(100), default=1_000_000, help="People on file.")
@click.option("--rows", type=click.IntRange(1_000), default=ROWS, help="Rows of the request file.")
@click.option("--seed", type=int, default=1, help="The same seed makes the same files.")
@click.option(
    "--out", type=arg.FOLDER, default=Path("build/august"), help="A new folder for the results."
)
@click.option("--keep", is_flag=True, help="Keep the worlds and offices, too.")
@as_json
def august(people: int, rows: int, seed: int, out: Path, keep: bool, as_json: bool) -> None:
    """Replay the file of August 2025, as it was and cured, through the whole corridor.

    Writes august.md and august.json. All people are synthetic.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(
            "the folder is already in use", where=str(out), cure="name a new or an empty one"
        )
    with progress(quiet=as_json) as on_stage:
        told = _replay(out, people, rows, seed, on_stage)
    (out / "august.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    (out / "august.md").write_text(august_report.august_page(told), encoding="utf-8")
    if not keep:
        shutil.rmtree(out / "work")
    emit(
        told,
        as_json=as_json,
        text=lambda: say(f"{august_report.august_page(told)}\nwritten to {out}"),
    )


def _replay(
    out: Path, people: int, rows: int, seed: int, on_stage: Callable[[str], None]
) -> dict[str, Any]:
    """Make both files, run each through an office of its own; the people are the same."""
    told: dict[str, Any] = {
        "people": people,
        "rows": rows,
        "seed": seed,
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }
    work = out / "work"
    work.mkdir(parents=True)
    loaded = work / "loaded-office"
    size = ("--people", people, "--requests", rows, "--seed", seed, "--received", RECEIVED)
    for name, (scenario, title) in _SCENARIOS.items():
        world, office = work / f"{name}-world", work / f"{name}-office"
        on_stage(f"making: {title.lower()}")
        _ostiary("synth", world, *size, "--scenario", scenario)
        if not loaded.exists():
            on_stage("loading the people")
            _ostiary("init", loaded, "--training")
            told["loading"] = _ostiary("reference", "load", loaded, world / "people.parquet")
        shutil.copytree(loaded, office)
        on_stage(f"running: {title.lower()}")
        told[name] = {"title": title, **_run(office, world)}
    return told


def _run(office: Path, world: Path) -> dict[str, Any]:
    """Run the requests of a world; give the summary, held against the truth."""
    for file in (world / "registers").glob("*.csv"):
        shutil.copy(file, office / "registers" / file.name)
    summary = _ostiary(
        "run", office, world / "requests.csv", "--received", RECEIVED, "--determined"
    )
    return {
        "summary": summary,
        "accepted": summary["counts"].get("accepted", 0),
        "returned": summary["counts"].get("returned", 0),
        "confirmed": summary["outcomes"].get("confirmed", 0),
        "truth": truth_comparison.against_truth(
            world / "truth.parquet", Path(summary.pop("folder"))
        ),
    }


def _ostiary(*arguments: object) -> dict[str, Any]:
    """Run a command in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "ostiary", *map(str, arguments), "--json"]
    done = subprocess.run(  # noqa: S603 - our own command, with paths and numbers of our own
        command, capture_output=True, text=True, check=False
    )
    if not done.stdout:  # status 1 alone is a finding: a batch above its limit
        raise InputError("a step of the benchmark failed", cure=done.stderr.strip())
    return dict(json.loads(done.stdout))
