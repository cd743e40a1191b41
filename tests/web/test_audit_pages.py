"""What an auditor finds: by person, day, request and kind; requests that were returned; checks."""

import csv
import io
import re
from dataclasses import replace

import pytest

from ostiary.domain.errors import FaultError
from ostiary.domain.words import Status
from ostiary.faces.server.roles import Role
from ostiary.office.cases.event_index import Event
from ostiary.office.oversight.log_search import LogSearch, search
from ostiary.office.oversight.stated_figures import METHOD, stated_figures
from ostiary.office.store import NewFigures
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.entries import read_entry
from web_office import opened_copy, person, untouched_case


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("audited")) as found:
        yield found


@pytest.fixture(scope="module")
def auditor(site):
    return person(site, Role.AUDITOR, "auditor-1")


@pytest.fixture(scope="module")
def officer(site):
    """An officer who has looked at a case and taken no step on it."""
    found = person(site, Role.OFFICER, "anna")
    found.get(f"/cases/{untouched_case(site)}/")
    return found


def found_by(browser, **asked):
    """Search, and give the lines of the file: entry, type, people, case."""
    done = browser.post("/audit/search/", {**asked, "do": "csv"})
    rows = list(csv.DictReader(io.StringIO(done.content.decode())))
    return [(int(row["entry"]), row["type"], row["people"].split(), row["case"]) for row in rows]


def test_what_is_found_is_what_the_log_says(site, auditor, officer):
    store, looks = site.office.store, site.looks()
    assert officer.name in {one.reader for one in looks}
    found = found_by(auditor, person="anna", kind="case.viewed")
    assert found == [
        (one.index, "case.viewed", ["anna"], str(store.numbers_of([one.of])[one.of]))
        for one in looks
        if one.reader == "anna"
    ]
    for index, kind, people, _ in found_by(auditor):
        entry = read_entry(store.entry(index).body)
        assert entry.type == kind
        assert set(people) <= set(map(str, entry.fields.values()))


def test_a_request_is_found_by_part_of_its_id_with_all_that_happened_to_it(site, auditor, officer):
    assert officer
    number = untouched_case(site)
    line = site.office.store.line(number)
    kinds = {kind for _, kind, _, _ in found_by(auditor, request=line.request_id)}
    assert {"request.decided", "case.viewed"} <= kinds
    assert {case for *_, case in found_by(auditor, request=line.request_id)} == {str(number)}
    assert found_by(auditor, request="no such id") == []
    assert auditor.post("/audit/search/", {"request": "-"}).status_code == 422


def test_days_bound_what_is_found(site, auditor):
    today = site.looks()[0].at[:10]
    assert found_by(auditor, first=today, last=today, kind="case.viewed")
    assert found_by(auditor, last="1999-01-01") == []
    assert found_by(auditor, first="2999-01-01") == []
    assert auditor.post("/audit/search/", {"first": "soon"}).status_code == 422


def test_a_search_is_an_entry_that_does_not_tell_what_was_asked(site, auditor):
    size = site.office.store.log_size()
    page = auditor.post("/audit/search/", {"request": "VERY-OWN-ID"}).content.decode()
    assert "0 entries found" in page
    entry = site.office.store.entry(size).body.decode()
    assert '"list":"log-search"' in entry
    assert '"reader":"auditor-1"' in entry
    assert "VERY-OWN-ID" not in entry


def event(index, kind, who, of, at="2025-08-08T10:00:00Z"):
    return Event(index, at, kind, (who,), of)


def test_looks_without_a_step_and_on_weekends(site):
    events = [
        event(1, "case.viewed", "anna", 0),
        event(2, "reason.determined", "anna", 0),
        event(3, "case.viewed", "bert", 0),
        event(4, "case.viewed", "anna", 9, at="2025-08-09T23:59:59Z"),
    ]
    store = site.office.store

    def indexes(**asked):
        return [one.index for one in search(store, events, LogSearch(kind="case.viewed", **asked))]

    assert indexes() == [4, 3, 1]
    assert indexes(idle=True) == [4, 3]
    assert indexes(weekend=True) == [4]
    assert indexes(person="anna", idle=True) == [4]


