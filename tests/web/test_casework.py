"""Officers at work: the worklist, the case page, and steps that passkeys sign."""

import re

import pytest

from casedb import tamper
from officers import desk_on, first_case, key_of
from ostiary.domain.words import Status
from ostiary.faces.server.orm import Assignment
from ostiary.faces.web.assignments import holder_of
from ostiary.office.cases.states import CaseState, Step
from ostiary.office.oversight.access_audit import check_signatures
from ostiary.verifying.keys.assertions import MARK, is_signature
from ostiary.verifying.keys.files import read_verifying_text
from web_office import untouched_case


def number_of(site, answer="confirmed") -> int:
    return first_case(site.desk(), answer, office=site.office.root).request.id


def take(browser, number, step, **more):
    return browser.step(number, step, **more)


def page_of(browser, number) -> str:
    got = browser.get(f"/cases/{number}/")
    assert got.status_code == 200, got.content
    return got.content.decode()


def state(site, number) -> CaseState:
    desk = site.desk()
    case = desk.numbered(number)
    return desk.state(case)


@pytest.mark.both_stores
def test_the_worklist_shows_what_waits_grouped_by_what_is_due(site, officer):
    page = officer.get("/cases/").content.decode()
    waiting = sum(1 for _ in site.office.store.queue())
    assert f"{waiting} cases" in page
    assert "Due later" in page
    assert 'aria-current="page"' in page


@pytest.mark.both_stores
def test_filters_narrow_the_list(officer):
    page = officer.get("/cases/?due=later&step=determination").content.decode()
    assert "To be determined" in page
    assert officer.get("/cases/?agency=no-such-agency").content.decode().count("/cases/1/") == 0
    assert "Nothing waits here" in officer.get("/cases/?step=release").content.decode()


def test_an_assignment_is_undone_once_and_all_of_a_page_are_chosen(site, officer):
    numbers = [untouched_case(site)]
    officer.post("/cases/assign/", {"case": numbers, "officer": "anna"})
    officer.post("/cases/assign/", {"case": numbers, "officer": "bert"})
    assert "Undo the assignment" in officer.get("/cases/?who=all").content.decode()
    assert "Undo the assignment" not in officer.get("/cases/?who=all").content.decode()
    officer.post("/cases/assign/", {"do": "undo"})
    assert holder_of(numbers[0]) == "anna"
    officer.post("/cases/assign/", {"do": "undo"})
    assert "nothing to undo" in officer.get("/cases/").content.decode()
    page = officer.get("/cases/?who=all&all=1").content.decode()
    boxes = re.findall(r'<input type="checkbox" name="case"[^>]*>', page)
    assert boxes
    assert all("checked" in one for one in boxes)


def test_cases_are_assigned_in_bulk_and_never_decided(site, officer):
    numbers = [one.id for one in site.office.store.queue()][:3]
    done = officer.post("/cases/assign/", {"case": numbers, "officer": "bert"})
    assert done.status_code == 302
    assert set(Assignment.objects.values_list("officer", flat=True)) == {"bert"}
    assert "Nothing waits here" in officer.get("/cases/?who=mine").content.decode()
    assert officer.post("/cases/decide/", {"case": numbers, "step": "approve"}).status_code == 404
    assert officer.post("/cases/assign/", {"case": numbers, "officer": "nobody"}).status_code == 422


def test_lists_and_exports_tell_nothing_of_the_record(site, officer):
    number = number_of(site)
    take(officer, number, "found")
    found = site.desk().numbered(number)
    text = officer.get("/cases/export/").content.decode()
    assert f"{found.request.request_id}," in text
    page = officer.get("/cases/?step=approval").content.decode()
    assert found.request.request_id in page
    for word in (found.verification.person_id, str(found.verification.outcome), "agree"):
        assert word.lower() not in text.lower() + page.lower()
    assert len(text.splitlines()) == 1 + sum(1 for _ in site.office.store.queue())


@pytest.mark.both_stores
def test_a_case_page_shows_law_file_and_history_and_logs_the_look(site, officer):
    number = number_of(site)
    size = site.office.store.log_size()
    page = page_of(officer, number)
    assert "The law, element by element" in page
    assert "The verification, field by field" not in page
    take(officer, number, "found")
    page = page_of(officer, number)
    for heading in ("The law, element by element", "The verification, field by field", "Together"):
        assert heading in page
    assert b'"type":"case.viewed"' in site.office.store.entry(size).body
    assert b'"officer":"anna"' in site.office.store.entry(size).body


@pytest.mark.both_stores
def test_two_officers_approve_with_their_passkeys(site, officer, second):
    number = number_of(site)
    assert take(officer, number, "found").status_code == 302
    assert take(officer, number, "approve").status_code == 302
    assert state(site, number) is CaseState.AWAITS_APPROVAL
    assert take(second, number, "approve").status_code == 302
    assert state(site, number) is CaseState.APPROVED


