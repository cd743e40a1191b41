"""The calls of the API. Each is thin: read, ask a room, write."""

import json
import re
from typing import Annotated, Any, Literal, Protocol, cast

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.text import compress_string
from ninja import Form, Header, NinjaAPI
from ninja import Path as InPath
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from pydantic import BeforeValidator, StringConstraints

from ostiary.disk.outgoing import read_outgoing
from ostiary.domain.errors import OstiaryError
from ostiary.domain.words import Use
from ostiary.faces.api import following
from ostiary.faces.api.calling import ByKey, address_of, buckets, named
from ostiary.faces.api.conditional import check_condition
from ostiary.faces.api.description import described
from ostiary.faces.api.problems import (
    BROKEN,
    LAW_CHANGED,
    NOT_IN_THE_LOG,
    TOO_LARGE,
    Problem,
    ProblemError,
    invalid,
)
from ostiary.faces.api.proofs import check_proof
from ostiary.faces.api.schemas import (
    OAuthErrorOut,
    ProblemOut,
    StatusOut,
    SubmissionIn,
    SubmissionOut,
    TokenOut,
    UseIn,
    UseOut,
    in_digits,
)
from ostiary.faces.api.submitting import SubmissionQueue
from ostiary.faces.api.tokens import LASTS, Caller, caller_of, new_token
from ostiary.faces.server.site import site
from ostiary.office.folder.session import LawChangedError
from ostiary.verifying.log.tiles import CHECKPOINT_PATH

_NUMBER = Annotated[
    int,
    BeforeValidator(in_digits),
    InPath(ge=0, description="`entry` of the request's receipt"),
]
_KEY = Annotated[str, StringConstraints(min_length=8, max_length=200, pattern=r"^[!-~]+$")]
_TILE = r"^(entries|[0-9]{1,2})/(x[0-9]{3}/){0,6}[0-9]{3}(\.p/[0-9]{1,3})?$"
_REFUSALS = dict.fromkeys((401, 404, 412, 422, 429, 500), ProblemOut)
_FOR_GOOD = "public, max-age=31536000, immutable"  # a tile of one width never changes
_FILE = {"content": {"application/octet-stream": {}}, "description": "OK"}


