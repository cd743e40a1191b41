"""How a call of the token endpoint has to be sent, by the letter of RFC 6749.

A parameter stands once (3.2), one without a value is not there (3.2), a client proves who it is in
one way alone (2.3), and this office knows no scopes, so it grants none (3.3).
"""

from typing import Any, cast

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError

from ostiary.faces.api.problems import TOO_LARGE, Problem, invalid

_NO_SCOPES = Problem(
    "no-scopes",
    400,
    "a token of this office has no scopes",
    "RFC 6749, section 3.3",
    "leave `scope` out; a program may make every call for its agency",
    error="invalid_scope",
)
_SECRET = "client_secret"  # noqa: S105 - the name of a parameter that nobody here has


def read_form(request: HttpRequest) -> Problem | None:
    """Leave parameters without a value out of a form; say what is wrong with it, or None."""
    try:
        return _read(request)
    except RequestDataTooBig:
        return TOO_LARGE
    except (SuspiciousOperation, MultiPartParserError):  # thousands of fields, or parts torn apart
        return invalid([], 400, detail="the form cannot be read")


def _read(request: HttpRequest) -> Problem | None:
    kept = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if said := [value for value in values if value]:
            kept.setlist(name, said)
    cast("Any", request).POST = kept
    if any(len(values) > 1 for _, values in kept.lists()):
        return invalid([], 400, detail="a parameter stands more than once")
    other = bool(kept.get(_SECRET)) or "Authorization" in request.headers
    if other and kept.get("client_assertion"):
        return invalid([], 400, detail="the client proves who it is in more than one way")
    if other:
        return _other_way(request.headers.get("Authorization", ""))
    return _NO_SCOPES if kept.get("scope") else None


def _other_way(said: str) -> Problem:
    """Refuse a way of proving who one is that is none here; in a header, in its own scheme."""
    scheme = said.partition(" ")[0]
    known = scheme.isascii() and scheme.isalnum()
    return Problem(
        "invalid-client",
        401 if known else 400,
        "this office takes signed assertions alone (private_key_jwt)",
        "RFC 6749, section 5.2",
        "sign an assertion with the key in clients.csv; see docs/how-to/use-the-api",
        headers={"WWW-Authenticate": f'{scheme} realm="ostiary"'} if known else {},
        error="invalid_client",
    )
