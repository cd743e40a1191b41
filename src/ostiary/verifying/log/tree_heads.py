"""The text of a checkpoint (C2SP tlog-checkpoint): a log's name, its size and its root."""

import base64
import binascii
import re
from dataclasses import dataclass

from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.tree import EMPTY_ROOT, HASH_SIZE, MAX_SIZE

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_BODY_LINES = 3


@dataclass(frozen=True, slots=True)
class TreeHead:
    """What a checkpoint says, whoever signed it.

    Attributes:
        origin: the log's name.
        size: how many entries it holds.
        root: RFC 9162 root over them, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def read_head(text: str) -> TreeHead:
    """Read the text of a checkpoint. Extension lines are allowed and ignored.

    Raises:
        NoteError: malformed.
    """
    lines = text.split("\n")
    if len(lines) <= _BODY_LINES or lines.pop() or not all(lines):
        raise NoteError("a checkpoint has three lines or more, none of them empty")
    origin, size, root = lines[:_BODY_LINES]
    return TreeHead(origin, read_size(size), read_hash(root))


def read_size(text: str) -> int:
    """Read a tree size in its one spelling: ASCII digits, no leading zero.

    Raises:
        NoteError: it is none, or larger than any tree we speak about.
    """
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_SIZE:
        raise NoteError("a tree size is no whole number in its one spelling, or too large")
    return int(text)


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


def check_empty(head: TreeHead) -> None:
    """See that an empty tree has the root of an empty tree.

    Raises:
        NoteError: it has another.
    """
    if head.size == 0 and head.root != EMPTY_ROOT:
        raise NoteError("an empty tree has one root only, and this is another")
