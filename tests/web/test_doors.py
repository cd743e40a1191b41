"""Coming in: a link, a passkey, a fingerprint that is compared; and going out again."""

import hashlib
import html
import re
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import F
from django.test import override_settings

from authenticator import PRESENT, Device
from officers import NEXT_DAY
from ostiary.domain.errors import InputError
from ostiary.faces.server.orm import Enrolment, Passkey, Person
from ostiary.faces.server.people import add_person, confirm, end, everybody
from ostiary.faces.server.roles import Role
from web_office import Browser, person

pytestmark = pytest.mark.usefixtures("site")


def test_a_stranger_is_sent_to_sign_in(stranger):
    assert stranger.get("/")["Location"] == "/sign-in/"


def test_an_officer_enrols_and_signs_in(site, officer):
    assert officer.get("/").status_code in {200, 302}
    assert officer.get("/sign-in/").status_code == 200
    rows = (site.office.registers / "reviewers.csv").read_text()
    assert Passkey.objects.get().public_key in rows


def test_a_link_works_once(site):
    first = Browser(site, Role.AUDITOR, "auditor-1")
    link = add_person(site, Role.AUDITOR, "auditor-1").removeprefix(site.address)
    options = first.get(link).content.decode()
    challenge = re.search(r"challenge&quot;: ?&quot;([^&]*)&quot;", options)[1]
    assert first.post(link, {"passkey": first.device.create(challenge)}).status_code == 200
    assert first.get(link).status_code == 404
    assert Browser(site).get(link).status_code == 404


def test_a_link_is_not_kept(site):
    link = add_person(site, Role.COUNSEL, "counsel-1")
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in Enrolment.objects.get().token_hash


def test_a_passkey_does_not_count_before_its_fingerprint_was_compared(site):
    browser = Browser(site, Role.AUDITOR, "auditor-1")
    browser.enrol()
    Passkey.objects.update(confirmed_at=None)
    done = browser.try_sign_in()
    assert done.status_code == 403
    assert "waits for confirmation" in done.content.decode()


def test_another_fingerprint_is_refused(site):
    Browser(site, Role.AUDITOR, "auditor-1").enrol()
    Passkey.objects.update(confirmed_at=None)
    with pytest.raises(InputError, match="no passkey with this fingerprint"):
        confirm(site, Role.AUDITOR, "auditor-1", "0000-0000-0000-0000")


def test_an_answer_to_another_question_is_refused(auditor):
    old = auditor.device.get(auditor.asked())
    auditor.get("/sign-in/")
    assert auditor.post("/sign-in/", {"passkey": old}).status_code == 403


def test_an_answer_is_taken_once(auditor):
    answer = auditor.device.get(auditor.asked())
    assert auditor.post("/sign-in/", {"passkey": answer}).status_code == 302
    assert auditor.post("/sign-in/", {"passkey": answer}).status_code == 403


def test_a_device_that_did_not_verify_its_owner_is_refused(auditor):
    auditor.device.flags = PRESENT
    assert auditor.try_sign_in().status_code == 403


def test_a_page_elsewhere_gets_nothing(auditor):
    auditor.device.origin = "https://ostiary.example.invalid"
    assert auditor.try_sign_in().status_code == 403


@pytest.mark.usefixtures("auditor")
def test_a_device_nobody_enrolled_is_refused(site):
    assert Browser(site, device=Device()).try_sign_in().status_code == 403


def test_what_is_no_answer_is_refused(stranger):
    for text in ("", "{", "[]", '{"id": 1}', '{"response": {}}', "x" * 9000):
        assert stranger.post("/sign-in/", {"passkey": text}).status_code == 403


def test_somebody_who_was_ended_is_out_at_once(site, auditor):
    assert auditor.get("/book/").status_code in {200, 404}
    end(site, Role.AUDITOR, "auditor-1")
    assert auditor.get("/")["Location"] == "/sign-in/"
    assert [one.state for one in everybody()] == ["ended"]


@pytest.mark.parametrize("added_again", [False, True])
def test_rows_put_back_let_nobody_in_whom_the_log_has_ended(site, auditor, added_again):
    """Nor is a passkey of before let in, once the person was added anew."""
    Passkey.objects.update(enrolled_at=F("enrolled_at") - timedelta(hours=1))
    before = {model: list(model.objects.values()) for model in (Person, Passkey)}
    end(site, Role.AUDITOR, "auditor-1")
    if added_again:
        add_person(site, Role.AUDITOR, "auditor-1")
    for model, rows in before.items():
        for row in rows:
            model.objects.filter(pk=row["id"]).update(**row)
    assert auditor.get("/")["Location"] == "/sign-in/"
    assert auditor.try_sign_in().status_code == 403


def test_an_officer_struck_from_the_register_is_out_at_once(site, officer):
    register = site.office.registers / "reviewers.csv"
    register.write_text("officer,public_key,from,until\n")
    assert officer.get("/")["Location"] == "/sign-in/"


def test_a_session_ends_after_eight_hours(auditor, monkeypatch):
    later = time.time() + settings.LONGEST_SESSION + 1
    monkeypatch.setattr("ostiary.faces.server.signing_in.time.time", lambda: later)
    assert auditor.get("/")["Location"] == "/sign-in/"


def test_signing_out_ends_the_session(auditor):
    assert auditor.post("/sign-out/").status_code == 302
    assert auditor.get("/")["Location"] == "/sign-in/"
    assert Session.objects.count() == 0


def test_a_session_holds_numbers_only(auditor):
    assert auditor.get("/").status_code in {200, 302}
    held = [one.get_decoded() for one in Session.objects.all()]
    assert all(
        isinstance(value, int) for one in held for what, value in one.items() if what != "row"
    )


