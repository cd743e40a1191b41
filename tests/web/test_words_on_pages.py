"""What people read: the ids that they know, sentences, and provisions as lawyers cite them."""

import html
import re

import pytest
from django.template.loader import render_to_string

from ostiary.domain.errors import InputError
from ostiary.domain.facts import VOCABULARY
from ostiary.faces.web.templatetags.office import cited, shown
from ostiary.office.cases.desk import LONGEST_WHY
from ostiary.office.cases.page import _happened
from ostiary.verifying.log.entries import Entry
from web_office import AGENCY, untouched_case


def text_of(browser, path: str) -> str:
    got = browser.get(path)
    assert got.status_code == 200, path
    return html.unescape(got.content.decode())


def request_id(site, number: int) -> str:
    return site.office.store.line(number).request_id


def test_a_case_is_called_by_its_request_id(site, officer, auditor):
    number = untouched_case(site)
    name = request_id(site, number)
    pages = [
        text_of(officer, f"/cases/{number}/"),
        text_of(officer, f"/cases/{number}/return/?element=reason_specific"),
        text_of(auditor, f"/audit/cases/{number}/"),
        text_of(auditor, "/audit/accesses/"),
    ]
    for page in pages:
        assert not re.search(rf"\b(?:Case|case|Request) {number}\b", page)
        assert name in page
    whole = f"{AGENCY}/{name}"
    assert f">{whole}</a>" in pages[3]
    assert f"<title>{whole}" in pages[2]
    assert f"Cases</a> / {whole}</p>" in pages[2]
    found = auditor.post("/audit/search/", {"request": name})
    assert f">{whole}</a>" in html.unescape(found.content.decode())
    assert f"ostiary accounting prove {site.office.root.name} {AGENCY}/{name}" in pages[2]


def test_an_element_of_an_older_vocabulary_is_told_by_its_id():
    said = {"element": "of-long-ago", "found": False, "officer": "anna"}
    for kind, detail in (
        ("element.determined", "of-long-ago: not found"),
        ("element.taken", "of-long-ago"),
    ):
        assert _happened(7, Entry(kind, "2025-08-08T10:00:00Z", said)).detail == detail


def test_what_may_be_typed_is_marked_as_such_in_every_fault():
    for where in ("", "column 3"):
        shown = render_to_string(
            "web/fault.html", {"fault": InputError("write `true`", where=where)}
        )
        assert "<code>true</code>" in shown


def test_the_day_of_a_list_is_a_day(auditor):
    assert auditor.get("/audit/accesses/?day=foo").status_code == 404
    assert "on 7 August 2025," in text_of(auditor, "/audit/accesses/?day=2025-08-07")
    asked = {"first": "2025-08-08", "last": "2025-08-07"}
    assert auditor.post("/audit/search/", asked).status_code == 422


def test_what_an_officer_finds_is_a_sentence():
    """Of each fact that is left to a person: yes and no, as the end of a sentence."""
    found = {name: one for name, one in VOCABULARY.items() if one.human}
    assert len(found) == 6
    assert found["reason_specific"].ruling(found=True) == "found the reason to be specific"
    assert found["party"].ruling(found=False).startswith("did not find that the United States ")
    for one in found.values():
        assert re.match(r"(that|the|those) ", one.question), one.name


def test_the_page_asks_what_an_officer_finds(site, officer):
    number = untouched_case(site)
    assert "Do you find the reason to be specific?" in text_of(officer, f"/cases/{number}/")
    page = text_of(officer, f"/cases/{number}/return/?element=reason_specific")
    assert "You say that you <strong>do not find the reason to be specific</strong>." in page


def test_a_why_that_is_too_long_is_refused_and_nothing_is_stored(site, officer):
    number, size = untouched_case(site), site.office.store.log_size()
    done = officer.step(number, "lacking", why="x" * (LONGEST_WHY + 1))
    assert done.status_code == 409
    assert f"at most {LONGEST_WHY:,}" in done.content.decode().replace("2000", "2,000")
    kinds = {one.type for one in site.events() if one.index >= size}
    assert kinds <= {"case.viewed"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"accepted": 46, "returned": 13}, "accepted 46, returned 13"),
        (["court", "plaintiffs"], "court, plaintiffs"),
        (True, "yes"),
        (None, "not known"),
        (0, "0"),
    ],
)
def test_values_are_written_in_words(value, words):
    assert shown(value) == words


@pytest.mark.parametrize(
    ("uslm", "words"),
    [
        ("/us/usc/t26/s6103/i/2", "26 U.S.C. 6103(i)(2)"),
        ("all provisions", "all provisions"),
        ("", ""),
    ],
)
def test_provisions_are_cited(uslm, words):
    assert cited(uslm) == words


def test_the_clause_of_an_order_is_read_as_a_sentence(counsel):
    page = text_of(counsel, "/book/orders/")
    assert "if of none is" not in page
    assert "itself when of none" not in page
