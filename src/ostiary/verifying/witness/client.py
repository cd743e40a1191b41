"""Asking a witness for its cosignature (C2SP tlog-witness), and what its refusals mean.

A witness that says that it has seen more of the log than there is, or another log, is believed
only when it shows a checkpoint with the log's own signature: then the log has been rolled back or
forked, and nothing may be published from it. Without that it is one witness that does not sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from ostiary.verifying.log.checkpoints import MAX_CHECKPOINT, Checkpoint
from ostiary.verifying.log.exchanges import Reply, UnreachableError, exchange
from ostiary.verifying.log.faults import NoteError, RollbackError
from ostiary.verifying.log.key_changes import RetiredKeys, open_with_retired
from ostiary.verifying.log.notes import (
    MAX_SIGNATURES,
    add_signatures,
    open_note,
    split_note,
    split_signatures,
)
from ostiary.verifying.log.policies import Witness
from ostiary.verifying.log.tree import NodeReader, consistency_proof, root_at
from ostiary.verifying.log.tree_heads import read_size
from ostiary.verifying.log.vkeys import KEY_ID_SIZE, Verifier
from ostiary.verifying.witness.submissions import Submission, latest_path

_LONGEST_REPLY = MAX_SIGNATURES * 8192


class NotCosignedError(Exception):
    """A witness gave no cosignature; the message says why, for the operator."""


@dataclass(frozen=True, slots=True)
class OwnLog:
    """The log that asks, as it is on this disk.

    Attributes:
        checkpoint: signed, not yet published.
        node: gives the hashes of its tree.
        keys: the log's own keys.
        retired: its earlier keys. What a thief has signed with them is no evidence.
    """

    checkpoint: Checkpoint
    node: NodeReader
    keys: Sequence[Verifier]
    retired: Sequence[RetiredKeys] = ()


def ask(witness: Witness, log: OwnLog, old_size: int, *, seconds: float) -> str:
    """Get a witness's cosignature.

    Args:
        witness: with its URL.
        log: whose checkpoint it is.
        old_size: what the witness cosigned last, as far as is known; 0 when it is not.
        seconds: for each of at most three requests.

    Returns:
        The witness's signature line, checked.

    Raises:
        NotCosignedError: it gave none.
        RollbackError: it proves that the log once was longer, or another one.
    """
    reply = _submit(witness, log, old_size, seconds)
    if reply.status == HTTPStatus.CONFLICT:
        old_size = _size(reply)
        if old_size <= log.checkpoint.size:
            reply = _submit(witness, log, old_size, seconds)
    if reply.status == HTTPStatus.OK:
        return _checked(witness, log.checkpoint, reply.body)
    if reply.status in {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}:
        _look_at_evidence(witness, log, seconds)
    raise NotCosignedError(_meaning(reply, log.checkpoint.size))


def _submit(witness: Witness, log: OwnLog, old_size: int, seconds: float) -> Reply:
    proof = consistency_proof(old_size, log.checkpoint.size, log.node)
    body = Submission(old_size, tuple(proof), log.checkpoint.note).body()
    address = f"{witness.url.rstrip('/')}/add-checkpoint"
    kind = "text/plain; charset=utf-8"
    try:
        return exchange(
            "POST", address, seconds=seconds, limit=_LONGEST_REPLY, body=body, kind=kind
        )
    except UnreachableError as error:
        raise NotCosignedError(str(error)) from None


def _size(reply: Reply) -> int:
    try:
        return read_size(reply.body.decode("ascii").removesuffix("\n"))
    except (UnicodeDecodeError, NoteError):
        raise NotCosignedError("it answers a conflict without saying its size") from None


def _checked(witness: Witness, checkpoint: Checkpoint, body: bytes) -> str:
    """Give the one line by the witness's key; lines of keys we do not know are left out."""
    verifier = witness.verifier
    try:
        lines = body.decode()
        mine = "".join(
            f"{line}\n"
            for line, (name, raw) in zip(
                lines[:-1].split("\n"), split_signatures(lines), strict=True
            )
            if (name, raw[:KEY_ID_SIZE]) == (verifier.name, verifier.key_id)
        )
        text, _ = split_note(checkpoint.note)
        opened = open_note(f"{text}\n{mine}".encode(), [verifier])
        add_signatures(checkpoint.note, mine)
    except (UnicodeDecodeError, NoteError):
        raise NotCosignedError("its cosignature is not one of the key you know it by") from None
    if not all(each.at for each in opened.signatures):
        raise NotCosignedError("its cosignature states no time")
    return mine


def _look_at_evidence(witness: Witness, log: OwnLog, seconds: float) -> None:
    """Fetch what the witness holds against us; raise when our own key signed it."""
    address = f"{witness.url.rstrip('/')}/{latest_path(log.checkpoint.origin)}"
    try:
        reply = exchange("GET", address, seconds=seconds, limit=MAX_CHECKPOINT)
        held = open_with_retired(reply.body, log.keys, log.retired, origin=log.checkpoint.origin)
    except (UnreachableError, NoteError):
        return  # it holds nothing that is signed with our keys, or does not show it
    name = witness.verifier.name
    if held.size > log.checkpoint.size:
        raise RollbackError(
            f"the witness {name} holds a checkpoint of {held.size} entries signed by this log,"
            f" which now has {log.checkpoint.size}: the store was restored from an old copy, or"
            " entries were removed. Find the newer store; do not publish from this one"
        )
    if root_at(held.size, log.node) != held.root:
        raise RollbackError(
            f"the witness {name} holds a checkpoint of {held.size} entries signed by this log that"
            " are not those of this store: there are two logs of this name; do not publish"
        )


def _meaning(reply: Reply, size: int) -> str:
    """Say what a refusal means to the one who runs the log."""
    meanings = {
        HTTPStatus.NOT_FOUND: "it does not know this log; have it added there",
        HTTPStatus.FORBIDDEN: "it knows other keys of this log; give it the present ones",
        HTTPStatus.BAD_REQUEST: "it does not understand the submission",
        HTTPStatus.CONFLICT: f"it says that it cosigned more than {size} entries, or changes its"
        " word; it shows no checkpoint that says so",
        HTTPStatus.UNPROCESSABLE_ENTITY: "it says that this log contradicts what it cosigned; it"
        " shows no checkpoint that says so",
    }
    return meanings.get(HTTPStatus(reply.status) if reply.status in _KNOWN else HTTPStatus.OK) or (
        f"it answers with status {reply.status}"
    )


_KNOWN = {status.value for status in HTTPStatus}
