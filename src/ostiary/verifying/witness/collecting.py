"""Collecting cosignatures for a checkpoint before it is published.

All witnesses are asked at once. What happens with fewer than the quorum is for the caller to
decide; that a witness proves a rollback stops everything.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ostiary.verifying.log.checkpoints import Checkpoint
from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.key_changes import RetiredKeys
from ostiary.verifying.log.notes import add_signatures
from ostiary.verifying.log.policies import Policy, Witness
from ostiary.verifying.log.tree import NodeReader
from ostiary.verifying.log.vkeys import Verifier
from ostiary.verifying.witness.client import NotCosignedError, OwnLog, ask

SECONDS = 5.0
_AT_ONCE = 16
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Witnessing:
    """Who cosigns a log's checkpoints.

    Attributes:
        policy: the witnesses, each with its URL, and the quorum.
        keys: the log's own keys.
        retired: its earlier keys.
        seconds: time for one request to one witness.
    """

    policy: Policy
    keys: Sequence[Verifier] = ()
    retired: Sequence[RetiredKeys] = ()
    seconds: float = SECONDS

    def endorse(
        self, checkpoint: Checkpoint, node: NodeReader, published: Checkpoint | None
    ) -> bytes:
        """Ask every witness; give the note with the cosignatures that came.

        Args:
            checkpoint: signed by the log.
            node: gives the hashes of its tree.
            published: the checkpoint that is published now; it tells what each cosigned last.

        Raises:
            RollbackError: a witness proves that the log once was longer, or another one.
        """
        witnesses = self.policy.witnesses
        log = OwnLog(checkpoint, node, self.keys, self.retired)
        before = self._cosigned_before(published)
        if not witnesses:
            return checkpoint.note
        with ThreadPoolExecutor(min(len(witnesses), _AT_ONCE)) as pool:
            asked = [pool.submit(self._ask, one, log, before.get(one.name, 0)) for one in witnesses]
        lines = "".join(each.result() for each in asked)
        return add_signatures(checkpoint.note, lines) if lines else checkpoint.note

    def is_met(self, note: bytes) -> bool:
        """Whether the quorum has cosigned a checkpoint."""
        try:
            return self.policy.is_met(self.policy.cosigners(note))
        except NoteError:
            return False

    def _ask(self, witness: Witness, log: OwnLog, old_size: int) -> str:
        try:
            return ask(witness, log, old_size, seconds=self.seconds)
        except NotCosignedError as error:
            _LOG.warning("witness %s did not cosign: %s", witness.verifier.name, error)
            return ""

    def _cosigned_before(self, published: Checkpoint | None) -> dict[str, int]:
        if published is None:
            return {}
        try:
            cosigners = self.policy.cosigners(published.note)
        except NoteError:
            return {}
        return {one.name: published.size for one in cosigners}
