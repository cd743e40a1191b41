"""pymerkle beside it: the tree that Python's package index offers, on SQLite as it makes it.

pymerkle 7.0.0 is GPL-3.0-or-later. That licence lets anybody run it for any purpose, a benchmark
too; nothing of it is copied, changed or passed on, and neither Ostiary nor its tests import it.
It has neither checkpoints nor signatures, tiles nor witnesses; what both do is compared.
"""

import sqlite3
from itertools import islice
from pathlib import Path

from log_figures.appending import size_of
from log_figures.entries import bodies
from log_figures.timing import drawn, middle, repeated, timed


def peer(folder: Path, count: int, seconds: float, batch: int = 1_000) -> None:
    """Append, prove, verify and open again, in pymerkle's own database."""
    import pymerkle  # noqa: PLC0415 - a peer that may be missing

    print("\n| pymerkle 7.0.0, SQLite | figure |\n|---|---|")
    path = str(folder / "peer.db")
    _wal(path)
    ready = list(bodies(count))
    with pymerkle.SqliteTree(path) as tree:

        def append() -> None:
            rest = iter(ready)
            while part := list(islice(rest, batch)):
                tree.append_entries(part, chunksize=batch)

        took = timed(append)
        print(f"| {batch:,} a transaction, WAL, synchronous=FULL | {count / took:,.0f} entries/s |")
    with pymerkle.SqliteTree(path) as tree:
        print(f"| opened again, first root | {1e3 * timed(tree.get_root):.0f} ms |")
        made, checked = [], []
        for index in drawn(300, count - 1):
            made.append(timed(tree.prove_inclusion, index + 1))
            proof, leaf = tree.prove_inclusion(index + 1), tree.get_leaf(index + 1)
            checked.append(timed(pymerkle.verify_inclusion, leaf, tree.get_root(), proof))
        p99 = sorted(made)[int(len(made) * 0.99)]
        print(f"| inclusion proof | {1e3 * middle(made):.2f} ms (p99 {1e3 * p99:.1f}) |")
        print(f"| inclusion proof verified | {1e3 * middle(checked):.3f} ms |")
        found = repeated(lambda: tree.append_entry(ready[0]), seconds)
        print(
            f"| one caller, one entry each | {found.rate:,.0f} entries/s, p99 {1e3 * found.p99:.2f}"
            f" ms, worst 2 s {found.worst:,.0f}/s |"
        )
    print(f"| bytes an entry, file | {size_of(folder) / count:.0f} |", flush=True)


def _wal(path: str) -> None:
    """Let it write ahead, as our case store does; the journal mode stays with the file."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