def test_a_request_that_was_returned_can_be_read_and_the_look_is_logged(site, auditor):
    store = site.office.store
    line = next(one for one in store.lines(agency=None, many=500) if one.status == Status.RETURNED)
    page = auditor.get(f"/audit/cases/{line.id}/").content.decode()
    assert line.request_id in page
    assert "What was found, as the agency was told" in page
    entry = read_entry(store.entry(store.log_size() - 1).body)
    assert (entry.type, entry["about"], entry["reader"]) == (
        *("case.read", line.entry_index),
        "auditor-1",
    )
    assert (entry["about"], "auditor-1") in {(one.of, one.reader) for one in site.looks()}
    assert auditor.get("/audit/cases/999999/").status_code == 404


def test_the_overview_says_when_the_log_was_last_verified(auditor):
    assert "It was never verified on this page" in auditor.get("/audit/").content.decode()
    auditor.post("/audit/")
    page = auditor.get("/audit/").content.decode()
    assert re.search(r"Last verified on this page: [^<]* by auditor-1, [\d,]+ entries; sound", page)


def test_an_entry_says_in_words_what_it_holds(site, auditor):
    of_request = next(one for one in site.office.store.lines(agency=None, many=1)).entry_index
    page = auditor.get(f"/audit/entries/{of_request}/").content.decode()
    assert "The law decided the request" in page
    assert "a salted commitment" in page
    listed = auditor.get("/audit/entries/").content.decode()
    assert 'data-label="People named">auditor-1' in listed


def state(site, *sums):
    """State an agency's figures of 2024, as the annual report does, and give the entry."""
    row = NewFigures("dhs-ice", 2024, *sums, at="2025-08-07T09:00:00Z")
    names = ("agency", "year", "requests", "answers", "disclosures", "taxpayers")
    said = {name: getattr(row, name) for name in names}
    with site.working() as place, place.store.write() as txn:
        txn.add_figures(row, journal_entry("figures.reported", at=row.at, **said))
        place.publish()
    return site.office.store.figures(2024)[-1].entry_index


def test_figures_for_a_declaration_have_their_method_and_every_correction(site, auditor):
    assert "No annual report was made yet" in auditor.get("/audit/").content.decode()
    first, second, third = state(site, 9, 4, 2, 2), state(site, 9, 4, 3, 2), state(site, 9, 4, 3, 3)
    got = auditor.get("/audit/export/figures.csv/").content.decode()
    rows = list(csv.DictReader(io.StringIO(got)))
    history = {
        str(first): ("2", "", str(second)),
        str(second): ("3", str(first), str(third)),
        str(third): ("3", str(second), ""),
    }
    assert {
        row["entry"]: (row["many"], row["corrects_entry"], row["corrected_by_entry"])
        for row in rows
        if row["figure"] == "disclosures"
    } == history
    assert {row["figure"]: row["method"] for row in rows} == METHOD
    assert len(rows) == 3 * len(METHOD)
    page = auditor.get("/audit/").content.decode()
    assert page.count("corrected by entry") == 2
    assert page.count(">stands<") == 1
    assert f'href="/audit/entries/{third}/"' in page
    exported = read_entry(site.office.store.entry(site.office.store.log_size() - 1).body)
    assert (exported.type, exported.fields["list"]) == ("list.exported", "figures")


def test_figures_that_the_log_does_not_bear_out_are_a_fault(site, auditor, monkeypatch):
    store = site.office.store
    state(site, 1, 1, 1, 1)
    other = [replace(one, taxpayers=one.taxpayers + 1) for one in store.figures()]
    monkeypatch.setattr(type(store), "figures", lambda _: tuple(other))
    with pytest.raises(FaultError, match="figures of 2024"):
        stated_figures(store)
    page = auditor.get("/audit/").content.decode()
    assert "The case store has figures of 2024" in page
    assert "Verify here and now" in page
