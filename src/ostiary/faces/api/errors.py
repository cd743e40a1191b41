"""What Django calls when something went wrong: at an address for programs a problem, else a page.

What is refused before a call is reached speaks the language of the call all the same: problems
(RFC 9457), and at the token endpoint OAuth (RFC 6749, section 5.2).
"""

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from ostiary.faces.api.problems import BROKEN, NO_SUCH_CALL, Problem
from ostiary.faces.server import errors
from ostiary.faces.server.access import open_page

_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_FOR_PROGRAMS = ("/api/", "/.well-known/")
_TOKEN = "/api/v1/token"  # noqa: S105 - an address
_OTHER_HOST = Problem(
    "other-host",
    400,
    "the call names another host than this office's",
    "RFC 9110, section 7.4",
    "call the office by the address that the API document names",
)
_UNREADABLE = Problem(
    "unreadable",
    400,
    "the call cannot be read",
    "RFC 9110, section 15.5.1",
    "send it as the API document says",
)
_NOT_FOR_YOU = Problem(
    "not-for-programs",
    403,
    "this is not for programs",
    "the office's rule: what is not declared is not served",
    "read the document at /api/v1/openapi.json",
)


@open_page(verbs=_VERBS)
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What came cannot be read, or names another host."""
    problem = _OTHER_HOST if isinstance(exception, DisallowedHost) else _UNREADABLE
    return _told(request, problem) or errors.bad_request(request, exception)


@open_page(verbs=_VERBS)
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page is not for this role."""
    return _told(request, _NOT_FOR_YOU) or errors.forbidden(request, exception)


@open_page(verbs=_VERBS)
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address, or none that this person may know of."""
    return _told(request, NO_SUCH_CALL) or errors.not_found(request, exception)


@open_page(verbs=_VERBS)
def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours."""
    return _told(request, BROKEN) or errors.broken(request)


def _told(request: HttpRequest, problem: Problem) -> HttpResponse | None:
    """Give the problem where programs call; None where people look."""
    if not f"{request.path_info}/".startswith(_FOR_PROGRAMS):
        return None
    return problem.oauth_response() if request.path_info == _TOKEN else problem.response()
