"""Refusals, as RFC 9457 problems: what is wrong, by which authority, and what would cure it.

``authority`` is the law, the specification or the rule of the office that a refusal rests on.
Nothing that was sent is repeated, only the names of fields.

The token endpoint speaks OAuth (RFC 6749, section 5.2): there the same refusal is plain JSON, and
says ``error`` and ``error_description`` too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import JsonResponse

from ostiary.faces.api.jose import ALGORITHMS
from ostiary.faces.api.nonces import HEADER

MISSING = "token-missing"
"""What a call without a token is refused as."""
TYPES = "urn:ostiary:problem:"
CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal.

    Attributes:
        code: last part of its type, stable for programs.
        status: of the response.
        title: the same words for every problem of the type.
        detail: what is so this time; empty when the title says it all.
        error: what OAuth calls it, where the registry of RFC 6749, 11.4 has a word.
        authority: what the refusal rests on.
        cure: what to do about it.
        errors: what is wrong with which field: ``pointer``, ``code``, ``detail``, ``cure``.
        headers: further headers of the response.
    """

    code: str
    status: int
    title: str
    authority: str
    cure: str
    errors: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    detail: str = ""
    error: str = ""

    def response(self) -> JsonResponse:
        """Give it as a response."""
        return JsonResponse(
            self._said(), status=self.status, content_type=CONTENT_TYPE, headers=dict(self.headers)
        )

    def oauth_response(self) -> JsonResponse:
        """Give it as the token endpoint does: the problem, in the form of RFC 6749, section 5.2."""
        told = f"{self.title}: {self.detail}" if self.detail else self.title
        oauth = {"error": self.error or "invalid_request", "error_description": told}
        return JsonResponse(
            oauth | self._said() | oauth, status=self.status, headers=dict(self.headers)
        )

    def _said(self) -> dict[str, Any]:
        return {
            "type": TYPES + self.code,
            "title": self.title,
            "status": self.status,
            **({"detail": self.detail} if self.detail else {}),
            "authority": self.authority,
            "cure": self.cure,
            **({"error": self.error} if self.error else {}),
            **({"errors": list(self.errors)} if self.errors else {}),
        }


