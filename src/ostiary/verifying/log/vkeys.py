"""Keys under the name they sign notes with (C2SP signed-note, "Verifier keys").

| type | key | signs |
|---|---|---|
| 0x01 | Ed25519 | the text of a note |
| 0x02 | ECDSA P-256 over SHA-256 | the text of a note; the ``fips`` profile |
| 0x04 | Ed25519 | a checkpoint and a time: ``cosignature/v1`` |
| 0x06 | ML-DSA-44 | a checkpoint and a time: ``subtree/v1`` |

The last two are those of C2SP tlog-cosignature. ML-DSA-44 has no other type: a log that signs with
it signs a cosignature of its own tree.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from enum import IntEnum

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.keys.files import NoteKey, NoteVerifyingKey, read_verifying_text

KEY_ID_SIZE = 4
_VKEY_PARTS = 3
_ED25519_SIZE = 32
_ML_DSA_44_SIZE = 1312


class SignatureType(IntEnum):
    """The byte that names an algorithm and what it signs."""

    ED25519 = 1
    ECDSA = 2
    ED25519_COSIGNATURE = 4
    ML_DSA_44_COSIGNATURE = 6

    @property
    def is_cosignature(self) -> bool:
        """Whether signatures of this type state a time and can stand on checkpoints only."""
        return self in {self.ED25519_COSIGNATURE, self.ML_DSA_44_COSIGNATURE}


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under the name it signs with.

    Attributes:
        name: key name; for a log's own key, its origin.
        key: the public key.
        cosigner: an Ed25519 key that signs cosignatures, as witnesses do, instead of notes. An
            ML-DSA-44 key does so in any case, an ECDSA key never.
    """

    name: str
    key: NoteVerifyingKey
    cosigner: bool = False

    @property
    def type(self) -> SignatureType:
        """The type of its signatures."""
        if isinstance(self.key, mldsa.MLDSA44PublicKey):
            return SignatureType.ML_DSA_44_COSIGNATURE
        if isinstance(self.key, ec.EllipticCurvePublicKey):
            return SignatureType.ECDSA
        if self.cosigner:
            return SignatureType.ED25519_COSIGNATURE
        return SignatureType.ED25519

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand before the key's signatures.

        That of ECDSA is the digest of the key alone, as the specification notes.
        """
        named = self.material
        if self.type is not SignatureType.ECDSA:
            named = self.name.encode() + b"\n" + bytes([self.type]) + named
        return hashlib.sha256(named).digest()[:KEY_ID_SIZE]

    @property
    def material(self) -> bytes:
        """The key's bytes: raw, or SubjectPublicKeyInfo in DER for ECDSA."""
        if isinstance(self.key, ec.EllipticCurvePublicKey):
            return self.key.public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        return self.key.public_bytes_raw()

    @property
    def vkey(self) -> str:
        """The key as one line of text: name, key ID in hex and base64, joined by ``+``."""
        encoded = base64.b64encode(bytes([self.type]) + self.material).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key under the name it signs with.

    Attributes:
        name: as in :class:`Verifier`.
        key: the private key.
        cosigner: as in :class:`Verifier`.
    """

    name: str
    key: NoteKey
    cosigner: bool = False

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.key.public_key(), self.cosigner)


def read_vkey(text: str) -> Verifier:
    """Read a verifier key, ``name+keyid+base64``.

    Raises:
        KeyFileError: it is malformed, of a type not in use here, or its ID is not its own.
    """
    parts = text.strip().split("+", _VKEY_PARTS - 1)
    if len(parts) != _VKEY_PARTS or not is_key_name(parts[0]):
        raise _bad_vkey("this is no verifier key")
    name, key_id, encoded = parts
    try:
        decoded = unbase64(encoded)
    except ValueError:
        raise _bad_vkey("the last part is not base64") from None
    verifier = _read_verifier(name, decoded[:1], decoded[1:])
    if verifier.vkey != f"{name}+{key_id}+{encoded}":
        raise _bad_vkey("the key ID does not belong to this name and key")
    return verifier


def is_key_name(name: str) -> bool:
    """Whether a key may bear this name: UTF-8, not empty, no space of any kind, plus or control."""
    return bool(name) and not any(
        letter.isspace() or letter == "+" or letter < " " or "\ud800" <= letter <= "\udfff"
        for letter in name
    )


def unbase64(text: str) -> bytes:
    """Decode base64 that has exactly one spelling (RFC 4648, sections 3.5 and 4).

    Raises:
        ValueError: it is not base64, or another spelling of the same bytes.
    """
    decoded = base64.b64decode(text, validate=True)
    if base64.b64encode(decoded).decode() != text:
        raise binascii.Error("another spelling of the same bytes")
    return decoded


def _read_verifier(name: str, kind: bytes, material: bytes) -> Verifier:
    found = int.from_bytes(kind, "big")
    if found in {SignatureType.ED25519, SignatureType.ED25519_COSIGNATURE}:
        if len(material) == _ED25519_SIZE:
            key = ed25519.Ed25519PublicKey.from_public_bytes(material)
            return Verifier(name, key, found == SignatureType.ED25519_COSIGNATURE)
    elif found == SignatureType.ML_DSA_44_COSIGNATURE:
        if len(material) == _ML_DSA_44_SIZE:
            return Verifier(name, mldsa.MLDSA44PublicKey.from_public_bytes(material))
    elif found == SignatureType.ECDSA:
        text = base64.b64encode(material).decode()
        read = read_verifying_text(text, where="verifier key")
        if isinstance(read, ec.EllipticCurvePublicKey):
            return Verifier(name, read)
    raise _bad_vkey("this type of key is not in use here")


def _bad_vkey(message: str) -> KeyFileError:
    return KeyFileError(
        message,
        where="verifier key",
        cure="give the whole line that the key's holder publishes: name+keyid+key",
    )
