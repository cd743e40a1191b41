"""Addresses of the API, each with whom it is for. One without a declaration is not served."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.http import parse_header_parameters
from django.views.decorators.csrf import csrf_exempt

from ostiary.faces.api.calling import as_get, named
from ostiary.faces.api.conditional import conditional
from ostiary.faces.api.endpoints import api, document
from ostiary.faces.api.nonces import HEADER, current_nonce
from ostiary.faces.api.problems import (
    NO_SUCH_CALL,
    WRONG_CODING,
    WRONG_MEDIA_TYPE,
    wrong_verb,
    wrong_verb_for_a_token,
)
from ostiary.faces.api.token_form import read_form
from ostiary.faces.server.access import NO_OBJECT, ObjectRule, for_programs, open_call
from ostiary.faces.server.roles import Role

OWN_AGENCY = ObjectRule(
    "the request is one of the program's own agency; others look like none",
    lambda _person, **_arguments: True,  # looked at by the call itself, when it knows who calls
)
_ASKS = for_programs(Role.REQUESTER, verbs=("GET",), rule=OWN_AGENCY, wrong_verb=wrong_verb)
_SENDS = for_programs(Role.REQUESTER, verbs=("POST",), rule=NO_OBJECT, wrong_verb=wrong_verb)
_GETS_A_TOKEN = for_programs(
    Role.REQUESTER, verbs=("POST",), rule=NO_OBJECT, wrong_verb=wrong_verb_for_a_token
)
_TELLS = for_programs(Role.REQUESTER, verbs=("POST",), rule=OWN_AGENCY, wrong_verb=wrong_verb)
_READS = open_call(verbs=("GET",), wrong_verb=wrong_verb)
_DECLARED: dict[str, Callable[[Any], Any]] = {
    "token": _GETS_A_TOKEN,
    "requests": _SENDS,
    "status": _ASKS,
    "answer": _ASKS,
    "use": _TELLS,
    "receipt": _ASKS,
    "letter": _ASKS,
    "checkpoint": _READS,
    "tile": _READS,
}


@csrf_exempt
@open_call(verbs=("GET",), wrong_verb=wrong_verb)
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the API document."""
    return conditional(request, JsonResponse(document()))


@csrf_exempt
@open_call(verbs=("GET", "POST", "PUT", "PATCH", "DELETE"), wrong_verb=wrong_verb)
def nothing(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 - whatever was asked
    """Say that there is no such call."""
    return NO_SUCH_CALL.response()


def _giving_a_nonce(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have each response bring the present nonce, refusals too (RFC 9449, section 8.2)."""

    @wraps(view)
    def with_nonce(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers[HEADER] = current_nonce()
        return response

    return with_nonce


def _well_sent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have HEAD answered as GET without the body, and a submission that is no JSON refused."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "HEAD":
            as_get(request)
            response = conditional(request, view(request, *args, **kwargs))
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
            return response
        if named(request) == "token":
            return _token(view, request)
        sends_json = named(request) in {"requests", "use"}
        if sends_json and not _is_json(request.headers.get("Content-Type", "")):
            return WRONG_MEDIA_TYPE.response()
        if sends_json and request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return WRONG_CODING.response()
        response = view(request, *args, **kwargs)
        return conditional(request, response) if request.method == "GET" else response

    return answered


def _token(view: Callable[..., HttpResponse], request: HttpRequest) -> HttpResponse:
    """Answer the token endpoint, which no cache keeps (RFC 6749, section 5.1)."""
    problem = read_form(request) if request.method == "POST" else None
    response = problem.oauth_response() if problem else view(request)
    response.headers["Pragma"] = "no-cache"
    return response


def _is_json(content_type: str) -> bool:
    kind, parameters = parse_header_parameters(content_type)
    return kind == "application/json" and parameters.get("charset", "utf-8").lower() == "utf-8"


def _declared() -> Iterator[URLPattern]:
    """Give ninja's routes with their declarations; others of its own are left out."""
    for one in api.urls[0]:
        if isinstance(one, URLPattern) and one.name in _DECLARED:
            view = _DECLARED[one.name](_giving_a_nonce(_well_sent(one.callback)))
            yield path(f"v1/{one.pattern}", view, name=one.name)


app_name = "api"
urlpatterns = [
    path("v1/openapi.json", openapi, name="openapi"),
    *_declared(),
    path("<path:name>", nothing, name="nothing"),
]
