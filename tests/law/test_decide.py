"""The shipped book, element by element: each rule seen from both sides, on its own."""

import json
from datetime import date

import pytest

from ostiary.deciding.law.decide import decide_one, mask_one
from ostiary.deciding.law.findings import WAITS_CURE, findings_of, findings_texts, read_finding
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.orders import may_cover
from ostiary.domain.facts import HUMAN
from ostiary.domain.words import Layer, Stage, Status

ADMISSION = Day(Stage.ADMISSION, date(2025, 8, 6))

FALLS_SHORT = [
    ("signed_on", None, "manner.signature"),
    ("signed_on", date(2025, 8, 7), "manner.signature"),
    ("agency_registered", False, "i2.agency"),
    ("agency_federal", None, "i2.agency"),
    ("signer_in_office", False, "i2.signer"),
    ("signer_office", "delegate", "i2.signer"),
    ("signer_office", "component-head", "i2.signer"),
    ("address_shape", "empty", "i2.address.given"),
    ("address_shape", "placeholder", "i2.address.genuine"),
    ("address_shape", "homeless", "i2.address.genuine"),
    ("address_shape", "zip-only", "i2.address.complete"),
    ("address_shape", "no-number", "i2.address.complete"),
    ("address_shape", "institution", "i2.address.building"),
    ("periods_count", 0, "i2.periods"),
    ("period_latest", 2025, "manner.periods.ended"),
    ("offense_class", "civil", "i2.offense.criminal"),
    ("offense_class", "none", "i2.offense.criminal"),
    ("offense_class", "unstated", "i2.offense.criminal"),
    ("name_stated", False, "i2.name"),
    ("given_name_stated", False, "manner.name"),
    ("surname_stated", False, "manner.name"),
    ("offense_class", "tax", "i2.offense.nontax"),
    ("reason_words", 0, "i2.reason"),
    ("posture", None, "manner.posture"),
    ("posture", "unstated", "manner.posture"),
    ("matter_stated", False, "manner.matter"),
    ("recipients_count", 0, "manner.recipients.named"),
    ("recipients_unknown", 1, "manner.recipients.known"),
    ("recipients_not_employed", 1, "i2.recipients.employed"),
    ("sole_use", False, "manner.sole-use"),
    ("sole_use", None, "manner.sole-use"),
    ("items_count", 0, "manner.items"),
    ("items_beyond_third_party", 1, "i2.items.identity"),
    ("removal_basis_class", "inadmissible", "s1253.basis"),
    ("offense_limb", None, "s1253.limb"),
    ("days_since_final_order", 90, "s1253.departure"),
    ("removal_order_date", None, "dhs2025.order"),
    ("department", "state-revenue", "policy.agreement.party"),
    ("provision", "/us/usc/t26/s6103/i/5", "policy.gateway"),
    ("agreement", "another-agreement", "policy.agreement"),
    ("recipient_open_matters", 1001, "policy.caseload"),
    ("matter_people", 1001, "policy.matter-size"),
    ("reason_shared", 101, "policy.boilerplate"),
    ("reason_matters", 5, "policy.boilerplate"),
    ("review_before_order", True, "s1253.review"),
    ("items_beyond_confirmation", 1, "policy.confirm-only"),
]


def test_a_lawful_request_is_accepted(book, lawful):
    determination = decide_one(book, lawful, ADMISSION)
    assert determination.status is Status.ACCEPTED
    assert determination.findings == ()


@pytest.mark.parametrize(("fact", "value", "rule"), FALLS_SHORT)
def test_one_shortcoming_is_returned_and_named(book, lawful, fact, value, rule):
    determination = decide_one(book, lawful | {fact: value}, ADMISSION)
    assert determination.status is Status.RETURNED
    assert rule in [finding.rule for finding in determination.findings]


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("days_since_final_order", 91),
        ("recipient_open_matters", 1000),
        ("matter_people", 1000),
        ("offense_class", "unknown"),
        ("reason_shared", 100),
        ("reason_matters", 4),
        ("period_latest", 2024),
        ("signed_on", date(2025, 8, 6)),
    ],
)
def test_the_last_value_that_is_lawful(book, lawful, fact, value):
    assert decide_one(book, lawful | {fact: value}, ADMISSION).status is Status.ACCEPTED


