"""Sign and verify bytes with whichever kind of key is given (RFC 8032, FIPS 186-5, FIPS 204)."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from ostiary.verifying.keys.files import NoteKey, NoteVerifyingKey


def sign(key: NoteKey, message: bytes) -> bytes:
    """Sign with Ed25519, with ML-DSA-44 (empty context), or with ECDSA over SHA-256 (DER)."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(message, ec.ECDSA(hashes.SHA256()))
    return key.sign(message)


def is_signed(key: NoteVerifyingKey, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` is the key's signature over ``message``."""
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        else:
            key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
