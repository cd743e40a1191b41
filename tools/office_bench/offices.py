"""Offices to be measured: built by the corridor, kept in a folder, served by a real process."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from officers import equip, key_of
from ostiary.office.cases.steps import at_desk
from ostiary.office.folder.session import OfficeSession
from ostiary.office.recovery.entering import at_work
from ostiary.office.rulings.decision_document import awaited_by

RECEIVED, TODAY = date(2025, 8, 6), date(2025, 8, 7)
ACCEPTED_SHARE = 0.715  # of the synthetic scenario `mixed`, a little less than it turns out
FOR_PROGRAMS = 6_000  # rows of the request file that are left for the API
_OSTIARY = [sys.executable, "-m", "ostiary"]
_DETERMINED, _APPROVED = 200, 60


@dataclass(frozen=True, slots=True)
class Built:
    """An office that was built for measuring.

    Attributes:
        root: its folder.
        spare: a request file whose rows it has not seen.
    """

    root: Path
    spare: Path


def build(folder: Path, name: str, cases: int, database: str | None) -> Built:
    """Build an office of so many cases, unless the folder holds it already.

    Args:
        folder: where worlds and offices are kept.
        name: of the office's folder.
        cases: how many requests the law lets through, at least.
        database: URL of a case store; a file of its own when None.
    """
    world = folder / f"world-{cases}"
    if not (world / "spare.csv").exists():
        shutil.rmtree(world, ignore_errors=True)
        _make_world(world, cases)
    root = folder / name
    if not (root / ".built").exists():
        shutil.rmtree(root, ignore_errors=True)
        _ostiary("init", root, "--training", *(["--database", database] if database else []))
        equip(root, world)
        _ostiary("reference", "load", root, world / "people.parquet")
        ran = _ostiary("run", root, world / "asked.csv", "--received", RECEIVED)
        print(f"{name}: {ran['counts']} in {ran['seconds_total']:.0f} s", flush=True)
        _let_officers_speak(root)
        (root / ".built").touch()
    return Built(root, world / "spare.csv")


def _make_world(world: Path, cases: int) -> None:
    asked = int(cases / ACCEPTED_SHARE)
    _ostiary("synth", world, "--people", asked + FOR_PROGRAMS, "--requests", asked + FOR_PROGRAMS)
    with (world / "requests.csv").open(encoding="utf-8") as rows:
        header = next(rows)
        with (world / "asked.csv").open("w", encoding="utf-8") as first:
            first.write(header)
            first.writelines(next(rows) for _ in range(asked))
        with (world / "spare.csv").open("w", encoding="utf-8") as rest:
            rest.write(header)
            rest.writelines(rows)


def _let_officers_speak(root: Path) -> None:
    """Have some elements found and some decisions approved twice, so that lists differ."""
    with at_work(root, on=TODAY) as place, at_desk(place) as desk:
        chosen = [item for _, item in zip(range(_DETERMINED), place.store.queue(), strict=False)]
        for count, item in enumerate(chosen):
            name = f"{item.agency}/{item.request_id}"
            for fact in awaited_by(desk.case(name)):
                desk.determine(name, "anna", key_of(root, "anna"), found=True, fact=fact)
            for officer in ("anna", "bert") if count < _APPROVED else ():
                desk.approve(name, officer, key_of(root, officer))


@contextmanager
def served(root: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Serve an office by `ostiary serve` for as long as the block lasts."""
    command = [*_OSTIARY, "serve", str(root), "--port", str(port), "--on", str(TODAY)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_plain())
    try:
        _wait_for(port)
        yield server
    finally:
        server.terminate()
        server.wait(60)


def cpu_seconds(process: int) -> float:
    """Give what a process has taken of the processors, in its own code and the system's."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def looked_into(root: Path) -> Iterator[OfficeSession]:
    """Look into an office that nobody serves."""
    with at_work(root, on=TODAY) as place:
        yield place


def _ostiary(*arguments: object) -> dict[str, Any]:
    command = [*_OSTIARY, *map(str, arguments), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_plain())
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return dict(json.loads(done.stdout))


def _plain() -> dict[str, str]:
    """Give our environment without what this program has set up for itself."""
    return {name: value for name, value in os.environ.items() if "DJANGO" not in name}


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")
