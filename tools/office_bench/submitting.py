"""Programs that submit to a served office, and the recount: is each acknowledged request there?"""

import csv
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ostiary.domain.columns import REQUEST
from ostiary.office.folder.layout import open_office
from ostiary.verifying.client import Client
from ostiary.verifying.keys.files import SigningKey, key_text, new_signing_key
from ostiary.verifying.log.entries import read_entry

WINDOW = 2.0
_KINDS = {column.name: column.kind for column in REQUEST}
Done = list[tuple[float, float, list[int]]]


def register(root: Path, many: int) -> dict[str, SigningKey]:
    """Enter programs of one agency in the register, and lift the limit of calls.

    Their ids are new each time: an office that is measured again knows the keys of earlier ones.
    """
    run = secrets.token_hex(4)
    keys = {f"p-{run}-{n}": new_signing_key() for n in range(many)}
    rows = [f"{p},dhs-ice,{key_text(key.public_key())},2025-01-01," for p, key in keys.items()]
    text = "\n".join(["client,agency,public_key,from,until", *rows]) + "\n"
    (root / "registers" / "clients.csv").write_text(text)
    settings = root / "office.toml"
    found = settings.read_text()
    settings.write_text(found.replace("calls_per_minute = 600", "calls_per_minute = 1000000"))
    return keys


def unseen(spare: Path) -> Iterator[dict[str, Any]]:
    """Give requests that the office has not seen, as the API takes them, without end."""
    run, count = time.time_ns(), 0
    while True:
        with spare.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                count += 1
                yield typed(row) | {"request_id": f"B-{run:x}-{count}"}


def submit_all(port: int, keys: Mapping[str, SigningKey], seconds: float, spare: Path) -> Done:
    """Let every program submit one request after the other until the time is over.

    Returns:
        Moment, seconds and log entries of each submission that was acknowledged.
    """
    done: Done = []
    asked, guard = unseen(spare), threading.Lock()
    end = time.monotonic() + seconds

    def one(program: str) -> None:
        client, count = Client(f"http://localhost:{port}", program, keys[program]), 0
        while time.monotonic() < end:
            with guard:
                row = next(asked)
            began = time.monotonic()
            outcome = client.submit([row], key=f"key-{began:.6f}-{program}-{count:06}")
            now = time.monotonic()
            done.append((now, now - began, [reply.entry for reply in outcome.replies]))
            count += 1

    threads = [threading.Thread(target=one, args=(program,)) for program in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def submitted(done: Done, root: Path, before: int) -> dict[str, Any]:
    """Sum up, and recount from the log.

    Args:
        done: what was acknowledged.
        root: the office, no longer served.
        before: size of the log when the first was sent.
    """
    moments = sorted(moment for moment, _, _ in done)
    first, last = moments[0], moments[-1]
    windows = [
        sum(first + n * WINDOW <= moment < first + (n + 1) * WINDOW for moment in moments) / WINDOW
        for n in range(int((last - first) // WINDOW))
    ]
    told = sorted(entry for _, _, entries in done for entry in entries)
    with open_office(root).store as store:
        bodies = enumerate(store.entries_from(before), before)
        decided = [index for index, body in bodies if read_entry(body).type == "request.decided"]
    latencies = sorted(latency for _, latency, _ in done)
    return {
        "submissions": len(done),
        "per_s": round(len(done) / (last - first + 1e-9), 1),
        "p50_s": round(latencies[len(latencies) // 2], 2),
        "p99_s": round(latencies[int(len(latencies) * 0.99)], 2),
        "worst_window_per_s": min(windows, default=0.0),
        "acknowledged": len(told),
        "in_the_log": len(decided),
        "nothing_lost_or_twice": told == decided,
    }


def log_size(root: Path) -> int:
    """Give the number of log entries of an office."""
    with open_office(root).store as store:
        return store.log_size()


def typed(row: Mapping[str, str]) -> dict[str, Any]:
    """Give a row of a request file as the API takes it, without its agency."""
    return {name: _value(name, text) for name, text in row.items() if text and name != "agency"}


def _value(name: str, text: str) -> Any:
    kind = _KINDS[name]
    if kind == "flag":
        return text == "true"
    if kind == "years":
        return [int(year) for year in text.split(";") if year.strip().isdigit()]
    return text.split(";") if kind == "list" else text
