"""Who calls: access token, proof and rate, looked at in this order before anything else."""

from functools import cache
from typing import Any, cast

from django.http import HttpRequest
from ninja.security.base import AuthBase

from ostiary.faces.api.problems import MISSING, unauthorized
from ostiary.faces.api.proofs import check_proof
from ostiary.faces.api.rates import Buckets
from ostiary.faces.api.tokens import Caller, holder_of
from ostiary.faces.server.site import site

_SCHEME = "dpop"  # in any case (RFC 9110, section 11.1)


class ByKey(AuthBase):
    """The security scheme: an access token bound to a key, and a proof of it with each call."""

    openapi_type = "http"
    openapi_scheme = "DPoP"

    def __call__(self, request: HttpRequest) -> Caller:
        """Say who calls.

        Raises:
            ProblemError: nobody that counts (401), or too often (429).
        """
        said = request.headers.get("Authorization", "")
        scheme, space, token = said.partition(" ")
        if scheme.lower() != _SCHEME or not space:
            raise unauthorized(
                MISSING,
                "the call carries no access token",
                "get one from the token endpoint and send `Authorization: DPoP <token>`",
            )
        served = site()
        caller, thumbprint = holder_of(served, token)
        proven = check_proof(
            request.headers.get("DPoP", ""), verb_of(request), address_of(request), token=token
        )
        if proven != thumbprint:
            raise unauthorized(
                "proof-of-another-key",
                "the DPoP proof is not of the key that the token is bound to",
                "sign proofs with the key that signed the one at the token endpoint",
            )
        buckets().take(caller.agency, served.office.config.limits.calls_per_minute)
        return caller


def as_get(request: HttpRequest) -> None:
    """Have a HEAD answered as a GET is (RFC 9110, section 9.3.2); the proof names what was sent."""
    cast("Any", request).sent_by = request.method
    request.method = "GET"


def named(request: HttpRequest) -> str:
    """Give the name of the call; empty when there is none."""
    return str((request.resolver_match and request.resolver_match.url_name) or "")


def verb_of(request: HttpRequest) -> str:
    """Give the verb by which a call was sent."""
    return str(getattr(request, "sent_by", request.method))


def address_of(request: HttpRequest) -> str:
    """Give the URL of a call as clients know it, without query (``htu``)."""
    return f"{site().address}{request.get_full_path().partition('?')[0]}"


@cache
def buckets() -> Buckets:
    """Give the buckets of this process."""
    return Buckets()
