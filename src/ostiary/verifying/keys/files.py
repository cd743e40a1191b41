"""Key files, and one-line key texts for registers (base64 of the DER public key).

A key file holds a private key (PEM, PKCS#8), or one line that names a key in a token
(:mod:`ostiary.verifying.keys.token_uri`).
"""

import base64
import binascii
import hashlib
import os
from pathlib import Path
from types import ModuleType
from typing import Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, x25519

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.keys.token_uri import SCHEME

Profile = Literal["modern", "fips"]
SigningKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey
VerifyingKey = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey
OpeningKey = x25519.X25519PrivateKey | ec.EllipticCurvePrivateKey
SealingKey = x25519.X25519PublicKey | ec.EllipticCurvePublicKey
NoteKey = SigningKey | mldsa.MLDSA44PrivateKey
NoteVerifyingKey = VerifyingKey | mldsa.MLDSA44PublicKey
PrivateKey = NoteKey | OpeningKey
PublicKey = NoteVerifyingKey | SealingKey


def new_signing_key(profile: Profile = "modern") -> SigningKey:
    """Make a signing key: Ed25519 (``modern``) or ECDSA P-256 (``fips``)."""
    if profile == "fips":
        return ec.generate_private_key(ec.SECP256R1())
    return ed25519.Ed25519PrivateKey.generate()


def new_post_quantum_key() -> mldsa.MLDSA44PrivateKey:
    """Make a key that signs checkpoints with ML-DSA-44 (FIPS 204)."""
    return mldsa.MLDSA44PrivateKey.generate()


def new_opening_key(profile: Profile = "modern") -> OpeningKey:
    """Make a key that answers are sealed to: X25519 (``modern``) or P-256 (``fips``)."""
    if profile == "fips":
        return ec.generate_private_key(ec.SECP256R1())
    return x25519.X25519PrivateKey.generate()


def private_pem(key: PrivateKey) -> bytes:
    """Give a private key as unencrypted PKCS#8 PEM."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def write_private(path: Path, key: PrivateKey) -> None:
    """Write a private key to a new file that only its owner can read.

    Raises:
        FileExistsError: the file is there already; a key is never overwritten.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(private_pem(key))


def read_private(path: Path) -> PrivateKey:
    """Read a private key of a kind that Ostiary uses, or open the one in a token that is named.

    Raises:
        KeyFileError: no such file, no PEM private key in it, or of another kind; or the token does
            not give it, see :mod:`ostiary.verifying.keys.tokens`.
    """
    try:
        content = path.read_bytes()
        if content.startswith(SCHEME.encode()):
            held: SigningKey = tokens().token_key(content.decode("utf-8"), where=str(path))
            return held
        key = serialization.load_pem_private_key(content, password=None)
    except OSError as error:
        raise KeyFileError(
            "cannot read the key file", where=str(path), cure=_reason(error)
        ) from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyFileError(
            "this is no private key in PEM form without a password",
            where=str(path),
            cure="name the private key file, not the public one",
        ) from None
    if isinstance(
        key, ed25519.Ed25519PrivateKey | mldsa.MLDSA44PrivateKey | x25519.X25519PrivateKey
    ):
        return key
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise KeyFileError(
        "this kind of key is not in use here",
        where=str(path),
        cure="use Ed25519 or P-256 to sign, X25519 or P-256 to open answers, ML-DSA-44 for a log",
    )


def read_signing_key(path: Path) -> SigningKey:
    """Read a private key that can sign.

    Raises:
        KeyFileError: as :func:`read_private`, or the key cannot sign.
    """
    key = read_private(path)
    if isinstance(key, x25519.X25519PrivateKey):
        raise KeyFileError(
            "this key opens answers; it cannot sign", where=str(path), cure="name a signing key"
        )
    if isinstance(key, mldsa.MLDSA44PrivateKey):
        raise KeyFileError(
            "this key signs checkpoints only", where=str(path), cure="name an Ed25519 or P-256 key"
        )
    return key


def read_note_key(path: Path) -> NoteKey:
    """Read a private key that can sign a checkpoint.

    Raises:
        KeyFileError: as :func:`read_private`, or the key cannot sign.
    """
    key = read_private(path)
    if isinstance(key, mldsa.MLDSA44PrivateKey):
        return key
    return read_signing_key(path)


def read_opening_key(path: Path) -> OpeningKey:
    """Read a private key that can open a sealed answer.

    Raises:
        KeyFileError: as :func:`read_private`, or the key cannot open anything.
    """
    key = read_private(path)
    if isinstance(key, ed25519.Ed25519PrivateKey | mldsa.MLDSA44PrivateKey):
        raise KeyFileError(
            "this key signs; it cannot open an answer",
            where=str(path),
            cure="name the recipient's own key",
        )
    return key


def tokens() -> ModuleType:
    """Load what speaks to tokens, which not every office needs.

    Raises:
        KeyFileError: the package for it is not installed.
    """
    try:
        from ostiary.verifying.keys import tokens as found  # noqa: PLC0415 - an extra that need not be there
    except ImportError:
        raise KeyFileError(
            "this key lies in a token, and the package that speaks to tokens is not installed",
            cure="pip install 'ostiary[pkcs11]'",
        ) from None
    return found


def key_text(key: PublicKey) -> str:
    """Give a public key as one line: base64 of its DER form (SubjectPublicKeyInfo)."""
    return base64.b64encode(_der(key)).decode()


def read_key_text(text: str, *, where: str = "") -> PublicKey:
    """Read what :func:`key_text` wrote.

    Raises:
        KeyFileError: not base64, not a public key, or of a kind not in use here.
    """
    try:
        key = serialization.load_der_public_key(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        raise KeyFileError("this is no public key", where=where) from None
    if isinstance(key, ed25519.Ed25519PublicKey | mldsa.MLDSA44PublicKey | x25519.X25519PublicKey):
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise KeyFileError("this kind of public key is not in use here", where=where)


def read_verifying_text(text: str, *, where: str = "") -> VerifyingKey:
    """Read a one-line public key that checks signatures.

    Raises:
        KeyFileError: as :func:`read_key_text`, or the key cannot check a signature.
    """
    key = read_key_text(text, where=where)
    if isinstance(key, x25519.X25519PublicKey | mldsa.MLDSA44PublicKey):
        raise KeyFileError("this public key cannot check signatures of people", where=where)
    return key


def read_note_text(text: str, *, where: str = "") -> NoteVerifyingKey:
    """Read a one-line public key that checks the signatures of a log.

    Raises:
        KeyFileError: as :func:`read_key_text`, or the key cannot check a signature.
    """
    key = read_key_text(text, where=where)
    if isinstance(key, x25519.X25519PublicKey):
        raise KeyFileError("this public key cannot check signatures", where=where)
    return key


def read_sealing_text(text: str, *, where: str = "") -> SealingKey:
    """Read a one-line public key that answers can be sealed to.

    Raises:
        KeyFileError: as :func:`read_key_text`, or nothing can be sealed to the key.
    """
    key = read_key_text(text, where=where)
    if isinstance(key, ed25519.Ed25519PublicKey | mldsa.MLDSA44PublicKey):
        raise KeyFileError("nothing can be sealed to this public key", where=where)
    return key


def fingerprint(key: PublicKey) -> str:
    """Name a public key: the first 16 hex digits of SHA-256 over its DER form."""
    return hashlib.sha256(_der(key)).hexdigest()[:16]


def _der(key: PublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _reason(error: OSError) -> str:
    return (error.strerror or "see the file's permissions").lower()
