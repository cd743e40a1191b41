"""Every route, asked by everybody, by every verb: only what was declared is let through."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.urls import URLPattern, get_resolver, reverse

from ostiary.faces.server.access import access_of
from ostiary.faces.server.roles import Role
from ostiary.faces.web.led_back import NOTHING_SENT
from ostiary.faces.web.views import sign_in
from web_office import AGENCY

pytestmark = pytest.mark.usefixtures("site")

VERBS = ("get", "head", "post", "put", "patch", "delete", "options")
STRANGER = None
ANYTHING = {"number": 999_999, "token": "no-such-token", "batch": "2001-01-01-001", "name": "none"}


def routes(patterns=None, before=()) -> Iterator[tuple[tuple[str, ...], URLPattern]]:
    """All routes with the names that lead to them, those of other layers too."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLPattern):
            yield (*before, str(one.name)), one
        else:
            inner = (*before, one.namespace) if one.namespace else before
            yield from routes(one.url_patterns, inner)


def address(names: tuple[str, ...], route: URLPattern) -> str:
    wanted = route.pattern.converters
    return reverse(":".join(names), kwargs={name: ANYTHING[name] for name in wanted})


@pytest.fixture
def everybody(stranger, officer, requester, auditor, counsel, head, administrator, monitor):
    return {
        STRANGER: stranger,
        Role.OFFICER: officer,
        Role.REQUESTER: requester,
        Role.AUDITOR: auditor,
        Role.COUNSEL: counsel,
        Role.HEAD: head,
        Role.ADMINISTRATOR: administrator,
        Role.MONITOR: monitor,
    }


def test_every_route_declares_whom_it_is_for():
    found = list(routes())
    assert len(found) >= 4
    assert [names for names, route in found if access_of(route.callback) is None] == []


def test_only_doors_are_open_to_everybody():
    open_routes = {names[-1] for names, one in routes() if access_of(one.callback).roles is None}
    assert open_routes <= {
        *("home", "sign-in", "sign-out", "enrol"),
        *("sign-in-provider", "sign-in-back", "sign-out-provider"),
        *("healthz", "readyz", "status", "status-es", "words"),  # for whoever watches the server
        *(
            "openapi",
            "checkpoint",
            "tile",
            "nothing",
            "oauth-authorization-server",
        ),  # what the API tells everybody
    }


def test_a_route_about_an_object_declares_its_rule():
    for names, route in routes():
        access = access_of(route.callback)
        about = set(route.pattern.converters) & {"number", "batch", "name"}
        if about and access.roles is not None:
            assert access.rule.text != "the page is about no single object", names


def test_nobody_gets_further_than_declared(everybody):
    """Role by verb by route; the object does not exist, so whoever may pass finds nothing.

    Of the verbs that a route does not take one is tried by everybody, another one by each route;
    HEAD by one of them, another one by each route.
    """
    for number, (names, route) in enumerate(routes()):
        access, path = access_of(route.callback), address(names, route)
        if access.roles is None and names[-1] == "sign-out":
            continue
        untaken = [verb for verb in VERBS if verb.upper() not in access.verbs]
        for place, (role, browser) in enumerate(everybody.items()):
            for verb in VERBS:
                if verb in untaken and verb != untaken[number % len(untaken)]:
                    continue
                if verb == "head" and place != number % len(everybody):
                    continue
                got = getattr(browser.client, verb)(path)
                assert got.status_code in _expected(access, role, verb), (names, role, verb)


def _expected(access, role, verb) -> set[int]:
    is_led_back = access.left_on is not None and verb in {"get", "head"}
    if verb.upper() not in access.verbs and not is_led_back:
        return {204} if access.by_key and verb == "options" else {405}
    if access.roles is None:
        return {200, 302, 303, 403, 404, 422}
    if access.by_key:  # whatever role a browser has, it is no program
        return {400, 401, 415, 422}
    if role is STRANGER:
        return {302, 401}
    if role not in access.roles:
        return {403}
    return {200, 302, 303, 400, 404, 409, 422}


