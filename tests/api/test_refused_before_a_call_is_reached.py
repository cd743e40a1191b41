"""Whatever refuses a call before it is reached speaks the call's language: problems, or OAuth."""

import json

import pytest
from django.db import DatabaseError
from django.test import Client as DjangoClient
from django.urls import get_resolver

from ostiary.faces.server import access
from programs import send_to_django

CALLS = [
    ("POST", "/api/v1/token"),
    ("POST", "/api/v1/requests"),
    ("GET", "/api/v1/requests/1"),
    ("GET", "/api/v1/requests/1/answer"),
    ("GET", "/api/v1/log/checkpoint"),
    ("GET", "/api/v1/openapi.json"),
    ("DELETE", "/api/v1/nothing"),
    ("GET", "/.well-known/oauth-authorization-server"),
    ("GET", "/api"),
]
HOSTS = ["other.example", "localhost.other.example", "a b", "localhost@other.example", "127.0.0.1"]


def problem_of(got, path, status):
    seen, content, headers = got
    assert seen == status
    told = json.loads(content)
    assert told["status"] == status
    assert told["cure"]
    if path == "/api/v1/token":
        assert headers["content-type"] == "application/json"
        assert told["error"]
        assert told["error_description"]
    else:
        assert headers["content-type"] == "application/problem+json"
    return told


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(("verb", "path"), CALLS)
def test_a_call_by_another_hosts_name(site, host, verb, path):
    got = send_to_django(verb, f"{site.address}{path}", {"Host": host}, None)
    told = problem_of(got, path, 400)
    assert told["type"].endswith(":other-host")
    assert host.encode() not in got[1]


def test_a_page_by_another_hosts_name_is_a_page(site):
    status, content, headers = send_to_django(
        "GET", f"{site.address}/sign-in/", {"Host": "other.example"}, None
    )
    assert status == 400
    assert headers["content-type"].startswith("text/html")
    assert b"This cannot be read" in content


@pytest.mark.parametrize(("verb", "path"), CALLS)
def test_a_fault_of_ours_before_the_call(site, monkeypatch, verb, path):  # noqa: ARG001 - is open
    def gone(_request):
        raise DatabaseError("of no interest to who calls")

    monkeypatch.setattr(access, "person_of", gone)
    client = DjangoClient(SERVER_NAME="localhost", raise_request_exception=False)
    got = client.generic(verb, path, b"", "application/json")
    headers = {name.lower(): value for name, value in got.headers.items()}
    problem_of((got.status_code, got.content, headers), path, 500)
    assert b"interest" not in got.content


def test_an_address_for_programs_that_is_none(site):
    path = "/.well-known/openid-configuration"
    problem_of(send_to_django("GET", f"{site.address}{path}", {}, None), path, 404)


def test_each_of_djangos_ways_out_leads_here():
    for status in (400, 403, 404, 500):
        view = get_resolver().resolve_error_handler(status)
        assert view.__module__ == "ostiary.faces.api.errors"
