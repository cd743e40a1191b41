"""What the server refuses before anybody reads the call: programs are told in their own language.

A body above the limit, a chunk without a size, two lengths: waitress refuses them by what it could
read of the head. Where that names an address for programs the refusal is a problem (RFC 9457), and
at the token endpoint OAuth's form (RFC 6749, section 5.2); else it stays plain text, as for lines
that are no HTTP.
"""

import json
from typing import Protocol, cast

from waitress.task import ErrorTask
from waitress.utilities import Error

_FOR_PROGRAMS = ("/api/", "/.well-known/")
_TOKEN = "/api/v1/token"  # noqa: S105 - an address
_OURS = 500
_SECURITY = [("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store")]


class _Refused(Protocol):
    error: Error
    target: str


class EarlyRefusal(ErrorTask):
    """Waitress's refusal, in the form that who calls can read."""

    def execute(self) -> None:
        """Answer, and close."""
        path = cast("_Refused", self.request).target.partition("?")[0]
        if not f"{path}/".startswith(_FOR_PROGRAMS):
            super().execute()
            return
        error = cast("_Refused", self.request).error
        self.status = f"{error.code} {error.reason}"
        kind, body = refusal_text(path, error.code, error.reason, error.body)
        self.response_headers = [("Content-Type", kind), *_SECURITY]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def refusal_text(path: str, status: int, reason: str, detail: str) -> tuple[str, bytes]:
    """Give media type and body of a refusal.

    Args:
        path: address of the call.
        status: of the response.
        reason: what that status is called; the title of a problem of no type of its own (RFC 9457,
            section 4.2.1).
        detail: what waitress found.
    """
    problem = {
        "type": "about:blank",
        "title": reason,
        "status": status,
        **({"detail": detail} if '"' not in detail else {}),  # what it quotes was sent
        "authority": "RFC 9112",
        "cure": "send it as HTTP/1.1 has it, within the limits of docs/how-to/use-the-api",
    }
    if path != _TOKEN:
        return "application/problem+json", json.dumps(problem).encode()
    error = "server_error" if status == _OURS else "invalid_request"
    oauth = {"error": error, "error_description": reason}
    return "application/json", json.dumps(oauth | problem).encode()
