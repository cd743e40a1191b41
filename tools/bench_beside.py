"""What does a run cost beside an earlier build? By turns, in one go, on one machine.

python tools/bench_beside.py                    what stands in docs/benchmarks.md
python tools/bench_beside.py --rounds 9         more rounds of each
python tools/bench_beside.py --only few         one of: few, look, file, api, single

`make bench-before COMMIT=...` builds the earlier one in build/before. Told are processor seconds,
which other work on the machine disturbs least: the lowest, the median and the highest.

=====  ============================================================================================
few    files of three requests, one after the other in one process: what `run_batch` takes alone
look   an officer finds the reason specific, and the record is looked at: each of ten requests
file   `ostiary run` of a large file, process and all
api    one program submits three requests at a time: what the server takes for each submission
single eight programs submit one request at a time that the law returns, 500 together: what the
       server takes for them all, by the 500th, so that its hundredths of a second say nothing
=====  ============================================================================================

Where the law leaves something to a person the present build waits for that; so it is told to take
it as found (`--determined`), which builds before that word did without an entry. The API has no
such word: there those builds compare at once, and later ones leave the look to an officer's step.
"""

import argparse
import csv
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench_api import free_port, wait_for
from office_bench.submitting import typed
from ostiary.verifying.client import Client
from ostiary.verifying.keys.files import key_text, new_signing_key, private_pem

ROOT = Path(__file__).parents[1]
BUILDS = {
    "now": Path(sys.executable).parent,
    "before": ROOT / "build" / "before" / ".venv" / "bin",
}
RECEIVED = ("--received", "2025-08-06")
PEOPLE, REQUESTS, OF_FEW, OF_LOOKS = 20_000, 10_000, 12, 60
SUBMISSIONS, ROWS = 20, 3
PROGRAMS, SINGLE, WARMING = 8, 500, 80
_TICKS = os.sysconf("SC_CLK_TCK")

# Run by the Python of each build: what a run takes without the start of a process. The first two
# runs draw decoys and compile what is compiled once.
_FEW = """
import sys, time
from datetime import date
from pathlib import Path
try:
    from ostiary.office.batches.running import run_batch
    from ostiary.office.recovery.entering import at_work
    more = {"determined": True}
except ImportError:
    from ostiary.pipeline.entering import at_work
    from ostiary.pipeline.running import run_batch
    more = {}
office, *files = map(Path, sys.argv[1:])
day = date(2025, 8, 6)
with at_work(office) as place:
    for number, file in enumerate(files):
        began = time.process_time()
        run_batch(place, file, day, **more)
        if number > 1:
            print(time.process_time() - began)
"""

