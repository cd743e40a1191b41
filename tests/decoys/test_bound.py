"""The exact bound, against values published with the method and a sum written out by hand."""

from math import comb

import pytest

from ostiary.deciding.decoys.bound import trials_needed, upper_bound


def test_nothing_in_n_trials_is_the_rule_of_three_made_exact():
    assert upper_bound(0, 2995) <= 0.001 < upper_bound(0, 2994)
    assert trials_needed(0.001) == 2995
    assert trials_needed(0.0001) == 29956


@pytest.mark.parametrize(
    ("events", "trials", "confidence", "expected"),
    [
        (0, 10, 0.95, 0.2589),
        (1, 10, 0.95, 0.3942),
        (5, 10, 0.95, 0.7776),
        (1, 47_440, 0.95, 0.0001),
        (0, 10, 0.975, 0.3085),
        (2, 20, 0.975, 0.3170),
    ],
)
def test_known_values(events, trials, confidence, expected):
    assert upper_bound(events, trials, confidence) == pytest.approx(expected, abs=6e-5)


def test_under_the_bound_so_few_events_are_as_improbable_as_promised():
    for events, trials, confidence in ((3, 40, 0.95), (17, 300, 0.9), (0, 7, 0.99)):
        rate = upper_bound(events, trials, confidence)
        tail = sum(
            comb(trials, n) * rate**n * (1 - rate) ** (trials - n) for n in range(events + 1)
        )
        assert tail == pytest.approx(1 - confidence, rel=1e-9)


def test_without_trials_nothing_is_known():
    assert upper_bound(0, 0) == upper_bound(4, 4) == 1.0


def test_it_holds_for_large_counts():
    assert 0.005 < upper_bound(5_000, 1_000_000) < 0.00513


def test_nonsense_is_refused():
    for events, trials, confidence in ((-1, 5, 0.95), (6, 5, 0.95), (1, 5, 1.0)):
        with pytest.raises(ValueError, match="between"):
            upper_bound(events, trials, confidence)
