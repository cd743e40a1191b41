"""What a page has to say about the step before it: said once, to whoever took the step.

It is kept in the session and not in the address, so no link, reload or page of the history says
that something was stored which was not.
"""

from typing import TypedDict

from django.http import HttpRequest

_KEPT = "said"


class Said(TypedDict):
    """One message.

    Attributes:
        text: what was done.
        next: what comes next; may be empty.
    """

    text: str
    next: str


def say(request: HttpRequest, text: str, then: str = "") -> None:
    """Keep a message for the next page of this session."""
    request.session[_KEPT] = Said(text=text, next=then)


def heard(request: HttpRequest) -> Said | None:
    """Give the message that waits, once; None when none does."""
    kept: Said | None = request.session.pop(_KEPT, None)
    return kept
