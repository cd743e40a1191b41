"""Conditional calls (RFC 9110, section 13): by entity-tag, for no call knows when it was changed.

1. What a GET or HEAD gives has a strong entity-tag: a digest of its bytes as they are sent. With
   `If-None-Match` that names it, 304; with `If-Match` that does not, 412 (13.1.1, 13.1.2).
2. A POST is for no representation that could be named, so `If-Match` holds for none: 412, and
   nothing is done; `If-None-Match` always holds (13.1.1, 13.1.2).
3. Conditions by date are passed over, as 13.1.3 and 13.1.4 ask where no date is known; so are
   ranges (14.2).
4. Nothing of this is asked before it is known who calls, nor of a call that would be refused
   without it for what it says (13.2.1): a body that cannot be read brings 422, a request that is
   not the caller's 404. What only the work itself would find (409, 503) is not looked for first.
   At the token endpoint the assertion is what says who calls, so by then it is spent.
"""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from ostiary.faces.api.problems import NO_MATCH, ProblemError

_BY_DATE = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE")


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a response its entity-tag, or what the caller's conditions have in its place."""
    if response.status_code != 200:  # noqa: PLR2004 - OK
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    for name in _BY_DATE:  # Django holds one against every date where it is told of none
        request.META.pop(name, None)
    found = get_conditional_response(request, etag, None, response)
    if found is not None and found.status_code == NO_MATCH.status:
        return NO_MATCH.response()
    return response if found is None else found


def check_condition(request: HttpRequest) -> None:
    """See that a POST may be done, once it is known who calls and its body was read.

    Raises:
        ProblemError: it comes with `If-Match`; 412.
    """
    if request.method == "POST" and "If-Match" in request.headers:
        raise ProblemError(NO_MATCH)
