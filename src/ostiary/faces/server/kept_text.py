"""What somebody had typed when their session ended: carried by their own browser, stored nowhere.

A form that comes without a session, or with the mark of an earlier one, is not taken. Its text is
given back on the page that says so, and may be sent again once its author has signed in and pressed
a button. A file is not given back, and no answer of a passkey: a step is signed anew.
"""

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve

from ostiary.faces.server.refusals import said
from ostiary.faces.server.sign_in_page import sign_in_page
from ostiary.faces.server.site import site

FIELD = "kept"
_FORBIDDEN = 403
_NEVER = frozenset({"csrfmiddlewaretoken", "passkey", FIELD})
_BUTTONS = frozenset({"do", "step", "element", "list", "seen", "page"})
_SIGNED_OUT = (
    "You were signed out after half an hour without a step, or elsewhere. Nothing was sent. Sign"
    " in, and what you had typed is here again"
)
_TOO_OLD = (
    "It was not written for this session. Go back, load the page again and send it once more."
)


@dataclass(frozen=True, slots=True)
class KeptText:
    """What a form held.

    Attributes:
        to: path and query that it was sent to.
        fields: names and values, in the order of the form.
        with_file: whether a file came with it, which is not kept.
    """

    to: str
    fields: tuple[tuple[str, str], ...]
    with_file: bool = False

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """What a person typed or chose, as far as there is something."""
        return tuple((n, text) for n, text in self.fields if n not in _BUTTONS and text.strip())

    @property
    def as_text(self) -> str:
        """The whole as one field of a form holds it."""
        return json.dumps({"to": self.to, "fields": self.fields, "file": self.with_file})


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """Ask whoever sent a form without a session to sign in; None where it held nothing typed."""
    kept = _kept(request)
    return sign_in_page(request, _SIGNED_OUT, _FORBIDDEN, kept=kept) if kept.words else None


def too_old(request: HttpRequest) -> HttpResponse:
    """Refuse a form with the mark of another session.

    Its text is given back where the browser says that a page of ours sent it; what another site
    sent is never repeated.
    """
    is_ours = request.headers.get("Origin") == site().address
    kept = _kept(request) if is_ours else None
    if kept and kept.words:
        shown = {"kept": kept, "title": "This form is too old"}
        return render(request, "web/kept.html", shown, status=_FORBIDDEN)
    return said(request, _FORBIDDEN, "This form is too old", _TOO_OLD)


def kept_in(form: QueryDict) -> KeptText | None:
    """Read what was kept out of the form that carries it; None where there is none, or no sense."""
    try:
        text = json.loads(form.get(FIELD, ""))
        fields = tuple((str(name), str(value)) for name, value in text["fields"])
        kept = KeptText(str(text["to"]), fields, bool(text["file"]))
        resolve(kept.to.partition("?")[0])
    except (ValueError, KeyError, TypeError, Resolver404):
        return None
    return kept


def _kept(request: HttpRequest) -> KeptText:
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NEVER
        for value in values
    )
    return KeptText(request.get_full_path(), fields, bool(request.FILES))