class _Bodies(Parser):
    """Reads a body as JSON of one meaning: UTF-8 (RFC 8259, 8.1), each name once (4)."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Read it.

        Raises:
            ValueError: it is no such text.
        """
        return json.loads(request.body.decode("utf-8"), object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


api = NinjaAPI(
    title="Ostiary",
    version="1",
    description="Requests for confidential tax records: submit, follow, fetch the sealed answer.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    parser=_Bodies(),
)
_counter = SubmissionQueue()


class _Called(Protocol):
    auth: Caller


def _caller(request: HttpRequest) -> Caller:
    return cast("_Called", request).auth


@api.post(
    "/token",
    url_name="token",
    response={200: TokenOut, **dict.fromkeys((400, 401, 412, 413, 429, 500), OAuthErrorOut)},
    summary="Get an access token (RFC 6749, RFC 7523, RFC 9449)",
)
def token(
    request: HttpRequest,
    grant_type: Annotated[Literal["client_credentials"], Form()],  # noqa: ARG001 - there is no other
    client_assertion_type: Annotated[  # noqa: ARG001 - there is no other
        Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"], Form()
    ],
    client_assertion: Annotated[str, Form()],
    dpop: Annotated[str, Header(alias="DPoP")],
    client_id: Annotated[str | None, Form()] = None,
) -> dict[str, Any]:
    """Exchange a signed assertion for a token bound to the key of the DPoP proof."""
    here = address_of(request)
    thumbprint = check_proof(dpop, "POST", here)  # first: for want of a nonce no assertion is spent
    caller = caller_of(site(), client_assertion, here, client_id)
    buckets().take(caller.agency, site().office.config.limits.calls_per_minute)
    check_condition(request)
    return {
        "access_token": new_token(caller, thumbprint),
        "token_type": "DPoP",
        "expires_in": LASTS,
    }


@api.post(
    "/requests",
    url_name="requests",
    auth=ByKey(),
    response={
        200: SubmissionOut,
        **dict.fromkeys((400, 409, 413, 415, 503), ProblemOut),
        **_REFUSALS,
    },
    summary="Submit one request or many",
)
def submit(
    request: HttpRequest,
    submission: SubmissionIn,
    idempotency_key: Annotated[_KEY, Header(alias="Idempotency-Key")],
) -> dict[str, Any]:
    """Have requests decided by the law. The reply is at once; the answer comes later, sealed."""
    check_condition(request)
    rows = submission.model_dump()["requests"]
    return _counter.submit(site(), _caller(request).agency, idempotency_key.strip('"'), rows)


@api.get(
    "/requests/{number}",
    url_name="status",
    auth=ByKey(),
    response={200: StatusOut, **_REFUSALS},
    summary="Where a request stands",
)
def status(request: HttpRequest, number: _NUMBER) -> dict[str, Any]:
    """Give the status of a request, with its findings and receipt."""
    place = site().place()
    return following.status_of(place, following.own_request(place, _caller(request), number))


@api.get(
    "/requests/{number}/answer",
    url_name="answer",
    auth=ByKey(),
    response=_REFUSALS,
    summary="The sealed answer",
    openapi_extra={"responses": {200: _FILE}},
)
def answer(request: HttpRequest, number: _NUMBER) -> HttpResponse:
    """Give the answer file, which the named recipients alone can open."""
    place = site().place()
    found = following.own_request(place, _caller(request), number)
    name, content = following.answer_to(place, found)
    return _file(content, "application/octet-stream", name)


@api.post(
    "/requests/{number}/use",
    url_name="use",
    auth=ByKey(),
    response={200: UseOut, **dict.fromkeys((400, 413, 415), ProblemOut), **_REFUSALS},
    summary="Report what became of an answer",
)
def use(request: HttpRequest, number: _NUMBER, report: UseIn) -> dict[str, Any]:
    """Report of an own answer one word of a closed list; the same again changes nothing."""
    caller = _caller(request)
    with site().working() as place:
        found = following.own_request(place, caller, number)
        check_condition(request)
        return following.reported(place, found, Use(report.use), caller.client)


@api.get(
    "/requests/{number}/receipt",
    url_name="receipt",
    auth=ByKey(),
    response=_REFUSALS,
    summary="Proof that the log holds the request",
    openapi_extra={"responses": {200: {"content": {"text/plain": {}}, "description": "OK"}}},
)
def receipt(request: HttpRequest, number: _NUMBER) -> HttpResponse:
    """Give a C2SP tlog-proof of the request's entry."""
    place = site().place()
    found = following.own_request(place, _caller(request), number)
    return _file(following.receipt_of(place, found).encode(), "text/plain; charset=utf-8")


@api.get(
    "/requests/{number}/letter",
    url_name="letter",
    auth=ByKey(),
    response=_REFUSALS,
    summary="The letter on a request",
    openapi_extra={"responses": {200: {"content": {"application/pdf": {}}, "description": "OK"}}},
)
def letter(request: HttpRequest, number: _NUMBER) -> HttpResponse:
    """Give the letter as tagged PDF."""
    place = site().place()
    found = following.own_request(place, _caller(request), number)
    return _file(following.letter_on(place, found), "application/pdf", f"{number}.pdf")


@api.get(
    "/log/checkpoint",
    url_name="checkpoint",
    response={404: ProblemOut},
    summary="The signed checkpoint of the public log",
    openapi_extra={"responses": {200: {"content": {"text/plain": {}}, "description": "OK"}}},
)
def checkpoint(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - everybody may read the log
    """Give the checkpoint (C2SP tlog-checkpoint)."""
    return _published(CHECKPOINT_PATH, "text/plain; charset=utf-8")


@api.get(
    "/log/tile/{path:name}",
    url_name="tile",
    response={404: ProblemOut, 422: ProblemOut},
    summary="A tile of the public log",
    openapi_extra={"responses": {200: _FILE}},
)
def tile(
    request: HttpRequest,
    name: Annotated[str, InPath(pattern=_TILE, max_length=60)],
) -> HttpResponse:
    """Give a tile or a bundle of entries (C2SP tlog-tiles)."""
    response = _published(f"tile/{name}", "application/octet-stream")
    response["Cache-Control"], response["Vary"] = _FOR_GOOD, "Accept-Encoding"
    if _takes_gzip(request.headers.get("Accept-Encoding", "")):
        response.content = compress_string(response.content)
        response["Content-Encoding"] = "gzip"
    return response


def _takes_gzip(said: str) -> bool:
    """Whether a header names gzip, or any coding, with a weight above 0 (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in said.split(","):
        coding, _, weight = part.replace(" ", "").lower().partition(";q=")
        weights[coding] = _weight(weight)
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weight(text: str) -> float:
    return float(text) if re.fullmatch(r"[01](\.[0-9]{0,3})?", text) else float(not text)


def _published(name: str, kind: str) -> HttpResponse:
    try:
        return _file(read_outgoing(site().office.accounting, name), kind)
    except FileNotFoundError:
        raise ProblemError(NOT_IN_THE_LOG) from None


def _file(content: bytes, kind: str, name: str = "") -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def answered(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Give a refusal in the language of the call: OAuth at the token endpoint, else a problem."""
    if named(request) == "token":
        return problem.oauth_response()
    return problem.response()


@api.exception_handler(ProblemError)
def _refused(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return answered(request, error.problem)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name the fields that are wrong; what stood in them is not repeated."""
    places = {str(one["loc"][-1]): str(one["type"]) for one in error.errors}
    form = not any(one["loc"][0] == "body" for one in error.errors)
    unsupported = places.get("grant_type") not in (None, "missing")
    problem = invalid(
        [_where(one["loc"]) | {"code": str(one["type"])} for one in error.errors],
        400 if form and "number" not in places and "name" not in places else 422,
        error="unsupported_grant_type" if unsupported else "invalid_request",
    )
    return answered(request, problem)


def _where(loc: tuple[int | str, ...]) -> dict[str, str]:
    """Point into the JSON that was sent (RFC 6901), or name the parameter and its place."""
    if loc[0] != "body":
        return {"in": str(loc[0]), "parameter": str(loc[-1])}
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in loc[2:])
    return {"pointer": "".join(f"/{part}" for part in escaped)}


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__context__, RequestDataTooBig):
        return answered(request, TOO_LARGE)
    return answered(request, invalid([], error.status_code, detail="the body cannot be read"))


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:  # noqa: ARG001
    return answered(request, TOO_LARGE)


@api.exception_handler(LawChangedError)
def _law_changed(request: HttpRequest, error: LawChangedError) -> HttpResponse:  # noqa: ARG001
    """No fault: an order, a register or the rule book came again and again under each attempt."""
    return answered(request, LAW_CHANGED)


@api.exception_handler(OstiaryError)
def _of_the_office(request: HttpRequest, error: OstiaryError) -> HttpResponse:  # noqa: ARG001
    return answered(request, BROKEN)


def document() -> dict[str, Any]:
    """Give the API document, OpenAPI 3.1; the same for the same code."""
    found: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix="/api/v1"), default=str)
    )
    return described(found)
