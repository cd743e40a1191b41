"""``make bench-log``: the figures of the log, on SQLite and PostgreSQL, and pymerkle beside it.

Appending in batches and by one caller, proving, verifying, recounting, opening again, bytes an
entry. Tables are printed as Markdown; copy them into docs/benchmarks.md with the date and the load
that is printed first: a disk that others write to, too, is thirty times slower at times.
"""

import argparse
import importlib.util
import os
import platform
import sqlite3
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from case_stores import PostgresStores, SqliteStores, Stores
from log_figures import appending, reading
from log_figures.entries import ORIGIN, whole_batches
from log_figures.peer import peer
from ostiary.office.folder.layout import Office
from ostiary.verifying.log.vkeys import Signer
from postgres_server import running_server, server_programs


def main() -> None:
    """Measure, one thing after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each series of one caller")
    parser.add_argument("--store", choices=["sqlite", "postgresql"], action="append", default=[])
    parser.add_argument("--folder", type=Path, default=None, help="on the disk to be measured")
    given = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, {_sqlite()}, {_load()}")
    with tempfile.TemporaryDirectory(prefix="ostiary-log-", dir=given.folder) as made:
        folder = Path(made)
        for kind in given.store or ["sqlite", "postgresql"]:
            if kind == "postgresql" and server_programs() is None:
                print("PostgreSQL: no server is installed")
                continue
            with ExitStack() as stack:
                measure(kind, _stores(kind, given.folder, stack), folder / kind, given)
        if importlib.util.find_spec("pymerkle"):
            (folder / "peer").mkdir()
            peer(folder / "peer", given.entries, given.seconds)
        else:
            print("\npymerkle is not installed: `make bench-log` does it")
    print(f"\n{_load()} at the end")


def measure(kind: str, stores: Stores, folder: Path, given: argparse.Namespace) -> None:
    """Measure one kind of case store; each series has an office of its own."""
    folder.mkdir()
    count = whole_batches(given.entries)
    appending.table_head()
    for batch in (1_000, 10_000):
        appending.stored_in_batches(kind, stores.new_office(folder / f"s{batch}"), count, batch)
    small = stores.new_office(folder / "small")
    appending.appended_in_batches(kind, small, count // 10, 1_000, 1_000)
    office = stores.new_office(folder / "whole")
    appending.appended_in_batches(kind, office, count, 10_000, 100_000)
    for batch in (10_000, 50_000):
        meanwhile = stores.new_office(folder / f"meanwhile{batch}")
        appending.published_meanwhile(kind, meanwhile, count, batch)
    for publishing in (False, True):
        single = stores.new_office(folder / f"single{publishing}")
        appending.one_caller(kind, single, given.seconds, publishing=publishing)
    print("\n| what | figure |\n|---|---|")
    reading.reopening(kind, office)
    if kind == "sqlite":
        log, signer = office.accounting, Signer(ORIGIN, office.log_key())
        reading.proofs(log, signer, count)
        reading.consistency(log, count)
        reading.recount(log, signer, count)
        reading.sizes(log, count, sum(path.stat().st_size for path in _database(office)))


def _database(office: Office) -> list[Path]:
    return list(office.root.glob("cases.db*"))


def _stores(kind: str, folder: Path | None, stack: ExitStack) -> Stores:
    if kind == "sqlite":
        return SqliteStores()
    return PostgresStores(
        stack.enter_context(running_server(near=folder or Path(tempfile.gettempdir())))
    )


def _sqlite() -> str:
    return f"SQLite {sqlite3.sqlite_version}"


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
