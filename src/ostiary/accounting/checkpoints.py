"""Checkpoints (C2SP tlog-checkpoint): a log's name, size and root, signed.

A log must never sign a checkpoint that does not extend all it signed before; this module only
makes and reads them, :mod:`ostiary.accounting.published` keeps that promise.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ostiary.accounting.faults import NoteError
from ostiary.accounting.notes import Signer, Verifier, open_note, sign_note, split_note
from ostiary.accounting.tree import EMPTY_ROOT, HASH_SIZE, MAX_SIZE

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_BODY_LINES = 3

MAX_CHECKPOINT = 1_000_000
"""Longest checkpoint in bytes, signatures included."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log at one moment.

    Attributes:
        origin: the log's name.
        size: how many entries it holds.
        root: RFC 9162 root over them, 32 bytes.
        note: the signed note as it was read or written; empty when there is none yet.
        signers: names of the known keys whose signatures on the note were checked.
    """

    origin: str
    size: int
    root: bytes
    note: bytes = b""
    signers: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def sign_checkpoint(origin: str, size: int, root: bytes, signers: Sequence[Signer]) -> Checkpoint:
    """Make and sign a checkpoint. It has no extension lines, as the specification advises.

    Raises:
        NoteError: no signer, or an origin that cannot stand in a note.
    """
    made = Checkpoint(origin, size, root)
    parse_checkpoint(made.body)
    names = tuple(signer.name for signer in signers)
    return Checkpoint(origin, size, root, sign_note(made.body, signers), names)


def open_checkpoint(note: bytes, verifiers: Sequence[Verifier], *, origin: str = "") -> Checkpoint:
    """Check a checkpoint's signatures and read it.

    One valid signature must be by a key named after the origin: a key that is known for one log
    says nothing about another (tlog-proof, "Verifying", step 2).

    Args:
        note: the signed note.
        verifiers: the keys to believe.
        origin: the log it must be of; any when empty.

    Raises:
        NoteError: malformed, not validly signed by a known key of the log, or of another log.
    """
    opened = open_note(note, verifiers)
    read = parse_checkpoint(opened.text)
    if read.origin not in opened.signers:
        raise NoteError("none of the valid signatures is by a key named after the log")
    if origin and read.origin != origin:
        raise NoteError("this checkpoint is of another log")
    return Checkpoint(read.origin, read.size, read.root, note, opened.signers)


def unverified_checkpoint(note: bytes) -> Checkpoint:
    """Read a checkpoint without checking a signature, for use on a log that is one's own.

    Raises:
        NoteError: malformed.
    """
    text, _ = split_note(note)
    read = parse_checkpoint(text)
    return Checkpoint(read.origin, read.size, read.root, note)


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint. Extension lines are allowed and ignored.

    Raises:
        NoteError: malformed.
    """
    lines = text.split("\n")
    if len(lines) <= _BODY_LINES or lines.pop() or not all(lines):
        raise NoteError("a checkpoint has three lines or more, none of them empty")
    origin, size, root = lines[:_BODY_LINES]
    if not _DECIMAL.fullmatch(size) or int(size) > MAX_SIZE:
        raise NoteError("the checkpoint's second line is no tree size")
    read = Checkpoint(origin, int(size), read_hash(root))
    if read.size == 0 and read.root != EMPTY_ROOT:
        raise NoteError("an empty tree has one root only, and this is another")
    return read


def read_hash(text: str) -> bytes:
    """Read a hash written in base64, in its one spelling.

    Raises:
        NoteError: it is not base64 of 32 bytes.
    """
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError("a hash is not base64") from None
    if len(found) != HASH_SIZE or base64.b64encode(found).decode() != text:
        raise NoteError("a hash does not have 32 bytes")
    return found
