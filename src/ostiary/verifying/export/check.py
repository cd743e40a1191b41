"""Check an auditor's export with the log's public key alone: no log, no office, no network.

1. The checkpoint is signed by a key that is believed, and cosigned as a policy says.
2. From each row the entry is made again; its hash is the row's, and the row's proof leads from it
   to the checkpoint's root, at the number that the row states.
3. In each format every entry stands once: no row was left out, and none stands twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ostiary.domain.choices import FORMATS
from ostiary.domain.errors import InputError
from ostiary.verifying.export.files import read_rows
from ostiary.verifying.export.tables import OTHER, TABLES, entry_of, path_of
from ostiary.verifying.log.checkpoints import MAX_CHECKPOINT, Checkpoint, open_checkpoint
from ostiary.verifying.log.faults import (
    EntryError,
    Fault,
    FaultKind,
    FaultList,
    NoteError,
    ProofError,
)
from ostiary.verifying.log.policies import NO_WITNESSES, Policy
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.tree import leaf_hash, verify_inclusion
from ostiary.verifying.log.vkeys import read_vkey

_SHOWN_MISSING = 3


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What a check of an export found.

    Attributes:
        origin: the log's name; empty when the checkpoint cannot be believed.
        size: how many entries the checkpoint signs.
        rows: rows by file.
        faults: the first of them.
        fault_count: how many there are.
    """

    origin: str
    size: int
    rows: dict[str, int]
    faults: tuple[Fault, ...]
    fault_count: int


def check_export(
    folder: Path,
    verifying_keys: Sequence[str],
    *,
    every: bool = False,
    policy: Policy = NO_WITNESSES,
    progress: Callable[[str], None] | None = None,
) -> ExportReport:
    """Check every row of every table of an export.

    Args:
        folder: the export.
        verifying_keys: verifier keys of the log to believe.
        every: whether each of the keys must have signed.
        policy: witnesses that must have cosigned.
        progress: told which file is being read.

    Raises:
        InputError: no key, or no export there.
    """
    if not verifying_keys:
        raise InputError("no public key was given", cure="name the log's key with --public-key")
    note = FolderSource(folder).read(CHECKPOINT_PATH, MAX_CHECKPOINT)
    formats = [kind for kind in FORMATS if any(folder.glob(f"*.{kind}"))]
    if note is None or not formats:
        raise InputError("there is no export here", where=str(folder))
    faults = FaultList()
    try:
        checkpoint = open_checkpoint(note, [read_vkey(key) for key in verifying_keys], every=every)
        policy.check(note)
    except NoteError as error:
        faults.add(FaultKind.CHECKPOINT, str(error), path=CHECKPOINT_PATH)
        return ExportReport("", 0, {}, tuple(faults.kept), faults.count)
    rows: dict[str, int] = {}
    for kind in formats:
        rows |= _check_format(folder, kind, checkpoint, faults, progress)
    return ExportReport(checkpoint.origin, checkpoint.size, rows, tuple(faults.kept), faults.count)


def _check_format(
    folder: Path,
    kind: str,
    checkpoint: Checkpoint,
    faults: FaultList,
    progress: Callable[[str], None] | None,
) -> dict[str, int]:
    """Check the tables of one format, and that together they hold every entry once."""
    seen = bytearray(checkpoint.size)
    counted = {}
    for table in (*TABLES, OTHER):
        path = folder / f"{table}.{kind}"
        if not path.exists():
            continue
        if progress is not None:
            progress(path.name)
        counted[path.name] = _check_table(path, table, checkpoint, seen, faults)
    missing = seen.count(0)
    if missing:
        first = [n for n, found in enumerate(seen) if not found][:_SHOWN_MISSING]
        named = ", ".join(map(str, first)) + (", ..." if missing > len(first) else "")
        message = f"{missing} entries stand in no {kind} table: {named}"
        faults.add(FaultKind.EXPORT, message, index=first[0])
    return counted


def _check_table(
    path: Path, table: str, checkpoint: Checkpoint, seen: bytearray, faults: FaultList
) -> int:
    """Check the rows of one file; give how many there are."""
    count = 0
    try:
        for row in read_rows(path, table):
            count += 1
            for index, message in _wrong_with(row, checkpoint, seen):
                where = f"{path.name}, row {count}: {message}"
                faults.add(FaultKind.EXPORT, where, index=index)
    except InputError as error:
        faults.add(FaultKind.EXPORT, str(error), path=path.name)
    return count


def _wrong_with(
    row: dict[str, Any], checkpoint: Checkpoint, seen: bytearray
) -> Iterator[tuple[int | None, str]]:
    """Say what is wrong with a row, and note that its entry was there."""
    try:
        index = int(row["entry"])
    except (TypeError, ValueError):
        yield None, "the row does not say which entry it is"
        return
    try:
        leaf = leaf_hash(entry_of(row))
        if leaf.hex() != row["leaf"]:
            yield index, "the columns are not those of the entry that was logged"
            return
        verify_inclusion(leaf, index, checkpoint.size, path_of(row), checkpoint.root)
    except (EntryError, ProofError) as error:
        yield index, str(error)
        return
    if seen[index]:
        yield index, "the entry stands here a second time"
    seen[index] = 1
