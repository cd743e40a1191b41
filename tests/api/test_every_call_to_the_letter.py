"""Every address for programs by every verb, and what is wrong with it: to the letter of RFC 9110.

A refusal is a problem (RFC 9457), at the token endpoint OAuth's (RFC 6749, section 5.2); 405 names
what is allowed, 401 the scheme, 429 and 503 when to come again, and HEAD is GET without a body.
"""

import json

import pytest
from django.test import Client
from django.urls import get_resolver

from ostiary.faces.api import problems
from ostiary.faces.api.problems import Problem

ANYTHING = {"number": "999999", "path": "entries/000", "name": "nothing"}
VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
ODD = [
    *("/api", "/api/", "/api/v1", "/api/v1/token/", "/api/v1/requests/x", "/api/v1/log/tile/0/999"),
    *(
        "/.well-known/none",
        "/api/v1/%ff%fe",
        "/api/v1/requests/%00",
        f"/api/v1/requests/{'9' * 400}",
    ),
]
TOKEN = "/api/v1/token"
OK, NO_CONTENT, UNAUTHORIZED, WRONG_VERB, TOO_OFTEN, AWAY = 200, 204, 401, 405, 429, 503


def addresses():
    """Give an address of each route for programs."""
    for prefix, part in (("/api/", "api/"), ("/.well-known/", ".well-known/")):
        [inner] = [one for one in get_resolver().url_patterns if str(one.pattern) == part]
        for route in inner.url_patterns:
            path = str(route.pattern)
            for name, kind in route.pattern.converters.items():
                said = type(kind).__name__.removesuffix("Converter").lower()
                for spelled in (f"<{name}>", f"<{said}:{name}>"):
                    path = path.replace(spelled, ANYTHING.get(name, "1"))
            yield f"{prefix}{path}"


@pytest.fixture
def stranger(site):
    assert site.address
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True, raise_request_exception=False)


def check_refusal(path, got):
    told = json.loads(got.content)
    kind = got.headers["Content-Type"]
    if path == TOKEN:
        assert kind == "application/json"
        assert {"error", "error_description"} <= told.keys()
    else:
        assert kind == "application/problem+json"
    assert told["status"] == got.status_code
    assert {"type", "title", "authority", "cure"} <= told.keys()


def test_every_address_by_every_verb(stranger):
    paths = [*addresses(), *ODD]
    assert len(paths) > 20
    for path in paths:
        tried = {verb: stranger.generic(verb, path, b"", "application/json") for verb in VERBS}
        for verb, got in tried.items():
            if got.status_code >= 400 and verb != "HEAD":
                check_refusal(path, got)
            if got.status_code in {WRONG_VERB, NO_CONTENT}:
                allowed = set(got.headers["Allow"].split(", "))
                refused = {one for one, x in tried.items() if x.status_code == WRONG_VERB}
                assert allowed == set(tried) - refused, (path, verb)
            if got.status_code == UNAUTHORIZED:
                assert got.headers["WWW-Authenticate"].startswith("DPoP ")
            assert "Set-Cookie" not in got.headers
            assert "charset" not in got.headers["Content-Type"] or "json" not in got["Content-Type"]
        head, get = tried["HEAD"], tried["GET"]
        assert (head.status_code, head.content) == (get.status_code, b""), path
        assert head.headers["Content-Type"] == get.headers["Content-Type"]


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "application/json;q=0", "", ";;,q=x"])
def test_what_is_accepted_is_passed_over_and_there_is_one_representation(stranger, accept):
    """RFC 9110, 12.5.1 lets a server disregard it: a program is told all it can be told."""
    for path in addresses():
        plain, asked = stranger.get(path), stranger.get(path, headers={"Accept": accept})
        assert (asked.status_code, asked["Content-Type"]) == (
            plain.status_code,
            plain["Content-Type"],
        )
        assert asked.content == plain.content


def test_whatever_is_open_has_an_entity_tag_and_is_not_sent_twice(stranger):
    found = 0
    for path in addresses():
        got = stranger.get(path)
        if got.status_code != OK:
            continue
        found += 1
        again = stranger.get(path, headers={"If-None-Match": got.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path
        refused = stranger.get(path, headers={"If-Match": '"another"'})
        assert refused.status_code == 412
        check_refusal(path, refused)
    assert found >= 3


def test_who_comes_too_early_is_told_when_to_come_again():
    told = [one for one in vars(problems).values() if isinstance(one, Problem)]
    assert told
    for one in told:
        if one.status in {TOO_OFTEN, AWAY}:
            assert int(one.headers["Retry-After"]) > 0, one.code
        if one.status == UNAUTHORIZED:
            assert one.headers["WWW-Authenticate"], one.code
