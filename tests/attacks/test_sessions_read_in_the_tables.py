"""Attack: whoever reads or writes the table of sessions comes in as who has signed in."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from ostiary.faces.server.roles import Role
from ostiary.faces.server.sessions import row_of
from web_office import Browser, opened_copy, person

NAME = settings.SESSION_COOKIE_NAME


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("sessions")) as found:
        yield found


@pytest.fixture(scope="module")
def auditor(site):
    return person(site, Role.AUDITOR, "auditor-1")


def cookie(browser) -> str:
    return browser.client.cookies[NAME].value


def test_no_row_holds_what_a_cookie_holds(site, auditor):
    assert auditor.get("/audit/").status_code == 200
    for row in Session.objects.all():
        thief = Browser(site)
        for text in (row.session_key, row.session_data):
            assert cookie(auditor) not in text
        thief.client.cookies[NAME] = row.session_key
        assert thief.get("/audit/")["Location"] == "/sign-in/"


def test_content_moved_to_a_row_of_ones_own_opens_nothing(site, auditor):
    assert auditor.get("/audit/").status_code == 200
    thief = Browser(site)
    thief.get("/sign-in/")
    own = Session.objects.filter(session_key=row_of(cookie(thief)))
    content = Session.objects.get(session_key=row_of(cookie(auditor))).session_data
    assert own.update(session_data=content) == 1
    assert thief.get("/audit/")["Location"] == "/sign-in/"
    assert auditor.get("/audit/").status_code == 200


@pytest.mark.parametrize("content", ["", "e30:1:2", "x" * 300])
def test_content_that_is_none_opens_nothing_and_breaks_no_page(site, content):
    thief = Browser(site)
    thief.get("/sign-in/")
    Session.objects.filter(session_key=row_of(cookie(thief))).update(session_data=content)
    assert thief.get("/sign-in/").status_code == 200
    assert thief.get("/audit/")["Location"] == "/sign-in/"


def test_a_cookie_chosen_by_somebody_else_is_given_up_when_its_owner_signs_in(site):
    """Session fixation: what a thief set before sign-in is worth nothing after it."""
    victim = Browser(site, Role.AUDITOR, "auditor-2").enrol()
    victim.client.cookies[NAME] = "a" * 32
    victim.sign_in()
    assert cookie(victim) != "a" * 32
    thief = Browser(site)
    thief.client.cookies[NAME] = "a" * 32
    assert thief.get("/audit/")["Location"] == "/sign-in/"


def test_a_session_that_was_signed_out_is_gone(site):
    browser = person(site, Role.AUDITOR, "auditor-3")
    was = cookie(browser)
    browser.post("/sign-out/")
    browser.client.cookies[NAME] = was
    assert browser.get("/audit/")["Location"] == "/sign-in/"
    assert not Session.objects.filter(session_key=row_of(was)).exists()
