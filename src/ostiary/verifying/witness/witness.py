"""A witness: cosigns a log's checkpoint when it extends the one that it cosigned before.

Rules that hold throughout (C2SP tlog-witness):

1. Of one log, what is cosigned only ever grows: no fork, no rollback.
2. The latest checkpoint is on the disk before its cosignature is given out.
3. Looking at the record, deciding and recording are one step, one at a time for each log.
4. When the record cannot be read, is false, or cannot be written, nothing is cosigned.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from ostiary.domain.errors import OstiaryError
from ostiary.verifying.log.checkpoints import Checkpoint
from ostiary.verifying.log.faults import NoteError, ProofError
from ostiary.verifying.log.notes import open_note, signature_line, split_note
from ostiary.verifying.log.tree import verify_consistency
from ostiary.verifying.log.tree_heads import check_empty, read_head
from ostiary.verifying.log.vkeys import KEY_ID_SIZE, Signer
from ostiary.verifying.witness.folder import NOTHING_YET, KnownLog, WitnessFolder
from ostiary.verifying.witness.submissions import (
    SIZE_TYPE,
    Submission,
    origin_digest,
    read_submission,
)

TEXT = "text/plain; charset=utf-8"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WitnessReply:
    """What the witness answers: HTTP status, content, media type."""

    status: HTTPStatus
    body: bytes
    kind: str = TEXT


class _Refused(Exception):  # noqa: N818 - it ends a request, it is no error of ours
    """The submission is refused with this status."""

    def __init__(self, status: HTTPStatus, why: str, *, kind: str = TEXT) -> None:
        self.reply = WitnessReply(status, f"{why}\n".encode(), kind)
        super().__init__(why)


class RecordError(Exception):
    """The record of a log is not one that this witness signed."""


class Witness:
    """Takes submissions for the logs of one folder. Threads may share it.

    Args:
        folder: the witness's folder, which no other program may serve.
        clock: gives the POSIX time in seconds.
    """

    def __init__(self, folder: WitnessFolder, clock: Callable[[], float] = time.time) -> None:
        self.signers: Sequence[Signer] = folder.signers()
        self._folder = folder
        self._clock = clock
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def add_checkpoint(self, body: bytes) -> WitnessReply:
        """Answer one ``add-checkpoint`` request."""
        try:
            return self._add(body)
        except _Refused as refused:
            return refused.reply
        except (OSError, RecordError, OstiaryError):
            _LOG.exception("a submission could not be recorded")
            return WitnessReply(
                HTTPStatus.INTERNAL_SERVER_ERROR, b"the witness cannot use its record\n"
            )

    def latest(self, digest: str) -> WitnessReply:
        """Answer a request for the checkpoint of a log that was cosigned last."""
        try:
            log = self._folder.log_at(digest)
            note = log.latest() if log else NOTHING_YET
        except (OSError, OstiaryError):
            _LOG.exception("a record cannot be read")
            return WitnessReply(HTTPStatus.INTERNAL_SERVER_ERROR, b"the record cannot be read\n")
        if note == NOTHING_YET:
            return WitnessReply(HTTPStatus.NOT_FOUND, b"nothing cosigned of this log\n")
        return WitnessReply(HTTPStatus.OK, note)

    def _add(self, body: bytes) -> WitnessReply:
        submission, origin = _read(body)
        log = self._folder.log(origin)
        if log is None:
            raise _Refused(HTTPStatus.NOT_FOUND, "this log is not known here")
        submitted = _signed(submission, log)
        if submission.old_size > submitted.size:
            raise _Refused(HTTPStatus.BAD_REQUEST, "the old size is larger than the checkpoint")
        with self._lock_of(origin):
            latest = self._latest(log)
            if submission.old_size != latest.size:
                raise _Refused(HTTPStatus.CONFLICT, str(latest.size), kind=SIZE_TYPE)
            try:
                _check_growth(latest, submitted, submission)
            except (NoteError, ProofError) as error:
                log.keep_evidence(split_note(submitted.note)[0], body)
                raise _Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from None
            return self._cosign(log, submitted)

    def _cosign(self, log: KnownLog, submitted: Checkpoint) -> WitnessReply:
        """Sign, record, and only then answer."""
        text, lines = split_note(submitted.note)
        at = max(int(self._clock()), 1)
        cosigned = "".join(signature_line(signer, text, at=at) for signer in self.signers)
        known = {(each.verifier.name, each.verifier.key_id) for each in submitted.signatures}
        kept = [
            line
            for line, (name, raw) in zip(_signature_lines(submitted.note), lines, strict=True)
            if (name, raw[:KEY_ID_SIZE]) in known
        ]
        log.record(f"{text}\n{''.join(kept)}{cosigned}".encode())
        return WitnessReply(HTTPStatus.OK, cosigned.encode())

    def _latest(self, log: KnownLog) -> Checkpoint:
        """Read what was cosigned last; believe it only when this witness signed it."""
        note = log.latest()
        if note == NOTHING_YET:
            return Checkpoint(log.origin, 0, b"")
        try:
            opened = open_note(note, [signer.verifier for signer in self.signers])
            head = read_head(opened.text)
        except NoteError as error:
            raise RecordError(str(error)) from None
        if head.origin != log.origin:
            raise RecordError("it is of another log")
        return Checkpoint(head.origin, head.size, head.root, note)

    def _lock_of(self, origin: str) -> threading.Lock:
        """Give the lock of a known log; there are as many as logs."""
        with self._guard:
            return self._locks.setdefault(origin_digest(origin), threading.Lock())


def _read(body: bytes) -> tuple[Submission, str]:
    try:
        submission = read_submission(body)
        text, _ = split_note(submission.note)
        return submission, read_head(text).origin
    except NoteError as error:
        raise _Refused(HTTPStatus.BAD_REQUEST, str(error)) from None


def _signed(submission: Submission, log: KnownLog) -> Checkpoint:
    """Check the log's signatures; a log may sign with a key of another name than its own."""
    try:
        opened = open_note(submission.note, log.keys)
    except NoteError as error:
        raise _Refused(HTTPStatus.FORBIDDEN, str(error)) from None
    head = read_head(opened.text)
    return Checkpoint(head.origin, head.size, head.root, submission.note, opened.signatures)


def _check_growth(latest: Checkpoint, submitted: Checkpoint, submission: Submission) -> None:
    check_empty(submitted)
    if latest.size == 0:
        if submission.proof:
            raise ProofError("from the empty tree there is nothing to prove")
        return
    verify_consistency(latest.size, latest.root, submitted.size, submitted.root, submission.proof)


def _signature_lines(note: bytes) -> list[str]:
    block = note.decode().rpartition("\n\n")[2]
    return [f"{line}\n" for line in block[:-1].split("\n")]
