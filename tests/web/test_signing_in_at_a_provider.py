"""Signing in at a real OpenID Connect provider, and what that opens: pages, and no decision."""

import json
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from authenticator import Device
from hostile_provider import CLIENT as OFFICE
from hostile_provider import SUBJECT, hostile_provider
from officers import NEXT_DAY
from openid_provider import CLIENT, SECRET, openid_provider
from ostiary.domain.errors import InputError, OfficeError
from ostiary.faces.cli.main import cli
from ostiary.faces.server.orm import Binding
from ostiary.faces.server.people import add_person, bind, end, everybody
from ostiary.faces.server.roles import Role
from ostiary.office.folder.config import read_config
from ostiary.verifying.log.entries import read_entry
from web_office import Browser, name_provider, opened

BACK = "http://localhost:8000/sign-in/provider/back/"


@pytest.fixture(scope="module")
def provider():
    with openid_provider(BACK) as running:
        yield running


@pytest.fixture
def site(office, provider):
    """An office whose people may sign in at the provider."""
    name_provider(office, provider.issuer, CLIENT, SECRET)
    with opened(office, NEXT_DAY) as found:
        yield found


def asked(browser) -> str:
    """The address that the browser is sent to."""
    sent = browser.get("/sign-in/provider/")
    assert sent.status_code == 302
    return sent["Location"]


def come_back(browser, answer):
    return browser.get(answer.removeprefix("http://localhost:8000"))


def sign_in(browser, provider, name):
    return come_back(browser, provider.answer(asked(browser), name))


def bound(site, provider, role, name, account):
    add_person(site, role, name)
    bind(site, role, name, provider.subject(account))


def test_an_auditor_signs_in_at_the_provider(site, provider, stranger):
    bound(site, provider, Role.AUDITOR, "auditor-1", "auditor")
    before = stranger.get("/sign-in/") and stranger.client.cookies["__Host-session"].value
    done = sign_in(stranger, provider, "auditor")
    assert (done.status_code, done["Location"]) == (302, "/")
    assert stranger.client.cookies["__Host-session"].value != before
    assert stranger.get("/audit/").status_code == 200
    assert [(one.state, one.provider) for one in everybody()] == [("may sign in", provider.issuer)]


def test_the_question_has_a_verifier_a_state_and_a_nonce_each_time_anew(site, stranger):
    first, second = (parse_qs(urlsplit(asked(stranger)).query) for _ in range(2))
    assert first["code_challenge_method"] == ["S256"]
    assert (first["response_type"], first["scope"]) == (["code"], ["openid"])
    assert first["redirect_uri"] == [f"{site.address}/sign-in/provider/back/"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]


def test_a_subject_that_nobody_is_bound_to_gets_no_account(site, provider, stranger):
    bound(site, provider, Role.AUDITOR, "auditor-1", "auditor")
    done = sign_in(stranger, provider, "nobody")
    assert done.status_code == 403
    assert "Nobody of this office" in done.content.decode()
    assert stranger.get("/audit/")["Location"] == "/sign-in/"
    assert Binding.objects.count() == 1


def test_somebody_who_was_ended_is_out_at_once_and_stays_out(site, provider, stranger):
    bound(site, provider, Role.AUDITOR, "auditor-1", "auditor")
    sign_in(stranger, provider, "auditor")
    assert stranger.get("/audit/").status_code == 200
    end(site, Role.AUDITOR, "auditor-1")
    assert stranger.get("/audit/")["Location"] == "/sign-in/"
    assert sign_in(stranger, provider, "auditor").status_code == 403


def test_a_binding_is_in_the_log_without_its_subject(site, provider):
    add_person(site, Role.AUDITOR, "auditor-1")
    before = site.office.store.log_size()
    bind(site, Role.AUDITOR, "auditor-1", provider.subject("auditor"))
    entry, door = [read_entry(body) for body in site.office.store.entries_from(before)]
    assert (door.type, door["change"]) == ("door.opened", before)
    assert entry.type == "staff.changed"
    assert entry.fields == {"role": "auditor", "person": "auditor-1", "act": "bound"}


def test_a_binding_that_was_put_back_lets_nobody_in(site, provider, stranger):
    """Neither one that another took the place of, nor one whose row was changed."""
    bound(site, provider, Role.AUDITOR, "auditor-1", "auditor")
    earlier = Binding.objects.values().get()
    bind(site, Role.AUDITOR, "auditor-1", provider.subject("nobody"))
    Binding.objects.update(**earlier)
    assert sign_in(stranger, provider, "auditor").status_code == 403
    bind(site, Role.AUDITOR, "auditor-1", provider.subject("auditor"))
    assert sign_in(stranger, provider, "auditor").status_code == 302
    Binding.objects.update(bound_at=F("bound_at") - timedelta(days=1))
    assert stranger.get("/audit/")["Location"] == "/sign-in/"


