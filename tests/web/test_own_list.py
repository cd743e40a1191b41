"""An agency's own list and form: filter, search, what is new, copy and cure, choices, drafts."""

import html
import re
from collections import Counter
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ostiary.faces.server.roles import Role
from ostiary.faces.web.form_values import COPIED
from ostiary.faces.web.templatetags.office import as_asked, day
from ostiary.faces.web.views import requests
from ostiary.office.batches.asked_again import asked_as_texts
from ostiary.office.store.worklist import LineFilter
from request_file import LAWFUL, csv_bytes
from web_office import AGENCY, opened_copy, person, requester_of, untouched_case

NEW = "/requests/new/"


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("own")) as found:
        yield found


@pytest.fixture(scope="module")
def asks(site):
    return person(site, Role.REQUESTER, requester_of(site), AGENCY)


def ids_of(page) -> list[str]:
    return re.findall(
        r'<th scope="row"><a href="/requests/\d+/">([^<]+)</a>', page.content.decode()
    )


def every_line(site):
    return site.office.store.lines(agency=AGENCY, many=10_000)


@pytest.mark.parametrize("stands", ["accepted", "returned", "suspended", "answered", "to-counsel"])
def test_a_filter_leaves_what_stands_so_and_the_figures_agree(site, asks, stands):
    store = site.office.store
    wanted = LineFilter(stands=stands)
    found = store.lines(agency=AGENCY, wanted=wanted, many=10_000)
    assert [one.id for one in found] == [one.id for one in every_line(site) if one.stands == stands]
    assert len(found) == store.count_standing(agency=AGENCY).get(stands, 0)
    assert store.count_wanted(agency=AGENCY, wanted=wanted) == len(found)
    assert ids_of(asks.get(f"/requests/?stands={stands}")) == [one.request_id for one in found][:50]


def test_one_request_is_found_by_a_part_of_its_id_in_two_steps(site, asks):
    one = every_line(site)[-1]
    found = asks.post("/requests/", {"find": one.request_id.lower()})
    assert one.request_id in ids_of(found)
    none = asks.post("/requests/", {"find": "%"})
    assert ids_of(none) == []
    assert "No request is like that" in none.content.decode()
    assert asks.get("/requests/?find=%25").content.decode().count("tbody") == 2  # in no address


def test_what_is_new_since_a_day_was_received_determined_or_answered_then(site, asks):
    lines = every_line(site)
    last = max(one.received for one in lines)
    later = site.office.store.lines(
        agency=AGENCY, wanted=LineFilter(since=last + timedelta(days=1)), many=10_000
    )
    assert all(one.delivered or one.specific is not None for one in later)
    assert len(ids_of(asks.get(f"/requests/?since={last}"))) == min(50, len(lines))


@pytest.mark.parametrize("query", ["stands=confirmed", "stands=x", "since=soon"])
def test_an_unknown_filter_is_no_other_list(asks, query):
    assert asks.get(f"/requests/?{query}").status_code == 404


