"""Seal content to one named recipient: fixed-size padding, then HPKE (RFC 9180, base mode).

What is sealed has the same size whatever it says, so that nobody on the way learns from the length
of an answer whether the address was confirmed. Each recipient gets a ciphertext of their own; it is
bound to the answer, to the custodian and to that recipient, and opens nowhere else.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import x25519
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from ostiary.verifying.answers.faults import SealError
from ostiary.verifying.keys.files import OpeningKey, SealingKey, fingerprint
from ostiary.verifying.log.canonical import canonical

# Names as in RFC 9180, section 7.1. Both are followed by HKDF-SHA256 and AES-256-GCM.
X25519_KEM = "DHKEM(X25519, HKDF-SHA256)"
P256_KEM = "DHKEM(P-256, HKDF-SHA256)"
_SUITES = {
    X25519_KEM: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    P256_KEM: Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
}
_LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class Sealed:
    """One ciphertext for one recipient.

    Attributes:
        recipient: fingerprint of the key it is sealed to.
        kem: name of the key encapsulation mechanism.
        ciphertext: encapsulated key, then the AES-256-GCM ciphertext and tag.
    """

    recipient: str
    kem: str
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a ciphertext is for; HPKE's ``info`` binds it to exactly this.

    Attributes:
        part: which part of the answer, ``statement`` or ``entry``.
        origin: the custodian's log origin.
        answer_id: the answer.
    """

    part: str
    origin: str
    answer_id: str

    def info(self, recipient: str) -> bytes:
        """Give the ``info`` of RFC 9180, section 5.1, for the recipient with this fingerprint."""
        label = "ostiary.invalid/answer/v1"
        return canonical([label, self.part, self.origin, self.answer_id, recipient])


def seal(content: bytes, key: SealingKey, purpose: Purpose, *, block: int) -> Sealed:
    """Pad ``content`` to a multiple of ``block`` bytes and encrypt it to one recipient's key."""
    recipient, kem = fingerprint(key), kem_of(key)
    padded = pad(content, block=block)
    ciphertext = _SUITES[kem].encrypt(padded, key, purpose.info(recipient))
    return Sealed(recipient, kem, ciphertext)


def unseal(sealed: Sealed, key: OpeningKey, purpose: Purpose) -> bytes:
    """Decrypt what :func:`seal` sealed to this key for this purpose.

    Raises:
        SealError: another key, another purpose, changed bytes, or no padded content inside.
    """
    public = key.public_key()
    recipient, kem = fingerprint(public), kem_of(public)
    if (sealed.recipient, sealed.kem) != (recipient, kem):
        raise SealError("this part is not sealed to the key given")
    try:
        padded = _SUITES[kem].decrypt(sealed.ciphertext, key, purpose.info(recipient))
    except (InvalidTag, ValueError):
        raise SealError("the sealed part was changed, or was sealed for another answer") from None
    return unpad(padded)


def pad(content: bytes, *, block: int) -> bytes:
    """Prefix the length (four bytes, big-endian) and fill with zeros to a multiple of ``block``."""
    framed = len(content).to_bytes(_LENGTH_BYTES) + content
    return framed + bytes(-len(framed) % block)


def unpad(padded: bytes) -> bytes:
    """Give back what :func:`pad` padded.

    Raises:
        SealError: the length does not fit, or the filling is not all zeros.
    """
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES])
    if end > len(padded) or any(padded[end:]):
        raise SealError("what was sealed is not padded as it should be")
    return padded[_LENGTH_BYTES:end]


def kem_of(key: SealingKey) -> str:
    """Name the key encapsulation mechanism that serves this kind of key."""
    return X25519_KEM if isinstance(key, x25519.X25519PublicKey) else P256_KEM
