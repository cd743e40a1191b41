"""The administrator's page: two let somebody in, one shuts out, and the log says who did."""

import re

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from ostiary.faces.server.orm import Passkey
from ostiary.faces.server.people import everybody, print_of
from ostiary.faces.server.roles import Role
from web_office import Browser, opened_copy, person


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("people")) as found:
        yield found


@pytest.fixture(scope="module")
def first(site):
    return person(site, Role.ADMINISTRATOR, "admin-1")


@pytest.fixture(scope="module")
def second(site):
    return person(site, Role.ADMINISTRATOR, "admin-2")


def given_link(site, browser, role: str, name: str, agency: str = "") -> str:
    got = browser.post("/people/add/", {"role": role, "name": name, "agency": agency})
    page = got.content.decode()
    return re.search(r"<code>(http[^<]+/enrol/[^<]+)</code>", page)[1].removeprefix(site.address)


def enrolled(site, link: str, role: Role, name: str) -> tuple[Browser, str]:
    """Open a link as its person does; give their browser and the fingerprint."""
    one = Browser(site, role, name)
    page = one.get(link).content.decode()
    challenge = re.search(r"challenge&quot;: ?&quot;([^&]+)&quot;", page)[1]
    assert one.post(link, {"passkey": one.device.create(challenge)}).status_code == 200
    return one, print_of(Passkey.objects.latest("id"))


def test_two_administrators_let_somebody_in_and_the_log_says_who(site, first, second):
    size = site.office.store.log_size()
    link = given_link(site, first, "auditor", "auditor-9")
    assert link not in first.get("/people/").content.decode()
    auditor, shown = enrolled(site, link, Role.AUDITOR, "auditor-9")
    said = {"role": "auditor", "name": "auditor-9", "fingerprint": shown}
    alone = first.post("/people/confirm/", said)
    assert alone.status_code == 422
    assert "another administrator" in alone.content.decode().lower()
    assert auditor.try_sign_in().status_code == 403
    assert second.post("/people/confirm/", said).status_code == 302
    auditor.sign_in()
    bodies = [body.decode() for body in site.office.store.entries_from(size)]
    by = [re.search(r'"administrator":"([^"]+)"', body)[1] for body in bodies if "managed" in body]
    assert by == ["admin-1", "admin-2"]
    first.post("/people/end/", {"role": "auditor", "name": "auditor-9"})
    assert auditor.get("/audit/")["Location"] == "/sign-in/"


def test_an_administrator_cannot_add_an_officer_alone(site, first):
    link = given_link(site, first, "officer", "eve")
    _, shown = enrolled(site, link, Role.OFFICER, "eve")
    first.post("/people/confirm/", {"role": "officer", "name": "eve", "fingerprint": shown})
    assert "eve" not in (site.office.registers / "reviewers.csv").read_text()


def test_nobody_ends_their_own_access_and_no_case_is_in_sight(site, first):
    assert first.get("/")["Location"] == "/people/"
    own = first.post("/people/end/", {"role": "administrator", "name": "admin-1"})
    assert own.status_code == 422
    for path in ("/cases/", "/audit/", "/requests/", "/office/", "/keys/"):
        assert first.get(path).status_code == 403, path
    page = first.get("/people/").content.decode()
    assert not any(item.request_id in page for item in site.office.store.queue())


@pytest.mark.parametrize(
    ("role", "name", "agency"),
    [("emperor", "x", ""), ("auditor", "Bad Name", ""), ("requester", "nobody", "dhs-ice")],
)
def test_what_cannot_be_added_is_said_and_changes_nothing(site, first, role, name, agency):
    size = site.office.store.log_size()
    refused = first.post("/people/add/", {"role": role, "name": name, "agency": agency})
    assert refused.status_code == 422
    assert "Nothing was changed" in refused.content.decode()
    assert site.office.store.log_size() == size


def asked_for_everybody(site):
    """How often each database is asked while all people are listed."""
    told = []
    for alias in ("default", site.office.store._alias):
        with CaptureQueriesContext(connections[alias]) as seen:
            listed = everybody(site)
        told.append(len(seen))
    return len(listed), told


def test_of_many_people_nothing_is_asked_once_each(site, first):  # noqa: ARG001 - one is in
    few, before = asked_for_everybody(site)
    for n in range(3):
        person(site, Role.AUDITOR, f"auditor-{n}")
    many, after = asked_for_everybody(site)
    assert many == few + 3
    assert after == before
