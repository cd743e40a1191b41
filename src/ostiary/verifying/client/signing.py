"""What a program signs: its assertion (RFC 7523), and a proof with each call (RFC 9449)."""

import base64
import hashlib
import secrets
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from joserfc import jwk, jwt

Key = jwk.ECKey | jwk.OKPKey
_ASSERTION_LASTS = 120


def jose_key(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> Key:
    """Give a private key in the form that tokens are signed with."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return jwk.OKPKey.import_key(key)
    return jwk.ECKey.import_key(key)


def new_key() -> Key:
    """Make a key for proofs: it lives as long as the program, and no register knows it."""
    return jwk.ECKey.generate_key("P-256", private=True)


def assertion(client: str, audience: str, key: Key) -> str:
    """Sign that this program asks for a token."""
    now = int(time.time())
    claims = {
        "iss": client,
        "sub": client,
        "aud": audience,
        "iat": now,
        "exp": now + _ASSERTION_LASTS,
        "jti": secrets.token_urlsafe(16),
    }
    return _signed({"typ": "JWT"}, claims, key)


def proof(method: str, address: str, key: Key, token: str = "", nonce: str = "") -> str:
    """Sign one call: its method, its address without query, the token that goes with it.

    Args:
        method: of the call.
        address: of the call.
        key: the key of proofs.
        token: the access token, once there is one.
        nonce: the office's last one, once it gave one (``DPoP-Nonce``).
    """
    claims: dict[str, Any] = {
        "jti": secrets.token_urlsafe(16),
        "htm": method,
        "htu": address.partition("?")[0],
        "iat": int(time.time()),
    }
    if nonce:
        claims["nonce"] = nonce
    if token:
        digest = hashlib.sha256(token.encode()).digest()
        claims["ath"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    public = {name: key.as_dict(private=False)[name] for name in ("kty", "crv", "x")}
    if isinstance(key, jwk.ECKey):
        public["y"] = key.as_dict(private=False)["y"]
    return _signed({"typ": "dpop+jwt", "jwk": public}, claims, key)


def _signed(header: dict[str, Any], claims: dict[str, Any], key: Key) -> str:
    algorithm = "ES256" if isinstance(key, jwk.ECKey) else "Ed25519"
    return jwt.encode({**header, "alg": algorithm}, claims, key, algorithms=[algorithm])
