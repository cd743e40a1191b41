"""DSSE envelopes: a payload, its type, and signatures over both (DSSE protocol 1.0.2).

The signature covers the type together with the payload, so that bytes signed as one kind of thing
can never be passed off as another. The key id is a hint that anyone may write: it is never used to
decide. Whoever verifies names the keys they trust; an empty set trusts nothing.

https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
"""

import base64
from collections.abc import Collection
from dataclasses import dataclass

from ostiary.verifying.answers.faults import SignatureError
from ostiary.verifying.answers.wire import UnreadableError, closed, entries, line, octets
from ostiary.verifying.keys.files import SigningKey, VerifyingKey, fingerprint
from ostiary.verifying.keys.signatures import is_signed, sign

PAYLOAD_TYPE = "application/vnd.in-toto+json"
MOST_SIGNATURES = 16


@dataclass(frozen=True, slots=True)
class Signed:
    """What a verified envelope holds.

    Attributes:
        payload: the very bytes that the signature covers.
        signer: fingerprint of the trusted key that signed them.
    """

    payload: bytes
    signer: str


def pae(payload_type: str, payload: bytes) -> bytes:
    """Encode type and payload as the bytes to be signed ("Signature Definition" of the protocol).

    Lengths count bytes, not characters.
    """
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def envelop(payload: bytes, signer: SigningKey) -> dict[str, object]:
    """Sign a payload and give the envelope as a JSON object.

    The signature is Ed25519, or ECDSA P-256 with SHA-256 in DER form.
    """
    signature = sign(signer, pae(PAYLOAD_TYPE, payload))
    return {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [
            {
                "keyid": fingerprint(signer.public_key()),
                "sig": base64.b64encode(signature).decode(),
            }
        ],
    }


def verify(envelope: object, trusted: Collection[VerifyingKey]) -> Signed:
    """Give the payload of an envelope that at least one trusted key signed.

    Args:
        envelope: the parsed JSON object.
        trusted: the keys whose signature counts.

    Raises:
        SignatureError: malformed, signed by no trusted key, or of another payload type.
    """
    try:
        payload, kind, signatures = _parts(envelope)
    except UnreadableError as error:
        raise SignatureError(f"the envelope is malformed: {error}") from None
    message = pae(kind, payload)
    for key in trusted:
        if any(is_signed(key, signature, message) for signature in signatures):
            if kind != PAYLOAD_TYPE:
                raise SignatureError("what was signed is no in-toto statement")
            return Signed(payload, fingerprint(key))
    raise SignatureError("no release key of the trusted custodian signed this statement")


def _parts(envelope: object) -> tuple[bytes, str, list[bytes]]:
    fields = closed(envelope, ("payload", "payloadType", "signatures"), "the envelope")
    listed = entries(fields["signatures"], "signatures", most=MOST_SIGNATURES)
    return (
        octets(fields["payload"], "payload"),
        line(fields["payloadType"], "payloadType", most=200),
        [octets(closed(one, ("keyid", "sig"), "a signature")["sig"], "sig") for one in listed],
    )
