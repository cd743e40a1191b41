"""The published log: a folder that any file server can offer, extended but never rewritten.

The checkpoint is the last file to change. Everything it signs is on disk, durably, before; so at
every moment the folder is a complete log, the old one or the new one. A log that signed more than
its store now holds cannot be told from fraud and cannot be mended, so publishing refuses then.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from ostiary.disk.durable import put_durably
from ostiary.domain.errors import InputError
from ostiary.verifying.log.checkpoints import (
    MAX_CHECKPOINT,
    Checkpoint,
    open_checkpoint,
    sign_checkpoint,
    unverified_checkpoint,
)
from ostiary.verifying.log.faults import RollbackError
from ostiary.verifying.log.hasher import TILE_WIDTH
from ostiary.verifying.log.proofs import LogProof
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.tree import (
    NodeReader,
    inclusion_proof,
    leaf_hash,
    root_at,
    verify_inclusion,
)
from ostiary.verifying.log.vkeys import Signer, Verifier
from ostiary.verifying.log.writer import drop_stale_partials, extend_tiles

EntriesFrom = Callable[[int], Iterable[bytes]]
"""Gives the store's entries in order, from a number on."""

Endorse = Callable[[Checkpoint, NodeReader, Checkpoint | None], bytes]
"""Gives the note to publish for a signed checkpoint, given the tree and the one published now."""


def publish(
    folder: Path,
    entries_from: EntriesFrom,
    size: int,
    signer: Signer,
    origin: str,
    *,
    beside: Sequence[Signer] = (),
    earlier_keys: Sequence[Verifier] = (),
    endorse: Endorse | None = None,
) -> Checkpoint:
    """Extend the published log to ``size`` entries and sign it.

    Doing it again changes nothing; after a crash it simply goes on.

    Args:
        folder: the published log; made when it is not there.
        entries_from: the store's entries.
        size: how many of them to publish.
        signer: the log's key; its name is the origin.
        origin: the log's name.
        beside: further keys of the log, which sign beside the first.
        earlier_keys: keys that the log was signed with before the present one.
        endorse: adds cosignatures before a checkpoint is published; asked again for the present
            checkpoint when that has the size already.

    Returns:
        The new checkpoint, or the present one when it has that size already and every key has
        signed it.

    Raises:
        RollbackError: the folder holds more entries than the store, or others.
        NoteError: the folder's checkpoint is not one that this log's keys signed.
        TileError: the folder's right edge is damaged.
        InputError: the store gives fewer than ``size`` entries, or a signer is named otherwise.
    """
    signers = [signer, *beside]
    if any(one.name != origin for one in signers):
        raise InputError("the log's keys must be named after its origin", where=signer.name)
    keys = [*(one.verifier for one in signers), *earlier_keys]
    present = _present_checkpoint(folder, keys, origin)
    if present is not None:
        _check_store(folder, present, entries_from, size)
    if present is None or present.size < size:
        return _extend(folder, entries_from, size, signers, present, endorse)
    signed = {each.verifier.vkey for each in present.signatures}
    if not signed.issuperset(one.verifier.vkey for one in signers):
        return _put(folder, _signed(signers, size, present.root), present, endorse)
    return _put(folder, present, present, endorse)


def _extend(
    folder: Path,
    entries_from: EntriesFrom,
    size: int,
    signers: Sequence[Signer],
    present: Checkpoint | None,
    endorse: Endorse | None,
) -> Checkpoint:
    """Write the tiles of what is new, then the checkpoint that signs them."""
    old_size = present.size if present else 0
    folder.mkdir(parents=True, exist_ok=True)
    tree = extend_tiles(folder, old_size, islice(entries_from(old_size), size - old_size))
    if tree.size != size:
        raise InputError(f"the store gives {tree.size} entries where {size} were announced")
    checkpoint = _put(folder, _signed(signers, size, tree.root()), present, endorse)
    drop_stale_partials(folder, old_size, size)
    return checkpoint


def _signed(signers: Sequence[Signer], size: int, root: bytes) -> Checkpoint:
    return sign_checkpoint(signers[0].name, size, root, signers)


def _put(
    folder: Path, checkpoint: Checkpoint, present: Checkpoint | None, endorse: Endorse | None
) -> Checkpoint:
    """Have a checkpoint endorsed and make it the published one.

    Witnesses see it before readers do. After a crash in between they know of a tree that is not
    published yet; it is on the disk, and the next publication extends it.
    """
    if endorse is not None:
        node = TileReader(FolderSource(folder), checkpoint.size).node
        checkpoint = replace(checkpoint, note=endorse(checkpoint, node, present))
    if present is None or checkpoint.note != present.note:
        put_durably(folder / CHECKPOINT_PATH, checkpoint.note)
    return checkpoint


def prove(folder: Path, index: int) -> str:
    """Make the `tlog-proof` of one entry of one's own published log.

    Raises:
        InputError: there is no published log.
        ProofError: there is no such entry, or the folder's tiles do not lead to its root.
        TileError: a tile is missing or malformed.
        NoteError: the checkpoint is malformed.
    """
    note = _checkpoint_note(folder)
    if note is None:
        raise InputError("there is no published log here", where=str(folder))
    checkpoint = unverified_checkpoint(note)
    reader = TileReader(FolderSource(folder), checkpoint.size)
    hashes = inclusion_proof(index, checkpoint.size, reader.node)
    leaf = leaf_hash(reader.entry(index))
    verify_inclusion(leaf, index, checkpoint.size, hashes, checkpoint.root)
    return LogProof(index, tuple(hashes), note).text()


def _present_checkpoint(
    folder: Path, verifiers: Sequence[Verifier], origin: str
) -> Checkpoint | None:
    note = _checkpoint_note(folder)
    return None if note is None else open_checkpoint(note, verifiers, origin=origin)


def _checkpoint_note(folder: Path) -> bytes | None:
    return FolderSource(folder).read(CHECKPOINT_PATH, MAX_CHECKPOINT)


def _check_store(folder: Path, present: Checkpoint, entries_from: EntriesFrom, size: int) -> None:
    """Refuse when the folder and the store have parted ways.

    The last bundle is compared byte by byte. A store that lost entries and went on has other ones
    there: each carries fresh random bits.
    """
    if size < present.size:
        raise RollbackError(
            f"the published log has {present.size} entries, the store {size}: the store was"
            " restored from an old copy, or entries were removed. Find the newer store; do not"
            " publish from this one"
        )
    reader = TileReader(FolderSource(folder), present.size)
    if root_at(present.size, reader.node) != present.root:
        raise RollbackError("the published tiles are not those that the published checkpoint signs")
    if present.size == 0:
        return
    number = (present.size - 1) // TILE_WIDTH
    published = reader.bundle(number)
    start = number * TILE_WIDTH
    if list(islice(entries_from(start), len(published))) != published:
        raise RollbackError(
            f"the store's entries from {start} on are not those that were published; do not"
            " publish from this store"
        )