# Requests of one file are determined one after the other; the first one sets up the law.
_LOOK = """
import sys, time
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.steps import determine
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.keys.files import read_signing_key
try:  # later builds write custody files in a thread of the server's
    from ostiary.office.cases.looks_in_custody import CustodyWriter
except ImportError:
    CustodyWriter = None
office, file, key, *asked = sys.argv[1:]
day = date(2025, 8, 6)
with at_work(Path(office), on=day) as place, ExitStack() as beside:
    run_batch(place, Path(file), day)
    if CustodyWriter:
        writer = CustodyWriter()
        place = replace(place, custody_soon=writer.soon)
        beside.enter_context(writer.writing(lambda: place))
    key, waiting = read_signing_key(Path(key)), {item.request_id for item in place.store.queue()}
    for number, one in enumerate(name for name in asked if name in waiting):
        began = time.process_time()
        determine(place, one, "anna", key, found=True)
        if number > 1:
            print(time.process_time() - began)
        if number == 11:
            break
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=["few", "look", "file", "api", "single"])
    asked = parser.parse_args()
    builds = {name: path for name, path in BUILDS.items() if path.exists()}
    print("| work | build | lowest | median | highest |\n|---|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        world = folder / "world"
        maker = builds.get("before", BUILDS["now"])  # an earlier one refuses columns of later ones
        _command(maker, "synth", world, "--people", PEOPLE, "--requests", REQUESTS)
        offices = {name: _office(path, folder / name, world) for name, path in builds.items()}
        for name, told, measure in (
            ("few", "a file of three requests", _few),
            ("look", "a determination and its look", _look),
            ("file", f"a file of {REQUESTS:,} requests", _file),
            ("api", "a submission of three requests", _api),
            ("single", f"one of {SINGLE} single submissions", _single),
        ):
            if asked.only in {None, name}:
                _print(told, _by_turns(builds, offices, world, measure, asked.rounds))


Measure = Callable[[Path, Path, Path], list[float]]


def _by_turns(
    builds: dict[str, Path], offices: dict[str, Path], world: Path, measure: Measure, rounds: int
) -> dict[str, list[float]]:
    """Measure each build in each round, in a copy of its office."""
    found: dict[str, list[float]] = {name: [] for name in builds}
    for number in range(rounds):
        turns = list(builds.items())
        for name, build in turns if number % 2 else reversed(turns):
            with tempfile.TemporaryDirectory() as made:
                office = Path(made) / "office"
                shutil.copytree(offices[name], office)
                found[name] += measure(build, office, world)
    return found


def _few(build: Path, office: Path, world: Path) -> list[float]:
    files = [office.parent / f"{n}.csv" for n in range(OF_FEW)]
    rows = _requests(world)
    for number, path in enumerate(files):
        _write(path, rows[number * ROWS : (number + 1) * ROWS])
    return _told_by(build, _FEW, office, *files)


def _look(build: Path, office: Path, world: Path) -> list[float]:
    key = new_signing_key()
    (office.parent / "anna.pem").write_bytes(private_pem(key))
    (office / "registers" / "reviewers.csv").write_text(
        f"officer,public_key,from,until\nanna,{key_text(key.public_key())},2025-01-01,\n"
    )
    rows = _requests(world)[:OF_LOOKS]
    _write(office.parent / "looked.csv", rows)
    asked = [row["request_id"] for row in rows]
    return _told_by(
        build, _LOOK, office, office.parent / "looked.csv", office.parent / "anna.pem", *asked
    )


def _requests(world: Path) -> list[dict[str, str]]:
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _told_by(build: Path, program: str, *words: object) -> list[float]:
    """Run a program with the Python of a build; give the seconds that it prints."""
    done = subprocess.run(
        [build / "python", "-c", program, *map(str, words)],
        check=True,
        capture_output=True,
        text=True,
        env=_clean(),
    )
    return [float(line) for line in done.stdout.split()]


def _file(build: Path, office: Path, world: Path) -> list[float]:
    told = subprocess.run([build / "ostiary", "run", "--help"], capture_output=True, check=True)
    more = ["--determined"] if b"--determined" in told.stdout else []
    command = [build / "ostiary", "run", office, world / "requests.csv", *RECEIVED, *more]
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    pid = os.posix_spawn(str(command[0]), list(map(str, command)), _clean(), file_actions=silent)
    _, status, used = os.wait4(pid, 0)
    if status:
        sys.exit(f"{build}: the run ended with {os.waitstatus_to_exitcode(status)}")
    return [used.ru_utime + used.ru_stime]


def _api(build: Path, office: Path, world: Path) -> list[float]:
    with _served(build, office, 1) as (server, [client]):
        asked, found = _of_agency(world), []
        for number in range(SUBMISSIONS):
            rows = [next(asked) for _ in range(ROWS)]
            began = _processor_seconds(server)
            client.submit(rows, key=f"key-of-submission-{number:06}")
            found.append(_processor_seconds(server) - began)
        return found[5:]  # the first ones open the reference and draw decoys


def _single(build: Path, office: Path, world: Path) -> list[float]:  # noqa: ARG001 - no person is asked about
    with _served(build, office, PROGRAMS) as (server, clients):
        _submit_singly(clients, range(WARMING))
        began = _processor_seconds(server)
        _submit_singly(clients, range(WARMING, WARMING + SINGLE))
        return [(_processor_seconds(server) - began) / SINGLE]


def _submit_singly(clients: Sequence[Client], numbers: range) -> None:
    """Have programs submit one request each at a time, until all of these numbers are taken."""
    left = iter(numbers)  # an iterator of numbers is taken from by one thread at a time

    def submit(client: Client) -> None:
        for number in left:
            row = {"request_id": f"S-{number}", "surname": "Sample"}
            client.submit([row], key=f"key-of-single-{number:06}")

    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(submit, clients))


@contextmanager
def _served(build: Path, office: Path, programs: int) -> Iterator[tuple[int, list[Client]]]:
    """Serve an office by a build; give the server's number and as many programs of an agency."""
    keys = [new_signing_key() for _ in range(programs)]
    rows = [f"p{n},dhs-ice,{key_text(key.public_key())},2025-01-01," for n, key in enumerate(keys)]
    text = "\n".join(["client,agency,public_key,from,until", *rows]) + "\n"
    (office / "registers" / "clients.csv").write_text(text)
    settings = office / "office.toml"
    settings.write_text(re.sub(r"(calls_per_minute =) \d+", r"\1 1000000", settings.read_text()))
    port = free_port()
    command = [build / "ostiary", "serve", office, "--port", str(port), "--on", "2025-08-07"]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_clean()
    )
    try:
        wait_for(port)
        address = f"http://localhost:{port}"
        yield server.pid, [Client(address, f"p{n}", key) for n, key in enumerate(keys)]
    finally:
        server.terminate()
        server.wait(30)


def _of_agency(world: Path) -> Iterator[dict[str, object]]:
    """Give requests of one agency as the API takes them."""
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row.pop("agency") == "dhs-ice" and row["request_id"]:
                yield typed(row)


def _office(build: Path, root: Path, world: Path) -> Path:
    _command(build, "init", root, "--training")
    for file in (world / "registers").glob("*.csv"):
        shutil.copy(file, root / "registers" / file.name)
    _command(build, "reference", "load", root, world / "people.parquet")
    return root


def _command(build: Path, *words: object) -> None:
    subprocess.run(
        [build / "ostiary", *map(str, words)], check=True, capture_output=True, env=_clean()
    )


def _clean() -> dict[str, str]:
    """Give the environment without what this program has set up for itself."""
    return {name: value for name, value in os.environ.items() if "DJANGO" not in name}


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _print(told: str, found: dict[str, list[float]]) -> None:
    for name, seconds in found.items():
        three = (min(seconds), statistics.median(seconds), max(seconds))
        print(f"| {told} | {name} |", " | ".join(f"{one:.4f}" for one in three), "|", flush=True)
    if "before" in found:
        ratio = statistics.median(found["now"]) / statistics.median(found["before"])
        lowest = min(found["now"]) / min(found["before"])
        print(f"| | now / before | {lowest:.2f} | {ratio:.2f} | |", flush=True)


if __name__ == "__main__":
    began = time.monotonic()
    main()
    print(f"\nload {os.getloadavg()[0]:.1f}, {time.monotonic() - began:.0f} s")
