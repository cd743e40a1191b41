"""An agency reaches for another's answer: its letter, its receipts, and by receipts of its own."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from aftermath import signing_key
from answered_agency import answers_out, browser_of, give, numbered
from officers import NEXT_DAY
from ostiary.verifying.answers.receipts import MOST_BYTES, read_receipt, sign_receipt
from web_office import opened


@pytest.fixture(scope="module")
def office(served_office, stores, tmp_path_factory):
    """One office for all attacks: none of them may change it."""
    return stores.copy(served_office, tmp_path_factory.mktemp("attacked") / "office").root


@pytest.fixture(scope="module")
def out(office, world):
    return answers_out(office, world, "confirmed", "no-answer")


@pytest.fixture(scope="module")
def site_and_answers(office, out):
    with opened(office, NEXT_DAY) as found:
        yield found, numbered(found, out)


@pytest.fixture
def site(site_and_answers):
    return site_and_answers[0]


@pytest.fixture
def answers(site_and_answers):
    return site_and_answers[1]


@pytest.fixture(scope="module")
def own(site_and_answers):
    site, answers = site_and_answers
    return browser_of(site, answers[0].agency)


@pytest.fixture
def other(site, answers):
    taken = {one.agency for one in answers}
    return browser_of(
        site, next(of for of, _ in sorted(site.snapshot().officers) if of not in taken)
    )


def main_of(page) -> str:
    """What a page says; around it stands a form with a token that is new each time."""
    return page.content.decode().partition("<main")[2]


def without_token(page) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main_of(page))


def log_size(site) -> int:
    return site.office.store.log_size()


def test_what_is_anothers_looks_like_what_is_not_there(site, answers, other):
    size, answer = log_size(site), answers[0]
    nowhere = "/requests/999999/"
    for page in ("letter/", "receipts/", "answer/", ""):
        theirs, none = other.get(f"{answer.page}{page}"), other.get(f"{nowhere}{page}")
        assert (theirs.status_code, none.status_code) == (404, 404)
        assert main_of(theirs) == main_of(none)
    done = give(other, answer.receipts, answer.receipt())
    assert (done.status_code, log_size(site)) == (404, size)


def test_a_receipt_of_another_answer_is_refused_and_tells_nothing(site, answers, own):
    """The other answer exists in the one case, and not in the other; the page is the same."""
    first, second = answers
    size = log_size(site)
    invented = replace(
        read_receipt(second.receipt()), answer_id=second.answer.statement.answer_id[::-1]
    )
    real = give(own, first.receipts, second.receipt())
    none = give(own, first.receipts, sign_receipt(invented, second.key))
    assert (real.status_code, none.status_code) == (422, 422)
    assert "not about the answer to this request" in real.content.decode()
    assert without_token(real) == without_token(none)
    assert log_size(site) == size


def test_a_replayed_receipt_changes_nothing(site, answers, own):
    answer = answers[0]
    give(own, answer.receipts, answer.receipt())
    size = log_size(site)
    again = give(own, answer.receipts, answer.receipt())
    assert again["Location"].endswith("?taken=again")
    assert "was here already" in own.get(again["Location"]).content.decode()
    assert log_size(site) == size


def test_a_receipt_by_somebody_else_is_refused(site, office, answers, own):
    """By no recipient, known to the register or not: the words are the same."""
    answer, size = answers[0], log_size(site)
    key = signing_key(office, "officer-of-elsewhere")
    for officer in ("officer-of-elsewhere", "nobody-at-all"):
        forged = replace(answer, officer=officer, key=key)
        page = give(own, answer.receipts, forged.receipt())
        assert page.status_code == 422
        assert "no recipient of this answer" in page.content.decode()
        assert officer not in page.content.decode()
    unopened = give(own, answer.receipts, answer.receipt(code="0" * 64))
    assert unopened.status_code == 422
    assert "has not opened the answer" in unopened.content.decode()
    assert log_size(site) == size


def test_an_upload_that_is_no_receipt(site, answers, own):
    size, large = log_size(site), answers[0].receipt() + b" " * MOST_BYTES
    broken = (b"", b"{}", b"\xff\xfe", b"[" * 60_000)
    for content in (*broken, large, b" " * 3_000_000):
        page = give(own, answers[0].receipts, content, "../../office.toml")
        assert page.status_code == 422
        said = page.content.decode()
        assert ("not larger than 64 KiB" in said) is (len(content) > MOST_BYTES)
        assert "was not taken" in said
        assert "office.toml" not in said
    assert own.post(answers[0].receipts).status_code == 422
    assert log_size(site) == size


def test_a_form_from_elsewhere_is_not_taken(site, answers, own):
    size = log_size(site)
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    strict.cookies = own.client.cookies
    assert (
        give(replace(own, client=strict), answers[0].receipts, answers[0].receipt()).status_code
        == 403
    )
    assert log_size(site) == size
