"""Pages for what went wrong. None of them repeats anything that was sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ostiary.faces.server.access import open_page

_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def refused(request: HttpRequest) -> HttpResponse:
    """The page is not for this role."""
    return _said(request, 403, "This page is not for you", "It belongs to another role.")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's
    """A form that this office did not write for this browser."""
    return _said(
        request,
        403,
        "This form is too old",
        "It was not written for this session. Go back, load the page again and send it once more.",
    )


@open_page(verbs=_VERBS)
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """What came cannot be read."""
    return _said(request, 400, "This cannot be read", "What was sent is too large or damaged.")


@open_page(verbs=_VERBS)
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The page is not for this role."""
    return refused(request)


@open_page(verbs=_VERBS)
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """No such page, or none that this person may know of."""
    return _said(
        request, 404, "There is nothing here", "The address is wrong, or it is not for you to see."
    )


def gone(request: HttpRequest) -> HttpResponse:
    """What the page was about has been destroyed on schedule."""
    return _said(
        request,
        410,
        "This has been destroyed on schedule",
        "What the request said, what the record showed and what was decided is gone for good. That"
        " it was asked, and how often somebody looked, stays in the log.",
    )


@open_page(verbs=_VERBS)
def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours."""
    return _said(
        request,
        500,
        "This did not work",
        "The fault is ours. Nothing was left half done; try again, or tell the administrator.",
    )


def _said(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "web/error.html", {"title": title, "text": text}, status=status)
