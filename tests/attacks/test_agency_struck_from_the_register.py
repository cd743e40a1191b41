"""Attack: between request and answer the agency is struck from the register.

Nobody knows it any more, so no safeguard and no order speaks of it; that must not free the answer.
"""

from datetime import date

import pytest

from ostiary.deciding.law.decide import decide_one
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.words import Stage, Status

STRUCK = {
    "agency": "other",
    "agency_registered": False,
    "agency_federal": None,
    "safeguards_suspended": None,
    "safeguard_report_overdue": None,
    "corrective_plan_overdue": None,
    "reason_specific": True,
}


@pytest.mark.parametrize("disclosed", [date(2025, 8, 8), date(2025, 11, 21), date(2026, 3, 2)])
def test_an_agency_that_is_no_longer_known_gets_no_answer(book, lawful, disclosed):
    day = Day(Stage.DISCLOSURE, date(2025, 8, 6), disclosed)
    determination = decide_one(book, lawful | STRUCK | {"disclosed": disclosed}, day)
    assert determination.status is not Status.ACCEPTED
    assert "i2.agency" in [finding.rule for finding in determination.findings]


def test_the_same_agency_still_in_the_register_gets_it(book, lawful):
    day = Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 8, 8))
    assert decide_one(book, lawful | {"reason_specific": True}, day).status is Status.ACCEPTED
