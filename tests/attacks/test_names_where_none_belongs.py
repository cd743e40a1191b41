"""No name, number or address of a person in a log line, an address, a session, an error page."""

import json
import logging
import re

import pytest
from django.contrib.sessions.models import Session

from officers import NEXT_DAY, first_case
from ostiary.faces.server.roles import Role
from web_office import AGENCY, opened, person, requester_of

_PERSONAL = ("given_name", "surname", "address_line", "tin", "birth_date", "city")


class Double:
    """A stream that raises when somebody's data reaches it."""

    def __init__(self, samples):
        self.samples, self.lines = samples, []

    def write(self, text):
        self.lines.append(text)
        for sample in self.samples:
            if sample in text:
                raise AssertionError("a person's data reached the log")

    def flush(self):
        """Nothing is held back."""


@pytest.fixture
def site(office):
    with opened(office, NEXT_DAY) as found:
        yield found


@pytest.fixture
def number(site):
    return first_case(site.desk(), office=site.office.root).request.id


@pytest.fixture
def samples(site, number):
    said = json.loads(site.desk().numbered(number).request.payload)
    return [str(said[name]) for name in _PERSONAL if said.get(name) and len(str(said[name])) > 3]


@pytest.fixture
def double(samples, monkeypatch):
    found = Double(samples)
    for handler in logging.getLogger("django").handlers:
        if type(handler) is logging.StreamHandler:
            monkeypatch.setattr(handler, "stream", found)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    monkeypatch.setattr(logging.Handler, "handleError", _raise)
    return found


def _raise(_handler, _record):
    raise  # noqa: PLE0704 - handleError is called while the error is being handled


def test_pages_and_their_addresses(site, number, samples, double):
    anna = person(site, Role.OFFICER, "anna")
    asks = person(site, Role.REQUESTER, requester_of(site), AGENCY)
    visits = [
        anna.get("/cases/"),
        anna.get(f"/cases/{number}/"),
        anna.post(f"/cases/{number}/decide/", {"step": "approve", "passkey": "{}"}),
        asks.get(f"/requests/{number}/"),
        asks.get(f"/requests/{samples[0]}/"),
        asks.post("/requests/new/", {"surname": samples[1], "do": "check"}),
    ]
    for got in visits:
        links = re.findall(r'(?:href|action|src)="([^"]*)"', got.content.decode())
        links += [got.headers.get("Location", "")]
        assert not [link for link in links for sample in samples if sample in link]
    assert not any(sample in visits[4].content.decode() for sample in samples)
    held = json.dumps([one.get_decoded() for one in Session.objects.all()])
    assert not any(sample in held for sample in samples)
    assert double.lines


def test_an_error_of_ours_that_names_somebody(site, number, samples, double, monkeypatch):
    def broken(*_arguments, **_options):
        raise ValueError(f"no such person: {samples[0]} {samples[1]}")

    anna = person(site, Role.OFFICER, "anna")
    monkeypatch.setattr("ostiary.faces.web.views.one_case.case_page", broken)
    anna.client.raise_request_exception = False
    got = anna.get(f"/cases/{number}/")
    assert got.status_code == 500
    assert not any(sample in got.content.decode() for sample in samples)
    assert any("ValueError" in line for line in double.lines)


def test_the_double_does_raise(samples, double):
    with pytest.raises(AssertionError):
        double.write(f"somebody looked for {samples[0]}")
