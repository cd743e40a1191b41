"""What a recipient signs about an answer: that it was opened, and what became of it in the end.

A receipt is signed with the recipient's own signing key, which stands in the custodian's register
``receipt_keys.csv``: the key that opens answers cannot sign. A receipt of opening also holds a code
that only somebody who opened the seal can make: HMAC-SHA-256 with the salt that was sealed with the
statement. Nothing in it tells what the answer said.
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ostiary.domain.errors import FaultError, InputError
from ostiary.verifying.answers import dsse
from ostiary.verifying.answers.answers import STATEMENT_LABEL
from ostiary.verifying.answers.faults import SignatureError
from ostiary.verifying.answers.wire import (
    IDENTIFIER,
    NAME,
    UnreadableError,
    closed,
    day,
    exactly,
    matching,
    octets,
    read_json,
)
from ostiary.verifying.keys.files import SigningKey, VerifyingKey
from ostiary.verifying.log.canonical import canonical
from ostiary.verifying.log.commitments import field_salt

FORMAT = "ostiary-receipt/1"
PREDICATE_TYPE = "https://ostiary.invalid/receipt/v1"
SECOND_PREDICATE_TYPE = "https://ostiary.invalid/receipt/v2"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
MOST_BYTES = 64 * 1024
_FIELDS = ("format", "envelope")
_TOP = ("_type", "predicateType", "predicate")
_PREDICATE = ("kind", "how", "origin", "answer_id", "officer", "on", "code")
_SECOND = (*_PREDICATE, "artificial_intelligence")
_CODE = re.compile(r"[0-9a-f]{64}")


class ReceiptKind(StrEnum):
    """What is signed."""

    OPENED = "opened"
    DISPOSED = "disposed"


class How(StrEnum):
    """What 26 USC 6103(p)(4)(F)(ii) lets a recipient do in the end; ``opened`` says nothing yet."""

    NOT_YET = "not-yet"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    KEPT = "kept-under-safeguards"


class Analysis(StrEnum):
    """Whether the condition on analysis by artificial intelligence was kept, in its signer's word.

    ``unsaid`` is all that a certificate of the first version says, and a receipt of opening.
    """

    UNSAID = "unsaid"
    NONE = "none"
    AS_NOTIFIED = "as-notified"
    NOT_KEPT = "not-kept"


class ReceiptError(FaultError):
    """A receipt is not what its signer's key signed, or of another answer."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says.

    Attributes:
        kind: opened or disposed.
        how: what was done with the answer; ``not-yet`` for a receipt of opening.
        origin: the custodian's log origin.
        answer_id: the answer.
        officer: who signs, by the id in the register.
        on: the day.
        code: shows that its maker opened the seal; the same in the certificate that follows.
        analysis: of a certificate, whether the condition on artificial intelligence was kept.
    """

    kind: ReceiptKind
    how: How
    origin: str
    answer_id: str
    officer: str
    on: date
    code: str
    analysis: Analysis = Analysis.UNSAID


def opening_code(salt: str, origin: str, answer_id: str, officer: str) -> str:
    """Give the code that shows that an answer was opened.

    Args:
        salt: the statement's own salt, as it was sealed with it.
        origin: the custodian's log origin.
        answer_id: the answer.
        officer: who opened it.
    """
    text = canonical(["ostiary receipt v1", origin, answer_id, officer])
    return hmac.new(bytes.fromhex(salt), text, hashlib.sha256).hexdigest()


def is_opening_code(code: str, salt: str, receipt: Receipt) -> bool:
    """Whether a code is the right one; ``salt`` is the request's own, that the custodian keeps."""
    own = field_salt(salt, STATEMENT_LABEL)
    expected = opening_code(own, receipt.origin, receipt.answer_id, receipt.officer)
    return hmac.compare_digest(code, expected)


def sign_receipt(receipt: Receipt, key: SigningKey) -> bytes:
    """Write a receipt file."""
    envelope = dsse.envelop(canonical(_as_json(receipt)), key)
    return json.dumps({"format": FORMAT, "envelope": envelope}, indent=2).encode() + b"\n"


def read_receipt(raw: bytes, *, where: str = "") -> Receipt:
    """Read what a receipt file says; its signature is not looked at.

    Raises:
        InputError: it is no receipt.
    """
    try:
        return _receipt(_payload(raw))
    except UnreadableError as error:
        raise InputError(f"this is no receipt: {error}", where=where) from None


def check_receipt(raw: bytes, keys: list[VerifyingKey]) -> Receipt:
    """Give what a receipt says when one of these keys signed it.

    Raises:
        ReceiptError: none of them did, or it is no receipt.
    """
    try:
        envelope = closed(read_json(raw, most=MOST_BYTES), _FIELDS, "the receipt")["envelope"]
        return _receipt(dsse.verify(envelope, keys).payload)
    except (UnreadableError, SignatureError):
        raise ReceiptError("the receipt is not signed with the officer's key") from None


def _payload(raw: bytes) -> bytes:
    read = closed(read_json(raw, most=MOST_BYTES), _FIELDS, "the receipt")
    exactly(read["format"], FORMAT, "format")
    envelope = closed(read["envelope"], ("payload", "payloadType", "signatures"), "the envelope")
    return octets(envelope["payload"], "payload")


def _as_json(receipt: Receipt) -> dict[str, object]:
    is_second = receipt.analysis is not Analysis.UNSAID
    return {
        "_type": STATEMENT_TYPE,
        "predicateType": SECOND_PREDICATE_TYPE if is_second else PREDICATE_TYPE,
        "predicate": {
            **({"artificial_intelligence": str(receipt.analysis)} if is_second else {}),
            "kind": str(receipt.kind),
            "how": str(receipt.how),
            "origin": receipt.origin,
            "answer_id": receipt.answer_id,
            "officer": receipt.officer,
            "on": str(receipt.on),
            "code": receipt.code,
        },
    }


def _receipt(payload: bytes) -> Receipt:
    top = closed(read_json(payload, most=MOST_BYTES), _TOP, "the receipt")
    is_second = top["predicateType"] == SECOND_PREDICATE_TYPE
    if not is_second:
        exactly(top["predicateType"], PREDICATE_TYPE, "predicateType")
    read = closed(top["predicate"], _SECOND if is_second else _PREDICATE, "the predicate")
    kind, how = str(read["kind"]), str(read["how"])
    if kind not in set(ReceiptKind) or how not in set(How):
        raise UnreadableError("kind or how is none that is known")
    if (kind == ReceiptKind.OPENED) != (how == How.NOT_YET):
        raise UnreadableError("kind and how contradict each other")
    analysis = Analysis(_said(read["artificial_intelligence"])) if is_second else Analysis.UNSAID
    if is_second and kind == ReceiptKind.OPENED:
        raise UnreadableError("only a certificate says whether a condition was kept")
    return Receipt(
        ReceiptKind(kind),
        How(how),
        matching(read["origin"], NAME, "origin"),
        matching(read["answer_id"], NAME, "answer_id"),
        matching(read["officer"], IDENTIFIER, "officer"),
        day(read["on"], "on"),
        matching(read["code"], _CODE, "code"),
        analysis,
    )


def _said(value: object) -> str:
    if value not in set(Analysis) - {Analysis.UNSAID}:
        raise UnreadableError("artificial_intelligence is none that is known")
    return str(value)
