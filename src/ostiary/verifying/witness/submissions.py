"""What a log sends to a witness (C2SP tlog-witness, ``add-checkpoint``), written and read.

The size that the witness cosigned last, the consistency proof from there, an empty line, and the
signed checkpoint.
"""

import base64
import hashlib
import re
from dataclasses import dataclass

from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.tree_heads import read_hash, read_size

MAX_HASHES = 63
MAX_SUBMISSION = 256 * 1024
"""Longest body in bytes; room for sixteen post-quantum signatures and the longest proof."""

SIZE_TYPE = "text/x.tlog.size"
_OLD = re.compile(r"old ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Submission:
    """A checkpoint and the proof that it extends an earlier one. Nothing in it is believed yet.

    Attributes:
        old_size: size of the checkpoint that the witness cosigned last.
        proof: consistency proof from there, RFC 9162 section 2.1.4.
        note: the signed checkpoint.
    """

    old_size: int
    proof: tuple[bytes, ...]
    note: bytes

    def body(self) -> bytes:
        """Give the request body."""
        hashes = [base64.b64encode(each).decode() for each in self.proof]
        head = "".join(f"{line}\n" for line in (f"old {self.old_size}", *hashes))
        return head.encode() + b"\n" + self.note


def read_submission(body: bytes) -> Submission:
    """Read a request body.

    Raises:
        NoteError: malformed.
    """
    if len(body) > MAX_SUBMISSION:
        raise NoteError("this submission is too long")
    head, blank, note = body.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise NoteError("a line before the checkpoint is not ASCII") from None
    old = _OLD.fullmatch(lines[0])
    if not blank or old is None:
        raise NoteError("this submission does not begin with an old size and an empty line")
    if len(lines) - 1 > MAX_HASHES:
        raise NoteError(f"the proof has more than {MAX_HASHES} hashes")
    return Submission(read_size(old[1]), tuple(read_hash(line) for line in lines[1:]), note)


def latest_path(origin: str) -> str:
    """Give the path, below a witness's prefix, of the latest checkpoint it cosigned of a log."""
    return f"{origin_digest(origin)}/checkpoint"


def origin_digest(origin: str) -> str:
    """Name a log for a path: SHA-256 of its origin in lower-case hex."""
    return hashlib.sha256(origin.encode()).hexdigest()
