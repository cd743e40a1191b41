"""Signed tokens as this API takes them: two algorithms, public keys of two kinds, nothing else.

What RFC 8725 warns of is shut out by the list: ``none``, symmetric keys where public ones belong,
keys fetched from an address that a token names.
"""

import base64
import hashlib
import json
import warnings
from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwk, jws, jwt
from joserfc.errors import JoseError, SecurityWarning

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.keys.files import read_verifying_text

ALGORITHMS = ("ES256", "Ed25519", "EdDSA")
"""Ed25519 by its own name (RFC 9864) and by the older one, which some libraries know alone."""
LONGEST_TOKEN = 8_192
# We know; each call that uses the old name would say it again.
warnings.filterwarnings("ignore", message="EdDSA is deprecated", category=SecurityWarning)
_CURVES = {("EC", "P-256"): ("ES256",), ("OKP", "Ed25519"): ("Ed25519", "EdDSA")}
_PUBLIC = frozenset({"kty", "crv", "x", "y", "use", "key_ops", "alg", "kid"})

Key = jwk.ECKey | jwk.OKPKey


class UnsoundTokenError(ValueError):
    """A token is not what it claims to be; the message never repeats any of it."""


def header_of(token: str) -> dict[str, Any]:
    """Read a token's protected header, unverified.

    Raises:
        UnsoundTokenError: too long, no compact JWS, an algorithm that is not in use here, or a
            header that asks for something critical.
    """
    if len(token) > LONGEST_TOKEN:
        raise UnsoundTokenError("it is too long")
    try:
        header = dict(jws.extract_compact(token.encode("ascii")).headers())
    except (JoseError, ValueError, TypeError, KeyError, RecursionError):
        raise UnsoundTokenError("it is no compact JWS") from None
    if header.get("alg") not in ALGORITHMS or "crit" in header:
        raise UnsoundTokenError("its algorithm is not in use here")
    return header


def unverified_claims(token: str) -> dict[str, Any]:
    """Read what a token says, to find the key by which to verify it, and for nothing else.

    Raises:
        UnsoundTokenError: as :func:`header_of`, or the claims are no JSON object.
    """
    header_of(token)
    try:
        claims = json.loads(jws.extract_compact(token.encode("ascii")).payload)
    except (JoseError, ValueError, RecursionError):
        claims = None
    if not isinstance(claims, dict):
        raise UnsoundTokenError("its claims are no JSON object")
    return claims


def public_jwk(value: Any) -> Key:
    """Read a public key as a header carries it (RFC 7517).

    Raises:
        UnsoundTokenError: private members, or a kind or curve that is not in use here.
    """
    if not isinstance(value, dict) or not set(value) <= _PUBLIC:
        raise UnsoundTokenError("its key is no public key")
    if (value.get("kty"), value.get("crv")) not in _CURVES:
        raise UnsoundTokenError("its kind of key is not in use here")
    try:
        key = jwk.import_key(value)
    except (JoseError, ValueError, TypeError):
        raise UnsoundTokenError("its key cannot be read") from None
    if not isinstance(key, jwk.ECKey | jwk.OKPKey):
        raise UnsoundTokenError("its kind of key is not in use here")
    return key


def registered_key(text: str) -> Key | None:
    """Read a key as a register holds it; None when no token can be signed with it."""
    try:
        key = read_verifying_text(text)
    except KeyFileError:
        return None
    if isinstance(key, ec.EllipticCurvePublicKey):
        return jwk.ECKey.import_key(key)
    return jwk.OKPKey.import_key(key)


def claims_of(token: str, keys: Iterable[Key]) -> Mapping[str, Any]:
    """Give the claims of a token that one of the keys has signed.

    Raises:
        UnsoundTokenError: none has, or the claims are no JSON object.
    """
    algorithm = header_of(token)["alg"]
    for key in keys:
        if algorithm in _CURVES[(key.key_type, str(key.curve_name))]:
            claims = _verified(token, key)
            if claims is not None:
                return claims
    raise UnsoundTokenError("its signature is not that of a key that counts")


def _verified(token: str, key: Key) -> Mapping[str, Any] | None:
    try:
        claims: dict[str, Any] = jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims
    except (JoseError, ValueError, TypeError, RecursionError):
        return None
    return claims if isinstance(claims, dict) else None


def is_instant(value: object) -> TypeGuard[int | float]:
    """Whether a claim is a number of seconds (RFC 7519, section 2); it may have a fraction."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def digest_text(text: str) -> str:
    """Give SHA-256 of a text, base64url without padding, as ``ath`` has it (RFC 9449, 4.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
