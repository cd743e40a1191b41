"""DPoP proofs (RFC 9449): each call is signed with the key that its access token is bound to.

A proof counts when all of this holds (section 4.3): one compact JWS of type ``dpop+jwt`` whose
algorithm and key are in use here; the key in its header is public and signed it; ``htm`` and
``htu`` name this very call; by a clock that is at most a minute off it is no older than a minute;
with an access token, ``ath`` is the token's digest; ``nonce`` is one that the office gave in the
last two minutes, by the office's own clock (4.3, rule 11); and its ``jti`` was not seen before.
"""

import re
import string
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from ostiary.faces.api.jose import (
    UnsoundTokenError,
    claims_of,
    digest_text,
    header_of,
    is_instant,
    public_jwk,
)
from ostiary.faces.api.nonces import is_current
from ostiary.faces.api.problems import nonce_wanted, unauthorized
from ostiary.faces.api.replay_guard import LONGEST_IDENTIFIER, spend

OLDEST = 60
"""Seconds that a proof is good for."""

APART = 60
"""Seconds that a client's clock may be ahead of ours, or behind. The nonce is what says when a
proof was made, by our own clock; this keeps no honest program out whose clock is a little off."""

_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(f"{string.ascii_letters}{string.digits}-._~")


def check_proof(proof: str, method: str, address: str, *, token: str = "") -> str:
    """See that a proof is of this very call.

    Args:
        proof: the ``DPoP`` header.
        method: HTTP method of the call.
        address: URL of the call, without query.
        token: the access token that came with it, if one did.

    Returns:
        Thumbprint of the key (RFC 7638), to compare with the token's ``cnf``.

    Raises:
        ProblemError: it is not, or holds no nonce of the office that counts; 401. At the token
            endpoint, 400, as sections 5 and 8 say.
    """
    try:
        header = header_of(proof)
        key = public_jwk(header.get("jwk"))
        claims = claims_of(proof, [key])
        _check_type(header)
        _check_claims(claims, method, address, token)
    except UnsoundTokenError as error:
        raise unauthorized(
            "proof-unsound",
            "the DPoP proof does not count",
            "sign a fresh proof for each call, over its method and address",
            detail=str(error),
            for_token=not token,
        ) from None
    if not is_current(claims.get("nonce")):
        raise nonce_wanted(for_token=not token)
    thumbprint = str(key.thumbprint())
    if not spend(thumbprint, claims["jti"], until=int(time.time()) + OLDEST + 2 * APART + 1):
        raise unauthorized(
            "proof-replayed",
            "the DPoP proof was used before",
            "sign a fresh proof, with a jti of its own, for each call",
            "RFC 9449, section 11.1",
            for_token=not token,
        )
    return thumbprint


def _check_type(header: Mapping[str, Any]) -> None:
    if header.get("typ") != "dpop+jwt":
        raise UnsoundTokenError("it is of another type")


def _check_claims(claims: Mapping[str, Any], method: str, address: str, token: str) -> None:
    issued, identifier = claims.get("iat"), claims.get("jti")
    now = time.time()
    if not isinstance(identifier, str) or not 0 < len(identifier) <= LONGEST_IDENTIFIER:
        raise UnsoundTokenError("it has no jti")
    if not is_instant(issued) or not now - OLDEST - APART <= issued <= now + APART:
        raise UnsoundTokenError(
            f"its iat is not within {OLDEST + APART} seconds of the office's clock"
        )
    if claims.get("htm") != method or _plain(claims.get("htu")) != _plain(address):
        raise UnsoundTokenError("it is for another call")
    if claims.get("ath") != (digest_text(token) if token else None):
        raise UnsoundTokenError("it is for another access token")


def _plain(address: object) -> tuple[str, str, str] | None:
    """Give scheme, host and path of an address as they are compared, without what follows.

    RFC 9449, section 4.3 (9), and RFC 3986, sections 6.2.2 and 6.2.3: scheme and host in any case,
    no port that goes without saying, no escape of a letter that needs none, no dots as segments.
    Nobody's name stands before the host.
    """
    if not isinstance(address, str):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.username is not None:
        return None
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    host = (parts.hostname or "") + (f":{port}" if port not in (None, usual) else "")
    written = _ESCAPE.sub(_unescaped, parts.path or "/")
    return parts.scheme, host, urljoin("http://host/", written).removeprefix("http://host")


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter in _UNRESERVED else found[0].upper()
