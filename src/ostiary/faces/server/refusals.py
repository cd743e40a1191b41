"""Pages that refuse: what went wrong, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest) -> HttpResponse:
    """The page is not for this role."""
    return said(request, 403, "This page is not for you", "It belongs to another role.")


def gone(request: HttpRequest) -> HttpResponse:
    """What the page was about has been destroyed on schedule."""
    return said(
        request,
        410,
        "This has been destroyed on schedule",
        "What the request said, what the record showed and what was decided is gone for good. That"
        " it was asked, and how often somebody looked, stays in the log.",
    )


def said(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """Say what went wrong, on a page of its own."""
    return render(request, "web/error.html", {"title": title, "text": text}, status=status)
