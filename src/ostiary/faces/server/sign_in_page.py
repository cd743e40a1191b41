"""The page on which people sign in, wherever it is shown."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from webauthn.helpers import bytes_to_base64url

from ostiary.faces.server.signing_in import is_wanted, new_challenge
from ostiary.faces.server.site import site


def sign_in_page(
    request: HttpRequest, fault: str = "", status: int = 200, *, kept: Any = None
) -> HttpResponse:
    """Ask for a passkey, or lead to the provider.

    Args:
        request: of the browser.
        fault: why it is shown again.
        status: of the answer.
        kept: what was typed before (:class:`ostiary.faces.server.kept_text.KeptText`).
    """
    shown = {
        "challenge": bytes_to_base64url(new_challenge(request)),
        "party": site().party,
        "provider": urlsplit(site().office.config.oidc.issuer).hostname,
        "fault": fault,
        "kept": kept,
        "wanted": is_wanted(request),
    }
    return render(request, "web/sign_in.html", shown, status=status)
