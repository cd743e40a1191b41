"""Who may open what. Every route declares it here, and one that does not is never served.

1. A view says which roles it is for, by which verbs, and which rule its object must pass.
2. A verb that was not declared is refused (405), whoever asks; a browser that opens an address of
   forms is led back to its page, if it may see that.
3. Nobody but the declared roles gets further: a stranger is sent to sign in, others get 403.
4. An object that the person may not see looks like one that is not there (404).
5. A view without a declaration is not served at all (403), so forgetting it opens nothing.
6. The character NUL stands in no text that a page takes (400) and in no address of one (404).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.shortcuts import redirect

from ostiary.faces.server.kept_text import signed_out
from ostiary.faces.server.refusals import refused
from ostiary.faces.server.roles import Role, Signed
from ostiary.faces.server.signing_in import person_of, want

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


_OPENING = frozenset({"GET", "HEAD"})
WrongVerb = Callable[[Iterable[str]], HttpResponse]
LeftOn = Callable[..., HttpResponse]
"""Leads a browser back, given its request and the route's arguments."""


@dataclass(frozen=True, slots=True)
class ObjectRule:
    """What the object of a route must pass.

    Attributes:
        text: the rule, in a sentence; printed in the reference.
        holds: given the person and the route's arguments, whether they may know of the object.
    """

    text: str
    holds: Callable[..., bool]


NO_OBJECT = ObjectRule("the page is about no single object", lambda _person: True)


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declared.

    Attributes:
        roles: who may; None for everybody, signed in or not.
        verbs: HTTP methods.
        rule: what its object must pass.
        by_key: for programs, which prove who they are with each call and have no session.
        wrong_verb: how a call of the API refuses a verb, in the API's own language.
        left_on: leads back a browser that opens an address which takes forms alone.
    """

    roles: frozenset[Role] | None
    verbs: frozenset[str]
    rule: ObjectRule
    by_key: bool = False
    wrong_verb: WrongVerb = HttpResponseNotAllowed
    left_on: LeftOn | None = None


class PersonRequest(HttpRequest):
    """A request that has passed the middleware: ``person`` is set, and has a role of the view."""

    person: Signed


def page(
    *roles: Role,
    verbs: tuple[str, ...] = ("GET",),
    rule: ObjectRule = NO_OBJECT,
    left_on: LeftOn | None = None,
) -> Callable[[View], View]:
    """Declare whom a view is for.

    Args:
        roles: at least one.
        verbs: HTTP methods; HEAD goes with GET.
        rule: what the object in the URL must pass.
        left_on: where GET leads, of an address that takes forms alone.

    Raises:
        ValueError: no role was named.
    """
    if not roles:
        raise ValueError("a page is for somebody; see open_page for those that are for everybody")
    return _declared(Access(frozenset(roles), _verbs(verbs), rule, left_on=left_on))


def open_page(
    *, verbs: tuple[str, ...] = ("GET",), left_on: LeftOn | None = None
) -> Callable[[View], View]:
    """Declare that a view is for everybody, signed in or not."""
    return _declared(Access(None, _verbs(verbs), NO_OBJECT, left_on=left_on))


def open_call(*, verbs: tuple[str, ...], wrong_verb: WrongVerb) -> Callable[[View], View]:
    """Declare that a call of the API is for everybody, by these verbs; HEAD goes with GET."""
    return _declared(Access(None, _verbs(verbs), NO_OBJECT, by_key=True, wrong_verb=wrong_verb))


def for_programs(
    *roles: Role, verbs: tuple[str, ...], wrong_verb: WrongVerb, rule: ObjectRule = NO_OBJECT
) -> Callable[[View], View]:
    """Declare that a view is for programs of these roles; it checks their keys itself.

    Args:
        roles: of the people whom the programs work for.
        verbs: HTTP methods; HEAD goes with GET.
        wrong_verb: refuses any other, given those that are allowed.
        rule: what the object in the URL must pass.
    """
    access = Access(frozenset(roles), _verbs(verbs), rule, by_key=True, wrong_verb=wrong_verb)
    return _declared(access)


def access_of(view: Callable[..., Any]) -> Access | None:
    """Give what a view declared; None when it did not."""
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None


class AccessMiddleware:
    """Lets a request reach its view only as the view declared."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, by which name of ours (RFC 9110, section 7.4).

        Raises:
            DisallowedHost: the name is not ours; Django answers 400.
        """
        _heed_target(request)
        request.get_host()
        cast("Any", request).person = person_of(request)
        return self._next(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        _args: tuple[object, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Refuse, or let pass with None.

        Raises:
            Http404: the address is of nothing that the person may know of.
            BadRequest: a text that was said holds what no text of ours does; Django answers 400.
        """
        access = access_of(view)
        if access is None:
            return refused(request)
        if access.by_key and request.method == "OPTIONS":  # RFC 9110, section 9.3.7
            return HttpResponse(
                status=204, headers={"Allow": ", ".join(sorted({*access.verbs, "OPTIONS"}))}
            )
        if not access.by_key and _has_nul(map(str, kwargs.values())):
            raise Http404
        left_on = access.left_on if request.method in _OPENING else None
        if request.method not in access.verbs and left_on is None:
            return access.wrong_verb(sorted({*access.verbs, *_options(access)}))
        refusal = _refusal(request, access, kwargs)
        if refusal is None and not access.by_key:
            _check_said(request)
        if refusal is None and left_on is not None:
            return left_on(request, **kwargs)
        return refusal


def _check_said(request: HttpRequest) -> None:
    """Refuse the character NUL in what a form or an address says.

    Nobody types it; PostgreSQL has no text with it, and other readers end a text there.

    Raises:
        BadRequest: it is there.
    """
    for said in (request.GET, request.POST):
        if _has_nul(text for name, texts in said.lists() for text in (name, *map(str, texts))):
            raise BadRequest("a text holds the character NUL")


def _has_nul(texts: Iterable[str]) -> bool:
    return any("\0" in text for text in texts)


def _options(access: Access) -> tuple[str, ...]:
    return ("OPTIONS",) if access.by_key else ()


def _heed_target(request: HttpRequest) -> None:
    """Go by the host that a whole address in the first line names, not by the header.

    RFC 9112, section 3.2.2: a server has to, and a proxy before us that goes by the one while we go
    by the other is how a foreign name gets in.
    """
    target = urlsplit(str(request.META.get("REQUEST_URI", "")).partition("?")[0])
    if target.scheme and target.netloc:
        request.META["HTTP_HOST"] = target.netloc


def _refusal(request: HttpRequest, access: Access, about: dict[str, Any]) -> HttpResponse | None:
    """Refuse whom the view is not for; None lets pass.

    Raises:
        Http404: the object is none that the person may know of.
    """
    person = cast("Any", request).person
    if access.roles is None or access.by_key:
        return None
    if person is None:
        return _to_sign_in(request)
    if person.role not in access.roles:
        return refused(request)
    if not access.rule.holds(person, **about):
        raise Http404
    return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a stranger to sign in, and keep what they had opened or typed."""
    want(request)
    asked = signed_out(request) if request.method == "POST" else None
    return asked or redirect("sign-in")


def _verbs(verbs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(verbs) | ({"HEAD"} if "GET" in verbs else frozenset())


def _declared(access: Access) -> Callable[[View], View]:
    def declare(view: View) -> View:
        @wraps(view)
        def declared(*args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(*args, **kwargs)

        cast("Any", declared).access = access
        return cast("View", declared)

    return declare
