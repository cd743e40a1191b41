"""``bench``: measurements that can be run again, each with its command."""

import json
import platform
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ostiary.cli import arguments as arg
from ostiary.cli.output import as_json, emit, progress, say
from ostiary.domain.errors import InputError
from ostiary.pipeline.entering import at_work
from ostiary.pipeline.loading import load_people
from ostiary.pipeline.measuring import against_truth
from ostiary.pipeline.running import run_batch
from ostiary.reporting.august import august_page
from ostiary.storage import create_office
from ostiary.synthetic.kinds import Scenario
from ostiary.synthetic.world import make_world

RECEIVED = date(2025, 8, 6)
ROWS = 1_280_000
_SCENARIOS: dict[str, tuple[Scenario, str]] = {
    "was": ("august-2025", "The file as it was"),
    "cured": ("august-2025-cured", "The file, cured"),
}


@click.group()
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
    (out / "august.md").write_text(august_page(told), encoding="utf-8")
    if not keep:
        shutil.rmtree(out / "work")
    emit(told, as_json=as_json, text=lambda: say(f"{august_page(told)}\nwritten to {out}"))


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
    loaded: Path | None = None
    for name, (scenario, title) in _SCENARIOS.items():
        world, office = work / f"{name}-world", work / f"{name}-office"
        work.mkdir(parents=True, exist_ok=True)
        on_stage(f"making the file, {title.lower()}")
        make_world(
            world, people=people, requests=rows, seed=seed, scenario=scenario, received=RECEIVED
        )
        if loaded is None:
            told["loading"] = _office(office, world, on_stage)
            loaded = shutil.copytree(office, work / "loaded-office")
        else:
            shutil.copytree(loaded, office)
        told[name] = {"title": title, **_run(office, world, on_stage)}
    return told


def _office(office: Path, world: Path, on_stage: Callable[[str], None]) -> dict[str, Any]:
    """Make an office and load the people of a world; give the summary of the loading."""
    create_office(office, training=True)
    with at_work(office, on=RECEIVED) as place:
        return load_people(place, world / "people.parquet", on_stage=on_stage)


def _run(office: Path, world: Path, on_stage: Callable[[str], None]) -> dict[str, Any]:
    """Run the requests of a world; give the summary, held against the truth."""
    for file in (world / "registers").glob("*.csv"):
        shutil.copy(file, office / "registers" / file.name)
    with at_work(office, on=RECEIVED) as place:
        summary = run_batch(place, world / "requests.csv", RECEIVED, on_stage=on_stage)
        folder = place.office.batches / summary["batch"]
    return {
        "summary": summary,
        "accepted": summary["counts"].get("accepted", 0),
        "returned": summary["counts"].get("returned", 0),
        "confirmed": summary["outcomes"].get("confirmed", 0),
        "truth": against_truth(world / "truth.parquet", folder),
    }