def test_anybody_can_check_an_approval_later_with_the_register_alone(site, officer):
    number = number_of(site)
    take(officer, number, "found")
    take(officer, number, "approve")
    desk = site.desk()
    case = desk.numbered(number)
    [approval] = case.approvals
    [key] = [row.public_key for row in desk.reviewers if row.officer == "anna"][-1:]
    words = desk.words(case, "anna", Step.APPROVE)
    assert bytes(approval.signature).startswith(MARK)
    assert is_signature(read_verifying_text(key), bytes(approval.signature), words)
    assert not is_signature(read_verifying_text(key), bytes(approval.signature), words + b" ")


def test_a_grey_button_says_the_rule(site, officer):
    number = number_of(site)
    page = page_of(officer, number)
    assert "It is looked at when all of the above has been found" in page
    assert "Approve and sign" not in page
    take(officer, number, "found")
    take(officer, number, "approve")
    assert (
        "two different officers must approve; this one has already"
        in page_of(officer, number).lower()
    )


def test_the_second_officer_is_blind_to_the_first_vote(site, officer, second):
    number = number_of(site)
    take(officer, number, "found")
    take(officer, number, "approve")
    assert "Voted on the decision" not in page_of(second, number)
    assert "once you have voted" in page_of(second, number)
    assert "Voted on the decision" in page_of(officer, number)
    take(second, number, "approve")
    assert page_of(second, number).count("Voted on the decision") == 2


@pytest.mark.both_stores
def test_a_refusal_needs_a_why_and_turns_the_answer(site, officer, second):
    number = number_of(site)
    take(officer, number, "found")
    refused = take(second, number, "refuse", why=" ")
    assert refused.status_code == 409
    assert "Nothing was stored" in refused.content.decode()
    assert take(second, number, "refuse", why="the officer left the matter").status_code == 302
    desk = site.desk()
    assert desk.decision(desk.numbered(number)).answer is Status.NO_ANSWER
    assert "the officer left the matter" not in page_of(officer, number)


@pytest.mark.both_stores
def test_a_reason_found_not_specific_returns_the_request(site, officer):
    number = number_of(site)
    assert take(officer, number, "lacking").status_code == 302
    batch = site.desk().numbered(number).request.batch
    assert (site.office.batches / batch / "later.jsonl").exists()
    assert state(site, number) is CaseState.RETURNED


def test_a_step_without_a_passkey_is_refused_and_says_why(site, officer):
    number = number_of(site)
    done = officer.post(f"/cases/{number}/decide/", {"step": "found"})
    assert done.status_code == 409
    assert "passkey" in done.content.decode()
    assert state(site, number) is CaseState.AWAITS_DETERMINATION


def test_a_key_file_signs_beside_a_passkey(site, officer, office):
    number = number_of(site)
    take(officer, number, "found")
    take(officer, number, "approve")
    with desk_on(office) as (_, desk):
        name = desk.numbered(number).request.request_id
        desk.approve(name, "bert", key_of(office, "bert"))
    assert state(site, number) is CaseState.APPROVED


def test_one_officer_with_key_file_and_passkey_is_still_one(site, officer, office):
    number = number_of(site)
    take(officer, number, "found")
    take(officer, number, "approve")
    with desk_on(office) as (_, desk):
        name = desk.numbered(number).request.request_id
        with pytest.raises(Exception, match="two different officers"):
            desk.approve(name, "anna", key_of(office, "anna"))


def test_what_passkeys_signed_holds_when_it_is_checked_years_later(site, officer, second):
    """One check knows both forms of a signature; a true forgery does not drown in false ones."""
    number = number_of(site)
    take(officer, number, "found")
    take(officer, number, "approve")
    take(second, number, "approve")
    with site.working() as place:
        found = check_signatures(place)
    assert (found.cases, found.faults, found.unopened) == (1, (), 0)


def test_a_passkeys_signature_under_anothers_name_is_found(site, officer):
    number = number_of(site)
    take(officer, number, "found")
    tamper(site.office.root, "UPDATE reason_determination SET officer = 'bert'")
    with site.working() as place:
        faults = check_signatures(place).faults
    assert any("no key of this officer" in fault for fault in faults)


@pytest.mark.both_stores
def test_two_officers_have_a_record_looked_at_again(site, officer, second):
    number = number_of(site)
    take(officer, number, "found")
    take(officer, number, "approve")
    before = site.desk().numbered(number)
    assert take(officer, number, "look-again", why="loaded anew").status_code == 302
    assert site.desk().numbered(number).superseded == ()
    assert take(officer, number, "look-again", why="once more").status_code == 409
    page = page_of(second, number)
    assert "has ordered it: loaded anew" in page
    assert "Voted on the decision" not in page
    assert take(second, number, "look-again", why="so I saw").status_code == 302
    after = site.desk().numbered(number)
    assert after.superseded == (before.verification,)
    assert after.verification.outcome is before.verification.outcome
    desk = site.desk()
    assert desk.decision(after).digest != desk.decision(before).digest
