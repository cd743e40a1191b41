"""Series with a known effect: found where it is large, covered as often as the interval says."""

from dataclasses import replace

import numpy as np
import pytest

from ostiary.office.filings.effects import examine
from ostiary.office.filings.plan import read_plan
from published_totals import a_series

PLAN = read_plan()
BROKEN = PLAN.breaks[0].month


@pytest.fixture(scope="module")
def found():
    """Five years before, so that there is no placebo date: a tenth of the work."""
    series, true = a_series(-0.15, before=60)
    return series, true, examine(series, PLAN)


def test_a_large_drop_is_found_after_the_break_and_at_no_placebo_date():
    series, true = a_series(-0.15)
    finding = examine(series, PLAN)
    change = finding.headline.change
    assert change.low < true < change.high < 0
    assert finding.alarms == 0
    assert len(finding.placebos) >= 3


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    held = 0
    for seed in range(60):
        series, true = a_series((0.0, -0.05)[seed % 2], seed=seed, before=60, after=6)
        change = examine(series, PLAN).headline.change
        held += change.low <= true <= change.high
    assert 52 <= held <= 60  # 57 expected; the thousand are in docs/benchmarks.md


def test_the_forecast_reads_nothing_after_the_break(found):
    series, _, finding = found
    later = {m: c * 3 if m > BROKEN else c for m, c in series.counts.items()}
    again = examine(replace(series, counts=later), PLAN)
    assert again.headline.foretold == finding.headline.foretold


def test_the_same_file_gives_the_same_bounds(found):
    series, _, finding = found
    assert examine(series, PLAN) == finding


def test_masked_months_and_months_of_breaks_count_for_nothing(found):
    series, _, finding = found
    wild = {
        month: 10_000_000 if PLAN.is_masked("US", month) or PLAN.is_split(month) else count
        for month, count in series.counts.items()
    }
    assert examine(replace(series, counts=wild), PLAN).headline == finding.headline


def test_a_suppressed_month_is_missing_not_zero(found):
    series, _, finding = found
    gap = {m: None if m == BROKEN - 20 else c for m, c in series.counts.items()}
    change = examine(replace(series, counts=gap), PLAN).headline.change
    assert change.middle == pytest.approx(finding.headline.change.middle, abs=0.01)


def test_suppressed_months_after_leave_both_sums(found):
    series, _, finding = found
    gap = {m: None if m == BROKEN + 2 else c for m, c in series.counts.items()}
    headline = examine(replace(series, counts=gap), PLAN).headline
    assert headline.counted == finding.headline.counted - series.counts[BROKEN + 2]
    assert BROKEN + 2 not in [one.month for one in headline.months]


SHORT = {
    "too few months before": (lambda m: m >= BROKEN - 59, "59 months before"),
    "nothing after": (lambda m: m <= BROKEN, "no whole, unmasked month after"),
    "nothing before": (lambda m: m > BROKEN, "0 months before"),
}


@pytest.mark.parametrize("case", SHORT)
def test_a_series_that_bears_no_interval_says_why(case, found):
    keep, said = SHORT[case]
    series, _, _ = found
    kept = {month: count for month, count in series.counts.items() if keep(month)}
    finding = examine(replace(series, counts=kept), PLAN)
    assert finding.headline is None
    assert said in finding.refused


def test_segments_are_wider_than_the_headline_since_they_are_several(found):
    _, _, finding = found
    assert [one.months for one in finding.segments] == [3, 2, 2, 8]
    headline = finding.headline.change
    assert all(
        one.change.high - one.change.low > headline.high - headline.low for one in finding.segments
    )


def test_the_sum_is_drawn_as_a_sum(found):
    """Adding the bounds of months would give an interval far too wide."""
    _, _, finding = found
    months = finding.headline.months
    added = (
        sum(m.count for m in months)
        / np.array([sum(m.high for m in months), sum(m.low for m in months)])
        - 1
    )
    change = finding.headline.change
    assert added[0] < change.low
    assert change.high < added[1]


@pytest.mark.parametrize(("season", "step"), [(0, 0), (300, 10)])
def test_what_repeats_more_exactly_than_counts_do_gets_no_interval(found, season, step):
    series, _, _ = found
    made = replace(series, counts={m: 20_000 + season * (m % 12) + step * m for m in series.counts})
    finding = examine(made, PLAN)
    assert finding.headline is None
    assert "more exactly than counts do" in finding.refused
