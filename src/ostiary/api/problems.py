"""Refusals, as RFC 9457 problems: what is wrong, by which authority, and what would cure it.

``authority`` is the law, the specification or the rule of the office that a refusal rests on.
Nothing that was sent is repeated, only the names of fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import JsonResponse

from ostiary.api.nonces import HEADER

TYPES = "urn:ostiary:problem:"
CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal.

    Attributes:
        code: last part of its type, stable for programs.
        status: of the response.
        title: the same words for every problem of the type.
        authority: what the refusal rests on.
        cure: what to do about it.
        errors: what is wrong with which field: ``pointer``, ``code``, ``detail``, ``cure``.
        headers: further headers of the response.
        members: further members of the document.
    """

    code: str
    status: int
    title: str
    authority: str
    cure: str
    errors: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Any] = field(default_factory=dict)

    def response(self) -> JsonResponse:
        """Give it as a response."""
        said = {
            "type": TYPES + self.code,
            "title": self.title,
            "status": self.status,
            "authority": self.authority,
            "cure": self.cure,
            **({"errors": list(self.errors)} if self.errors else {}),
            **self.members,
        }
        return JsonResponse(
            said, status=self.status, content_type=CONTENT_TYPE, headers=dict(self.headers)
        )


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
BROKEN = Problem(
    "broken",
    500,
    "this did not work; the fault is the office's",
    "none",
    "send the same call again later; nothing was left half done",
)


def unauthorized(code: str, title: str, cure: str, authority: str = "RFC 9449") -> ProblemError:
    """Give the refusal of a call that does not prove who makes it."""
    error = "invalid_dpop_proof" if code.startswith("proof") else "invalid_token"
    challenge = f'DPoP error="{error}", algs="ES256 Ed25519"'
    return ProblemError(
        Problem(code, 401, title, authority, cure, headers={"WWW-Authenticate": challenge})
    )


def nonce_wanted(*, for_token: bool) -> ProblemError:
    """Give the refusal of a proof without a nonce that counts; the response brings one.

    The token endpoint refuses with 400 (RFC 9449, section 8), all other calls with 401 (section 9).
    """
    error = "use_dpop_nonce"
    challenge = f'DPoP error="{error}", algs="ES256 Ed25519"'
    return ProblemError(
        Problem(
            "nonce-wanted",
            400 if for_token else 401,
            "the DPoP proof holds no nonce of the office, or an old one",
            "RFC 9449, section 8" if for_token else "RFC 9449, section 9",
            f"sign the proof again with `nonce` as the header {HEADER} of this response says",
            headers={} if for_token else {"WWW-Authenticate": challenge},
            members={"error": error},
        )
    )


def invalid(errors: Sequence[Mapping[str, str]], status: int = 422) -> Problem:
    """Give the refusal of a call that is not of its form."""
    return Problem(
        "invalid",
        status,
        "the call is not of the form that the API document gives",
        "the API document, openapi.json",
        "mend what `errors` names, then send it again",
        errors=errors,
    )