def test_another_binding_ends_the_sessions_of_the_earlier_one(site, provider, stranger):
    bound(site, provider, Role.AUDITOR, "auditor-1", "auditor")
    sign_in(stranger, provider, "auditor")
    bind(site, Role.AUDITOR, "auditor-1", provider.subject("nobody"))
    assert stranger.get("/audit/")["Location"] == "/sign-in/"


def test_an_officer_whom_the_register_no_longer_lists_is_out(site, provider, stranger):
    bound(site, provider, Role.OFFICER, "anna", "anna")
    assert sign_in(stranger, provider, "anna").status_code == 302
    assert stranger.get("/cases/").status_code == 200
    (site.office.registers / "reviewers.csv").write_text("officer,public_key,from,until\n")
    assert stranger.get("/cases/")["Location"] == "/sign-in/"
    assert sign_in(stranger, provider, "anna").status_code == 403


def test_without_a_passkey_every_button_is_grey_and_says_why(site, provider, stranger):
    bound(site, provider, Role.OFFICER, "anna", "anna")
    sign_in(stranger, provider, "anna")
    number = site.office.store.queue().__next__().id
    page = stranger.get(f"/cases/{number}/").content.decode()
    assert "signed by your own passkey over the decision" in page
    assert 'value="found"' in page
    assert page.count(" disabled ") == 1  # nothing is to be approved before a look
    assert "No; return the request" not in page
    size = site.office.store.log_size()
    seen = stranger.seen(f"/cases/{number}/")
    for answer in ("", Device().get("AAAA")):
        step = {"step": "found", "passkey": answer, "seen": seen}
        done = stranger.post(f"/cases/{number}/decide/", step)
        assert done.status_code == 409
    bodies = site.office.store.entries_from(size)
    assert not any(b"reason.determined" in body or b"answer.voted" in body for body in bodies)


def test_with_a_passkey_of_their_own_the_step_is_signed_by_it(site, provider):
    browser = Browser(site, Role.OFFICER, "anna").enrol()
    bind(site, Role.OFFICER, "anna", provider.subject("anna"))
    sign_in(browser, provider, "anna")
    number = site.office.store.queue().__next__().id
    assert browser.step(number, "found").status_code == 302


def test_a_session_ends_after_eight_hours(site, provider, stranger, monkeypatch):
    bound(site, provider, Role.AUDITOR, "auditor-1", "auditor")
    sign_in(stranger, provider, "auditor")
    later = time.time() + settings.LONGEST_SESSION + 1
    monkeypatch.setattr("ostiary.faces.server.signing_in.time.time", lambda: later)
    assert stranger.get("/audit/")["Location"] == "/sign-in/"


def test_no_token_and_no_subject_is_kept(site, provider, stranger):
    bound(site, provider, Role.AUDITOR, "auditor-1", "auditor")
    sign_in(stranger, provider, "auditor")
    [held] = [one.get_decoded() for one in Session.objects.all()]
    assert all(isinstance(value, int) for what, value in held.items() if what != "row")
    [binding] = Binding.objects.all()
    assert len(binding.subject) == 64
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    assert not [name for name in tables if "token" in name.removeprefix("api_")]


def test_a_subject_is_one_persons(site, provider):
    bound(site, provider, Role.AUDITOR, "auditor-1", "auditor")
    add_person(site, Role.COUNSEL, "counsel-1")
    with pytest.raises(InputError, match="bound to another person"):
        bind(site, Role.COUNSEL, "counsel-1", provider.subject("auditor"))
    with pytest.raises(InputError, match="1 to 255"):
        bind(site, Role.COUNSEL, "counsel-1", "")


def test_a_stolen_code_opens_nothing_in_the_thiefs_browser(site, provider):
    """PKCE: the code was asked for by another verifier (RFC 7636, section 1)."""
    bound(site, provider, Role.AUDITOR, "auditor-1", "auditor")
    victim, thief = Browser(site), Browser(site)
    code = parse_qs(urlsplit(provider.answer(asked(victim), "auditor")).query)["code"][0]
    own = parse_qs(urlsplit(asked(thief)).query)["state"][0]
    stolen = urlencode({"state": own, "code": code, "iss": provider.issuer})
    assert thief.get(f"/sign-in/provider/back/?{stolen}").status_code == 403
    assert thief.get("/audit/")["Location"] == "/sign-in/"


def test_an_administrator_binds_by_command_and_sees_where_people_sign_in(site, provider, stranger):
    office, subject = str(site.office.root), provider.subject("auditor")
    said = CliRunner().invoke(
        cli,
        ["people", "add", office, "auditor-1", "--role", "auditor", "--oidc-subject", subject],
    )
    assert said.exit_code == 0, said.output
    assert f"may sign in at {provider.issuer}" in said.output
    listed = CliRunner().invoke(cli, ["people", "list", office, "--json"])
    assert json.loads(listed.output)["people"][0]["provider"] == provider.issuer
    assert sign_in(stranger, provider, "auditor").status_code == 302


