"""Lists narrow by where requests stand; what waits is counted; a page says to what it belongs."""

import re
from collections import Counter
from datetime import date, timedelta
from typing import get_args

import pytest
from django.template.loader import render_to_string

from order import SEAT
from ostiary.domain.words import OF_ADMISSION
from ostiary.faces.api.schemas import ReplyOut, StatusOut
from ostiary.faces.server.roles import Role
from ostiary.faces.web.overview import waits_by_age
from ostiary.faces.web.templatetags.office import code_words, instants, shown, words
from ostiary.office.cases.page import Awaited
from ostiary.office.cases.turns import awaiting_release
from ostiary.office.store.records.lists import STANDINGS
from web_office import AGENCY, opened_copy, person, requester_of, untouched_case

STANDS = ("accepted", "returned", "suspended", "to-counsel", "answered")
DAY = timedelta(days=1)
CURRENT = re.compile(r'<a href="([^"]+)" aria-current="(page|true)"')


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("listed")) as found:
        (found.office.orders / "seat.md").write_text(SEAT)
        yield found


@pytest.fixture(scope="module")
def monitor(site):
    return person(site, Role.MONITOR, "monitor-1")


@pytest.fixture(scope="module")
def auditor(site):
    return person(site, Role.AUDITOR, "auditor-1")


@pytest.fixture(scope="module")
def approved(site):
    """A case that two officers have approved."""
    first, second = (person(site, Role.OFFICER, name) for name in ("anna", "bert"))
    number = untouched_case(site)
    first.step(number, "found")
    for one in (first, second):
        assert one.step(number, "approve").status_code == 302
    return number


def text(browser, path):
    return browser.get(path).content.decode()


def figures(page):
    """Give the counts beside the links of a page's figures."""
    found = re.findall(r'href="\?([^"]*)"[^>]*><span class="many">([\d,]+)', page)
    return {address.replace("&amp;", "&"): int(many.replace(",", "")) for address, many in found}


def standings_shown(page):
    return set(re.findall(r'data-label="Now"><span class="tag[^>]*>([^<]+)<', page))


def test_every_face_knows_where_a_request_can_stand():
    """A request that has been answered stands there; else where the law left it."""
    assert STANDS == STANDINGS
    assert set(get_args(StatusOut.model_fields["status"].annotation)) == {*STANDS}
    assert set(get_args(ReplyOut.model_fields["status"].annotation)) == {*STANDS} - {"answered"}
    assert {*STANDS} - {"answered"} == {*OF_ADMISSION}


def test_a_monitors_list_narrows_by_standing_and_days_and_its_counts_add_up(site, monitor):
    path = next(iter(re.findall(r'href="(/monitor/[^"]+/)"', text(monitor, "/monitor/"))))
    counts = figures(text(monitor, path))
    assert counts[""] == sum(counts[f"stands={one}"] for one in STANDS) > 0
    for stands in STANDS:
        page = text(monitor, f"{path}?stands={stands}")
        assert standings_shown(page) == ({words(stands)} if counts[f"stands={stands}"] else set())
        assert f"{counts[f'stands={stands}']:,} of {counts['']:,}" in page
        assert figures(page) == counts
    lines = site.office.store.lines(agency=AGENCY, many=10_000)
    assert len(lines) == counts[""]
    begins, ends = (pick(one.received for one in lines) for pick in (min, max))
    for first, last in ((begins, ends), (begins + DAY, ends), (begins, ends - DAY), (ends, ends)):
        of_days = Counter(one.stands for one in lines if first <= one.received <= last)
        days = f"first={first}&last={last}"
        found = figures(text(monitor, f"{path}?{days}"))
        wanted = {days: of_days.total()}
        assert found == wanted | {f"stands={one}&{days}": of_days[one] for one in STANDS}
    assert "Show all" in text(monitor, f"{path}?last=1999-12-31")
    for wrong in ("stands=confirmed", "first=soon", "last=2025-02-30"):
        assert monitor.get(f"{path}?{wrong}").status_code == 404


def test_an_auditors_list_narrows_by_where_requests_stand_now(site, auditor):
    counts = site.office.store.count_standing(agency=None)
    page = text(auditor, "/audit/cases/")
    assert figures(page) == {"": sum(counts.values())} | {
        f"stands={one}": many for one, many in counts.items()
    }
    for stands, many in counts.items():
        page = text(auditor, f"/audit/cases/?stands={stands}")
        assert f"{many:,} request" in page
        assert standings_shown(page) == {words(stands)}
    assert auditor.get("/audit/cases/?stands=confirmed").status_code == 404
    assert auditor.get("/audit/cases/?stands=answered&page=99").status_code == 200


def test_tasks_and_the_heads_page_say_how_many_answers_wait_for_release(site, approved):
    waiting = {step: late + soon + later for step, late, soon, later in waits_by_age(site)}
    assert awaiting_release(site.desk()) == (approved,)
    assert waiting["release"] == 1
    assert sum(waiting.values()) == sum(1 for _ in site.office.store.queue())
    administrator = person(site, Role.ADMINISTRATOR, "admin-1")
    assert "1 answer waits" in text(administrator, "/administration/tasks/")