class ProblemError(Exception):
    """A call is refused."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


NOT_FOUND = Problem(
    "not-found",
    404,
    "there is no such request of your agency",
    "26 U.S.C. 6103(a)",
    "use the entry number of a receipt that your agency was given",
)
"""The same for an unknown number and for a request of another agency."""

NO_ANSWER_YET = Problem(
    "no-answer-yet",
    404,
    "the request has no answer yet",
    "26 U.S.C. 6103(p)(1)",
    "ask for the status, and again when it is `answered`",
)
NOTHING_TO_TELL = Problem(
    "nothing-to-tell",
    404,
    "there is no letter on the request yet",
    "26 U.S.C. 6103(p)(1)",
    "ask again when the status has changed",
)
NO_SUCH_CALL = Problem(
    "no-such-call",
    404,
    "the API has no such call",
    "the API document, openapi.json",
    "read the document at /api/v1/openapi.json",
)
NOT_IN_THE_LOG = Problem(
    "not-in-the-log",
    404,
    "the published log has no such file",
    "C2SP tlog-tiles",
    "read the checkpoint, then the tiles of its size",
)
KEY_REUSED = Problem(
    "idempotency-key-reused",
    422,
    "the idempotency key was used for another submission",
    "the office's rule: one key, one submission",
    "send a new submission under a new key",
)
KEY_IN_USE = Problem(
    "idempotency-key-in-use",
    409,
    "a submission under this idempotency key is under way",
    "the office's rule: one key, one submission",
    "wait a moment, then send the very same submission again",
    headers={"Retry-After": "2"},
)
LAW_CHANGED = Problem(
    "law-changed",
    503,
    "the law was changed again and again while this was decided; nothing was entered",
    "the office's rule: what was found under a law is entered under it, or not at all",
    "send the same call with the same key again",
    headers={"Retry-After": "60"},
    error="temporarily_unavailable",
)
BROKEN = Problem(
    "broken",
    500,
    "this did not work; the fault is the office's",
    "none",
    "send the same call again later; nothing was left half done",
    error="server_error",
)


def unauthorized(
    code: str,
    title: str,
    cure: str,
    authority: str = "RFC 9449",
    *,
    detail: str = "",
    for_token: bool = False,
) -> ProblemError:
    """Give the refusal of a call that does not prove who makes it.

    The token endpoint refuses with 400 (RFC 9449, section 5), other calls with 401 (section 7.1).
    """
    error = "invalid_dpop_proof" if code.startswith("proof") else "invalid_token"
    return ProblemError(
        Problem(
            code,
            400 if for_token else 401,
            title,
            authority,
            cure,
            headers={}
            if for_token
            else {"WWW-Authenticate": _challenge("" if code == MISSING else error)},
            detail=detail,
            error=error,
        )
    )


def _challenge(error: str) -> str:
    """Give the challenge; to who proved nothing it says no error (RFC 6750, section 3.1)."""
    said = f'error="{error}", ' if error else ""
    return f'DPoP {said}algs="{" ".join(ALGORITHMS)}"'


def nonce_wanted(*, for_token: bool) -> ProblemError:
    """Give the refusal of a proof without a nonce that counts; the response brings one.

    The token endpoint refuses with 400 (RFC 9449, section 8), all other calls with 401 (section 9).
    """
    error = "use_dpop_nonce"
    return ProblemError(
        Problem(
            "nonce-wanted",
            400 if for_token else 401,
            "the DPoP proof holds no nonce of the office, or an old one",
            "RFC 9449, section 8" if for_token else "RFC 9449, section 9",
            f"sign the proof again with `nonce` as the header {HEADER} of this response says",
            headers={} if for_token else {"WWW-Authenticate": _challenge(error)},
            error=error,
        )
    )


def wrong_verb(allowed: Iterable[str]) -> JsonResponse:
    """Refuse a verb that the call does not have (RFC 9110, section 15.5.6)."""
    return _wrong_verb(allowed).response()


def wrong_verb_for_a_token(allowed: Iterable[str]) -> JsonResponse:
    """Refuse it at the token endpoint, in OAuth's form."""
    return _wrong_verb(allowed).oauth_response()


def _wrong_verb(allowed: Iterable[str]) -> Problem:
    return Problem(
        "wrong-verb",
        405,
        "the call does not have this verb",
        "the API document, openapi.json",
        "use a verb that the header Allow names",
        headers={"Allow": ", ".join(sorted(allowed))},
    )


NO_MATCH = Problem(
    "no-match",
    412,
    "what the call is for is not what `If-Match` names",
    "RFC 9110, sections 13.1.1 and 15.5.13",
    "ask for it again, and send the entity-tag that came with it; with a POST leave it out",
    error="invalid_request",
)
WRONG_MEDIA_TYPE = Problem(
    "wrong-media-type",
    415,
    "a submission is JSON in UTF-8",
    "RFC 9110, section 15.5.16; RFC 8259, section 8.1",
    "send it with Content-Type: application/json",
    headers={"Accept": "application/json"},
)
WRONG_CODING = Problem(
    "wrong-coding",
    415,
    "a submission comes as it is, without a coding",
    "RFC 9110, sections 8.4 and 15.5.16",
    "send it without Content-Encoding",
    headers={"Accept-Encoding": "identity"},
)
TOO_LARGE = Problem(
    "too-large",
    413,
    "the call is larger than the office takes",
    "the office's rule: what one call may hold",
    "send the requests in several submissions",
)


def invalid(
    errors: Sequence[Mapping[str, str]],
    status: int = 422,
    *,
    detail: str = "",
    error: str = "invalid_request",
) -> Problem:
    """Give the refusal of a call that is not of its form."""
    return Problem(
        "invalid",
        status,
        "the call is not of the form that the API document gives",
        "the API document, openapi.json",
        "mend what `errors` names, then send it again",
        errors=errors,
        detail=detail,
        error=error,
    )
