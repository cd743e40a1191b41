"""Proofs that travel (C2SP tlog-proof): an entry's number, its inclusion path, the checkpoint.

Whoever holds the entry, the proof and the log's public key can check it offline and for ever.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ostiary.verifying.log.checkpoints import Checkpoint
from ostiary.verifying.log.faults import NoteError, ProofError
from ostiary.verifying.log.key_changes import RetiredKeys, open_with_retired
from ostiary.verifying.log.notes import MAX_NOTE
from ostiary.verifying.log.tree import leaf_hash, verify_inclusion
from ostiary.verifying.log.tree_heads import read_hash
from ostiary.verifying.log.vkeys import Verifier

FORMAT = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_MAX_HASHES = 64


@dataclass(frozen=True, slots=True)
class LogProof:
    """Evidence that an entry is in a log. Believe nothing of it before :meth:`verify`.

    Attributes:
        index: the entry's number.
        hashes: its inclusion path, from the leaf up.
        checkpoint: the signed note of the log, verbatim.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes

    def text(self) -> str:
        """Give the proof as text, to be stored as ``*.tlog-proof``."""
        path = [base64.b64encode(each).decode() for each in self.hashes]
        head = "\n".join([FORMAT, f"index {self.index}", *path])
        return f"{head}\n\n{self.checkpoint.decode()}"

    def verify(
        self,
        entry: bytes,
        verifiers: Sequence[Verifier],
        *,
        origin: str = "",
        every: bool = False,
        retired: Sequence[RetiredKeys] = (),
    ) -> Checkpoint:
        """Check that exactly these bytes are the entry of that number in the signed log.

        Args:
            entry: the entry's bytes.
            verifiers: the keys to believe.
            origin: the log it must be in; any that the keys sign for when empty.
            every: whether each of the keys must have signed, not just one.
            retired: earlier keys of the log, believed within their time.

        Returns:
            The checkpoint, now verified.

        Raises:
            NoteError: the checkpoint is not validly signed by a known key of the log.
            ProofError: the entry is not where the proof says.
        """
        checkpoint = open_with_retired(
            self.checkpoint, verifiers, retired, origin=origin, every=every
        )
        verify_inclusion(
            leaf_hash(entry), self.index, checkpoint.size, self.hashes, checkpoint.root
        )
        return checkpoint


def read_proof(text: str) -> LogProof:
    """Read a proof from its text. An ``extra`` line is allowed, ignored and not kept.

    Raises:
        ProofError: malformed.
    """
    if len(text) > 2 * MAX_NOTE:
        raise ProofError("this proof is too long")
    head, blank, note = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines.pop(0) != FORMAT:
        raise ProofError(f"this is no proof: the first line is not {FORMAT}")
    if lines and lines[0].startswith("extra "):
        del lines[0]
    index = _INDEX.fullmatch(lines.pop(0)) if lines else None
    if index is None:
        raise ProofError("the proof does not say which entry it is about")
    if len(lines) > _MAX_HASHES:
        raise ProofError("the proof has more hashes than any tree has levels")
    try:
        hashes = tuple(read_hash(line) for line in lines)
        return LogProof(int(index[1]), hashes, note.encode())
    except (NoteError, UnicodeEncodeError):
        raise ProofError("a line of the proof is not a hash in base64") from None
