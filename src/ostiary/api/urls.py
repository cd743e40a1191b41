"""Addresses of the API, each with whom it is for. One without a declaration is not served."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from ostiary.api.endpoints import api, document
from ostiary.api.nonces import HEADER, current_nonce
from ostiary.api.problems import NO_SUCH_CALL
from ostiary.web.access import NO_OBJECT, ObjectRule, for_programs, open_call, open_page
from ostiary.web.roles import Role

OWN_AGENCY = ObjectRule(
    "the request is one of the program's own agency; others look like none",
    lambda _person, **_arguments: True,  # looked at by the call itself, when it knows who calls
)
_ASKS = for_programs(Role.REQUESTER, verbs=("GET",), rule=OWN_AGENCY)
_DECLARED: dict[str, Callable[[Any], Any]] = {
    "token": for_programs(Role.REQUESTER, verbs=("POST",), rule=NO_OBJECT),
    "requests": for_programs(Role.REQUESTER, verbs=("POST",), rule=NO_OBJECT),
    "status": _ASKS,
    "answer": _ASKS,
    "receipt": _ASKS,
    "letter": _ASKS,
    "checkpoint": open_call(verbs=("GET",)),
    "tile": open_call(verbs=("GET",)),
}


@open_page()
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Give the API document."""
    return JsonResponse(document())


@csrf_exempt
@open_call(verbs=("GET", "POST", "PUT", "PATCH", "DELETE"))
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


def _declared() -> Iterator[URLPattern]:
    """Give ninja's routes with their declarations; others of its own are left out."""
    for one in api.urls[0]:
        if isinstance(one, URLPattern) and one.name in _DECLARED:
            view = _DECLARED[one.name](_giving_a_nonce(one.callback))
            yield path(f"v1/{one.pattern}", view, name=one.name)


app_name = "api"
urlpatterns = [
    path("v1/openapi.json", openapi, name="openapi"),
    *_declared(),
    path("<path:name>", nothing, name="nothing"),
]
