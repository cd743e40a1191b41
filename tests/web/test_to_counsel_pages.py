"""What counsel answers, as officers and the agency see it in a browser."""

import pytest

from officers import desk_on
from ordered_office import AT_ADMISSION, RECEIVED, make_ordered_office
from ostiary.faces.server.roles import Role
from ostiary.office.cases.states import CaseState
from web_office import opened, person


@pytest.fixture(scope="module")
def ordered(tmp_path_factory):
    return make_ordered_office(tmp_path_factory.mktemp("pages") / "made")


@pytest.fixture
def site(ordered):
    with opened(ordered, RECEIVED) as found:
        yield found


def test_officers_find_what_counsel_answers_and_say_so_with_a_passkey(site):
    officer = person(site, Role.OFFICER, "anna")
    listed = officer.get("/cases/counsel/").content.decode()
    assert all(rule in listed for _, rule in AT_ADMISSION.values())
    assert "mismatch" not in listed.lower()
    number = site.desk().case("more").request.id
    shown = officer.get(f"/cases/{number}/").content.decode()
    assert "To counsel" in shown
    assert "Refuse and sign" not in shown
    passkey = officer.device.get(officer.asked(f"/cases/{number}/", "settle"))
    seen = officer.seen(f"/cases/{number}/")
    said = {"step": "settle", "passkey": passkey, "seen": seen, "how": "By letter to chambers."}
    assert officer.post(f"/cases/{number}/decide/", said).status_code == 302
    assert site.desk().state(site.desk().case("more")) is CaseState.SETTLED
    assert "court.more" not in officer.get("/cases/counsel/").content.decode()
    assert "Answered by counsel" in officer.get(f"/cases/{number}/").content.decode()


def test_an_order_that_can_be_confirmed_offers_no_refusal(site):
    officer = person(site, Role.OFFICER, "bert")
    number = site.desk().case("confirmed").request.id
    shown = officer.get(f"/cases/{number}/").content.decode()
    assert "Approve and sign" in shown
    assert "Refuse and sign" not in shown
    assert "Record and sign" in shown


def test_the_agency_is_told_that_counsel_answers_and_gets_a_letter(site, ordered):
    with desk_on(ordered, RECEIVED) as (_, desk):
        case = desk.case("running-year").request
    agency = case.agency
    requester = person(site, Role.REQUESTER, "prosecutor", agency)
    shown = requester.get(f"/requests/{case.id}/").content.decode()
    assert "counsel answers it outside this corridor" in shown
    assert "court.years" in shown
    letter = requester.get(f"/requests/{case.id}/letter/")
    assert letter.status_code == 200
    assert letter.content.startswith(b"%PDF-")
