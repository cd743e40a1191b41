"""Time-stamped checkpoints beside a published log.

``timestamps/index`` lists tree sizes, one a line; ``timestamps/<size>.checkpoint`` is the note that
was stamped and ``timestamps/<size>.tsr`` the authority's response. The first stamp of a size is the
best there can be, so none is replaced.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from ostiary.disk.durable import replace_file, sync_directory
from ostiary.verifying.log.checkpoints import (
    MAX_CHECKPOINT,
    Checkpoint,
    open_checkpoint,
    unverified_checkpoint,
)
from ostiary.verifying.log.faults import FaultKind, FaultList, NoteError, StampError, TileError
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import Source
from ostiary.verifying.log.time_stamps import MAX_TOKEN, check_token, stamped_content
from ostiary.verifying.log.tree import root_at
from ostiary.verifying.log.tree_heads import read_size
from ostiary.verifying.log.vkeys import Verifier

FOLDER = "timestamps"
_INDEX = f"{FOLDER}/index"
_MAX_INDEX = 1_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """A checkpoint that was there by a moment.

    Attributes:
        size: its number of entries.
        at: the moment the token states.
        is_believed: whether an authority that was named signed it; else it only says so.
    """

    size: int
    at: datetime
    is_believed: bool


def stamped_sizes(folder: Path) -> list[int]:
    """Give the tree sizes of a log of one's own that are stamped, in the order of stamping.

    Raises:
        NoteError: the index has been damaged.
    """
    path = folder / _INDEX
    lines = path.read_text("utf-8").split() if path.exists() else []
    return [read_size(line) for line in lines]


def await_stamp(folder: Path, note: bytes) -> None:
    """Put a checkpoint aside whose stamp is asked for; the published one may change meanwhile."""
    size = unverified_checkpoint(note).size
    (folder / FOLDER).mkdir(exist_ok=True)
    if size not in stamped_sizes(folder):
        replace_file(folder / FOLDER / f"{size}.checkpoint", note)
        sync_directory(folder / FOLDER)


def awaiting(folder: Path) -> list[bytes]:
    """Give the checkpoints that were put aside and have no stamp yet."""
    done = {f"{size}.checkpoint" for size in stamped_sizes(folder)}
    aside = sorted((folder / FOLDER).glob("*.checkpoint"))
    return [path.read_bytes() for path in aside if path.name not in done]


def keep_stamp(folder: Path, note: bytes, token: bytes) -> int:
    """Put a stamp beside a log of one's own; the index, which makes it count, comes last.

    Returns:
        The checkpoint's size.

    Raises:
        StampError: the token is of something else.
    """
    stamped_content(token, note)
    size = unverified_checkpoint(note).size
    sizes = stamped_sizes(folder)
    if size in sizes:
        return size
    (folder / FOLDER).mkdir(exist_ok=True)
    replace_file(folder / FOLDER / f"{size}.checkpoint", note)
    replace_file(folder / FOLDER / f"{size}.tsr", token)
    sync_directory(folder / FOLDER)
    index = "".join(f"{each}\n" for each in (*sizes, size))
    replace_file(folder / _INDEX, index.encode())
    sync_directory(folder / FOLDER)
    sync_directory(folder)
    return size


def check_stamps(
    source: Source,
    reader: TileReader,
    keys: Sequence[Verifier],
    authorities: Sequence[x509.Certificate],
    faults: FaultList,
) -> tuple[Stamp, ...]:
    """Check every time-stamp of a published log, and that the log extends what was stamped.

    Args:
        source: the log.
        reader: the log at its verified checkpoint.
        keys: the log's keys, past ones included.
        authorities: certificates to believe; without any, tokens are compared but not believed.
        faults: where to report.

    Returns:
        The stamps that hold, in the order of the index, which says nothing about time.
    """
    stamps = []
    for size in _listed(source, faults):
        try:
            stamps.append(_check_one(source, reader, size, keys, authorities))
        except _Fork as fork:
            faults.add(FaultKind.FORK, str(fork), path=f"{FOLDER}/{size}.checkpoint")
        except TileError as error:
            is_ours = error.path.startswith(f"{FOLDER}/")
            kind = FaultKind.TIMESTAMP if is_ours else FaultKind.TILE
            faults.add(kind, error.message, path=error.path)
        except (NoteError, StampError) as error:
            faults.add(FaultKind.TIMESTAMP, str(error), path=f"{FOLDER}/{size}.tsr")
        if faults.full:
            break
    return tuple(stamps)


class _Fork(Exception):  # noqa: N818 - a finding, not an error of ours
    """The log does not extend a checkpoint that its key signed and that was stamped."""


def _listed(source: Source, faults: FaultList) -> list[int]:
    try:
        index = source.read(_INDEX, _MAX_INDEX)
        lines = (index or b"").decode("ascii").removesuffix("\n")
        return [read_size(line) for line in dict.fromkeys(lines.split("\n"))] if lines else []
    except TileError as error:
        faults.add(FaultKind.TIMESTAMP, error.message, path=_INDEX)
    except (UnicodeDecodeError, NoteError):
        faults.add(FaultKind.TIMESTAMP, "the index is no list of tree sizes", path=_INDEX)
    return []


def _check_one(
    source: Source,
    reader: TileReader,
    size: int,
    keys: Sequence[Verifier],
    authorities: Sequence[x509.Certificate],
) -> Stamp:
    note = _file(source, f"{FOLDER}/{size}.checkpoint", MAX_CHECKPOINT)
    token = _file(source, f"{FOLDER}/{size}.tsr", MAX_TOKEN)
    checkpoint = open_checkpoint(note, keys)
    if checkpoint.size != size:
        raise NoteError("the stamped checkpoint is of another size")
    at = check_token(token, note, authorities) if authorities else stamped_content(token, note)
    _check_extended(checkpoint, reader)
    return Stamp(size, at, is_believed=bool(authorities))


def _check_extended(stamped: Checkpoint, reader: TileReader) -> None:
    if stamped.size > reader.size:
        raise _Fork(f"{stamped.size} entries were stamped, now there are {reader.size}")
    if root_at(stamped.size, reader.node) != stamped.root:
        raise _Fork(f"the first {stamped.size} entries are not those that were stamped")


def _file(source: Source, path: str, limit: int) -> bytes:
    found = source.read(path, limit)
    if found is None:
        raise TileError("this file is missing", path=path)
    return found
