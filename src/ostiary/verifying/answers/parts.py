"""The sealed part of an answer: made before the log entry, kept until the proof exists.

Between the two an office may be stopped at any moment, so the part can be stored and read again.
It holds nothing in clear but ids, digests and public keys.
"""

import base64
import hashlib
from dataclasses import dataclass

from ostiary.domain.errors import InputError
from ostiary.verifying.answers.sealing import Sealed
from ostiary.verifying.answers.wire import (
    FINGERPRINT,
    MOST_RECIPIENTS,
    NAME,
    SHA256,
    UnreadableError,
    closed,
    entries,
    line,
    matching,
    octets,
    read_json,
)
from ostiary.verifying.keys.files import SealingKey, fingerprint, key_text, read_sealing_text
from ostiary.verifying.log.canonical import canonical

MOST_BYTES = 4 * 1024 * 1024
_LONGEST_TEXT = 1000
_FIELDS = ("origin", "answer_id", "commitment", "sealed", "keys")


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A signed statement, sealed to each recipient.

    Attributes:
        origin: the custodian's log origin.
        answer_id: the answer; field ``answer`` of the log entry.
        commitment: salted commitment to the statement; field ``statement`` of the log entry.
        sealed: one ciphertext a recipient, ordered by fingerprint.
        keys: the recipients' public keys in the same order.
    """

    origin: str
    answer_id: str
    commitment: str
    sealed: tuple[Sealed, ...]
    keys: tuple[SealingKey, ...]

    @property
    def digest(self) -> str:
        """Digest over all that is sealed; field ``sealed`` of the log entry."""
        return sealed_digest(self.sealed)

    def stored(self) -> bytes:
        """Write the part for the case store."""
        return canonical(
            {
                "origin": self.origin,
                "answer_id": self.answer_id,
                "commitment": self.commitment,
                "sealed": sealed_json(self.sealed),
                "keys": [key_text(key) for key in self.keys],
            }
        )


def read_stored(raw: bytes) -> SealedPart:
    """Read what :meth:`SealedPart.stored` wrote.

    Raises:
        InputError: the case store holds something else.
        KeyFileError: a recipient's key is damaged.
    """
    try:
        read = closed(read_json(raw, most=MOST_BYTES), _FIELDS, "the sealed part")
        texts = [
            line(one, "a key", most=_LONGEST_TEXT)
            for one in entries(read["keys"], "keys", most=MOST_RECIPIENTS)
        ]
        part = SealedPart(
            origin=matching(read["origin"], NAME, "origin"),
            answer_id=matching(read["answer_id"], NAME, "answer_id"),
            commitment=matching(read["commitment"], SHA256, "commitment"),
            sealed=read_sealed(read["sealed"], "sealed"),
            keys=tuple(read_sealing_text(text, where="sealed part") for text in texts),
        )
    except UnreadableError as error:
        raise InputError(f"no sealed part: {error}", where="case store") from None
    if [fingerprint(key) for key in part.keys] != [one.recipient for one in part.sealed]:
        raise InputError("no sealed part: its keys are not the recipients'", where="case store")
    return part


def sealed_digest(sealed: tuple[Sealed, ...]) -> str:
    """Digest a list of ciphertexts: ``sha256:`` and 64 hex digits over its canonical JSON."""
    return f"sha256:{hashlib.sha256(canonical(sealed_json(sealed))).hexdigest()}"


def sealed_json(sealed: tuple[Sealed, ...]) -> list[dict[str, str]]:
    """Write ciphertexts as JSON objects, in the order given."""
    return [
        {
            "recipient": one.recipient,
            "kem": one.kem,
            "ciphertext": base64.b64encode(one.ciphertext).decode(),
        }
        for one in sealed
    ]


def read_sealed(value: object, part: str) -> tuple[Sealed, ...]:
    """Read ciphertexts, ordered by recipient and one for each.

    Raises:
        UnreadableError: malformed, or not one for each recipient in order.
    """
    sealed = tuple(_sealed(one, part) for one in entries(value, part, most=MOST_RECIPIENTS))
    recipients = [one.recipient for one in sealed]
    if recipients != sorted(set(recipients)):
        raise UnreadableError(f"{part} must list each recipient once, in order")
    return sealed


def _sealed(value: object, part: str) -> Sealed:
    read = closed(value, ("recipient", "kem", "ciphertext"), f"an entry of {part}")
    return Sealed(
        recipient=matching(read["recipient"], FINGERPRINT, "recipient"),
        kem=line(read["kem"], "kem", most=_LONGEST_TEXT),
        ciphertext=octets(read["ciphertext"], "ciphertext"),
    )
