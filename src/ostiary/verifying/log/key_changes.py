"""A log changes its keys: what the old ones may still say, and how a verifier follows the change.

1. The entry ``key.changed`` names the old and the new keys by digest.
2. The old keys sign one more checkpoint, which holds this entry: so they sign the change. It is
   their last one, and every verifier who knows the new keys knows its size and root.
3. From then on the new keys sign. Of the old ones a verifier believes no checkpoint that is longer
   than the last; none at all but that very one, where they are said to be stolen.

So whoever has stolen an old key can add nothing. Where the theft was not known, a thief can still
make up a shorter log than the last checkpoint's for somebody who sees one checkpoint only; who
looks at the whole log, or asks for witnesses, sees that it is another one.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ostiary.verifying.log.checkpoints import Checkpoint, open_checkpoint
from ostiary.verifying.log.faults import (
    FaultKind,
    FaultList,
    NoSignatureError,
    NoteError,
    TileError,
)
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.tree import root_at
from ostiary.verifying.log.vkeys import Verifier

_HEADING = "ostiary log keys v1"


@dataclass(frozen=True, slots=True)
class RetiredKeys:
    """Keys that a log was signed with, all of them at once, until they were changed.

    Attributes:
        keys: the public keys.
        size: entries under the last checkpoint that they signed for the log.
        root: root of that checkpoint, 32 bytes.
        stolen: whether nothing but this last checkpoint is to be believed of them.
    """

    keys: tuple[Verifier, ...]
    size: int
    root: bytes
    stolen: bool = False

    def is_last(self, checkpoint: Checkpoint) -> bool:
        """Whether a checkpoint says what the last one of these keys said."""
        return (checkpoint.size, checkpoint.root) == (self.size, self.root)

    def check(self, checkpoint: Checkpoint, *, kept_safe: bool = False) -> None:
        """See that these keys could honestly have signed a checkpoint.

        Args:
            checkpoint: signed with them.
            kept_safe: it was taken before, and kept by whoever asks; a theft that the log's
                keeper tells of later does not undo it.

        Raises:
            NoteError: it goes beyond their last one, or contradicts it, or they are stolen.
        """
        if self.is_last(checkpoint):
            return
        if self.stolen and not kept_safe:
            raise NoteError("it is signed with keys of the log that are said to be stolen")
        if checkpoint.size >= self.size:
            raise NoteError(
                f"it is signed with keys that the log gave up at {self.size} entries, and has"
                f" {checkpoint.size}"
            )


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One entry ``key.changed``.

    Attributes:
        index: number of the entry.
        old: digest of the keys until then, see :func:`keys_digest`.
        new: digest of the keys from then on.
        stolen: whether the old ones are said to be stolen.
    """

    index: int
    old: str
    new: str
    stolen: bool


def keys_digest(keys: Iterable[Verifier]) -> str:
    """Name all keys of a log together: SHA-256 over their sorted verifier keys, a line each."""
    text = "\n".join([_HEADING, *sorted(key.vkey for key in keys)])
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def open_with_retired(
    note: bytes,
    present: Sequence[Verifier],
    retired: Sequence[RetiredKeys],
    *,
    origin: str = "",
    every: bool = False,
    kept_safe: bool = False,
) -> Checkpoint:
    """Open a checkpoint that the present keys signed, or retired ones in their time.

    Args:
        note: the signed note.
        present: the log's keys.
        retired: its earlier ones; of each change, all must have signed.
        origin: the log it must be of; any when empty.
        every: whether all of the present keys must have signed.
        kept_safe: see :meth:`RetiredKeys.check`.

    Raises:
        NoteError: as :func:`open_checkpoint`; or retired keys signed what they could not.
    """
    try:
        return open_checkpoint(note, present, origin=origin, every=every)
    except NoSignatureError:
        for one in retired:
            try:
                opened = open_checkpoint(note, one.keys, origin=origin, every=True)
            except NoSignatureError:
                continue
            one.check(opened, kept_safe=kept_safe)
            return opened
        raise


def open_published(
    note: bytes, present: Sequence[Verifier], retired: Sequence[RetiredKeys], *, every: bool = False
) -> Checkpoint:
    """Open the checkpoint that a log publishes now.

    The present keys must have signed it. Only between a change and the next checkpoint the very
    last one of the keys before may still stand there.

    Raises:
        NoteError: as :func:`open_checkpoint`.
    """
    try:
        return open_checkpoint(note, present, every=every)
    except NoSignatureError:
        if not retired:
            raise
        opened = open_with_retired(note, present, retired[-1:], every=every)
        if not retired[-1].is_last(opened):
            raise NoteError("it is signed with keys that the log has given up") from None
        return opened


def check_key_changes(
    changes: Sequence[KeyChange],
    present: Sequence[Verifier],
    retired: Sequence[RetiredKeys],
    faults: FaultList,
    *,
    every: bool,
) -> None:
    """Compare what the log says about its keys with the keys that a verifier was given.

    Args:
        changes: the log's entries, in order.
        present: the keys believed.
        retired: the earlier keys, in the order in which they were given up.
        faults: where to report.
        every: whether ``present`` are the log's present keys, all of them and no other.
    """
    for before, after in pairwise(changes):
        if after.old != before.new:
            message = "the keys given up here are not those that were taken up before"
            faults.add(FaultKind.KEY, message, index=after.index)
    if every and changes and changes[-1].new != keys_digest(present):
        message = "the keys taken up here are not those that you believe"
        faults.add(FaultKind.KEY, message, index=changes[-1].index)
    digests = [*(keys_digest(one.keys) for one in retired), keys_digest(present)]
    for one, (old, new) in zip(retired, pairwise(digests), strict=True):
        expected = (old, new, one.stolen)
        if every and not any(
            (each.old, each.new, each.stolen) == expected and each.index < one.size
            for each in changes
        ):
            message = f"no entry before {one.size} says that these keys were given up then"
            faults.add(FaultKind.KEY, message, path=CHECKPOINT_PATH)


def check_last_checkpoints(
    retired: Sequence[RetiredKeys], reader: TileReader, faults: FaultList
) -> None:
    """See that a log extends the last checkpoint of each of its earlier keys."""
    for one in retired:
        check_extends(
            one.size,
            one.root,
            reader,
            faults,
            shrank=f"earlier keys signed {one.size} entries, now there are {reader.size}",
            forked=f"the first {one.size} entries are not those that earlier keys signed",
        )


def check_extends(
    size: int, root: bytes, reader: TileReader, faults: FaultList, *, shrank: str, forked: str
) -> None:
    """See that a log extends a tree of which size and root were signed before.

    The whole log is at hand and is compared with its own root, so the old root is computed from it
    directly; a consistency proof would say the same.

    Args:
        size: entries of the earlier tree.
        root: its root, 32 bytes.
        reader: the log as it is.
        faults: where to report.
        shrank: what to say of a log that has fewer entries.
        forked: what to say of one that has others.
    """
    if size > reader.size:
        faults.add(FaultKind.ROLLBACK, shrank, path=CHECKPOINT_PATH)
        return
    try:
        holds = root_at(size, reader.node) == root
    except TileError as error:
        faults.add(FaultKind.TILE, error.message, path=error.path)
        return
    if not holds:
        faults.add(FaultKind.FORK, forked, path=CHECKPOINT_PATH)