def test_the_character_nul_stands_in_no_text_that_a_page_takes(everybody):
    """PostgreSQL has no text with it, so it was a fault of ours there; other readers end at it."""
    tried = Counter()
    for names, route in routes():
        access, texts = access_of(route.callback), set(route.pattern.converters) - {"number"}
        if access.by_key:
            continue
        browser = everybody[next(iter(access.roles or {STRANGER}))]
        path = address(names, route)
        if texts:
            holed = path.replace(ANYTHING[next(iter(texts))], "a%00b")
            assert browser.get(holed).status_code == 404, names
        elif not route.pattern.converters:
            for said in ({"x": "a\0b"}, {"a\0b": "x"}):
                for verb in {"get", "post"} & {one.lower() for one in access.verbs}:
                    assert getattr(browser.client, verb)(path, said).status_code == 400, names
                    tried[verb] += 1
    assert min(tried["get"], tried["post"]) > 20


FORM = "application/x-www-form-urlencoded"
FORGED = {"step": "approve", "do": "approve", "element": "reason_specific", "cases": "1",
          "why": "x", "note": "x", "agency": AGENCY, "role": "officer", "name": "anna",
          "passkey": "{}", "seen": "x", "next": "/cases/"}  # fmt: skip


def test_an_insider_who_knows_what_is_there_gets_no_further_than_who_guesses(
    site, officer, requester, administrator
):
    """Objects that exist, those of another agency too, and forms with fields of everybody's.

    Who has not the role is refused; what is another agency's looks like what is not there; and
    nothing is done, nor written into the log.
    """
    store = site.office.store
    foreign = next(one.id for one in store.lines(agency=None, many=1000) if one.agency != AGENCY)
    case = next(iter(store.queue())).id
    batch = store.batches()[0].id
    before = store.log_size()
    insiders = {
        Role.OFFICER: officer,
        Role.REQUESTER: requester,
        Role.ADMINISTRATOR: administrator,
    }
    tried = Counter()
    for names, route in routes():
        access, wanted = access_of(route.callback), route.pattern.converters
        if not wanted.keys() & {"number", "batch", "name"} or not access.roles or access.by_key:
            continue
        without = [one for one in insiders if one not in access.roles]
        of_others = {"batch": batch, "name": "replies.csv", "token": "none"}
        for role in {*without[:1], *(access.roles & {Role.REQUESTER})}:
            is_let_in, ask = role in access.roles, insiders[role].client
            about = of_others | {"number": foreign if is_let_in else case}
            there = reverse(":".join(names), kwargs={one: about[one] for one in wanted})
            for verb in sorted(access.verbs - {"HEAD"}):
                got = ask.generic(verb, there, urlencode(FORGED), content_type=FORM)
                assert got.status_code == (404 if is_let_in else 403), (names, role, verb)
                tried[is_let_in] += 1
                if is_let_in:
                    nowhere = ask.generic(
                        verb, address(names, route), urlencode(FORGED), content_type=FORM
                    )
                    assert _words(got) == _words(nowhere), (names, verb)
    assert tried[True] >= 8
    assert tried[False] >= 20
    assert store.log_size() == before


def _words(page) -> str:
    """A page without the mark of its forms, which is another each time."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode())


def test_whoever_opens_an_address_of_forms_is_led_to_its_page_and_told_that_nothing_was_sent(
    site, everybody
):
    """A browser stands on such an address after a refusal, by a bookmark or its history."""
    case = next(iter(site.office.store.queue())).id
    asked = next(one.id for one in site.office.store.find_lines("", 500) if one.agency == AGENCY)
    of_forms = [
        (names[-1], route, access)
        for names, route in routes()
        if "GET" not in (access := access_of(route.callback)).verbs and not access.by_key
    ]
    assert len(of_forms) >= 14
    for name, route, access in of_forms:
        assert access.left_on is not None, f"{name}: a browser that is left on it is told nothing"
        for role in access.roles or (Role.OFFICER,):
            objects = {"number": case if role is Role.OFFICER else asked, "name": "seat"}
            about = {one: objects[one] for one in route.pattern.converters}
            client = everybody[role].client
            got = client.get(reverse(name, kwargs=about), follow=True)
            assert (got.status_code, len(got.redirect_chain)) in {(200, 1), (200, 2)}, name
            assert (NOTHING_SENT in got.content.decode()) == (name != "sign-out"), name
            again = client.get(got.redirect_chain[-1][0])
            assert NOTHING_SENT not in again.content.decode(), "it is said once"


def test_what_declares_nothing_is_not_served(officer, monkeypatch):
    route = next(one for names, one in routes() if names == ("home",))
    monkeypatch.setattr(route, "callback", sign_in.home.__wrapped__)
    assert officer.get("/").status_code == 403
