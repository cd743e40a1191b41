"""A page that was drawn before a colleague's step changes nothing, whatever the step."""

import re

import pytest

from ostiary.faces.server.roles import Role
from web_office import opened_copy, person, untouched_case


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    """One office for all tests here; each takes a case that no other has touched."""
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("stale")) as found:
        yield found


@pytest.fixture(scope="module")
def anna(site):
    return person(site, Role.OFFICER, "anna")


@pytest.fixture(scope="module")
def bert(site):
    return person(site, Role.OFFICER, "bert")


def drawn(browser, number: int, step: str) -> dict[str, str]:
    """Draw a page and sign a step on it, without sending it."""
    page = f"/cases/{number}/"
    if step == "lacking":
        page += "return/?element=reason_specific"
    signed = browser.device.get(browser.asked(page, step))
    fields = {"step": step, "seen": browser.seen(page), "passkey": signed, "why": "as I saw it"}
    return fields | {"element": "reason_specific"}


def with_an_answer(site, officer) -> int:
    """Find the reason of untouched cases specific until one says more than *no answer*.

    A page offers no refusal where there is nothing to refuse.
    """
    while True:
        number = untouched_case(site)
        officer.step(number, "found")
        if 'value="refuse"' in officer.get(f"/cases/{number}/").content.decode():
            return number


def stored(site, number: int):
    """Everything that anybody has said on a case."""
    found = site.office.store.case(number)
    return found.determinations, found.approvals, found.refusals, found.orders, found.notes


def send(browser, number: int, form: dict[str, str]):
    return browser.post(f"/cases/{number}/decide/", form)


@pytest.mark.parametrize("step", ["found", "lacking"])
def test_a_determination_overrules_none_that_came_meanwhile(site, anna, bert, step):
    number = untouched_case(site)
    form = drawn(bert, number, step)
    anna.step(number, "lacking" if step == "found" else "found")
    before = stored(site, number)
    refused = send(bert, number, form)
    assert refused.status_code == 409
    theirs = "did not find" if step == "found" else "found"
    said = rf"at \d\d:\d\d UTC, anna {theirs} the reason to be specific"
    assert re.search(said, refused.content.decode())
    assert stored(site, number) == before


@pytest.mark.parametrize("step", ["lacking", "refuse", "look-again"])
@pytest.mark.parametrize("theirs", ["approve", "look-again"])
def test_no_step_does_away_with_a_colleagues_that_was_not_seen(site, anna, bert, step, theirs):
    number = with_an_answer(site, anna)
    form = drawn(bert, number, step)
    anna.step(number, theirs, why="as I saw it")
    before = stored(site, number)
    refused = send(bert, number, form)
    assert refused.status_code == 409
    assert "Nothing was stored" in refused.content.decode()
    assert stored(site, number) == before
    if step == "lacking" or theirs == "approve":
        assert send(bert, number, drawn(bert, number, step)).status_code == 302


def test_an_approval_joins_one_that_it_is_blind_to_and_no_refusal(site, anna, bert):
    number = untouched_case(site)
    anna.step(number, "found")
    form = drawn(bert, number, "approve")
    anna.step(number, "approve")
    assert send(bert, number, form).status_code == 302
    other = with_an_answer(site, anna)
    form = drawn(bert, other, "approve")
    anna.step(other, "refuse", why="another matter")
    before = stored(site, other)
    assert send(bert, other, form).status_code == 409
    assert stored(site, other) == before


def test_a_form_without_the_mark_of_its_page_stores_nothing(site, bert):
    number = untouched_case(site)
    form = drawn(bert, number, "found")
    del form["seen"]
    before = stored(site, number)
    assert send(bert, number, form).status_code == 409
    assert stored(site, number) == before
