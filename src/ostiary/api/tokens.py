"""Access tokens: for an assertion signed with a registered key, bound to the key of a DPoP proof.

The assertion is a ``private_key_jwt`` (RFC 7523, OpenID Connect Core 9): issuer and subject are the
program's id, the audience is this token endpoint or the office's address, it lives five minutes at
most and is used once. A token lives five minutes too; whether the register still lists the program
is asked with every call.
"""

import hashlib
import json
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from joserfc import jwk, jws
from joserfc.errors import JoseError

from ostiary.api.jose import UnsoundTokenError, claims_of, registered_key, unverified_claims
from ostiary.api.problems import Problem, ProblemError, unauthorized
from ostiary.api.spent import LONGEST_IDENTIFIER, spend
from ostiary.web.shelf import ClientKey
from ostiary.web.site import Site

LASTS = 300
"""Seconds that a token is good for, and the most that an assertion may be."""

AHEAD = 30
"""Seconds that the clocks may be apart."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that has proved who it is, and the agency it speaks for."""

    client: str
    agency: str


def caller_of(site: Site, assertion: str, endpoint: str) -> Caller:
    """Say who signed an assertion.

    Raises:
        ProblemError: nobody that the register lists today, or it is not sound; 401, the same
            words whichever it was.
    """
    try:
        return _asserted(site, assertion, endpoint)
    except UnsoundTokenError:
        raise ProblemError(_INVALID_CLIENT) from None


_INVALID_CLIENT = Problem(
    "invalid-client",
    401,
    "the assertion is not that of a program in the register",
    "RFC 7523, section 3",
    "sign iss, sub, aud, exp, iat and jti with the key in clients.csv; see docs/how-to/use-the-api",
    members={"error": "invalid_client"},
)


def _asserted(site: Site, assertion: str, endpoint: str) -> Caller:
    named = unverified_claims(assertion).get("iss")
    own = [row for row in _standing(site) if row.client == named]
    keys = [key for row in own if (key := registered_key(row.public_key)) is not None]
    claims, now = claims_of(assertion, keys), time.time()
    client = claims.get("iss")
    expires, issued, identifier = claims.get("exp"), claims.get("iat"), claims.get("jti")
    if claims.get("sub") != client or claims.get("aud") not in (endpoint, site.address):
        raise UnsoundTokenError("it is for another purpose")
    if type(expires) is not int or not now - AHEAD < expires <= now + LASTS + AHEAD:
        raise UnsoundTokenError("it has ended or lives too long")
    if type(issued) is not int or not now - LASTS - AHEAD <= issued <= now + AHEAD:
        raise UnsoundTokenError("it was signed at another time")
    if not isinstance(identifier, str) or not 0 < len(identifier) <= LONGEST_IDENTIFIER:
        raise UnsoundTokenError("it has no jti")
    if not spend(f"assertion {client}", identifier, until=expires + AHEAD + 1):
        raise UnsoundTokenError("it was used before")
    return Caller(own[0].client, own[0].agency)


def new_token(caller: Caller, thumbprint: str) -> str:
    """Make an access token for a program, bound to the key of this thumbprint."""
    now = int(time.time())
    claims = {
        "client": caller.client,
        "agency": caller.agency,
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
    caller = Caller(str(claims.get("client")), str(claims.get("agency")))
    listed = {(row.client, row.agency) for row in _standing(site)}
    if claims.get("exp", 0) <= time.time() or (caller.client, caller.agency) not in listed:
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
    return [row for row in site.shelf().clients if row.serves_on(today)]


def _key() -> jwk.OctKey:
    """Give the key of tokens: from the web office's secret, and for nothing else."""
    return jwk.OctKey.import_key(
        hashlib.sha256(b"ostiary api token v1\n" + settings.SECRET_KEY.encode()).digest()
    )
