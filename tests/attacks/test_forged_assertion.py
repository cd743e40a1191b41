"""Approvals that nobody gave: another's key, another decision, another page, another word."""

import pytest

from authenticator import PRESENT, to_bytes
from officers import NEXT_DAY, desk_on, first_case, key_of
from ostiary.faces.server.roles import Role
from ostiary.office.cases.states import Step
from ostiary.verifying.keys.assertions import MARK, Assertion, is_signature, read_assertion
from ostiary.verifying.keys.files import read_verifying_text
from web_office import opened, person


@pytest.fixture
def site(office):
    with opened(office, NEXT_DAY) as found:
        yield found


@pytest.fixture
def anna(site):
    return person(site, Role.OFFICER, "anna")


@pytest.fixture
def case(site, office):  # noqa: ARG001 - the office must be open
    """A case whose reason was found specific."""
    with desk_on(office) as (_, desk):
        found = first_case(desk)
        desk.determine(found.request.request_id, "bert", key_of(office, "bert"), found=True)
    return found.request.id


def post(browser, number, step, answer, **more):
    seen = browser.seen(f"/cases/{number}/")
    data = {"step": step, "passkey": answer, "seen": seen, **more}
    return browser.post(f"/cases/{number}/decide/", data).status_code


def votes(site, number) -> int:
    case = site.desk().numbered(number)
    return len(case.approvals) + len(case.refusals)


def challenge(browser, number, step="approve") -> str:
    return browser.asked(f"/cases/{number}/", step)


def test_with_another_officers_passkey(site, anna, case):
    bert = person(site, Role.OFFICER, "bert")
    answer = bert.device.get(challenge(anna, case))
    assert post(anna, case, "approve", answer) == 409
    assert votes(site, case) == 0


def test_with_another_key_under_the_own_credential(site, anna, case):
    stranger = type(anna.device)(credential=anna.device.credential)
    assert post(anna, case, "approve", stranger.get(challenge(anna, case))) == 409
    assert votes(site, case) == 0


def test_over_a_decision_that_has_changed_meanwhile(site, anna, case, office):
    answer = anna.device.get(challenge(anna, case))
    with desk_on(office) as (_, desk):
        name = desk.numbered(case).request.request_id
        desk.refuse(name, "cora", key_of(office, "cora"), "a doubt")
    assert post(anna, case, "approve", answer) == 409
    assert votes(site, case) == 1


def test_over_a_law_that_has_changed_meanwhile(site, anna, case, office):
    answer = anna.device.get(challenge(anna, case))
    order = (
        "---\ntitle: A stay\nlayer: order\nprefix: test-stay\ncites: /us/court/x/2025-08-07\n"
        "citation: an order\nfrom: 2025-08-07\napplies: provision = '/us/usc/t26/s6103/i/2'\n---\n"
        "\n# A stay\n\n```yaml\nid: test-stay.all\nstage: both\nclock: disclosed\n"
        "cites: /us/court/x/2025-08-07\nfinding: A court has stayed it.\ncure: None.\n```\n"
        "```sql\nagency = 'dhs-ice'\n```\n"
    )
    (office / "orders" / "test-stay.md").write_text(order)
    assert post(anna, case, "approve", answer) == 409
    assert votes(site, case) == 0


def test_over_another_case(site, anna, case):
    other = next(one.id for one in site.office.store.queue() if one.id != case)
    assert post(anna, case, "approve", anna.device.get(challenge(anna, other, "found"))) == 409


def test_an_approval_passed_off_as_a_refusal(site, anna, case):
    answer = anna.device.get(challenge(anna, case))
    assert post(anna, case, "refuse", answer, why="turned round") == 409
    assert votes(site, case) == 0


def test_a_sign_in_passed_off_as_an_approval(anna, case):
    assert post(anna, case, "approve", anna.device.get(anna.asked())) == 409


def test_from_a_page_elsewhere_or_a_device_that_verified_nobody(anna, case):
    anna.device.origin = "https://ostiary.example.invalid"
    assert post(anna, case, "approve", anna.device.get(challenge(anna, case))) == 409
    anna.device.origin = "http://localhost:8000"
    anna.device.party = "example.invalid"
    assert post(anna, case, "approve", anna.device.get(challenge(anna, case))) == 409
    anna.device.party, anna.device.flags = "localhost", PRESENT
    assert post(anna, case, "approve", anna.device.get(challenge(anna, case))) == 409


def test_with_a_copy_of_the_device_whose_counter_stood_still(site, anna, case):
    """The counter is asked when a decision is signed, as it is at sign-in."""
    ahead, anna.device.count = anna.device.count, 0
    assert post(anna, case, "approve", anna.device.get(challenge(anna, case))) == 409
    assert votes(site, case) == 0
    anna.device.count = ahead
    assert post(anna, case, "approve", anna.device.get(challenge(anna, case))) == 302
    assert votes(site, case) == 1


def test_sent_twice_it_counts_once(site, anna, case):
    answer = anna.device.get(challenge(anna, case))
    assert post(anna, case, "approve", answer) == 302
    assert post(anna, case, "approve", answer) == 409
    assert votes(site, case) == 1


def test_a_stored_approval_changed_in_any_part_is_worth_nothing(site, anna, case):
    post(anna, case, "approve", anna.device.get(challenge(anna, case)))
    desk = site.desk()
    found = desk.numbered(case)
    stored = bytes(found.approvals[0].signature)
    key = read_verifying_text(
        [row.public_key for row in desk.reviewers if row.officer == "anna"][-1]
    )
    words = desk.words(found, "anna", Step.APPROVE)
    assert is_signature(key, stored, words)
    for place in range(len(MARK), len(stored), 7):
        changed = stored[:place] + bytes([stored[place] ^ 1]) + stored[place + 1 :]
        assert not is_signature(key, changed, words)


def test_what_is_no_stored_assertion_is_none():
    for stored in (b"", MARK, MARK + b"\x00\x05ab", MARK + b"\x00\x00" * 4, MARK + b"\xff\xff"):
        assert read_assertion(stored) is None
    whole = Assertion(bytes(37), b"{}", b"s").stored()
    assert read_assertion(whole) == Assertion(bytes(37), b"{}", b"s")
    assert to_bytes("AAAA") == bytes(3)
