"""Breaks and masks are data with dates and sources; a plan is known by its digest."""

from datetime import date

import pytest

from ostiary.domain.errors import InputError
from ostiary.office.filings.plan import SHIPPED, read_plan


def test_the_shipped_plan_names_agreement_release_and_orders_with_sources():
    plan = read_plan()
    assert [(one.day, one.kind) for one in plan.breaks] == [
        (date(2025, 4, 7), "agreement"),
        (date(2025, 8, 7), "release"),
        (date(2025, 11, 21), "order"),
        (date(2026, 2, 5), "order"),
    ]
    assert all(one.citation for one in (*plan.breaks, *plan.masks))
    assert plan.is_shipped
    assert plan.is_masked("NY", 2020 * 12 + 3)
    assert plan.is_masked("CA", 2025 * 12 + 6)
    assert not plan.is_masked("NY", 2025 * 12 + 6)


def test_a_changed_plan_is_another_plan(tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text(SHIPPED.read_text() + "\n# one line more\n")
    assert not read_plan(file).is_shipped


BAD = {
    "no TOML": ('title = "a', "is no TOML"),
    "no break": ('title = "a"\nregistered = 2026-01-01\n', "names no break"),
    "no citation": (
        (
            'title = "a"\nregistered = 2026-01-01\n[[break]]\ndate = 2025-04-07\nkind = "order"\n'
            'what = "x"\n'
        ),
        "break 1: `citation` is missing",
    ),
    "day in quotes": (
        (
            'title = "a"\nregistered = 2026-01-01\n[[break]]\ndate = "2025-04-07"\nkind = "order"\n'
            'what = "x"\ncitation = "y"\n'
        ),
        "`date` is no day",
    ),
    "unknown kind": (
        (
            'title = "a"\nregistered = 2026-01-01\n[[break]]\ndate = 2025-04-07\nkind = "rumour"\n'
            'what = "x"\ncitation = "y"\n'
        ),
        "`kind` is none of",
    ),
    "unknown entry": ('title = "a"\nregistered = 2026-01-01\nalpha = 0.2\n', "no plan has"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_plan_is_refused_with_its_cure(case, tmp_path):
    text, said = BAD[case]
    (tmp_path / "plan.toml").write_text(text)
    with pytest.raises(InputError, match=said) as caught:
        read_plan(tmp_path / "plan.toml")
    assert caught.value.cure


def test_two_breaks_in_one_month_and_breaks_out_of_order_are_refused(tmp_path):
    one = '[[break]]\ndate = {}\nkind = "order"\nwhat = "x"\ncitation = "y"\n'
    for days in (("2025-04-07", "2025-04-20"), ("2025-05-07", "2025-04-20")):
        text = 'title = "a"\nregistered = 2026-01-01\n' + "".join(map(one.format, days))
        (tmp_path / "plan.toml").write_text(text)
        with pytest.raises(InputError, match="out of order"):
            read_plan(tmp_path / "plan.toml")
