"""What an agency does once its request has ended: fetch the letter, say what became of it."""

from io import BytesIO

import pypdf
import pytest

from answered_agency import answers_out, browser_of, give, numbered
from officers import NEXT_DAY, key_of
from ostiary.office.cases.steps import determine
from ostiary.office.letters.files import write_letter
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.receipts import standings
from web_office import AGENCY


@pytest.fixture
def out(office, world):
    return answers_out(office, world, "confirmed")


@pytest.fixture
def answer(out, site):
    return numbered(site, out)[0]


@pytest.fixture
def agency(answer, site):
    return browser_of(site, answer.agency)


def line_of(site, status):
    lines = site.office.store.lines(agency=AGENCY, many=1000)
    return next(one for one in lines if one.status == status)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(pdf).pages)


def test_a_receipt_and_a_certificate_are_given_on_the_page(office, answer, agency):
    assert answer.receipts in agency.get(answer.page).content.decode()
    page = agency.get(answer.receipts).content.decode()
    assert "No receipt has been given yet" in page
    assert f"No receipt of opening from</dt><dd>{answer.officer}" in page
    for content in (answer.receipt(), answer.certificate()):
        done = give(agency, answer.receipts, content)
        assert done.status_code == 302, done.content
        assert "stands in the log" in agency.get(done["Location"]).content.decode()
    page = agency.get(answer.receipts).content.decode()
    assert "Opened</th>" in page
    assert "Disposal: Destroyed" in page
    assert page.count("8 August 2025") == 2  # the day signed; the day of taking in is the clock's
    assert "No receipt of opening from" not in page
    with at_work(office, on=NEXT_DAY) as place:
        (standing,) = standings(place)
    assert standing.opened_by == standing.certified_by == (answer.officer,)


def test_without_an_answer_there_is_nothing_to_give_a_receipt_of(site, requester):
    number = line_of(site, "returned").id
    assert requester.get(f"/requests/{number}/receipts/").status_code == 404
    assert give(requester, f"/requests/{number}/receipts/", b"{}").status_code == 404


def test_the_letter_is_the_one_that_the_office_writes(site, office, requester, tmp_path):
    line = line_of(site, "returned")
    assert f"/requests/{line.id}/letter/" in requester.get(f"/requests/{line.id}/").content.decode()
    got = requester.get(f"/requests/{line.id}/letter/")
    assert got["Content-Type"] == "application/pdf"
    with at_work(office, on=NEXT_DAY) as place:
        write_letter(place, f"{AGENCY}/{line.request_id}", tmp_path / "return.pdf")
    assert got.content == (tmp_path / "return.pdf").read_bytes()
    assert line.request_id in text_of(BytesIO(got.content))


def test_the_letter_on_an_answer_does_not_say_which(answer, agency):
    told = text_of(BytesIO(agency.get(f"{answer.page}letter/").content))
    assert "Your request has been answered" in told
    assert "sealed to the recipients" in told


def test_no_letter_while_the_request_is_being_worked_on(site, requester):
    number = line_of(site, "accepted").id
    assert "Fetch the letter" not in requester.get(f"/requests/{number}/").content.decode()
    assert requester.get(f"/requests/{number}/letter/").status_code == 404


def test_a_reason_that_is_not_specific_has_its_letter(site, office, requester):
    line = line_of(site, "accepted")
    with at_work(office, on=NEXT_DAY) as place:
        determine(place, line.request_id, "anna", key_of(office, "anna"), found=False)
    told = text_of(BytesIO(requester.get(f"/requests/{line.id}/letter/").content))
    assert f"Return of request {line.request_id}" in told
