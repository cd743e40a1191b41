"""Headers on every answer: what a browser may load, do and keep."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "font-src 'self'; "
    "img-src 'self'; "
    "connect-src 'none'; "
    "form-action 'self'; "
    "frame-ancestors 'none'; "
    "base-uri 'none'; "
    "require-trusted-types-for 'script'"
)
WITH_OWN_CALLS = POLICY.replace("connect-src 'none'", "connect-src 'self'")
"""For the one page whose script asks this office something: the form that explains itself."""

_PERMISSIONS = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)


def _is_kept(response: HttpResponseBase) -> bool:
    """Whether a view has said that everybody may keep what it gives: it is public, for good."""
    return "immutable" in response.headers.get("Cache-Control", "")


class SecurityHeaders:
    """Sets what Django's own middleware does not: no inline script or style, and nothing kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and put the headers on what comes back."""
        response = self._next(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not (request.path.startswith("/static/") or _is_kept(response)):
            response.headers["Cache-Control"] = "no-store"
        return response
