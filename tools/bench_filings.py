"""Does `ostiary filings` keep its promise? Synthetic series with a known effect, a thousand a row.

Every series goes through the product's own door (`examine`, the shipped plan). It is monthly, with
a season whose highest month is thirty times its lowest, growth of 1 % a year, autoregressive noise
of 3 % (correlation 0, 0.3, 0.5 or 0.7), in one of four a level that drifts by 0.5 % a month, means
from 500 to 50,000, Poisson counts, and in the pandemic's months shifts of -60 to +40 %. The effect
is 0, -2, -5 or -15 % from the first break on. Counted: how often the 95 % interval holds the true
effect; alarms where the effect is zero; alarms at placebo dates.

python tools/bench_filings.py --series 1000
python tools/bench_filings.py --series 1000 --rows hard
"""

import argparse
import os
import time
from dataclasses import dataclass

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads only wait

import numpy as np

from ostiary.office.filings.effects import examine
from ostiary.office.filings.plan import Plan, read_plan
from ostiary.office.filings.series import Series

EFFECTS = (0.0, -0.02, -0.05, -0.15)
_NOISE = 0.03


@dataclass(frozen=True)
class Row:
    """A row of the table: how many months, and what the world is like.

    Attributes:
        before: Months before the month of the first break.
        after: Whole months after it, before those of later breaks are left out.
        rho: Correlations from month to month, one drawn a series.
        drift: Drift of the level a month, one drawn a series.
        curve: How far the trend bends, over all months before.
        seasonal: Whether the effect is three times as large in February to April.
    """

    name: str
    before: int
    after: int
    rho: tuple[float, ...] = (0.0, 0.3, 0.5, 0.7)
    drift: tuple[float, ...] = (0.0, 0.0, 0.0, 0.005)
    curve: float = 0.0
    seasonal: bool = False


ROWS = {
    "promise": (
        Row("5 years before, 6 months after", 60, 6),
        Row("5 years before, 18 months after", 60, 18),
        Row("10 years before, 12 months after", 120, 12),
        Row("10 years before, 18 months after", 120, 18),
    ),
    "hard": (
        Row("level drifts by 1 % a month", 60, 12, rho=(0.3,), drift=(0.01,)),
        Row("trend bends by 10 % in five years", 60, 12, curve=0.1),
        Row("correlation 0.9", 60, 12, rho=(0.9,)),
        Row("effect three times as large in February to April", 60, 12, seasonal=True),
    ),
}


def main() -> None:
    """Print one line a row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=1_000)
    parser.add_argument("--rows", choices=list(ROWS), default="promise")
    parser.add_argument("--only", type=int, help="One row of them: 1 is the first.")
    given = parser.parse_args()
    plan = read_plan()
    print("| series | covered | alarms at effect 0 | found at -5 % | at -15 %", end="")
    print(" | interval | placebo dates | alarms there | ms a series |")
    print("|---|---|---|---|---|---|---|---|---|")
    for seed, row in enumerate(ROWS[given.rows], start=1):
        if given.only in (None, seed):
            print(line(row, plan, given.series, np.random.default_rng(seed)), flush=True)


def line(row: Row, plan: Plan, many: int, rng: np.random.Generator) -> str:
    """Measure one row."""
    begun = time.perf_counter()
    covered, wide, placebos, alarms = 0, 0.0, 0, 0
    found: dict[float, list[bool]] = {effect: [] for effect in EFFECTS}
    for number in range(many):
        effect = EFFECTS[number % len(EFFECTS)]
        series, true = make(row, plan, effect, rng)
        finding = examine(series, plan)
        if finding.headline is None:
            raise SystemExit(finding.refused)
        change = finding.headline.change
        covered += change.low <= true <= change.high
        wide += change.high - change.low
        found[effect].append(change.is_clear)
        placebos += len(finding.placebos)
        alarms += finding.alarms
    power = [f"{np.mean(found[effect]):.1%}" for effect in (0.0, -0.05, -0.15)]
    at_placebos = f"{alarms / placebos:.1%}" if placebos else "none possible"
    each = (time.perf_counter() - begun) / many
    return (
        f"| {row.name} | {covered / many:.1%} | {' | '.join(power)} | {wide / many:.3f}"
        f" | {placebos:,} | {at_placebos} | {1000 * each:.0f} |"
    )


def make(row: Row, plan: Plan, effect: float, rng: np.random.Generator) -> tuple[Series, float]:
    """Make a series, and the true change of the months that the plan looks at."""
    broken = plan.breaks[0].month
    months = np.arange(broken - row.before, broken + 1 + row.after)
    season = np.exp(np.linspace(0, np.log(30), 12))[rng.permutation(12)]
    along = (months - months[0]) / row.before
    noise = _remembering(len(months), rng.choice(row.rho), rng)
    level = np.cumsum(rng.standard_normal(len(months)) * rng.choice(row.drift))
    trend = 0.01 * (months - months[0]) / 12 + row.curve * (along - 0.5) ** 2
    mean = np.exp(rng.uniform(np.log(500), np.log(50_000)))
    foretold = mean * season[months % 12] / season.mean() * np.exp(trend + noise + level)
    effects = np.where(months > broken, _effects(row, effect, months), 0.0)
    masked = np.array([plan.is_masked("US", int(month)) for month in months])
    shifts = np.where(masked, rng.uniform(-0.6, 0.4, len(months)), 0.0)
    counts = rng.poisson(foretold * (1 + effects) * (1 + shifts))
    looked_at = [m > broken and not plan.is_split(int(m)) for m in months]
    true = float((foretold * effects)[looked_at].sum() / foretold[looked_at].sum())
    by_month = {int(month): int(count) for month, count in zip(months, counts, strict=True)}
    return Series("returns", "US", by_month), true


def _effects(row: Row, effect: float, months: np.ndarray) -> np.ndarray:
    """The effect by month; of the seasonal kind about the same over a year."""
    if not row.seasonal:
        return np.full(len(months), effect)
    return np.where(np.isin(months % 12, (1, 2, 3)), 2 * effect, 2 * effect / 3)


def _remembering(many: int, rho: float, rng: np.random.Generator) -> np.ndarray:
    """Autoregressive noise of 3 %."""
    noise = np.empty(many)
    noise[0] = rng.standard_normal()
    for at in range(1, many):
        noise[at] = rho * noise[at - 1] + np.sqrt(1 - rho**2) * rng.standard_normal()
    return _NOISE * noise


if __name__ == "__main__":
    main()
