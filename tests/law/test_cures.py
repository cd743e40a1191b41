"""The least that a requester would have to change."""

import re
from datetime import date

import pytest

from ostiary.deciding.law.decide import decide_one
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.prove.cures import OF_THE_MATTER, WRITTEN_BY_THE_REQUESTER, cheapest_cure
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.words import Layer, Stage, Status

DAY = Day(Stage.ADMISSION, date(2025, 8, 6))


def test_a_lawful_request_needs_nothing(book, lawful):
    assert cheapest_cure(book, lawful, DAY) == {}


@pytest.mark.parametrize(
    ("wrong", "changed"),
    [
        ({"sole_use": None}, {"sole_use"}),
        ({"address_shape": "zip-only"}, {"address_shape"}),
        ({"signer_office": "delegate", "reason_words": 0}, {"signer_office", "reason_words"}),
        ({"offense_limb": None}, {"offense_limb"}),
        ({"provision": "/us/usc/t26/s6103/i/5"}, {"provision"}),
    ],
)
def test_what_is_wrong_is_what_is_to_be_changed(book, lawful, wrong, changed):
    cure = cheapest_cure(book, lawful | wrong, DAY)
    assert set(cure) == changed
    assert decide_one(book, lawful | wrong | cure, DAY).status is Status.ACCEPTED


def test_taking_one_item_out_counts_as_two_facts(book, lawful):
    asked = {"items_count": 2, "items_beyond_third_party": 1, "items_beyond_confirmation": 1}
    cure = cheapest_cure(book, lawful | asked, DAY)
    assert cure == {"items_beyond_third_party": 0, "items_beyond_confirmation": 0}


def test_the_shorter_of_two_ways_is_taken(book, lawful):
    """Without an analysis by artificial intelligence no notice is needed, which is not theirs."""
    cure = cheapest_cure(book, lawful | {"ai_analysis": True}, DAY)
    assert cure == {"ai_analysis": False}


def test_a_fact_of_the_matter_is_not_to_be_stated_otherwise(book, lawful):
    assert cheapest_cure(book, lawful | {"removal_basis_class": "inadmissible"}, DAY) is None
    assert cheapest_cure(book, lawful | {"days_since_final_order": 30}, DAY) is None
    assert cheapest_cure(book, lawful | {"offense_class": "civil"}, DAY) is None


@pytest.mark.parametrize(
    ("fact", "value"), [("safeguards_suspended", True), ("agency_federal", False)]
)
def test_what_is_not_the_requesters_is_no_cure(book, lawful, fact, value):
    assert cheapest_cure(book, lawful | {fact: value}, DAY) is None


def test_a_stay_has_no_cure(book, lawful):
    day = Day(Stage.ADMISSION, date(2025, 11, 21))
    assert cheapest_cure(book, lawful, day) is None


def test_at_disclosure_the_officers_finding_is_no_requesters_to_change(book, lawful):
    day = Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 8, 8))
    assert cheapest_cure(book, lawful | {"reason_specific": True}, day) == {}
    assert cheapest_cure(book, lawful | {"reason_specific": None}, day) is None


def test_no_fact_is_both_written_and_of_the_matter():
    assert not WRITTEN_BY_THE_REQUESTER & OF_THE_MATTER
    assert set(VOCABULARY) >= WRITTEN_BY_THE_REQUESTER | OF_THE_MATTER


def test_what_suspends_says_that_the_request_is_sent_again(book):
    """Nothing that was suspended on receipt is taken up again by itself."""
    rules = [rule for one, rule in book.rules if one.layer in {Layer.SAFEGUARD, Layer.ORDER}]
    cures = [
        version.cure
        for rule in rules
        if rule.id != "ddc-2025.notice"  # of a release alone: what it stops stays approved
        and not rule.id.endswith(".in-force")
        for version in rule.versions
    ]
    assert cures
    assert all("new request_id" in " ".join(cure.split()) for cure in cures)


def test_no_finding_puts_a_number_before_what_it_counts(book):
    """Of one it would read wrong: 1 items, 1 are."""
    said = [version.finding for _, rule in book.rules for version in rule.versions]
    assert not [one for one in said if re.search(r"\} (items|are|arrangements)\b", one)]


@pytest.mark.parametrize(
    "rule", ["manner.recipients.known", "manner.recipients.employed", "manner.name"]
)
def test_a_cure_leads_whoever_is_not_matched_here_out_of_the_corridor(book, rule):
    """A legal representative, a company: no register, certificate or other request helps them."""
    (cure,) = {version.cure for _, one in book.rules if one.id == rule for version in one.versions}
    assert "ask the disclosure office directly" in cure.lower().replace("\n", " ")
