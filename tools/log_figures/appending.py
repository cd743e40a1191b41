"""How fast does a log grow, in batches and by one caller, on an office's own case store?"""

import os
import time
from collections.abc import Iterable
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from log_figures.entries import ORIGIN, bodies, hashed
from log_figures.timing import repeated, taken
from ostiary.office.folder.layout import Office, open_office
from ostiary.office.store.cases import CaseStore
from ostiary.verifying.log.published import publish
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.vkeys import Signer


def table_head() -> None:
    """Begin the table of appending."""
    print("\n| store | what | entries/s | processor us | p50 ms | p99 ms | worst 2 s |")
    print("|---|---|---|---|---|---|---|")


def appended_in_batches(kind: str, office: Office, count: int, batch: int, every: int) -> None:
    """Store ``count`` entries, ``batch`` a transaction, and sign a checkpoint of ``every``."""
    ready = list(bodies(count))
    signer = Signer(ORIGIN, office.log_key())

    def work() -> None:
        with open_office(office.root).store as store:
            for start in range(0, count, every):
                _store(store, ready[start : start + every], batch)
                publish(office.accounting, store.entries_from, store.log_size(), signer, ORIGIN)

    seconds, processor = taken(work)
    what = f"{batch:,} a transaction, tiles and a signed checkpoint every {every:,}"
    _say(kind, what, count, seconds, processor)


def published_meanwhile(kind: str, office: Office, count: int, batch: int) -> None:
    """Store ``count`` entries, ``batch`` a transaction, while another process publishes them.

    It publishes whatever is stored, again and again, each time under a signed checkpoint. The clock
    stops when the checkpoint that covers the last entry is published.
    """
    ready = list(bodies(count))
    before = _processes_of_ours()
    sequencer = get_context("spawn").Process(target=publish_until, args=(office.root, count))
    sequencer.start()
    checkpoint = office.accounting / CHECKPOINT_PATH
    with open_office(office.root).store as store:
        _store(store, [ready[0]], 1)
        while not checkpoint.exists() and sequencer.is_alive():
            time.sleep(0.01)

        def work() -> None:
            _store(store, ready[1:], batch)
            sequencer.join()

        seconds, processor = taken(work)
    if sequencer.exitcode:
        raise SystemExit("the process that publishes has failed")
    processor += _processes_of_ours() - before
    what = f"{batch:,} a transaction, another process publishes and signs meanwhile"
    _say(kind, what, count, seconds, processor)


def publish_until(root: Path, count: int) -> None:
    """Publish what an office has stored, until that is ``count`` entries."""
    office = open_office(root)
    signer, size = Signer(ORIGIN, office.log_key()), 0
    with office.store as store:
        while size < count:
            stored = store.log_size()
            if stored > size:
                publish(office.accounting, store.entries_from, stored, signer, ORIGIN)
            size = stored


def stored_in_batches(kind: str, office: Office, count: int, batch: int) -> None:
    """Store ``count`` entries, ``batch`` a transaction, and publish nothing."""
    ready = list(bodies(count))
    with open_office(office.root).store as store:
        seconds, processor = taken(lambda: _store(store, ready, batch))
    what = f"{batch:,} a transaction, case store alone"
    _say(kind, what, count, seconds, processor)


def one_caller(kind: str, office: Office, seconds: float, *, publishing: bool) -> None:
    """One caller who waits for each entry to be durable, or published under a checkpoint."""
    ready = bodies(10**9)
    signer = Signer(ORIGIN, office.log_key())
    with open_office(office.root).store as store:

        def call() -> None:
            with store.write() as txn:
                txn.log(hashed(next(ready)))
            if publishing:
                publish(office.accounting, store.entries_from, store.log_size(), signer, ORIGIN)

        found = repeated(call, seconds)
    what = "one caller, published and signed each" if publishing else "one caller, one entry each"
    print(
        f"| {kind} | {what} | {found.rate:,.0f} | | {1e3 * found.median:.2f} "
        f"| {1e3 * found.p99:.2f} | {found.worst:,.0f} |",
        flush=True,
    )


def size_of(folder: Path) -> int:
    """Give the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _processes_of_ours() -> float:
    """Give the seconds of work of all processes that were started here and have ended."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _say(kind: str, what: str, count: int, seconds: float, processor: float) -> None:
    rate, each = count / seconds, 1e6 * processor / count
    print(f"| {kind} | {what} | {rate:,.0f} | {each:.1f} | | | |", flush=True)


def _store(store: CaseStore, ready: Iterable[bytes], batch: int) -> None:
    rest = iter(ready)
    while part := [hashed(body) for body in islice(rest, batch)]:
        with store.write() as txn:
            txn.log_all(part)
