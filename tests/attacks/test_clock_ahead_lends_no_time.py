"""Attack: what was begun while the clock had leapt ahead, used once it was put right.

A session, a link or a token that is good for hours would be good until that day has come.
"""

import time
from datetime import timedelta

import pytest

from officers import NEXT_DAY
from ostiary.faces.api.dispatching import WAITS, _turn_of
from ostiary.faces.api.jose import digest_text
from ostiary.faces.api.orm import WaitingEvent
from ostiary.faces.api.problems import ProblemError
from ostiary.faces.api.tokens import Caller, holder_of, new_token
from ostiary.faces.server import people
from ostiary.faces.server.roles import Role
from ostiary.faces.web import request_drafts
from ostiary.verifying.keys.files import key_text
from programs import ICE, PROGRAM, site_with_programs
from web_office import opened, person

AHEAD = 1_900 * 24 * 3_600  # seconds


class Clock:
    def __init__(self, monkeypatch):
        self.real, self.off = time.time, 0
        monkeypatch.setattr(time, "time", lambda: self.real() + self.off)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def site(office):
    with opened(office, NEXT_DAY) as found:
        yield found


def test_a_session_ends_with_the_clock_that_began_it(site, clock):
    auditor = person(site, Role.AUDITOR, "auditor-1")
    assert auditor.get("/audit/").status_code == 200
    clock.off = AHEAD
    auditor.sign_in()
    assert auditor.get("/audit/").status_code == 200
    clock.off = 0
    assert auditor.get("/audit/").status_code == 302


@pytest.mark.parametrize(("later", "opens"), [(timedelta(hours=20), True), (timedelta(9), False)])
def test_a_link_is_good_for_its_day_and_no_more(site, later, opens, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(people, "LINK_LASTS", later)
        link = people.add_person(site, Role.AUDITOR, "auditor-2")
    found = people.open_enrolment(site, link.rstrip("/").rpartition("/")[2])
    assert (found is not None) == opens


def test_a_token_ends_with_the_clock_that_made_it(office, clock):
    with site_with_programs(office, NEXT_DAY) as (site, keys):
        row = next(one for one in site.snapshot().clients if one.client == PROGRAM)
        assert row.public_key == key_text(keys[PROGRAM].public_key())
        caller = Caller(PROGRAM, ICE, digest_text(row.public_key))
        assert holder_of(site, new_token(caller, "x"))[0] == caller
        clock.off = AHEAD
        made = new_token(caller, "x")
        clock.off = 0
        with pytest.raises(ProblemError):
            holder_of(site, made)


def test_an_event_that_was_put_off_by_it_is_sent(site, monkeypatch):
    sent = []
    monkeypatch.setattr("ostiary.faces.api.dispatching._send", lambda _, event: sent.append(event))
    monkeypatch.setattr("ostiary.faces.api.dispatching.is_borne_out", lambda *_: True)
    now = int(time.time())
    for next_at in (now - 1, now + WAITS[0], now + WAITS[-1], now + AHEAD):
        WaitingEvent.objects.create(
            url="https://a.example", agency=ICE, body="{}", next_at=next_at, made_at=now
        )
    _turn_of(site, "https://a.example")
    assert [one.next_at for one in sent] == [now - 1, now + AHEAD]


def test_a_draft_about_somebody_is_dropped(site, clock):
    draft = request_drafts._folder(site) / "7.json"
    draft.write_text("{}")
    request_drafts.drop_old_drafts(site)
    assert draft.exists()
    clock.off = -AHEAD  # the file is of a day that has not come
    request_drafts.drop_old_drafts(site)
    assert not draft.exists()
