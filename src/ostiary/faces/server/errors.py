"""What Django calls when something went wrong: a page for each kind."""

from django.http import HttpRequest, HttpResponse

from ostiary.faces.server.access import open_page
from ostiary.faces.server.kept_text import too_old
from ostiary.faces.server.refusals import refused, said

_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's
    """A form that this office did not write for this browser."""
    return too_old(request)


@open_page(verbs=_VERBS)
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """What came cannot be read."""
    return said(request, 400, "This cannot be read", "What was sent is too large or damaged.")


@open_page(verbs=_VERBS)
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The page is not for this role."""
    return refused(request)


@open_page(verbs=_VERBS)
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """No such page, or none that this person may know of."""
    return said(
        request, 404, "There is nothing here", "The address is wrong, or it is not for you to see."
    )


@open_page(verbs=_VERBS)
def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours."""
    return said(
        request,
        500,
        "This did not work",
        "The fault is ours. Nothing was left half done; try again, or tell the administrator.",
    )
