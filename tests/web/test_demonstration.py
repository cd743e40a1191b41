"""Who tries a demonstration comes in by a link, officers too, and can work at once."""

import html
import re
from functools import partial

import pytest
from django.db import connections

from officers import NEXT_DAY, key_of
from ostiary.faces.cli.demo_office import SEAT, STAFF, accept_waiting
from ostiary.faces.server.people import TRAINING_LINK, add_person
from ostiary.faces.server.roles import Role
from ostiary.faces.start import open_site
from web_office import Browser


@pytest.fixture
def demonstration(office):
    """An office whose officers let a newcomer in."""
    keys = {name: key_of(office, name) for name in ("anna", "bert")}
    found = open_site(office, on=NEXT_DAY, let_in=partial(accept_waiting, keys))
    yield found
    connections["default"].close()
    found.office.store.close()


def come_in(site, role, name):
    browser = Browser(site, role, name)
    path = add_person(site, role, name, by=TRAINING_LINK).removeprefix(site.address)
    page = browser.get(path).content.decode()
    options = html.unescape(re.search(r'data-options="([^"]*)"', page)[1])
    challenge = re.search(r'"challenge": ?"([^"]*)"', options)[1]
    done = browser.post(path, {"passkey": browser.device.create(challenge)})
    assert (done.status_code, done["Location"]) == (302, "/")
    return browser


def test_an_officer_comes_in_by_the_link_alone_and_finds_cases(demonstration):
    browser = come_in(demonstration, Role.OFFICER, "carla")
    page = browser.get("/cases/")
    assert page.status_code == 200
    assert "Sign out" in page.content.decode()
    assert browser.sign_in().get("/cases/").status_code == 200


def test_the_officers_who_let_a_newcomer_in_stand_in_the_log(demonstration):
    before = demonstration.office.store.log_size()
    come_in(demonstration, Role.OFFICER, "carla")
    size = demonstration.office.store.log_size()
    entries = demonstration.office.store.entries_from(before)
    told = b"".join(body for body, _ in zip(entries, range(size - before), strict=False))
    assert told.count(b"key.accepted") == 2


def test_an_office_that_is_no_demonstration_lets_nobody_in_so(site):
    link = add_person(site, Role.OFFICER, "carla", by=TRAINING_LINK)
    assert link
    browser = come_in(site, Role.OFFICER, "dora")
    assert browser.get("/cases/").status_code == 302


def test_the_courts_monitor_comes_in_and_sees_what_stands_under_the_order(demonstration):
    """The order that a demonstration has names its monitor; every role has somebody."""
    (demonstration.office.orders / "training-monitor.md").write_text(SEAT)
    browser = come_in(demonstration, Role.MONITOR, "monitor-1")
    page = browser.get("/monitor/training-monitor/").content.decode()
    assert "appoints a monitor" in page
    assert 'href="/monitor/training-monitor/' in page
    assert {role for _, role, _ in STAFF} | {Role.REQUESTER} == set(Role)
