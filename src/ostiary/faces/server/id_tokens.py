"""ID tokens as this office takes them (OpenID Connect Core 1.0, section 3.1.3.7; RFC 8725).

1. A compact JWS with one of five algorithms, all with public keys. ``none`` and the symmetric
   ones are not in the list, and a symmetric key is never made of what a provider publishes.
2. The key is one that the provider publishes, of the kind that the algorithm asks for; a key that
   comes with the token, or an address of one, is not looked at.
3. Issuer, audience, authorised party and nonce are exactly ours. It has not ended, was issued in
   the last minutes, and the person gave their word to the provider within the longest session.
"""

import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from joserfc import jwk, jws
from joserfc.errors import JoseError

ALGORITHMS = {
    "RS256": ("RSA", None),
    "PS256": ("RSA", None),
    "ES256": ("EC", "P-256"),
    "EdDSA": ("OKP", "Ed25519"),
    "Ed25519": ("OKP", "Ed25519"),
}
"""Each algorithm with the kind of key and the curve that it asks for."""

_OTHERS = frozenset(
    {"none", "HS256", "RS384", "RS512", "PS384", "PS512", "ES384", "ES512", "Ed448"}
)
LONGEST_TOKEN = 16_384
LONGEST_SUBJECT = 255
OLDEST = 10 * 60
"""Seconds since an ID token was issued; it is fetched at once, so it is some seconds old."""

AHEAD = 60
"""Seconds that the clocks may be apart."""

_RSA_BITS = 2048

KeysOf = Callable[[str | None], list[dict[str, Any]]]
"""Gives a provider's keys by ``kid``."""


class UnsoundIdTokenError(ValueError):
    """An ID token is not what it claims to be; the message never repeats any of it."""


def subject_of(
    token: str, keys_of: KeysOf, *, issuer: str, client: str, nonce: str, longest: int
) -> str:
    """Give the provider's identifier of the person whom an ID token is about.

    Args:
        token: as the token endpoint gave it.
        keys_of: the provider's keys.
        issuer: the provider.
        client: this office's id there.
        nonce: what we sent with this very sign-in.
        longest: seconds since the person signed in at the provider.

    Raises:
        UnsoundIdTokenError: the token is not sound, or not about this sign-in.
        ProviderError: the provider does not say its keys.
    """
    claims = _verified(token, keys_of)
    _check_parties(claims, issuer, client)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise UnsoundIdTokenError("it belongs to another sign-in")
    _check_times(claims, longest)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise UnsoundIdTokenError("it is about nobody")
    return subject


def _check_parties(claims: Mapping[str, Any], issuer: str, client: str) -> None:
    if claims.get("iss") != issuer:
        raise UnsoundIdTokenError("it is of another issuer")
    # Core 3.1.3.7, 3: further audiences that we do not trust make it void; we trust none.
    if claims.get("aud") not in (client, [client]):
        raise UnsoundIdTokenError("it is for somebody else")
    if claims.get("azp", client) != client:
        raise UnsoundIdTokenError("it was given to somebody else")


def _check_times(claims: Mapping[str, Any], longest: int) -> None:
    now = time.time()
    ends, issued = _seconds(claims, "exp"), _seconds(claims, "iat")
    signed_in = _seconds(claims, "auth_time")
    if ends <= now - AHEAD:
        raise UnsoundIdTokenError("it has ended")
    if not now - OLDEST - AHEAD <= issued <= now + AHEAD:
        raise UnsoundIdTokenError("it was issued at another time")
    if not now - longest - AHEAD <= signed_in <= now + AHEAD:
        raise UnsoundIdTokenError("the person signed in too long ago")
    if _seconds(claims, "nbf", issued) > now + AHEAD:
        raise UnsoundIdTokenError("it does not count yet")


def _seconds(claims: Mapping[str, Any], name: str, missing: float | None = None) -> float:
    value = claims.get(name, missing)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnsoundIdTokenError(f"it has no {name}")
    return value


def _verified(token: str, keys_of: KeysOf) -> Mapping[str, Any]:
    """Give the claims that a key of the provider has signed."""
    algorithm, kid = _header(token)
    for published in keys_of(kid):
        key = _key(published, algorithm)
        claims = None if key is None else _claims(token, key, algorithm)
        if claims is not None:
            return claims
    raise UnsoundIdTokenError("its signature is not that of a key of the provider")


def _header(token: str) -> tuple[str, str | None]:
    """Give algorithm and key name of a token, unverified."""
    if len(token) > LONGEST_TOKEN:
        raise UnsoundIdTokenError("it is too long")
    try:
        header = dict(jws.extract_compact(token.encode("ascii")).headers())
    except (JoseError, ValueError, TypeError, KeyError, RecursionError):
        raise UnsoundIdTokenError("it is no compact JWS") from None
    algorithm, kid = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS or "crit" in header:
        named = algorithm if algorithm in _OTHERS else "another algorithm"
        raise UnsoundIdTokenError(f"it is signed by {named}, and here by {', '.join(ALGORITHMS)}")
    if kid is not None and not isinstance(kid, str):
        raise UnsoundIdTokenError("its key has no name")
    return algorithm, kid


def _key(published: Mapping[str, Any], algorithm: str) -> jwk.Key | None:
    """Read a published key; None when the algorithm does not go with it."""
    kind, curve = ALGORITHMS[algorithm]
    if published.get("kty") != kind or published.get("crv") != curve:
        return None
    if published.get("use", "sig") != "sig" or published.get("alg", algorithm) != algorithm:
        return None
    public = {
        name: published[name] for name in ("kty", "crv", "x", "y", "n", "e") if name in published
    }
    try:
        key = jwk.import_key(public)
    except (JoseError, ValueError, TypeError):
        return None
    if isinstance(key, jwk.RSAKey) and key.raw_value.key_size < _RSA_BITS:
        return None
    return key


def _claims(token: str, key: jwk.Key, algorithm: str) -> Mapping[str, Any] | None:
    try:
        made = jws.deserialize_compact(token.encode("ascii"), key, algorithms=[algorithm])
        claims = json.loads(made.payload)
    except (JoseError, ValueError, TypeError, RecursionError):
        return None
    return claims if isinstance(claims, dict) else None
