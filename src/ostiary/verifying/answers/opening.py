"""Open an answer: the recipient's side, which believes nobody but the keys it was given.

An answer is opened when all of this holds, checked in this order; the first that fails refuses it,
by name:

1. *format*: the file is one answer file, well formed and bounded.
2. *origin*: it names the custodian that the recipient trusts.
3. The recipient's key is one of those it is sealed to. (No fault of the file: exit status 2.)
4. *seal*: the log entry in it opens with that key, for this answer of this custodian.
5. *proof*: the entry stands, under the number that the file says, in the log whose checkpoint the
   trusted log keys signed, each of them, and that the quorum of witnesses cosigned, if the
   recipient asks for one.
6. *entry*: it is the entry that releases this answer, with this very sealed content.
7. *seal*: the statement opens with that key, for this answer of this custodian.
8. *signature*: a trusted release key signed the statement.
9. *statement*: it is of the closed form, with every condition of use; its commitment in the log
   entry opens, which binds every word of it, *confirmed* or *no answer* among them; it names the
   same answer, custodian, agency, day, decision and request entry as the log does; and it answers
   the request that the recipient expects, if they said which.
10. *conditions*: they can still be kept: the disposal date has not passed.
11. *replay*: the recipient has not opened this answer before.

The log entry is sealed, not in clear, because it says which agency's request was answered, when and
by which decision. So rule 3 comes before rule 5: from the file alone, whoever holds no key learns
nothing of that.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.answers import dsse, sealing
from ostiary.verifying.answers.answers import (
    STATEMENT_LABEL,
    AnswerFile,
    read_answer,
    read_released,
)
from ostiary.verifying.answers.faults import (
    ConditionsError,
    ForeignOriginError,
    ReplayError,
    SealError,
    StatementError,
    UnprovenError,
)
from ostiary.verifying.answers.sealing import Sealed
from ostiary.verifying.answers.statement import Statement, read_statement
from ostiary.verifying.answers.trust import Trust
from ostiary.verifying.answers.wire import SALT, UnreadableError, closed, matching, read_json
from ostiary.verifying.keys.files import OpeningKey, fingerprint
from ostiary.verifying.log.checkpoints import Checkpoint
from ostiary.verifying.log.commitments import open_commitment
from ostiary.verifying.log.entries import Entry
from ostiary.verifying.log.faults import NoteError, ProofError
from ostiary.verifying.log.policies import NO_WITNESSES, Policy

_PART = ("envelope", "salt")
_MOST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class OpenedAnswer:
    """An answer for which every rule of this module holds.

    Attributes:
        statement: what the custodian says.
        index: number of the log entry that released it.
        checkpoint: the verified checkpoint of the log that holds the entry.
        recipient: fingerprint of the key that opened it.
        signer: fingerprint of the release key that signed the statement.
        salt: the statement's own salt, for a receipt; it is not to be shown to anybody.
    """

    statement: Statement
    index: int
    checkpoint: Checkpoint
    recipient: str
    signer: str
    salt: str = field(repr=False)


def open_answer(
    raw: bytes,
    key: OpeningKey,
    trust: Trust,
    *,
    today: date,
    already_opened: Collection[str] = (),
    request_id: str = "",
    policy: Policy = NO_WITNESSES,
) -> OpenedAnswer:
    """Open an answer, or refuse it by the first rule of this module that fails.

    Args:
        raw: the bytes of the answer file.
        key: the recipient's own key.
        trust: the custodian's keys.
        today: the day on which it is opened.
        already_opened: ids of the answers opened before. A mapping may tell for each id when
            that was; the refusal then names it.
        request_id: the request that the recipient expects an answer to; any when empty.
        policy: the witnesses of whom a quorum must have cosigned the checkpoint.

    Raises:
        AnswerError: a rule fails; ``check`` names it (exit status 1).
        KeyFileError: the answer is not sealed to this key (exit status 2).
    """
    answer = read_answer(raw)
    if answer.origin != trust.origin:
        raise ForeignOriginError("the answer names another custodian than the one you trust")
    recipient = fingerprint(key.public_key())
    place = _place_of(recipient, answer)
    entry_bytes = sealing.unseal(answer.entry[place], key, answer.purpose("entry"))
    checkpoint = _proven(answer, entry_bytes, trust, policy)
    entry = read_released(entry_bytes, answer.answer_id, answer.sealed)
    signed, salt = _signed(answer.sealed[place], key, answer, trust)
    statement = _consistent(signed.payload, salt, answer, entry)
    if request_id not in ("", statement.request_id):
        raise StatementError("it answers another request than the one you expect")
    if today.isoformat() > statement.conditions.dispose_by:
        raise ConditionsError(
            f"the disposal date {statement.conditions.dispose_by} has passed: dispose of the"
            " answer, or ask the custodian for a new one (26 USC 6103(p)(4)(F)(ii))"
        )
    _check_first(answer.answer_id, already_opened)
    return OpenedAnswer(statement, answer.index, checkpoint, recipient, signed.signer, salt)


def _place_of(recipient: str, answer: AnswerFile) -> int:
    recipients = [one.recipient for one in answer.sealed]
    if recipient not in recipients:
        raise KeyFileError(
            "this answer is not sealed to this key",
            cure="use the key whose public half stands in the register for the named recipient",
        )
    return recipients.index(recipient)


def _proven(answer: AnswerFile, entry: bytes, trust: Trust, policy: Policy) -> Checkpoint:
    if answer.proof.index != answer.index:
        raise UnprovenError("the proof is of another entry than the file says")
    try:
        policy.check(answer.proof.checkpoint)
        return answer.proof.verify(
            entry, trust.logs, origin=trust.origin, every=True, retired=trust.earlier
        )
    except (NoteError, ProofError) as error:
        raise UnprovenError(str(error)) from None


def _signed(
    sealed: Sealed, key: OpeningKey, answer: AnswerFile, trust: Trust
) -> tuple[dsse.Signed, str]:
    """Open the statement's seal; give what a trusted key signed, and the commitment's salt."""
    content = sealing.unseal(sealed, key, answer.purpose("statement"))
    try:
        read = closed(read_json(content, most=_MOST_BYTES), _PART, "what was sealed")
        salt = matching(read["salt"], SALT, "salt")
    except UnreadableError as error:
        raise SealError(str(error)) from None
    return dsse.verify(read["envelope"], trust.release), salt


def _consistent(payload: bytes, salt: str, answer: AnswerFile, entry: Entry) -> Statement:
    try:
        statement = read_statement(payload)
    except UnreadableError as error:
        raise StatementError(str(error)) from None
    if open_commitment(salt, STATEMENT_LABEL, payload.decode()) != entry["statement"]:
        raise StatementError("the log entry commits to another statement")
    logged: tuple[tuple[str, Any, Any], ...] = (
        ("answer", statement.answer_id, answer.answer_id),
        ("custodian", statement.origin, answer.origin),
        ("agency", statement.agency, entry["agency"]),
        ("day of release", statement.released_on.isoformat(), entry["on"]),
        ("decision", statement.decision, entry["decision"]),
        ("request entry", statement.request_entry, entry["of"]),
    )
    for name, said, recorded in logged:
        if said != recorded:
            raise StatementError(f"the log records another {name} than the statement")
    return statement


def _check_first(answer_id: str, already_opened: Collection[str]) -> None:
    if answer_id not in already_opened:
        return
    when = f" on {already_opened[answer_id]}" if isinstance(already_opened, Mapping) else ""
    raise ReplayError(f"the answer {answer_id} was opened before{when}")