def test_a_provider_that_is_away_closes_no_other_door(office):
    name_provider(office, "http://localhost:9", CLIENT, SECRET)
    with opened(office, NEXT_DAY) as site:
        browser = Browser(site, Role.AUDITOR, "auditor-1").enrol()
        assert browser.get("/sign-in/provider/").status_code == 503
        assert browser.sign_in().get("/audit/").status_code == 200


def test_a_secret_that_cannot_be_read_is_not_named_to_the_browser(site, provider, stranger):
    assert provider.issuer  # it is there, and answers
    (site.office.root / "provider-secret").unlink()
    done = stranger.get("/sign-in/provider/")  # it is needed before the browser is sent away
    assert done.status_code == 503
    assert "provider-secret" not in done.content.decode()


def test_an_office_without_a_provider_has_no_such_door(office):
    with opened(office, NEXT_DAY) as site:
        browser = Browser(site)
        assert browser.get("/sign-in/provider/").status_code == 404
        assert browser.get("/sign-in/provider/back/?state=&code=x").status_code == 404
        assert "provider" not in browser.get("/sign-in/").content.decode()
        add_person(site, Role.AUDITOR, "auditor-1")
        with pytest.raises(InputError, match="no sign-in provider"):
            bind(site, Role.AUDITOR, "auditor-1", "x")


@pytest.mark.parametrize(
    "issuer", ["http://login.example", "https://login.example/?x=1", "ftp://x", "https://a b"]
)
def test_an_issuer_is_reached_over_tls_or_on_this_machine(office, issuer):
    name_provider(office, issuer, CLIENT, SECRET)
    with pytest.raises(OfficeError, match="`issuer` will not do"):
        read_config(office / "office.toml")


def test_django_has_nothing_to_say(site):
    call_command("check", databases=["default"])
    assert site.office.config.oidc.client_id == CLIENT


@pytest.fixture
def newer(office):
    """A provider that takes pushed requests, and knows when somebody signs out."""
    with hostile_provider() as provider:
        provider.metadata |= {
            "pushed_authorization_request_endpoint": f"{provider.issuer}/par",
            "end_session_endpoint": f"{provider.issuer}/end?realm=1",
        }
        name_provider(office, provider.issuer, OFFICE, SECRET)
        with opened(office, NEXT_DAY) as site:
            add_person(site, Role.AUDITOR, "auditor-1")
            bind(site, Role.AUDITOR, "auditor-1", SUBJECT)
            yield provider, Browser(site)


def test_what_is_asked_is_pushed_and_the_browser_carries_its_name_alone(newer):
    """RFC 9126: the provider gets it from the office itself, with the office's secret."""
    provider, browser = newer
    query = parse_qs(urlsplit(asked(browser)).query)
    assert query == {"client_id": [OFFICE], "request_uri": ["urn:example:1"]}
    (pushed,) = provider.pushed
    assert (pushed["client_id"], pushed["client_secret"]) == (OFFICE, SECRET)
    assert (pushed["response_type"], pushed["code_challenge_method"]) == ("code", "S256")
    provider.nonce = pushed["nonce"]
    done = browser.get(
        f"/sign-in/provider/back/?{urlencode({'state': pushed['state'], 'code': 'c'})}"
    )
    assert (done.status_code, done["Location"]) == (302, "/")
    assert browser.get("/audit/").status_code == 200


@pytest.mark.parametrize("demanded", [False, True])
def test_a_push_that_is_refused_stops_only_where_it_is_demanded(newer, demanded):
    provider, browser = newer
    provider.takes_pushed = False
    provider.metadata["require_pushed_authorization_requests"] = demanded
    sent = browser.get("/sign-in/provider/")
    assert sent.status_code == (503 if demanded else 302)
    if not demanded:
        assert parse_qs(urlsplit(sent["Location"]).query)["code_challenge_method"] == ["S256"]


def test_who_came_by_the_provider_is_signed_out_there_too(newer):
    provider, browser = newer
    asked(browser)
    (pushed,) = provider.pushed
    provider.nonce = pushed["nonce"]
    browser.get(f"/sign-in/provider/back/?{urlencode({'state': pushed['state'], 'code': 'c'})}")
    done = browser.post("/sign-out/")
    assert (done.status_code, done["Location"]) == (302, "/sign-out/provider/")
    there = f"{provider.issuer}/end?realm=1&amp;client_id={OFFICE}"
    page = browser.get("/sign-out/provider/").content.decode()
    assert f'content="0; url={there}"' in page
    assert f'href="{there}"' in page
    assert browser.get("/audit/")["Location"] == "/sign-in/"