def test_a_requester_must_stand_in_the_register(site):
    with pytest.raises(InputError, match="no officer of this id"):
        add_person(site, Role.REQUESTER, "nobody", "dhs-ice")
    with pytest.raises(InputError, match="cannot stand in the log"):
        add_person(site, Role.AUDITOR, "No Such Id")


def test_cookies_are_for_this_host_over_tls_and_not_for_scripts(auditor):
    for name in ("__Host-session", "__Host-csrf"):
        cookie = auditor.client.cookies[name]
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] in {"Lax", "Strict"}


def test_pages_allow_no_inline_script_and_are_not_kept(stranger):
    page = stranger.get("/sign-in/")
    assert "unsafe" not in page["Content-Security-Policy"]
    assert page["Cache-Control"] == "no-store"
    assert page["X-Frame-Options"] == "DENY"
    text = page.content.decode()
    assert "<style" not in text
    assert "style=" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son[a-z]+=", text)


def test_a_form_of_another_page_is_refused(auditor):
    auditor.client.handler.enforce_csrf_checks = True
    assert auditor.post("/sign-out/").status_code == 403


def test_django_has_nothing_to_say_against_the_deployment():
    with override_settings(SECURE_SSL_REDIRECT=True):
        call_command("check", deploy=True, fail_level="INFO", databases=["default"])


def test_one_role_does_not_open_another(site):
    person(site, Role.COUNSEL, "counsel-1")
    assert {one.role for one in everybody()} == {"counsel"}


def test_whoever_was_signed_out_comes_back_to_the_page_they_wanted(officer):
    officer.post("/sign-out/")
    assert officer.get("/cases/?who=all")["Location"] == "/sign-in/"
    assert "the page that you opened follows" in officer.get("/sign-in/").content.decode()
    done = officer.try_sign_in()
    assert done["Location"] == "/cases/?who=all"
    officer.post("/sign-out/")
    assert officer.try_sign_in()["Location"] == "/"


def test_an_officer_whose_row_has_not_begun_is_told_so(site):
    early = Browser(site, Role.OFFICER, "dora").enrol()
    path = site.office.registers / "reviewers.csv"
    rows = path.read_text().replace(f",{NEXT_DAY},", ",2025-09-01,")
    path.write_text(rows)
    assert [one.state for one in everybody(site)] == [
        "dora is not in office on 2025-08-07: the row in reviewers.csv begins on 2025-09-01"
    ]
    refused = early.try_sign_in()
    assert refused.status_code == 403
    assert "begins on 2025-09-01" in refused.content.decode()


def test_what_was_typed_survives_the_end_of_a_session(requester):
    typed = {"request_id": "K-1", "reason": 'a "quoted" <reason>', "do": "check"}
    requester.post("/sign-out/")
    asked = requester.post("/requests/new/", typed)
    assert asked.status_code == 403
    page = asked.content.decode()
    kept = html.unescape(re.search(r'name="kept" value="([^"]*)"', page)[1])
    challenge = re.search(r'data-challenge="([^"]+)"', page)[1]
    signed = {"passkey": requester.device.get(challenge), "kept": kept}
    again = requester.post("/sign-in/", signed).content.decode()
    assert "a &quot;quoted&quot; &lt;reason&gt;" in again
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', again)
    sent = {name: html.unescape(value) for name, value in fields}
    form = requester.post(
        re.search(r'<form method="post" action="(/requests[^"]*)"', again)[1], sent
    )
    assert 'value="K-1"' in form.content.decode()


def test_a_passkeys_answer_is_never_given_back(officer):
    officer.post("/sign-out/")
    page = officer.post("/cases/1/decide/", {"passkey": "secret-answer", "why": "too vague"})
    assert "too vague" in page.content.decode()
    assert "secret-answer" not in page.content.decode()


@pytest.mark.parametrize(
    ("origin", "repeated"), [("", True), ("https://evil.example", False), (None, False)]
)
def test_a_form_that_is_too_old_gives_its_text_back_to_our_own_pages_alone(
    site, requester, origin, repeated
):
    requester.client.handler.enforce_csrf_checks = True
    sent = {} if origin is None else {"headers": {"Origin": origin or site.address}}
    done = requester.client.post("/requests/new/", {"reason": "typed words"}, **sent)
    assert done.status_code == 403
    assert "too old" in done.content.decode()
    assert ("typed words" in done.content.decode()) is repeated


@pytest.mark.parametrize(
    "kept",
    ["", "{", "[]", '{"to":"//evil.example/","fields":[["a","b"]],"file":false}', '{"to":1}'],
)
def test_what_is_kept_leads_nowhere_but_to_our_pages(officer, kept):
    officer.post("/sign-out/")
    signed = {"passkey": officer.device.get(officer.asked()), "kept": kept}
    assert officer.post("/sign-in/", signed)["Location"] == "/"


def test_a_page_names_its_style_and_scripts_by_what_they_hold(stranger):
    """Browsers keep them for a day: after an upgrade no page meets those of the version before."""
    page = stranger.get("/sign-in/").content.decode()
    named = re.findall(r'(?:href|src)="(/static/web/[a-z]+\.(?:css|js))\?v=([0-9a-f]{12})"', page)
    assert {"/static/web/office.css", "/static/web/passkey.js"} <= {path for path, _ in named}
    assert len(named) == len(re.findall(r"/static/web/[a-z]+\.(?:css|js)", page))
    for path, mark in named:
        got = stranger.get(f"{path}?v={mark}")
        content = b"".join(got.streaming_content)
        assert hashlib.sha256(content).hexdigest().startswith(mark), path
        assert "max-age=86400" in got["Cache-Control"]
