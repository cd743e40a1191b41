"""The reference as tables that Spark reads: Parquet files beside the files that they come from.

===========  =====================================================================================
``filed``    one row a record, as :meth:`.ReferenceReader.filed` gives it
``index``    ``kind`` (place in ``KEY_KINDS``), ``key`` and a ``person`` who has it; for a crowded
             key one row with no person
===========  =====================================================================================

They are written when Spark first asks for them, lie in the folder that is named after the
reference's content, and go with it.
"""

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ostiary.deciding.matching.model import Model
from ostiary.deciding.reference.blocking_keys import KEY_KINDS, Hashes, KeyKind
from ostiary.deciding.reference.reader import ReferenceReader
from ostiary.disk.durable import sync_directory, sync_tree

FOLDER = "spark-7"
"""Its number changes with the columns, so that no version reads what another one wrote."""

_AT_A_TIME = 500_000
_NOBODY = -1


def tables_for_spark(model: Model) -> Path:
    """Give the folder of the tables; write them when they are not there.

    One program writes at a time. What a program left behind that was stopped while it wrote is
    never read, and is removed by the next.
    """
    folder = model.folder / FOLDER
    with (model.folder / "spark.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            part = model.folder / "spark-being-written"
            shutil.rmtree(part, ignore_errors=True)
            _write(model.opened, part)
            sync_tree(part)
            part.rename(folder)
            sync_directory(model.folder)
    return folder


def _write(opened: ReferenceReader, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    for name, tables in (
        ("filed", _filed(opened)),
        ("index", _index(opened)),
    ):
        (folder / name).mkdir()
        for number, table in enumerate(tables):
            pq.write_table(table, folder / name / f"{number:05}.parquet", compression="zstd")


def _stretches(many: int) -> Iterator[tuple[int, int]]:
    """Cut a file; an empty one is a stretch of nothing, so that its columns are known."""
    for start in range(0, max(many, 1), _AT_A_TIME):
        yield start, min(start + _AT_A_TIME, many)


def _filed(opened: ReferenceReader) -> Iterator[pa.Table]:
    for start, end in _stretches(len(opened.records)):
        yield opened.filed(np.arange(start, end))


def _index(opened: ReferenceReader) -> Iterator[pa.Table]:
    for number, kind in enumerate(KEY_KINDS):
        entries, bits = opened.entries[kind.name], np.uint64(opened.record_bits)
        start = 0
        while start < len(entries) or not start:
            end = min(start + _AT_A_TIME, len(entries))
            if end > start:  # a key is not cut through
                last = entries[end - 1] | ((np.uint64(1) << bits) - np.uint64(1))
                end = int(np.searchsorted(entries, last, side="right"))
            yield _entries(opened, kind, number, np.array(entries[start:end]))
            start = max(end, 1)


def _entries(opened: ReferenceReader, kind: KeyKind, number: int, entries: Hashes) -> pa.Table:
    """Give the rows of some entries: people by key, each once, or nobody where it is crowded."""
    bits = np.uint64(opened.record_bits)
    keys = (entries >> bits).astype(np.int64)
    record = (entries & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    person = opened.records["person"][record].astype(np.int64)
    is_new = np.ones(len(keys), bool)
    is_new[1:] = keys[1:] != keys[:-1]
    many = np.diff(np.flatnonzero(np.append(is_new, True)))
    person[np.repeat(many > kind.cap, many)] = _NOBODY
    is_new[1:] |= person[1:] != person[:-1]  # records stand in the order of their people
    return pa.table(
        {
            "kind": np.full(np.count_nonzero(is_new), number, "i1"),
            "key": keys[is_new],
            "person": pa.array(person[is_new], mask=person[is_new] == _NOBODY),
        }
    )
