"""The head's page: figures that add up, nothing of a case; the safeguards calendar."""

import re
from datetime import UTC, date, datetime

import pytest

from ostiary.faces.server.roles import Role
from ostiary.faces.web.overview import by_agency, flow, waits_by_age
from ostiary.office.oversight.safeguard_calendar import Due, as_icalendar, safeguards_due
from ostiary.office.store.oversight import FIGURES
from web_office import opened_copy, person


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("head")) as found:
        yield found


@pytest.fixture(scope="module")
def head(site):
    return person(site, Role.HEAD, "head-1")


def test_the_head_sees_whether_the_office_keeps_up_and_no_case(site, head):
    assert head.get("/")["Location"] == "/office/"
    page = head.get("/office/").content.decode()
    assert f"over {site.office.store.log_size():,} entries of the log" in page
    for item in site.office.store.queue():
        assert item.request_id not in page
    assert not re.search(r'href="/cases/', page)
    for path in ("/cases/", "/cases/1/", "/audit/", "/requests/"):
        assert head.get(path).status_code == 403, path


def test_figures_add_up_with_what_is_stored(site):
    store, first = site.office.store, date(2025, 1, 1)
    waits = sum(sum(row[1:]) for row in waits_by_age(site))
    assert waits == sum(1 for _ in store.queue())
    arrived = sum(bar.came for bar in flow(site, first))
    assert arrived == sum(store.count_lines(agency=None).values())
    assert sum(row[1] for row in by_agency(site, first).rows) == arrived


def test_every_figure_shows_its_query(head):
    page = head.get("/office/?days=365").content.decode()
    for name in ("arrivals", "answers", "agencies", "officers"):
        assert FIGURES[name].sql.split(" FROM ")[0][:30] in page
    assert head.get("/office/?days=7").status_code == 404


def test_the_calendar_is_one_that_others_read(site, head):
    got = head.get("/office/safeguards.ics")
    assert got["Content-Type"].startswith("text/calendar")
    lines = got.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2] == b"END:VCALENDAR"
    assert max(map(len, lines)) <= 75
    assert got.content.count(b"BEGIN:VEVENT") == len(safeguards_due(site.place())) > 0


def test_an_event_is_escaped_and_folded():
    due = Due(date(2026, 1, 31), "a;b,c" + "ü" * 60, "yearly safeguard report")
    text = as_icalendar((due,), "office.invalid/x", datetime(2025, 8, 7, tzinfo=UTC))
    assert b"DTSTART;VALUE=DATE:20260131\r\nDTEND;VALUE=DATE:20260201\r\n" in text
    assert max(map(len, text.split(b"\r\n"))) <= 75
    unfolded = text.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:a\\;b\\," in unfolded