def test_another_limb_needs_no_ninety_days(book, lawful):
    facts = lawful | {"offense_limb": "B", "days_since_final_order": 3}
    assert decide_one(book, facts, ADMISSION).status is Status.ACCEPTED


@pytest.mark.parametrize(
    ("fact", "value", "rule"),
    [
        ("safeguards_suspended", True, "p4.standing"),
        ("safeguard_report_overdue", True, "p4.report"),
        ("corrective_plan_overdue", True, "p4.corrective-plan"),
    ],
)
def test_missing_safeguards_suspend(book, lawful, fact, value, rule):
    determination = decide_one(book, lawful | {fact: value}, ADMISSION)
    assert determination.status is Status.SUSPENDED
    assert [finding.rule for finding in determination.findings] == [rule]


def test_analysis_by_artificial_intelligence_needs_an_acknowledged_notice(book, lawful):
    facts = lawful | {"ai_analysis": True}
    assert decide_one(book, facts, ADMISSION).status is Status.RETURNED
    facts["ai_notice_acknowledged"] = True
    assert decide_one(book, facts, ADMISSION).status is Status.ACCEPTED


@pytest.mark.parametrize(
    ("received", "status"),
    [
        (date(2025, 4, 6), Status.SUSPENDED),  # the agreement is signed the day after
        (date(2025, 4, 7), Status.ACCEPTED),
        (date(2025, 9, 4), Status.ACCEPTED),
        (date(2025, 9, 5), Status.SUSPENDED),  # notice first
        (date(2025, 11, 21), Status.SUSPENDED),  # the stay
        (date(2026, 3, 2), Status.SUSPENDED),
    ],
)
def test_the_law_of_the_day_decides(book, lawful, received, status):
    facts = lawful | {"received": received, "received_year": received.year}
    facts |= {"signed_on": received, "removal_order_date": date(2024, 1, 2)}
    assert decide_one(book, facts, Day(Stage.ADMISSION, received)).status is status


def test_before_the_book_speaks_nothing_is_let_through(book, lawful):
    day = date(2024, 12, 31)
    determination = decide_one(book, lawful | {"received": day}, Day(Stage.ADMISSION, day))
    assert "i2.in-force" in [finding.rule for finding in determination.findings]


def test_a_stay_is_looked_at_again_on_the_day_of_disclosure(book, lawful):
    facts = lawful | {"reason_specific": True}
    before = Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 9, 4))
    after = Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 11, 21))
    assert decide_one(book, facts, before).status is Status.ACCEPTED
    assert decide_one(book, facts, after).status is Status.SUSPENDED


@pytest.mark.parametrize("verdict", [None, False])
def test_no_disclosure_before_an_officer_found_the_reason_specific(book, lawful, verdict):
    day = Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 8, 8))
    determination = decide_one(book, lawful | {"reason_specific": verdict}, day)
    assert [finding.rule for finding in determination.findings] == ["i2.reason.specific"]


def test_what_an_officer_found_is_told_apart_from_what_waits_for_one(book, lawful):
    """Every rule that a person's word decides says either, and never both."""
    asking = [
        (bit, one)
        for bit, (_, one) in enumerate(book.rules)
        if any(set(facts_in(version.tree)) & set(HUMAN) for version in one.versions)
    ]
    assert len(asking) == 10
    for bit, one in asking:
        wording = one.versions[-1]
        said = {}
        for verdict in (None, False):
            facts = lawful | dict.fromkeys(HUMAN, verdict)
            (said[verdict],) = findings_of(book, 1 << bit, facts, lambda _: date(2025, 8, 6))
        assert said[False].finding.startswith("An officer found"), one.id
        assert "not yet" not in said[False].finding, one.id
        assert "no officer has yet found" in said[None].finding.lower(), one.id
        assert (said[None].cure, said[False].cure) == (WAITS_CURE, wording.cure), one.id


