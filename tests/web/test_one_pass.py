"""One pass through the cases: whose turn it is, what is next, messages, notes, handing over."""

import itertools
import re
from dataclasses import replace

import pytest

from ostiary.faces.server.orm import Assignment
from ostiary.faces.server.roles import Role
from ostiary.faces.web.views import one_case
from ostiary.office.cases.states import CaseState
from web_office import opened_copy, person, untouched_case

USED: set[int] = set()


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    """One office for all tests here; each takes a case that no other has touched."""
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("pass")) as found:
        yield found


@pytest.fixture(scope="module")
def officer(site):
    return person(site, Role.OFFICER, "anna")


@pytest.fixture(scope="module")
def second(site):
    return person(site, Role.OFFICER, "bert")


@pytest.fixture(scope="module")
def auditor(site):
    return person(site, Role.AUDITOR, "auditor-1")


def number_of(site) -> int:
    """A case that no test has used; some tests leave no trace on theirs."""
    USED.add(number := untouched_case(site, USED))
    return number


def text_of(browser, path: str) -> str:
    got = browser.get(path)
    assert got.status_code == 200, got.content
    return got.content.decode()


def listed(browser, query: str) -> set[int]:
    """The numbers of the cases that a list shows, on all its pages."""
    found: set[int] = set()
    for page in itertools.count(1):
        text = text_of(browser, f"/cases/{query}&page={page}")
        found.update(map(int, re.findall(r'name="case" value="(\d+)"', text)))
        if 'rel="next"' not in text:
            return found
    raise AssertionError


