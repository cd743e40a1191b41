"""Never: an undetermined fact lets a request through, or lifts a stop."""

from datetime import date

import pytest

from ostiary.domain.facts import VOCABULARY
from ostiary.domain.words import Stage, Status
from ostiary.law.decide import decide_one
from ostiary.law.legal_time import Day

ADMISSION = Day(Stage.ADMISSION, date(2025, 8, 6))
# Facts that no rule of the shipped book speaks of, or that only later stages know.
SILENT = {"received", "disclosed", "reason_specific", "file_rows"}
# With these undetermined the request is still decided by other facts that are known.
COVERED = {"ai_notice_acknowledged", "received_year", "offense", "provision", "agency_registered"}


@pytest.mark.parametrize("fact", sorted(set(VOCABULARY) - SILENT - COVERED))
def test_a_missing_fact_is_never_taken_for_met(book, lawful, fact):
    assert decide_one(book, lawful | {fact: None}, ADMISSION).status is not Status.ACCEPTED


@pytest.mark.parametrize("fact", sorted({"offense", "provision", "agency_registered"}))
def test_doubt_about_the_scope_of_an_instrument_keeps_it_in_scope(book, lawful, fact):
    facts = dict.fromkeys(VOCABULARY, None) | {fact: None}
    found = {finding.rule for finding in decide_one(book, facts, ADMISSION).findings}
    assert {"i2.sole-use", "s1253.limb", "p4.standing"} <= found
    assert lawful[fact] is not None


def test_nothing_known_means_nothing_let_through(book):
    nothing = dict.fromkeys(VOCABULARY, None)
    assert decide_one(book, nothing, ADMISSION).status is not Status.ACCEPTED


def test_doubt_about_the_agency_does_not_lift_a_stay(book, lawful):
    day = Day(Stage.ADMISSION, date(2026, 3, 2))
    facts = lawful | {"agency": None, "agreement": None}
    assert decide_one(book, facts, day).status is Status.SUSPENDED
