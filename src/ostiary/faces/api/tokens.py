"""Access tokens: for an assertion signed with a registered key, bound to the key of a DPoP proof.

The assertion is a ``private_key_jwt`` (RFC 7523, OpenID Connect Core 9): issuer and subject are the
program's id, the audience holds this token endpoint or the office's address, ``exp`` lies five
minutes ahead at most, ``iat`` and ``jti`` are asked for, and it is used once. A token lives five
minutes too; whether the register still lists the program, with the key that signed the assertion,
is asked with every call.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from joserfc import jwk, jws
from joserfc.errors import JoseError

from ostiary.faces.api.jose import (
    UnsoundTokenError,
    claims_of,
    digest_text,
    is_instant,
    registered_key,
    unverified_claims,
)
from ostiary.faces.api.problems import Problem, ProblemError, unauthorized
from ostiary.faces.api.replay_guard import LONGEST_IDENTIFIER, spend
from ostiary.faces.server.law_snapshot import ClientKey
from ostiary.faces.server.site import Site
from ostiary.verifying.keys.files import read_key_text
from ostiary.verifying.keys.profiles import is_of_profile

LASTS = 300
"""Seconds that a token is good for, and the most that an assertion may be."""

APART = 60
"""Seconds that the clocks may be apart."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that has proved who it is, and the agency it speaks for.

    Attributes:
        client: its id in the register.
        agency: whose program it is.
        key: digest of the registered key that it has proved; one that took its place is another.
    """

    client: str
    agency: str
    key: str


def caller_of(site: Site, assertion: str, endpoint: str, client_id: str | None = None) -> Caller:
    """Say who signed an assertion.

    Args:
        site: the office.
        assertion: what the call brought.
        endpoint: address of the token endpoint.
        client_id: who calls by its own word; it must be the one who signed (RFC 7521, 4.2).

    Raises:
        ProblemError: nobody that the register lists today has signed it, the same words whichever
            it was; or it is not sound otherwise, which its signer is told. 400: the only challenge
            that a 401 could bring is one that no client answers (RFC 6749, 5.2; RFC 9110, 15.5.2).
    """
    try:
        claims, own = _signed(site, assertion)
    except UnsoundTokenError:
        raise ProblemError(_INVALID_CLIENT) from None
    try:
        return _asserted(site, claims, own, endpoint, client_id)
    except UnsoundTokenError as error:
        raise ProblemError(replace(_INVALID_CLIENT, detail=str(error))) from None


_INVALID_CLIENT = Problem(
    "invalid-client",
    400,
    "the assertion is not that of a program in the register",
    "RFC 7523, section 3",
    "sign iss, sub, aud, exp, iat and jti with the key in clients.csv; see docs/how-to/use-the-api",
    error="invalid_client",
)


def _signed(site: Site, assertion: str) -> tuple[Mapping[str, Any], ClientKey]:
    """Give the claims of an assertion, and the row of the register whose key has signed it.

    A program may stand there with two keys for a while, and one id with two agencies: the key says
    for which of them it speaks.
    """
    named = unverified_claims(assertion).get("iss")
    for row in _standing(site):
        key = registered_key(row.public_key) if row.client == named else None
        if key is not None:
            with suppress(UnsoundTokenError):
                return claims_of(assertion, [key]), row
    raise UnsoundTokenError("its signature is not that of a key that counts")


def _asserted(
    site: Site, claims: Mapping[str, Any], own: ClientKey, endpoint: str, client_id: str | None
) -> Caller:
    """Hold the claims to RFC 7523, section 3; the numbers are its own."""
    if not is_of_profile(read_key_text(own.public_key), site.office.config.profile):
        raise UnsoundTokenError("the office's profile fips takes P-256 keys alone (ES256)")
    if claims.get("sub") != own.client:  # 2
        raise UnsoundTokenError("its sub is not its iss")
    if client_id not in (None, own.client):
        raise UnsoundTokenError("client_id is another program's")
    if not _is_meant(claims.get("aud"), endpoint, site.address):  # 3
        raise UnsoundTokenError("its aud is not this token endpoint")
    until = _check_times(claims, time.time())
    identifier = claims.get("jti")
    if not isinstance(identifier, str) or not 0 < len(identifier) <= LONGEST_IDENTIFIER:  # 7
        raise UnsoundTokenError("it has no jti")
    if not spend(f"assertion {own.client}", identifier, until=until):
        raise UnsoundTokenError("its jti was used before")
    return _standing_as(own)


def _standing_as(row: ClientKey) -> Caller:
    return Caller(row.client, row.agency, digest_text(row.public_key.strip()))


def _is_meant(audience: object, *addresses: str) -> bool:
    """Whether an audience, one or several (RFC 7519, 4.1.3), names one of our addresses."""
    named = audience if isinstance(audience, list) else [audience]
    return any(one in addresses for one in named)


def _check_times(claims: Mapping[str, Any], now: float) -> int:
    """See that an assertion counts now (4 to 6); give the second until which it is remembered."""
    expires, issued, begins = claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)
    if not is_instant(expires) or not now - APART < expires:
        raise UnsoundTokenError("it has ended, or has no exp")
    if not expires <= now + LASTS + APART:
        raise UnsoundTokenError(f"its exp may lie {LASTS} seconds ahead at most")
    if not is_instant(begins) or not begins <= now + APART:
        raise UnsoundTokenError("its nbf has not come yet")
    if not is_instant(issued) or not now - LASTS - APART <= issued <= now + APART:
        raise UnsoundTokenError(f"its iat is not within {LASTS} seconds of the office's clock")
    return int(expires) + APART + 2


def new_token(caller: Caller, thumbprint: str) -> str:
    """Make an access token for a program, bound to the key of this thumbprint."""
    now = int(time.time())
    claims = {
        "client": caller.client,
        "agency": caller.agency,
        "key": caller.key,
        "iat": now,
        "exp": now + LASTS,
        "cnf": {"jkt": thumbprint},
    }
    header = {"alg": "HS256", "typ": "at+jwt"}
    return str(jws.serialize_compact(header, json.dumps(claims), _key(), algorithms=["HS256"]))


def holder_of(site: Site, token: str) -> tuple[Caller, str]:
    """Say whose token this is, and the thumbprint of the key that it is bound to.

    Raises:
        ProblemError: it is none of ours, has ended, or the register no longer lists its program.
    """
    claims = _read(token)
    caller = Caller(*(str(claims.get(name)) for name in ("client", "agency", "key")))
    listed = map(_standing_as, _standing(site))
    left = claims.get("exp", 0) - time.time()
    if not 0 < left <= LASTS + APART or caller not in listed:  # nor of a clock that leapt ahead
        raise unauthorized(
            "token-ended",
            "the access token no longer counts",
            "get another from the token endpoint",
        )
    return caller, str(claims["cnf"]["jkt"])


def _read(token: str) -> dict[str, Any]:
    try:
        made = jws.deserialize_compact(token, _key(), algorithms=["HS256"])
        claims = json.loads(made.payload)
    except (JoseError, ValueError, TypeError, KeyError):
        claims = None
    if not isinstance(claims, dict) or "cnf" not in claims:
        raise unauthorized(
            "token-unsound", "this is no access token", "get one from the token endpoint"
        )
    return claims


def _standing(site: Site) -> list[ClientKey]:
    today = site.place().moment.today
    return [row for row in site.snapshot().clients if row.serves_on(today)]


def _key() -> jwk.OctKey:
    """Give the key of tokens: from the web office's secret, and for nothing else."""
    return jwk.OctKey.import_key(
        hashlib.sha256(b"ostiary api token v1\n" + settings.SECRET_KEY.encode()).digest()
    )