def test_a_finding_says_whose_rule_it_is_whatever_it_cites(book, lawful):
    facts = lawful | {"matter_stated": False, "name_stated": False, "department": "state-revenue"}
    found = decide_one(book, facts, ADMISSION).findings
    assert {one.rule: one.layer for one in found} == {
        "i2.name": Layer.STATUTE,
        "manner.matter": Layer.POLICY,
        "policy.agreement.party": Layer.POLICY,
    }
    assert len({one.whose for one in Layer}) == len(Layer)
    [text] = findings_texts(book, [(mask_one(book, facts, ADMISSION), facts)], ADMISSION.of)
    assert tuple(map(read_finding, json.loads(text))) == found


def test_a_stop_weighs_more_than_a_shortcoming(book, lawful):
    day = date(2026, 3, 2)
    facts = lawful | {"received": day, "received_year": 2026, "address_shape": "empty"}
    determination = decide_one(book, facts, Day(Stage.ADMISSION, day))
    rules = [finding.rule for finding in determination.findings]
    assert determination.status is Status.SUSPENDED
    assert {"ddc-2025.stay", "dmass-2026.injunction", "i2.address.given"} <= set(rules)


def test_a_finding_says_the_fact_found_and_the_cure(book, lawful):
    determination = decide_one(book, lawful | {"recipient_open_matters": 1280000}, ADMISSION)
    (finding,) = determination.findings
    assert "1280000 open matters" in finding.finding
    assert finding.citation == "26 U.S.C. 6103(p)(1)"
    assert finding.cure


def test_an_answer_may_only_say_what_every_layer_lists(book):
    i2 = "/us/usc/t26/s6103/i/2"
    assert set(book.items_for(i2, "treasury-dhs-2025")) == {"address-confirmation"}
    assert book.items_for("/us/usc/t26/s6103/i/5", "treasury-dhs-2025") == {}


def test_no_agreement_adds_to_what_an_answer_may_say(book):
    for provision in book_provisions(book):
        alone = book.items_for(provision, None)
        assert set(book.items_for(provision, "treasury-dhs-2025")) <= set(alone)
        assert book.items_for(provision, "another-agreement") == alone


def book_provisions(book):
    served = [one.cites for one in book.instruments if one.gateway]
    assert len(served) == 9
    return served


def test_an_agreement_says_nothing_to_whoever_is_no_party(book, lawful):
    """Not even to a stranger that names it: its own rules stay silent, and its days with them."""
    agreements = [one for one in book.instruments if one.layer is Layer.AGREEMENT]
    assert agreements
    for one in agreements:
        named = lawful | {"agreement": one.id, "provision": "/us/usc/t26/s6103/i/2"}
        assert may_cover(one, named)
        for stranger in ("doj", "state-revenue", "other"):
            asks = dict.fromkeys(("agency", "agency_parent", "department"), stranger)
            assert not may_cover(one, named | asks), (one.id, stranger)


def test_a_stranger_to_the_agreement_is_told_to_leave_it_out_and_nothing_else(book, lawful):
    stranger = lawful | {
        "agency": "doj",
        "agency_parent": "none",
        "department": "doj",
        "offense": "/us/usc/t18/s1343",
        "offense_limb": None,
        "removal_basis_class": None,
        "removal_order_date": None,
        "days_since_final_order": None,
    }
    (finding,) = decide_one(book, stranger, ADMISSION).findings
    assert finding.rule == "policy.agreement.party"
    assert decide_one(book, stranger | {"agreement": "none"}, ADMISSION).status is Status.ACCEPTED