def value_of(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def test_a_returned_request_is_copied_with_what_was_found_and_without_its_id(site, asks):
    line = next(one for one in every_line(site) if one.stands == "returned")
    page = asks.get(f"/requests/{line.id}/").content.decode()
    assert f'href="/requests/new/?copy={line.id}"' in page
    form = asks.get(f"{NEW}?copy={line.id}").content.decode()
    assert f"Copied from {line.request_id}" in form
    names = ("given_name", "surname", "address_line", "city", "postal_code", "signed_on")
    assert sum(bool(value_of(form, name)) for name in names) >= 4  # some were what was lacking
    assert value_of(form, "request_id") == ""


def test_nobody_copies_a_request_of_another_agency(site, asks):
    others = site.office.store.lines(agency=None, many=10_000)
    other = next(one for one in others if one.agency != AGENCY)
    for number in (other.id, 10**9, "x", "1" * 40):
        assert asks.get(f"{NEW}?copy={number}").status_code == 404


def fields_on(page: str) -> set[str]:
    return set(re.findall(r'name="([a-z_]+)"', page)) - {"csrfmiddlewaretoken", "do", "viewport"}


def test_a_gateway_has_its_fields_alone_and_what_was_typed_stays(asks):
    first = asks.get(NEW).content.decode()
    assert {"offense", "removal_basis", "recipients", "reason"} <= fields_on(first)
    assert not {"court_order", "programme", "approval_certified"} & fields_on(first)
    said = {"provision": "/us/usc/t26/s6103/i/1", "surname": "Sample", "do": "fields"}
    court = asks.post(NEW, said).content.decode()
    assert {"court_order", "court_order_judge"} <= fields_on(court)
    assert value_of(court, "surname") == "Sample"
    state = asks.post(NEW, said | {"provision": "/us/usc/t26/s6103/d"}).content.decode()
    assert not {"removal_basis", "court_order", "offense_limb"} & fields_on(state)
    for ticked in ("false", "true"):  # as a copied request has it
        flag = {"provision": "/us/usc/t26/s6103/i/2", "approval_certified": ticked, "do": "fields"}
        shown = "approval_certified" in fields_on(asks.post(NEW, flag).content.decode())
        assert shown is (ticked == "true")
    asks.post(NEW, {"do": "discard"})


def test_signers_agreements_and_recipients_are_chosen_and_none_is_of_another_agency(site, asks):
    page = asks.get(NEW).content.decode()
    signers = re.search(r'<select id="signer".*?</select>', page, re.DOTALL)[0]
    assert 'value="dhs-secretary"' in signers
    assert 'value="treasury-dhs-2025"' in page
    tables = site.snapshot().law.registers.tables
    others = {row["officer"] for row in tables["officers"].to_pylist() if row["agency"] != AGENCY}
    others -= {row["officer"] for row in tables["officers"].to_pylist() if row["agency"] == AGENCY}
    assert not any(f'value="{one}"' in page for one in others)


def test_a_draft_is_its_authors_alone_and_goes_when_they_say_so(site, asks):
    asks.post(NEW, {"do": "keep", "surname": "Drafted", "matter_number": "M-1"})
    asks.post("/sign-out/")
    asks.sign_in()
    page = asks.get(NEW).content.decode()
    assert "This is your draft" in page
    assert value_of(page, "surname") == "Drafted"
    officers = [name for agency, name in sorted(site.snapshot().officers) if agency == AGENCY]
    other = person(site, Role.REQUESTER, officers[1], AGENCY)
    assert "Drafted" not in other.get(NEW).content.decode()
    [path] = (site.office.root / "web" / "drafts").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    asks.post(NEW, {"do": "discard"})
    assert "Drafted" not in asks.get(NEW).content.decode()
    assert not path.exists()


def test_a_files_page_says_why_rows_were_not_let_through(site, asks):
    line = next(one for one in every_line(site) if one.stands == "returned")
    said = asked_as_texts(site.place(), line.id) | {"request_id": "WHY-1", "agency": AGENCY}
    content = csv_bytes(said)
    sent = asks.post("/requests/file/", {"file": SimpleUploadedFile("r.csv", content)})
    page = asks.get(sent["Location"]).content.decode()
    assert "Why rows were not let through" in page
    assert re.search(
        r'<th scope="row"><a href="/book/[^"]+#[a-z0-9.-]+">[a-z0-9.-]+</a></th>', page
    )


IN_WORDS = {"true": ("yes",), "false": ("no",), "grand-jury": ("grand jury",)}


def _reads_so(text: str, seen: str) -> bool:
    """Whether one says what the other does: a provision, a day, several with commas between."""
    if text.startswith("/us/"):
        return "U.S.C." in seen
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return seen == day(text)
    return seen in {text.replace(";", ", "), text.replace("-", " ")}


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("signed_on", "2025-08-01", "1 August 2025"),
        ("taxable_periods", "2022;2023", "2022, 2023"),
        ("recipients", "officer-000001;officer-000002", "officer-000001, officer-000002"),
        ("items", "address-confirmation", "address confirmation"),
        ("posture", "grand-jury", "grand jury"),
        ("offense", "/us/usc/t8/s1253/a/1", "8 U.S.C. 1253(a)(1)"),
        ("offense_limb", "A", "A"),
        ("sole_use", "true", "yes"),
        ("surname", "TRUE", "TRUE"),
        ("surname", "true", "true"),
        ("reason", "seen; then lost", "seen; then lost"),
        ("matter_number", "2025-08-01", "2025-08-01"),
        ("signer", "dhs-secretary", "dhs-secretary"),
    ],
)
def test_what_was_asked_is_written_as_people_read_it_and_names_as_they_came(name, text, read):
    assert as_asked(text, name) == read


@pytest.mark.parametrize("stands", ["accepted", "returned"])
def test_a_request_shows_its_agency_what_it_asked_wherever_it_stands(site, asks, stands):
    line = next(one for one in every_line(site) if one.stands == stands)
    said = asked_as_texts(site.place(), line.id)
    page = asks.get(f"/requests/{line.id}/").content.decode()
    own = html.unescape(page.partition("<h2>What you asked</h2>")[2].partition("</dl>")[0])
    shown = re.findall(r'<dd class="as-typed">(.*?)</dd>', own, re.DOTALL)
    typed = [text for name, text in said.items() if name in COPIED and text]
    assert len(shown) == len(typed)
    for text, seen in zip(typed, shown, strict=True):
        assert seen == text or seen in IN_WORDS.get(text, ()) or _reads_so(text, seen)
    assert page.count(f'href="{NEW}?copy={line.id}"') == 1
    answer = re.search(r"<dt>Answer</dt><dd>(.*?)</dd>", page)[1]
    assert answer == "none yet" if stands == "accepted" else "has no answer" in answer


@pytest.mark.both_stores
def test_the_figures_of_a_file_are_those_of_its_list(site, asks):
    """An officer returned one since: it is counted where it stands, and where it stood."""
    store, number = site.office.store, untouched_case(site)
    person(site, Role.OFFICER, "anna").step(number, "lacking")
    line = store.line(number)
    assert line.stands == "returned"
    listed = Counter(one.stands for one in every_line(site) if one.batch == line.batch)
    assert store.count_standing(agency=AGENCY, batch=line.batch) == dict(sorted(listed.items()))
    assert store.count_standing(agency=None, batch="2020-01-01-001") == {}
    own = asks.post("/requests/file/", {"file": SimpleUploadedFile("r.csv", csv_bytes(LAWFUL))})
    page = asks.get(own["Location"]).content.decode()
    assert "Accepted at receipt" in page
    assert re.search(r"Where they stand now: 1 \w+\.", page)


def test_a_request_of_which_nothing_is_left_says_so_and_is_not_copied(site, asks, monkeypatch):
    monkeypatch.setattr(requests, "asked_as_texts", lambda *_: {})
    for stands in ("accepted", "returned"):
        line = next(one for one in every_line(site) if one.stands == stands)
        page = asks.get(f"/requests/{line.id}/").content.decode()
        assert "destroyed on schedule" in page
        assert "?copy=" not in page
