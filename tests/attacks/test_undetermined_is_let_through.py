"""Never: an undetermined fact lets a request through, or lifts a stop."""

from datetime import date

import pytest

from let_through import let_through
from ostiary.deciding.law.decide import decide_one
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.facts import REACHED, VOCABULARY
from ostiary.domain.words import Stage, Status

ADMISSION = Day(Stage.ADMISSION, date(2025, 8, 6))
# Facts that no rule of the shipped book speaks of, or that only later stages know.
SILENT = {
    "received", "disclosed", "reason_specific", "items_beyond_identity", "offense_criminal",
    "offense_state_tax",
    "engaged", "periods_related", "periods_reach",
}  # fmt: skip
# With these undetermined the request is still decided by other facts that are known.
COVERED = {
    "ai_notice_acknowledged", "received_year", "offense", "provision", "agency_registered",
    "agency",
    "agency_parent", *REACHED, "leave_of_court", "second_leave_of_court", "notice_to_court",
    "second_notice_to_court", "person_in_order", "matter_kind", "state_law_protects",
    "recipients_uncertified", "items_beyond_file", "party", "party_doubts", "agency_intelligence",
}  # fmt: skip
# Facts that (i)(2) asks about; every other fact is asked about by some other gateway.
OF_I2 = {
    "address_shape", "agency_federal", "agreement", "ai_analysis",
    "corrective_plan_overdue", "days_since_final_order", "file_rows", "first_receipt_too_early",
    "department", "given_name_stated", "items_beyond_confirmation", "items_beyond_third_party",
    "items_count", "matter_people", "name_stated", "reason_matters", "review_before_order",
    "matter_stated", "mitigation_plan_overdue", "notices_missing", "offense_class",
    "offense_limb", "period_latest", "periods_count", "posture", "reason_shared", "reason_words",
    "recipient_open_matters", "recipients_count", "recipients_not_employed",
    "recipients_unknown", "removal_basis_class", "removal_order_date", "safeguard_report_overdue",
    "safeguards_suspended", "signed_on", "signer_in_office", "signer_office", "sole_use",
    "surname_stated", "suspension_in_force",
}  # fmt: skip


@pytest.fixture(scope="module")
def passing(book):
    found = let_through(book)
    assert {decide_one(book, facts, ADMISSION).status for facts in found} == {Status.ACCEPTED}
    return found


@pytest.mark.parametrize("fact", sorted(OF_I2))
def test_a_missing_fact_is_never_taken_for_met(book, lawful, fact):
    assert decide_one(book, lawful | {fact: None}, ADMISSION).status is not Status.ACCEPTED


@pytest.mark.parametrize("fact", sorted(set(VOCABULARY) - SILENT - COVERED - OF_I2))
def test_a_fact_that_another_gateway_asks_about_is_missed_there(book, passing, fact):
    statuses = [decide_one(book, facts | {fact: None}, ADMISSION).status for facts in passing]
    assert set(statuses) != {Status.ACCEPTED}


def test_items_that_nobody_counted_are_not_taken_for_those_on_file(book, passing):
    (seven,) = [one for one in passing if one["provision"].endswith("/l/7")]
    for several in ({"items_beyond_confirmation": 1}, {"items_beyond_confirmation": None}):
        known, doubtful = (
            decide_one(book, seven | several | {"items_beyond_file": count}, ADMISSION)
            for count in (0, None)
        )
        assert "policy.confirm-only" not in {one.rule for one in known.findings}
        assert "policy.confirm-only" in {one.rule for one in doubtful.findings}


@pytest.mark.parametrize("doubts", [1, None])
@pytest.mark.parametrize("party", [False, None])
def test_doubt_about_whose_proceeding_it_is_lets_no_look_follow(book, lawful, doubts, party):
    day = Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 8, 7))
    found = decide_one(book, lawful | {"party_doubts": doubts, "party": party}, day)
    assert "i2.party" in {one.rule for one in found.findings}


@pytest.mark.parametrize("fact", sorted({"offense", "provision", "agency_registered"}))
def test_doubt_about_the_scope_of_an_instrument_keeps_it_in_scope(book, lawful, fact):
    facts = dict.fromkeys(VOCABULARY, None) | {fact: None}
    found = {finding.rule for finding in decide_one(book, facts, ADMISSION).findings}
    assert {"manner.sole-use", "s1253.limb", "p4.standing"} <= found
    assert lawful[fact] is not None


def test_nothing_known_means_nothing_let_through(book):
    nothing = dict.fromkeys(VOCABULARY, None)
    assert decide_one(book, nothing, ADMISSION).status is not Status.ACCEPTED


def test_doubt_about_the_agency_does_not_lift_a_stay(book, lawful):
    day = Day(Stage.ADMISSION, date(2026, 3, 2))
    facts = lawful | {"agency": None, "department": None, "agreement": None}
    assert decide_one(book, facts, day).status is Status.SUSPENDED