def test_a_page_below_a_place_says_to_which_it_belongs(site, auditor):
    line = site.office.store.lines(agency=AGENCY, many=1)[0]
    requester = person(site, Role.REQUESTER, requester_of(site), AGENCY)
    for browser, path, place, how in (
        (auditor, "/audit/", "/audit/", "page"),
        (auditor, f"/audit/cases/{line.id}/", "/audit/cases/", "true"),
        (auditor, "/audit/entries/1/", "/audit/entries/", "true"),
        (auditor, "/book/register/", "/book/", "true"),
        (requester, f"/requests/{line.id}/", "/requests/", "true"),
        (requester, "/requests/new/", "/requests/new/", "page"),
        (requester, f"/files/{line.batch}/", "/requests/", "true"),
    ):
        nav = text(browser, path).split('aria-label="Places"')[1].split("</nav>")[0]
        assert CURRENT.findall(nav) == [(place, how)], path


def test_what_an_answer_may_say_is_told_while_it_is_waited_for(site):
    line = next(
        one
        for one in site.office.store.lines(agency=AGENCY, many=10_000)
        if one.stands == "accepted"
    )
    requester = person(site, Role.REQUESTER, requester_of(site), AGENCY)
    page = text(requester, f"/requests/{line.id}/")
    assert "<em>confirmed</em> or <em>no answer</em>" in page
    assert "may say on which periods and kinds of source that rests, and give the items" in page


def test_of_the_law_only_what_waits_is_open_and_all_else_is_folded(site, auditor):
    page = text(auditor, f"/audit/cases/{untouched_case(site)}/")
    part = page.split('id="h-law"')[1].split('id="h-history"')[0]
    met, every = map(int, re.search(r"(\d+) of (\d+) are met", part).groups())
    before, folded = part.split(f"<strong>{met} met</strong>")
    assert before.count('class="waits"') == every - met == 1
    assert '<span class="tag go">Met</span>' not in before
    assert folded.count('<span class="tag go">Met</span>') == met


@pytest.mark.parametrize(
    ("officer", "said", "not_said"),
    [
        ("anna", "Determined by anna", "Taken as found"),
        ("", "Taken as found, in training: the reason to be specific", "An officer determined"),
    ],
)
def test_what_a_training_office_took_as_found_is_no_officers_word(officer, said, not_said):
    question, at = "the reason to be specific", "2025-08-07T09:00:00Z"
    meaning = f"an officer determined {question}"
    spoken = Awaited("reason_specific", meaning, question, True, officer, at)
    given = {"page": {"awaited": [spoken], "state": "answered"}, "number": 1}
    panel = render_to_string("web/decide.html", given)
    assert said in panel
    assert not_said not in panel


def test_days_moments_and_code_words_are_written_as_people_write_them():
    for value, name, written in (
        ("2007-12-10", "birth_date", "10 December 2007"),
        ("2007-12-10", "birth date", "10 December 2007"),
        ("2025-08-06", "received", "6 August 2025"),
        (date(2025, 8, 6), "", "6 August 2025"),
        (date(2025, 8, 6), "matter_number", "6 August 2025"),
        ("2025-08-06", "matter_number", "2025-08-06"),
        ("2025-08-06", "agency", "2025-08-06"),
        ("2025-08-06", "", "2025-08-06"),
        (["2025-08-06"], "recipients", "2025-08-06"),
        ("1999-13-01", "birth_date", "1999-13-01"),
        ("ZIP", "birth_date", "ZIP"),
        (None, "birth_date", "not known"),
    ):
        assert shown(value, name) == written, (value, name)
    assert instants("2026-11-30T08:35:08Z, not before") == "30 November 2026, 08:35 UTC, not before"
    assert instants("all 3 are 2026-11-30") == "all 3 are 2026-11-30"
    assert code_words(["address-confirmation", "tin"]) == "address confirmation, tin"


def test_a_monitor_of_one_order_begins_at_it_and_of_several_at_their_list(site, monitor):
    [path] = set(re.findall(r'href="(/monitor/[^"]+/)"', text(monitor, "/monitor/")))
    assert monitor.get("/")["Location"] == path
    other = SEAT.replace("prefix: ", "prefix: other-")
    second = site.office.orders / "second.md"
    second.write_text(other)
    assert monitor.get("/")["Location"] == "/monitor/"
    second.unlink()
    assert monitor.get("/")["Location"] == path


TITLED = {
    Role.OFFICER: ("/cases/", ("", "?who=all", "?who=mine", "?step=approval", "?page=2")),
    Role.REQUESTER: ("/requests/", ("", "?stands=accepted", "?stands=returned", "?page=2")),
    Role.AUDITOR: ("/audit/cases/", ("", "?stands=accepted", "?stands=returned", "?page=2")),
    Role.MONITOR: ("/monitor/seat/", ("", "?stands=accepted", "?stands=returned", "?page=2")),
}


@pytest.mark.parametrize("role", TITLED)
def test_each_list_has_a_title_of_its_own(site, role):
    """Tabs, the history and a screen reader tell lists by their titles (WCAG 2.4.2)."""
    ids = {Role.OFFICER: "anna", Role.REQUESTER: requester_of(site), Role.AUDITOR: "auditor-1"}
    agency = AGENCY if role is Role.REQUESTER else ""
    browser = person(site, role, ids.get(role, "monitor-1"), agency)
    path, lists = TITLED[role]
    titles = []
    for one in lists:
        page = browser.get(f"{path}{one}")
        assert page.status_code == 200, one
        titles.append(re.search("<title>(.*?)</title>", page.content.decode(), re.DOTALL)[1])
    assert len(set(titles)) == len(lists), titles
    assert "page 2 of" in titles[-1]


def test_a_day_on_which_nobody_looked_counts_none(auditor):
    page = auditor.get("/audit/accesses/?day=2020-01-01").content.decode()
    assert "<caption>No look</caption>" in page
    assert " on 1 January 2020 ·" in page
