"""``make bench-office``: the web office and the API with 100,000 cases, on either case store.

An office is built by the real corridor (and kept, when a folder is named), served by `ostiary
serve`, and looked at by people with browsers: every kind of page, some hundred times, in several
windows at once. Then programs submit through the API for a while, and the log is recounted. Tables
are printed as Markdown; the same figures go into a JSON file.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ostiary.faces.settings")  # Django starts but once

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from office_bench.browsing import Visitor, browse, enrolled
from office_bench.offices import Built, build, cpu_seconds, free_port, looked_into, served
from office_bench.pages import pages
from office_bench.submitting import log_size, register, submit_all, submitted
from office_bench.two_samples import compared, pairs_of, time_pairs
from postgres_server import kept_server, server_programs

_KINDS = ("sqlite", "postgresql")


def main() -> None:
    """Measure one kind of case store after the other."""
    given = _arguments()
    print(f"{platform.platform()}, Python {platform.python_version()}, {_load()}")
    with tempfile.TemporaryDirectory(prefix="ostiary-office-") as made:
        folder = (given.folder or Path(made)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        found = {}
        for kind in given.store or _KINDS:
            if kind == "postgresql" and server_programs() is None:
                print("PostgreSQL: no server is installed")
                continue
            with database(kind, folder, given.cases) as url:
                built = build(folder, f"{kind}-{given.cases}", given.cases, url)
                found[kind] = measure(kind, built, given)
        text = json.dumps({"cases": given.cases, "cores": os.cpu_count(), **found}, indent=2)
        (given.out or folder / "office.json").write_text(text + "\n")


@contextmanager
def database(kind: str, folder: Path, cases: int) -> Iterator[str | None]:
    """Give the URL of the case store for as long as the block lasts; None for a file."""
    if kind == "sqlite":
        yield None
        return
    with kept_server(folder / "postgresql") as server:
        yield server.url(server.kept_database(f"office_{cases}"))


def measure(kind: str, built: Built, given: argparse.Namespace) -> dict[str, Any]:
    """Measure one office; everything that is printed is given back as well."""
    port = free_port()
    keys = register(built.root, given.programs)
    devices = enrolled(built.root, port)
    with looked_into(built.root) as place:
        wanted = [one for one in pages(place, given.requests) if given.only in one[1]]
    print(f"\n## {kind}, {given.cases:,} cases, {_load()}\n")
    found: dict[str, Any] = {"load": os.getloadavg()[0], "pages": []}
    with served(built.root, port) as server:
        visitors = {role: Visitor(port, device) for role, device in devices.items()}
        for visitor in visitors.values():
            visitor.sign_in()
        for role, name, paths in wanted:
            opened = browse(visitors[role], name, paths, given.windows, server.pid).stated()
            _row(opened, head=not found["pages"])
            found["pages"].append(opened)
    if given.seconds:
        before = log_size(built.root)
        with served(built.root, port) as server:
            started = cpu_seconds(server.pid)
            done = submit_all(port, keys, given.seconds, built.spare)
            spent = cpu_seconds(server.pid) - started
        found["api"] = submitted(done, built.root, before)
        found["api"]["server_cpu_ms_each"] = round(1000 * spent / max(len(done), 1), 1)
        print(f"\n{given.programs} programs, {_load()}\n\n{json.dumps(found['api'], indent=2)}")
    if given.pairs:
        pairs = pairs_of(built.spare.parent, given.pairs)
        with served(built.root, port):
            found["timing"] = compared(time_pairs(port, next(iter(keys.items())), pairs))
        print(f"\nmismatch beside no record\n\n{json.dumps(found['timing'], indent=2)}")
    return found


def _row(stated: dict[str, object], *, head: bool) -> None:
    if head:
        print(f"| {' | '.join(stated)} |\n|{'---|' * len(stated)}")
    print(f"| {' | '.join(map(str, stated.values()))} |", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="let through by the law")
    parser.add_argument("--store", choices=_KINDS, action="append", default=[])
    parser.add_argument(
        "--folder", type=Path, default=None, help="keeps the offices for a next time"
    )
    parser.add_argument("--requests", type=int, default=200, help="of each kind of page")
    parser.add_argument("--windows", type=int, default=4, help="open at a time")
    parser.add_argument("--only", default="", help="kinds of pages whose name holds this")
    parser.add_argument("--programs", type=int, default=50, help="that submit at a time")
    parser.add_argument("--seconds", type=float, default=30.0, help="of submitting; 0 for none")
    parser.add_argument("--pairs", type=int, default=500, help="of timed requests; 0 for none")
    parser.add_argument("--out", type=Path, default=None, help="JSON; else into the folder")
    return parser.parse_args()


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
