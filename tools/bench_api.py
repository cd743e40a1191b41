"""Submissions through a real server by many clients at once; then a recount from the log.

    python tools/bench_api.py [CLIENTS] [SECONDS] [REQUESTS]

Makes a training office of 20,000 synthetic people, serves it with `ostiary serve`, and lets CLIENTS
programs of one agency submit REQUESTS requests at a time for SECONDS.
"""

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from ostiary.office.batches.reference_loading import load_people
from ostiary.office.folder.layout import create_office, open_office
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.client import Client
from ostiary.verifying.keys.files import key_text, new_signing_key
from ostiary.verifying.log.entries import read_entry
from ostiary.worlds.world import make_world

WINDOW = 2.0
PEOPLE = 20_000


def main(clients: int = 50, seconds: float = 20.0, requests: int = 1) -> None:
    """Measure, recount and print."""
    with tempfile.TemporaryDirectory() as folder:
        office, keys = prepare(Path(folder), clients)
        port = free_port()
        command = [sys.executable, "-m", "ostiary", "serve", str(office), "--port", str(port)]
        # This program has set Django up for the case store alone; the server sets up its own.
        clean = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=clean)
        try:
            wait_for(port)
            before = log_size(office)
            spent, own = processor_seconds(server.pid), time.process_time()
            done = submit_all(port, keys, seconds, requests)
            spent = processor_seconds(server.pid) - spent, time.process_time() - own
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)
        report(office, before, done, seconds, requests, spent)


def prepare(folder: Path, clients: int) -> tuple[Path, list]:
    """Make an office with people, registers and as many registered programs as asked for."""
    world, office = folder / "world", folder / "office"
    make_world(world, people=PEOPLE, requests=10)
    create_office(office, training=True)
    for file in (world / "registers").glob("*.csv"):
        shutil.copy(file, office / "registers" / file.name)
    keys = [new_signing_key() for _ in range(clients)]
    rows = [f"p-{n},dhs-ice,{key_text(key.public_key())},2025-01-01," for n, key in enumerate(keys)]
    text = "\n".join(["client,agency,public_key,from,until", *rows]) + "\n"
    (office / "registers" / "clients.csv").write_text(text)
    settings = office / "office.toml"
    settings.write_text(
        settings.read_text().replace("calls_per_minute = 600", "calls_per_minute = 1000000")
    )
    with at_work(office) as place:
        load_people(place, world / "people.parquet")
    return office, keys


def submit_all(port: int, keys: list, seconds: float, requests: int) -> list:
    """Let every client submit until the time is over; give moment, latency and entries of each."""
    done: list = []
    end = time.monotonic() + seconds

    def one(n: int) -> None:
        client = Client(f"http://localhost:{port}", f"p-{n}", keys[n])
        count = 0
        while time.monotonic() < end:
            began = time.monotonic()
            names = [f"B-{n}-{count}-{k}" for k in range(requests)]
            rows = [{"request_id": name, "surname": "Sample"} for name in names]
            outcome = client.submit(rows, key=f"key-{n:04}-{count:06}")
            now = time.monotonic()
            done.append((now, now - began, [reply.entry for reply in outcome.replies]))
            count += 1

    threads = [threading.Thread(target=one, args=(n,)) for n in range(len(keys))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def report(
    office: Path,
    before: int,
    done: list,
    seconds: float,
    requests: int,
    spent: tuple[float, float],
) -> None:
    """Print the figures, and whether the log holds each acknowledged request exactly once.

    ``spent`` is the processor seconds of the server, and of all programs.
    """
    moments = sorted(moment for moment, _, _ in done)
    first = moments[0]
    windows = [
        sum(first + n * WINDOW <= moment < first + (n + 1) * WINDOW for moment in moments)
        for n in range(int((moments[-1] - first) // WINDOW))
    ]
    told = [entry for _, _, entries in done for entry in entries]
    with open_office(office).store as store:
        bodies = list(store.entries_from(before))
        runs = len(store.batches())
    decided = {
        before + n for n, body in enumerate(bodies) if read_entry(body).type == "request.decided"
    }
    latencies = sorted(latency for _, latency, _ in done)
    print(
        json.dumps(
            {
                "submissions": len(done),
                "requests_each": requests,
                "submissions_per_s": round(len(done) / (moments[-1] - first + 1e-9), 1),
                "p50_s": round(statistics.median(latencies), 2),
                "p99_s": round(latencies[int(len(latencies) * 0.99)], 2),
                "submissions_a_run": round(len(done) / max(1, runs), 1),
                "server_ms_each": round(1000 * spent[0] / len(done), 1),
                "program_ms_each": round(1000 * spent[1] / len(done), 1),
                "worst_window_per_s": min(windows, default=0) / WINDOW,
                "acknowledged": len(told),
                "in_the_log": len(decided),
                "nothing_lost_or_twice": sorted(told) == sorted(decided),
                "seconds": seconds,
                "cores": os.cpu_count(),
            },
            indent=2,
        )
    )


def processor_seconds(process: int) -> float:
    """Give the processor time that a process has had, its threads' together, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def log_size(office: Path) -> int:
    """Give the number of log entries of an office."""
    with open_office(office).store as store:
        return store.log_size()


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
