"""A recall notice (``.recall``): the custodian takes an answer back, as its log shows.

The signed notice, the log entry ``answer.recalled`` and the entry's proof are sealed together to
each recipient of the answer: from the file alone, nobody else learns what is recalled, or why.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.answers import dsse, sealing
from ostiary.verifying.answers.faults import (
    AnswerFormatError,
    EntryMismatchError,
    ForeignOriginError,
    SealError,
    StatementError,
    UnprovenError,
)
from ostiary.verifying.answers.parts import read_sealed, sealed_json
from ostiary.verifying.answers.sealing import Purpose
from ostiary.verifying.answers.trust import Trust
from ostiary.verifying.answers.wire import (
    NAME,
    UnreadableError,
    closed,
    day,
    exactly,
    line,
    matching,
    octets,
    read_json,
)
from ostiary.verifying.keys.files import OpeningKey, SealingKey, SigningKey, fingerprint
from ostiary.verifying.log.canonical import canonical
from ostiary.verifying.log.entries import Entry, read_entry
from ostiary.verifying.log.faults import CanonicalFormError, EntryError, NoteError, ProofError
from ostiary.verifying.log.policies import NO_WITNESSES, Policy
from ostiary.verifying.log.proofs import read_proof

FORMAT = "ostiary-recall/1"
PREDICATE_TYPE = "https://ostiary.invalid/recall/v1"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
DUTY = (
    "Stop every use of this answer and of what was made from it. Return it, or make it"
    " undisclosable, and send the custodian a signed certificate of that"
    " (26 USC 6103(p)(4)(F)(ii))."
)
BLOCK = 4096
_MOST_BYTES = 4 * 1024 * 1024
_LONGEST = 600
_FIELDS = ("format", "origin", "answer_id", "sealed")
_SEALED = ("envelope", "entry", "proof")
_PREDICATE = (
    *("answer_id", "origin", "agency", "request_id", "released_on"),
    *("cause", "citation", "recalled_on", "duty"),
)


@dataclass(frozen=True, slots=True)
class RecallNotice:
    """What the custodian says to the recipients of an answer that it takes back.

    Attributes:
        answer_id: the answer.
        origin: the custodian's log origin.
        agency: whose request it answered.
        request_id: the agency's own id of the request.
        released_on: the day it was released.
        cause: ``rule/ID``, ``order/ID`` or ``request``.
        citation: what provision or order the cause rests on; empty when it is none.
        recalled_on: the day.
    """

    answer_id: str
    origin: str
    agency: str
    request_id: str
    released_on: date
    cause: str
    citation: str
    recalled_on: date


def seal_notice(
    notice: RecallNotice,
    signer: SigningKey,
    recipients: Sequence[SealingKey],
    *,
    entry: bytes,
    proof: str,
) -> bytes:
    """Write a notice file.

    Args:
        notice: what is said.
        signer: the custodian's release key.
        recipients: the keys that the answer was sealed to.
        entry: the log entry ``answer.recalled``.
        proof: C2SP tlog-proof of it.
    """
    content = canonical(
        {
            "envelope": dsse.envelop(canonical(_as_json(notice)), signer),
            "entry": base64.b64encode(entry).decode(),
            "proof": proof,
        }
    )
    purpose = Purpose("recall", notice.origin, notice.answer_id)
    keys = sorted(recipients, key=fingerprint)
    sealed = tuple(sealing.seal(content, key, purpose, block=BLOCK) for key in keys)
    return canonical(
        {
            "format": FORMAT,
            "origin": notice.origin,
            "answer_id": notice.answer_id,
            "sealed": sealed_json(sealed),
        }
    )


def is_notice(raw: bytes) -> bool:
    """Whether a file says of itself that it is a recall notice."""
    try:
        read = read_json(raw, most=_MOST_BYTES)
    except UnreadableError:
        return False
    return isinstance(read, dict) and read.get("format") == FORMAT


def open_notice(
    raw: bytes, key: OpeningKey, trust: Trust, *, policy: Policy = NO_WITNESSES
) -> RecallNotice:
    """Open a notice, or refuse it.

    Args:
        raw: the bytes of the file.
        key: the recipient's own key.
        trust: the custodian's keys.
        policy: the witnesses of whom a quorum must have cosigned the checkpoint.

    Raises:
        AnswerError: the file, its seal, its signature or its proof does not hold.
        KeyFileError: it is not sealed to this key.
    """
    try:
        read = closed(read_json(raw, most=_MOST_BYTES), _FIELDS, "a recall notice")
        exactly(read["format"], FORMAT, "format")
        origin = matching(read["origin"], NAME, "origin")
        answer_id = matching(read["answer_id"], NAME, "answer_id")
        sealed = read_sealed(read["sealed"], "sealed")
    except UnreadableError as error:
        raise AnswerFormatError(str(error)) from None
    if origin != trust.origin:
        raise ForeignOriginError("the notice names another custodian than the one you trust")
    mine = [one for one in sealed if one.recipient == fingerprint(key.public_key())]
    if not mine:
        raise KeyFileError("this notice is not sealed to this key")
    content = sealing.unseal(mine[0], key, Purpose("recall", origin, answer_id))
    return _believed(content, trust, policy, answer_id)


def _believed(content: bytes, trust: Trust, policy: Policy, answer_id: str) -> RecallNotice:
    try:
        read = closed(read_json(content, most=_MOST_BYTES), _SEALED, "what was sealed")
        entry_bytes = octets(read["entry"], "entry")
        proof_text = str(read["proof"])
    except UnreadableError as error:
        raise SealError(str(error)) from None
    signed = dsse.verify(read["envelope"], trust.release)
    try:
        proof = read_proof(proof_text)
        policy.check(proof.checkpoint)
        proof.verify(
            entry_bytes, trust.logs, origin=trust.origin, every=True, retired=trust.earlier
        )
    except (NoteError, ProofError) as error:
        raise UnprovenError(str(error)) from None
    try:
        entry = read_entry(entry_bytes)
        notice = _notice(signed.payload)
    except (CanonicalFormError, EntryError) as error:
        raise EntryMismatchError(str(error)) from None
    except UnreadableError as error:
        raise StatementError(str(error)) from None
    _check_same(notice, entry, trust, answer_id)
    return notice


def _check_same(notice: RecallNotice, entry: Entry, trust: Trust, answer_id: str) -> None:
    if entry.type != "answer.recalled":
        raise EntryMismatchError("the log entry does not recall an answer")
    if (entry["answer"], entry["cause"]) != (notice.answer_id, notice.cause):
        raise EntryMismatchError("the log entry recalls another answer, or for another cause")
    if (notice.answer_id, notice.origin) != (answer_id, trust.origin):
        raise StatementError("the notice is of another answer than the file says")


def _as_json(notice: RecallNotice) -> dict[str, object]:
    return {
        "_type": STATEMENT_TYPE,
        "predicateType": PREDICATE_TYPE,
        "predicate": {
            "answer_id": notice.answer_id,
            "origin": notice.origin,
            "agency": notice.agency,
            "request_id": notice.request_id,
            "released_on": str(notice.released_on),
            "cause": notice.cause,
            "citation": notice.citation,
            "recalled_on": str(notice.recalled_on),
            "duty": DUTY,
        },
    }


def _notice(payload: bytes) -> RecallNotice:
    """Read what was signed.

    Raises:
        UnreadableError: it is no notice.
    """
    whole = read_json(payload, most=_MOST_BYTES)
    top = closed(whole, ("_type", "predicateType", "predicate"), "the notice")
    exactly(top["predicateType"], PREDICATE_TYPE, "predicateType")
    read = closed(top["predicate"], _PREDICATE, "the predicate")
    return RecallNotice(
        answer_id=matching(read["answer_id"], NAME, "answer_id"),
        origin=matching(read["origin"], NAME, "origin"),
        agency=matching(read["agency"], NAME, "agency"),
        request_id=line(read["request_id"], "request_id", most=_LONGEST),
        released_on=day(read["released_on"], "released_on"),
        cause=matching(read["cause"], NAME, "cause"),
        citation=""
        if read["citation"] == ""
        else line(read["citation"], "citation", most=_LONGEST),
        recalled_on=day(read["recalled_on"], "recalled_on"),
    )
