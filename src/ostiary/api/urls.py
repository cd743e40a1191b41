"""Addresses of the API, each with whom it is for. One without a declaration is not served."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path

from ostiary.api.endpoints import api, document
from ostiary.web.access import NO_OBJECT, ObjectRule, for_programs, open_page
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
    "checkpoint": open_page(),
    "tile": open_page(),
}


@open_page()
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Give the API document."""
    return JsonResponse(document())


def _declared(route: Any) -> URLPattern:
    if isinstance(route, URLPattern) and route.name in _DECLARED:
        route.callback = _DECLARED[route.name](route.callback)
    return route  # type: ignore[no-any-return] # ninja's list is untyped


urlpatterns = [
    path("v1/openapi.json", openapi, name="openapi"),
    *(
        path(f"v1/{one.pattern}", one.callback, name=f"api-{one.name}")
        for one in map(_declared, api.urls[0])
    ),
]
