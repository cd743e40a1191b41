"""Export a published log for auditors: every entry as a row that proves itself.

What comes out says no more than the published log: commitments where a person could be named. With
it goes the checkpoint that every proof leads to. Who has the log's public key needs nothing else;
see :mod:`ostiary.verifying.export.check`.
"""

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ostiary.domain.choices import FORMATS
from ostiary.domain.errors import InputError
from ostiary.verifying.export.files import TableFiles
from ostiary.verifying.export.tables import TABLES, row_of, table_of
from ostiary.verifying.log.checkpoints import MAX_CHECKPOINT, Checkpoint, unverified_checkpoint
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.hasher import TILE_WIDTH
from ostiary.verifying.log.paths import tile_paths
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import Source
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.tree import leaf_hash, verify_inclusion

_ROWS_AT_ONCE = 16_384


def export_log(
    source: Source,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Checkpoint, dict[str, int]]:
    """Write every entry of a published log into tables.

    Each row's proof is checked before it is written; a signature is not, for that is the reader's.

    Args:
        source: the log.
        folder: made; it must not be there yet.
        formats: of ``csv`` and ``parquet``.
        progress: told how many of how many entries are done.

    Returns:
        The checkpoint, and how many rows each table has.

    Raises:
        InputError: the folder is there already, or there is no log.
        FaultError: the log is not whole: verify it, and see what is wrong.
    """
    if folder.exists():
        raise InputError("this is there already", where=str(folder), cure="name a new folder")
    note = source.read(CHECKPOINT_PATH, MAX_CHECKPOINT)
    if note is None:
        raise InputError("there is no published log here", where=source.name)
    checkpoint = unverified_checkpoint(note)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".export-", dir=folder.parent))
    try:
        (made / CHECKPOINT_PATH).write_bytes(note)
        rows = _write_tables(
            TileReader(source, checkpoint.size), checkpoint, made, formats, progress
        )
        made.chmod(0o777 & ~_umask())
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return checkpoint, rows


def _write_tables(
    reader: TileReader,
    checkpoint: Checkpoint,
    folder: Path,
    formats: Sequence[str],
    progress: Callable[[int, int], None] | None,
) -> dict[str, int]:
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with TableFiles(folder, formats) as files:
        for name in TABLES:
            files.add(name, [])
        for number in range(-(-checkpoint.size // TILE_WIDTH)):
            for table, row in _rows_of(reader, checkpoint, number):
                waiting[table].append(row)
                if len(waiting[table]) >= _ROWS_AT_ONCE:
                    files.add(table, waiting.pop(table))
            if progress is not None:
                progress(min((number + 1) * TILE_WIDTH, checkpoint.size), checkpoint.size)
        for table, rows in waiting.items():
            files.add(table, rows)
        return files.rows


def _rows_of(
    reader: TileReader, checkpoint: Checkpoint, number: int
) -> list[tuple[str, dict[str, Any]]]:
    """Make the rows of one bundle, each with its proof checked."""
    rows = []
    paths = tile_paths(reader, number)
    start = number * TILE_WIDTH
    for index, (body, path) in enumerate(zip(reader.bundle(number), paths, strict=True), start):
        leaf = leaf_hash(body)
        verify_inclusion(leaf, index, checkpoint.size, path, checkpoint.root)
        entry = read_entry(body)
        rows.append((table_of(entry.type), row_of(index, entry, leaf, path)))
    return rows


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
