"""A day stands in a letter only when the law gives it: the rule says when it would be met."""

from datetime import date

import pytest

from ostiary.deciding.law.decide import mask_one
from ostiary.deciding.law.earliest_day import first_day_met
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import bits_of
from ostiary.deciding.law.reading import read_orders
from ostiary.domain.words import Stage

ON = Day(Stage.ADMISSION, date(2025, 8, 6))


def asked(book, rule_id):
    return next((one, rule) for one, rule in book.rules if rule.id == rule_id)


@pytest.mark.parametrize(
    ("rule", "changed", "day"),
    [
        ("s1253.departure", {"days_since_final_order": 61}, date(2025, 9, 5)),
        ("manner.periods.ended", {"period_latest": 2025}, date(2026, 1, 1)),
        ("manner.signature", {"signed_on": date(2025, 8, 20)}, date(2025, 8, 20)),
        ("dhs2025.order", {"removal_order_date": date(2025, 8, 7)}, date(2025, 8, 7)),
        ("manner.periods.ended", {"period_latest": 2031}, None),
        ("i2.signer", {"signer_office": "component-head"}, None),
        ("p4.report", {"safeguard_report_overdue": True}, None),
        ("i2.name", {"surname_stated": False}, None),
    ],
)
def test_the_day_is_the_first_on_which_the_rule_is_met(book, lawful, rule, changed, day):
    facts = {**lawful, **changed}
    assert first_day_met(*asked(book, rule), facts, ON) == day


def test_a_day_that_is_told_is_right_and_the_day_before_is_not(book, lawful):
    """Decided by the whole book: the rule's bit clears on that day and on no earlier one."""
    facts = {**lawful, "days_since_final_order": 61}
    one, rule = asked(book, "s1253.departure")
    met = first_day_met(one, rule, facts, ON)
    bit = next(n for n, (_, each) in enumerate(book.rules) if each is rule)
    for received, expected in ((met, False), (date(2025, 9, 4), True)):
        older = 61 + (received - ON.received).days
        on_that_day = {**facts, "received": received, "days_since_final_order": older}
        mask = mask_one(book, on_that_day, Day(Stage.ADMISSION, received))
        assert (bit in set(bits_of(mask))) is expected


def test_an_order_without_an_end_gives_no_day(book, lawful):
    on = Day(Stage.ADMISSION, date(2026, 3, 2))
    assert first_day_met(*asked(book, "ddc-2025.stay"), lawful, on) is None


def test_an_order_that_ends_gives_the_day_after(lawful, tmp_path):
    (tmp_path / "stay.md").write_text(
        "---\ntitle: A stay\nlayer: order\nprefix: stay\ncites: /us/court/x/1\n"
        "citation: A stay\nfrom: 2025-08-01\nuntil: 2025-10-31\n"
        "applies: provision = '/us/usc/t26/s6103/i/2'\n---\n\n# A stay\n\n"
        "```yaml\nid: stay.all\nstage: both\nclock: disclosed\ncites: /us/court/x/1\n"
        "finding: Stayed.\ncure: None while it stands.\n```\n```sql\nagency = 'dhs-ice'\n```\n"
    )
    (order,) = read_orders(tmp_path)
    assert first_day_met(order, order.rules[0], lawful, ON) == date(2025, 11, 1)
    released = Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 8, 9))
    assert first_day_met(order, order.rules[0], lawful, released) == date(2025, 11, 1)
