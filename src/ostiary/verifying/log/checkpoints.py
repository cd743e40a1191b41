"""Checkpoints (C2SP tlog-checkpoint): a log's name, size and root, signed.

A log must never sign a checkpoint that does not extend all it signed before; this module only
makes and reads them, :mod:`ostiary.verifying.log.published` keeps that promise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.notes import ValidSignature, open_note, sign_note, split_note
from ostiary.verifying.log.tree_heads import TreeHead, check_empty, read_head
from ostiary.verifying.log.vkeys import Signer, Verifier

MAX_CHECKPOINT = 1_000_000
"""Longest checkpoint in bytes, signatures included."""


@dataclass(frozen=True, slots=True)
class Checkpoint(TreeHead):
    """A log at one moment, as its note says it.

    Attributes:
        note: the signed note as it was read or written; empty when there is none yet.
        signatures: the signatures of known keys on the note that were checked.
    """

    note: bytes = b""
    signatures: tuple[ValidSignature, ...] = ()

    @property
    def signers(self) -> tuple[str, ...]:
        """Names of the known keys whose signatures were checked, each once."""
        return tuple(dict.fromkeys(each.verifier.name for each in self.signatures))


def sign_checkpoint(origin: str, size: int, root: bytes, signers: Sequence[Signer]) -> Checkpoint:
    """Make and sign a checkpoint. It has no extension lines, as the specification advises.

    A log's own signature states no time, also where its type has room for one: what the log says
    about time is worth nothing to those who do not trust it.

    Raises:
        NoteError: no signer, or an origin that cannot stand in a note.
    """
    made = Checkpoint(origin, size, root)
    parse_checkpoint(made.body)
    signatures = tuple(ValidSignature(signer.verifier) for signer in signers)
    return Checkpoint(origin, size, root, sign_note(made.body, signers), signatures)


def open_checkpoint(
    note: bytes, verifiers: Sequence[Verifier], *, origin: str = "", every: bool = False
) -> Checkpoint:
    """Check a checkpoint's signatures and read it.

    One valid signature must be by a key named after the origin: a key that is known for one log
    says nothing about another (tlog-proof, "Verifying", step 2).

    Args:
        note: the signed note.
        verifiers: the log's keys to believe.
        origin: the log it must be of; any when empty.
        every: whether each of these keys must have signed, not just one. Who has broken one kind
            of key can then still not speak for the log.

    Raises:
        NoteError: malformed, not validly signed by a known key of the log, or of another log.
    """
    opened = open_note(note, verifiers)
    read = parse_checkpoint(opened.text)
    if read.origin not in opened.signers:
        raise NoteError("none of the valid signatures is by a key named after the log")
    if origin and read.origin != origin:
        raise NoteError("this checkpoint is of another log")
    signed = {each.verifier.vkey for each in opened.signatures}
    if every and not signed.issuperset(verifier.vkey for verifier in verifiers):
        raise NoteError("a key that signs every checkpoint of this log has not signed this one")
    return Checkpoint(read.origin, read.size, read.root, note, opened.signatures)


def unverified_checkpoint(note: bytes) -> Checkpoint:
    """Read a checkpoint without checking a signature, for use on a log that is one's own.

    Raises:
        NoteError: malformed.
    """
    text, _ = split_note(note)
    read = parse_checkpoint(text)
    return Checkpoint(read.origin, read.size, read.root, note)


def parse_checkpoint(text: str) -> TreeHead:
    """Read the text of a checkpoint. Extension lines are allowed and ignored.

    Raises:
        NoteError: malformed, or an empty tree with a root that is none.
    """
    head = read_head(text)
    check_empty(head)
    return head
