"""Attack: something is used on its last moment, and on the one after; nothing is good for longer.

Each bound is met to the second or to the day, by a clock that stands still: on the one side of it
the thing counts, on the other it does not.
"""

import time
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings

from officers import NEXT_DAY
from ostiary.domain.period import Period
from ostiary.faces.api.jose import UnsoundTokenError, digest_text
from ostiary.faces.api.nonces import LASTS as NONCE_LASTS
from ostiary.faces.api.nonces import current_nonce, is_current
from ostiary.faces.api.problems import ProblemError
from ostiary.faces.api.tokens import APART, LASTS, Caller, _check_times, holder_of, new_token
from ostiary.faces.server import people
from ostiary.faces.server.roles import Role
from ostiary.verifying.keys.files import key_text
from programs import ICE, PROGRAM, site_with_programs
from web_office import person

NOW = 1_800_000_000
DAY = date(2025, 8, 6)


class Clock:
    """A clock that stands still at a whole second."""

    def __init__(self, monkeypatch):
        self.now = int(time.time())
        monkeypatch.setattr(time, "time", lambda: self.now)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture(scope="module")
def front(served_office, stores, tmp_path_factory):
    root = stores.copy(served_office, tmp_path_factory.mktemp("edge") / "office").root
    with site_with_programs(root, NEXT_DAY) as found:
        yield found


@pytest.mark.parametrize(
    ("claims", "counts"),
    [
        ({"exp": NOW - APART}, False),
        ({"exp": NOW - APART + 1}, True),
        ({"exp": NOW + LASTS + APART}, True),
        ({"exp": NOW + LASTS + APART + 1}, False),
        ({"iat": NOW - LASTS - APART}, True),
        ({"iat": NOW - LASTS - APART - 1}, False),
        ({"iat": NOW + APART}, True),
        ({"iat": NOW + APART + 1}, False),
        ({"nbf": NOW + APART}, True),
        ({"nbf": NOW + APART + 1}, False),
    ],
    ids=str,
)
def test_an_assertion_counts_up_to_the_second_and_is_remembered_beyond_it(claims, counts):
    said = {"exp": NOW + 60, "iat": NOW} | claims
    if not counts:
        with pytest.raises(UnsoundTokenError):
            _check_times(said, NOW)
        return
    remembered = _check_times(said, NOW)
    with pytest.raises(UnsoundTokenError):  # what is forgotten has ended, whatever it says
        _check_times(said | {"iat": remembered}, remembered)


@pytest.mark.parametrize(("later", "counts"), [(0, True), (LASTS - 1, True), (LASTS, False)])
def test_a_token_ends_on_its_second(front, clock, later, counts):
    site, keys = front
    caller = Caller(PROGRAM, ICE, digest_text(key_text(keys[PROGRAM].public_key())))
    made = new_token(caller, "thumb")
    clock.now += later
    if counts:
        assert holder_of(site, made) == (caller, "thumb")
    else:
        with pytest.raises(ProblemError):
            holder_of(site, made)


@pytest.mark.parametrize("second", [0, 1, NONCE_LASTS - 1])
def test_a_nonce_counts_in_its_minute_and_the_next(front, clock, second):  # noqa: ARG001 - its secret
    clock.now += second - clock.now % NONCE_LASTS
    made, began = current_nonce(), clock.now - second
    for later, counts in [(0, True), (2 * NONCE_LASTS - 1, True), (2 * NONCE_LASTS, False)]:
        clock.now = began + later
        assert is_current(made) is counts, later
    clock.now = began - 1  # nor one of a clock that had leapt ahead
    assert not is_current(made)


@pytest.mark.parametrize(
    ("began", "is_in"),
    [
        (-settings.LONGEST_SESSION, True),
        (-settings.LONGEST_SESSION - 1, False),
        (60, True),
        (61, False),
    ],
)
def test_a_session_ends_eight_hours_after_it_began(front, clock, began, is_in):
    site, _ = front
    auditor = person(site, Role.AUDITOR, f"auditor-{abs(began)}")
    session = auditor.client.session
    session["since"] = clock.now + began
    session.save()
    auditor.client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    assert (auditor.get("/audit/").status_code == 200) is is_in


@pytest.mark.parametrize(
    ("later", "opens"),
    [
        (timedelta(0), True),
        (people.LINK_LASTS - timedelta(seconds=1), True),
        (people.LINK_LASTS, False),
        (-people._CLOCKS_APART, True),
        (-people._CLOCKS_APART - timedelta(seconds=1), False),
    ],
    ids=str,
)
def test_a_link_is_good_until_its_second(front, monkeypatch, later, opens):
    site, _ = front
    began = datetime(2026, 1, 1, tzinfo=UTC)
    now = SimpleNamespace(now=lambda _zone: began)
    monkeypatch.setattr(people, "datetime", now)
    link = people.add_person(site, Role.AUDITOR, f"edge{later.total_seconds():.0f}")
    monkeypatch.setattr(people, "datetime", SimpleNamespace(now=lambda _zone: began + later))
    token = link.rstrip("/").rpartition("/")[2]
    assert (people.open_enrolment(site, token) is not None) is opens


@pytest.mark.parametrize(("off", "is_in"), [(-1, False), (0, True), (9, True), (10, False)])
def test_a_row_of_a_register_counts_from_its_first_day_to_its_last(off, is_in):
    """So do agreements, orders, holds and keys: whether a day is in a period is asked once."""
    row = Period(DAY, DAY + timedelta(9))
    assert (DAY + timedelta(off) in row) is is_in
    assert DAY + timedelta(1_000) in Period(DAY, None)
