"""Sign and verify bytes with whichever kind of key is given (RFC 8032, FIPS 186-5)."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from ostiary.keys.files import SigningKey, VerifyingKey


def sign(key: SigningKey, message: bytes) -> bytes:
    """Sign with Ed25519, or with ECDSA over SHA-256 (DER) for a P-256 key."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    return key.sign(message, ec.ECDSA(hashes.SHA256()))


def is_signed(key: VerifyingKey, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` is the key's signature over ``message``."""
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, message)
        else:
            key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
