"""Where an address leads that only takes forms, when a browser opens it by itself.

A form that was refused is answered at its own address, so a browser stands there: reloading or
returning asks it by GET. It leads to the page that has the form, and says that nothing was sent.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from ostiary.faces.server.access import LeftOn
from ostiary.faces.web.said import say

NOTHING_SENT = "Nothing was sent by opening this address again."
_NEXT = "What stands is what this page shows; a form that was refused has to be sent once more."


def back_to(name: str, *, silently: bool = False) -> LeftOn:
    """Give what leads to a page of ours, which may be about the same object.

    Args:
        name: of the page's route; it takes the same arguments.
        silently: say nothing there, since it is a page that has no form of this kind.
    """

    def lead(request: HttpRequest, **about: object) -> HttpResponse:
        if request.method == "GET" and not silently:
            say(request, NOTHING_SENT, _NEXT)
        return redirect(resolve_url(name, **about))

    return lead
