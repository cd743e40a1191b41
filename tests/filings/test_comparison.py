"""A comparison that the plan names: noise that both share goes, and what it assumes is said."""

from dataclasses import replace

import numpy as np
import pytest

from ostiary.domain.errors import InputError
from ostiary.office.filings.effects import examine
from ostiary.office.filings.plan import SHIPPED, read_plan
from ostiary.office.filings.words import sentences
from published_totals import a_series

NAMED = """
[[comparison]]
series = "itin-returns"
beside = "returns"
reason = "both follow the same season"
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "plan.toml"
    path.write_text(SHIPPED.read_text() + NAMED)
    return read_plan(path)


def pair(effect, seed, *, fall=0.0, plan):
    """Two series that share the noise of the first; each with an effect of its own."""
    shared, _ = a_series(0.0, seed=seed, before=60, after=6)
    rng = np.random.default_rng(seed)
    first = plan.breaks[0].first

    def one(name, change):
        counts = {
            month: int(rng.poisson(count * (1 + change if month >= first else 1)))
            for month, count in shared.counts.items()
        }
        return replace(shared, name=name, counts=counts)

    return one("itin-returns", effect), one("returns", fall)


def compared(effect, seed, plan, **more):
    series, other = pair(effect, seed, plan=plan, **more)
    return examine(series, plan, [series, other])


def test_shared_noise_goes_and_the_truth_is_held(plan):
    held = narrower = 0
    for seed in range(20):
        finding = compared(-0.05, seed, plan)
        change, alone = finding.compared.window.change, finding.headline.change
        held += change.low <= -0.05 <= change.high
        narrower += change.high - change.low < 0.75 * (alone.high - alone.low)
    assert held >= 17
    assert narrower >= 17


def test_a_comparison_that_falls_too_hides_the_fall(plan):
    change = compared(-0.05, 1, plan, fall=-0.05).compared.window.change
    assert not change.is_clear


def test_what_it_assumes_is_said(plan):
    text = " ".join(sentences(compared(-0.15, 1, plan)))
    assert "Beside `returns` in the same months" in text
    assert "both follow the same season" in text
    assert "would hide as much" in text


def test_a_comparison_that_is_missing_is_said_and_never_replaced(plan):
    series, other = pair(-0.05, 1, plan=plan)
    for others in ([series], [series, replace(other, area="CA")]):
        finding = examine(series, plan, others)
        assert finding.compared.window is None
        assert "Not compared with `returns`" in " ".join(sentences(finding))


def test_a_plan_that_names_none_compares_nothing():
    plan = read_plan()
    series, other = pair(-0.05, 1, plan=plan)
    finding = examine(series, plan, [series, other])
    assert finding.compared is None
    assert finding == examine(series, plan)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (NAMED + NAMED, "one series with two"),
        (NAMED.replace('"returns"', '"itin-returns"'), "with itself"),
        (NAMED.replace('"returns"', '"births"'), "no series"),
        (NAMED.replace("reason =", "because ="), "no plan has"),
    ],
)
def test_a_comparison_that_is_none_is_refused(wrong, what, tmp_path):
    (tmp_path / "plan.toml").write_text(SHIPPED.read_text() + wrong)
    with pytest.raises(InputError, match=what):
        read_plan(tmp_path / "plan.toml")