def said(page: str) -> str:
    found = re.search(r'id="said".*?</p>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[0].partition(">")[2]) if found else ""


def test_after_each_step_one_stands_before_what_is_next(site, officer, second):
    number = number_of(site)
    here = f"/cases/{number}/?who=me"
    done = officer.step(number, "found", list="?who=me")
    assert done["Location"] == here
    page = text_of(officer, here)
    assert "You determined of" in said(page)
    assert "Approve the decision now" in said(page)
    done = officer.step(number, "approve", list="?who=me")
    assert re.fullmatch(r"/cases/\d+/\?who=me", done["Location"])
    assert done["Location"] != here
    page = text_of(officer, done["Location"])
    assert "It waits for a colleague. Here is the next of" in said(page)
    assert number not in listed(officer, "?who=me")
    assert number in listed(officer, "?who=colleague")
    assert "a colleague; you have voted" in text_of(officer, "/cases/?who=colleague")
    assert number in listed(second, "?who=me")
    second.step(number, "approve")
    for browser, query in ((officer, "?who=me"), (officer, "?who=colleague"), (second, "?who=me")):
        assert number not in listed(browser, query)
    assert number in listed(second, "?who=all&step=release")


def test_a_message_is_said_once_to_whoever_took_the_step(site, officer, second):
    number = number_of(site)
    assert said(text_of(officer, f"/cases/{number}/?done=approve")) == ""
    officer.step(number, "found")
    assert said(text_of(second, f"/cases/{number}/")) == ""
    assert "You determined" in said(text_of(officer, f"/cases/{number}/"))
    assert said(text_of(officer, f"/cases/{number}/")) == ""


def test_what_a_colleague_determined_stands_where_one_decides(site, officer, second):
    number = number_of(site)
    officer.step(number, "found")
    page = text_of(second, f"/cases/{number}/")
    panel = page[page.index('id="decide"') : page.index('class="rest"')]
    assert re.search(r"Determined by anna, \d+ \w+ \d{4}, \d\d:\d\d UTC", panel)
    assert 'value="found"' not in panel
    assert 'value="lacking"' not in panel
    assert f"/cases/{number}/return/" in panel


def test_a_return_asks_why_says_what_it_means_and_tells_nobody_outside(site, officer, second):
    number = number_of(site)
    page = text_of(officer, f"/cases/{number}/return/?element=reason_specific")
    assert "cannot be undone" in page
    refused = officer.step(number, "lacking", why=" ")
    assert refused.status_code == 409
    assert "say why" in refused.content.decode().lower()
    assert site.desk().state(site.desk().numbered(number)) is CaseState.AWAITS_DETERMINATION
    assert officer.step(number, "lacking", why="names no offence").status_code == 302
    found = site.desk().numbered(number)
    assert site.desk().state(found) is CaseState.RETURNED
    assert [(one.officer, one.kind, one.text) for one in found.notes] == [
        ("anna", "return", "names no offence")
    ]
    assert "names no offence" in text_of(second, f"/cases/{number}/")
    told = (site.office.batches / found.request.batch / "later.jsonl").read_text()
    assert "names no offence" not in told
    assert officer.get(f"/cases/{number}/return/?element=agency").status_code == 404


def test_notes_are_for_officers_and_the_log_has_none_of_their_words(site, officer, second):
    number = number_of(site)
    words = {"text": "see the same matter of June", "list": "?who=me"}
    size = site.office.store.log_size()
    assert officer.post(f"/cases/{number}/note/", words).status_code == 302
    entry = site.office.store.entry(size).body
    assert b'"type":"case.noted"' in entry
    assert b"June" not in entry
    assert "see the same matter of June" in text_of(second, f"/cases/{number}/")
    assert officer.post(f"/cases/{number}/note/", {"text": " "}).status_code == 409


def test_a_note_written_after_a_vote_is_kept_from_who_is_blind_to_it(site, officer, second):
    number = number_of(site)
    officer.step(number, "found")
    officer.post(f"/cases/{number}/note/", {"text": "before my vote"})
    officer.step(number, "approve")
    officer.post(f"/cases/{number}/note/", {"text": "I said yes to it"})
    page = text_of(second, f"/cases/{number}/")
    assert "before my vote" in page
    assert "I said yes to it" not in page
    second.step(number, "approve")
    assert "I said yes to it" in text_of(second, f"/cases/{number}/")


def test_an_answer_that_a_refusal_made_is_explained_and_waits_to_be_approved(site, officer):
    while True:  # until a record confirms: most of this office's do
        number = number_of(site)
        officer.step(number, "found")
        before = text_of(officer, f"/cases/{number}/")
        if "The answer will say: <strong>Confirmed" in before:
            break
    assert "no answer” all the same" not in before
    done = officer.step(number, "refuse", why="the matter is closed")
    page = text_of(officer, done["Location"])
    assert "its answer is now “no answer”. Approve that answer now." in " ".join(said(page).split())
    assert "or refuse it" not in said(page)
    page = text_of(officer, f"/cases/{number}/")
    assert "The answer is “no answer” all the same" in page
    assert "Refuse and sign" in before
    assert "Refuse and sign" not in page
    assert "there is nothing to refuse" in page
    assert "Do not find the reason to be specific after all: return the request" in page
    old = {"step": "refuse", "why": "written on an old page", "seen": "of long ago"}
    failed = officer.post(f"/cases/{number}/decide/", old)
    assert failed.status_code == 409
    assert ">written on an old page</textarea>" in failed.content.decode()


def test_a_case_is_taken_and_handed_over_with_a_word_why(site, officer, second):
    number = number_of(site)
    officer.post(f"/cases/{number}/hand-over/", {"officer": "anna"})
    assert Assignment.objects.get(case=number).officer == "anna"
    assert number not in listed(second, "?who=me")
    assert number in listed(second, "?who=colleague")
    said_why = {"officer": "bert", "text": "I know the signer", "list": "?who=mine"}
    done = officer.post(f"/cases/{number}/hand-over/", said_why)
    assert done.status_code == 302
    assert "It waits for bert." in said(text_of(officer, done["Location"]))
    assert number in listed(second, "?who=me")
    assert number not in listed(officer, "?who=me")
    assert "I know the signer" in text_of(second, f"/cases/{number}/")
    wrong = officer.post(f"/cases/{number}/hand-over/", {"officer": "nobody"})
    assert wrong.status_code == 422


def test_a_case_given_to_somebody_who_has_voted_is_anybodys_again(site, officer, second):
    number = number_of(site)
    officer.post(f"/cases/{number}/hand-over/", {"officer": "anna"})
    officer.step(number, "found")
    officer.step(number, "approve")
    assert number in listed(second, "?who=me")


def test_assigning_says_what_was_done(site, officer):
    numbers = [one.id for one in site.office.store.queue()][:3]
    officer.post("/cases/assign/", {"case": numbers, "officer": "bert"})
    assert "3 cases assigned to bert." in said(text_of(officer, "/cases/"))
    officer.post("/cases/assign/", {"officer": "bert"})
    assert "No case was chosen: tick those that you mean." in said(text_of(officer, "/cases/"))


def test_a_list_that_does_not_exist_is_not_taken_for_another(officer):
    assert officer.get("/cases/?who=everybody").status_code == 404
    assert officer.get("/cases/?step=nothing").status_code == 404
    assert officer.get("/cases/?who=all&page=999")["Location"].startswith("/cases/?who=all")


def test_every_export_stands_in_the_log(site, officer, auditor):
    for browser, path, name in (
        (officer, "/cases/export/?who=all", "worklist"),
        (auditor, "/audit/export/cases.csv/", "cases"),
        (auditor, "/audit/export/accesses.csv/", "accesses"),
        (auditor, "/audit/export/figures.csv/", "figures"),
    ):
        size = site.office.store.log_size()
        rows = len(browser.get(path).content.decode().splitlines()) - 1
        entry = site.office.store.entry(size).body.decode()
        assert f'"list":"{name}"' in entry
        assert f'"rows":{rows}' in entry
        assert f'"reader":"{browser.name}"' in entry


def test_looks_of_one_visit_are_one_line(site, officer):
    number = number_of(site)
    for _ in range(3):
        page = text_of(officer, f"/cases/{number}/")
    assert page.count("Looked at") == 1
    assert "3 times" in page


def test_an_auditor_finds_the_looks_of_one_reader_on_one_day(site, officer, second, auditor):
    number = number_of(site)
    for browser in (officer, second):
        text_of(browser, f"/cases/{number}/")
    looks = site.looks()
    mine = sum(one.reader == "bert" for one in looks)
    page = text_of(auditor, "/audit/accesses/?reader=bert")
    assert f"{mine} look" in page
    assert page.count('data-label="Reader">bert') == min(mine, 200)
    assert 'data-label="Reader">anna' not in page
    today = looks[0].at[:10]
    assert f"{mine} look" in text_of(auditor, f"/audit/accesses/?reader=bert&day={today}")
    assert "No look fits" in text_of(auditor, "/audit/accesses/?day=1999-01-01")


def test_on_a_day_readers_are_counted_with_their_looks_of_that_day(
    site, officer, auditor, monkeypatch
):
    text_of(officer, f"/cases/{number_of(site)}/")
    one = site.looks()[0]
    days = {"2025-08-06": "ab", "2025-08-05": "bcbb"}
    made = [replace(one, reader=name, at=f"{day}T09:00:00Z") for day in days for name in days[day]]
    monkeypatch.setattr(type(site), "looks", lambda _: made)
    for day, readers in (*days.items(), ("", "abbcbb")):
        for reader in ("", "a", "b", "c"):
            page = text_of(auditor, f"/audit/accesses/?day={day}&reader={reader}")
            listed = re.findall(r'<span>(\w+)</span> <span class="many">(\d+)', page)
            counts = {name: int(many) for name, many in listed}
            assert counts.pop("Everybody") == len(readers)
            zero = {reader: 0} if reader else {}
            assert counts == zero | {name: readers.count(name) for name in readers}
            many = page.count('data-label="Reader"')
            assert many == (readers.count(reader) if reader else len(readers))


def onward(page: str) -> tuple[int, str]:
    found = re.search(r'<a href="/cases/(\d+)/[^"]*" rel="next" data-key="j">([^<]+)</a>', page)
    return int(found[1]), found[2]


def test_the_way_onward_says_where_the_list_is_at_its_end(officer):
    page = text_of(officer, "/cases/?who=all")
    first = int(re.search(r'href="/cases/(\d+)/\?who=all"[^>]*data-key="j"', page)[1])
    number = 1
    while 'rel="next"' in page:
        number += 1
        page = text_of(officer, f"/cases/?who=all&page={number}")
    last = int(re.findall(r'name="case" value="(\d+)"', page)[-1])
    assert onward(text_of(officer, f"/cases/{first}/?who=all"))[1] == "Next case"
    where, words = onward(text_of(officer, f"/cases/{last}/?who=all"))
    assert (where, words) == (first, "This is the last: back to the first")


@pytest.mark.parametrize(
    ("order", "number", "following", "said"),
    [
        ([1, 2, 3], 1, 2, "Next case"),
        ([1, 2, 3], 3, 1, "This is the last: back to the first"),
        ([1, 2, 3], 9, 1, "First case of the list"),
        ([7], 7, None, "Next case"),
    ],
)
def test_where_the_way_onward_leads(order, number, following, said):
    assert one_case.next_words(order, number, following) == said
