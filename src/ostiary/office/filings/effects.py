"""How far the counts after a break lie from what the months before it foretold.

1. The headline is one number: all whole months after the first break together, at most eighteen,
   against what was foretold for them, with a 95 % interval. It was decided before counts are read.
2. Months between later breaks are looked at apart, at 95 % for all of them together (each at
   1 - 0.05 / their number); they are exploratory.
3. Placebo dates are days on which nothing happened: the same procedure, entirely on months before
   the first break. How many alarms chance alone would give is said beside.
4. Below 60 months before, or below three unmasked months of each calendar month needed, there is
   no interval, and the reason is given in its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb

import numpy as np

from ostiary.office.filings.forecast import Before, Foretold, Vector, bend, foretell, is_too_even
from ostiary.office.filings.months import in_words, label
from ostiary.office.filings.plan import Break, Comparison, Plan
from ostiary.office.filings.series import Series

ALPHA = 0.05
SEED = 20250407
LEAST_BEFORE = 60
LONGEST_AFTER = 18
MOST_PLACEBOS = 8
_LEAST_SEASONS, _LEAST_FREEDOM = 3, 20
_PLACEBO_LONGEST, _PLACEBO_SHORTEST = 12, 3
_DRAWS, _POWER = 4_000, 2.8 / 3.92  # a drop found four times in five, in widths of the interval


@dataclass(frozen=True)
class Change:
    """A change of the sum of some months: 0.05 is five per cent more than foretold."""

    middle: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether no change at all lies outside the interval."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class MonthAfter:
    """One month beside what was foretold: counts, and the interval of this month alone."""

    month: int
    count: int
    middle: float
    low: float
    high: float


@dataclass(frozen=True)
class Window:
    """Some months after a date, and what they tell.

    Attributes:
        first: First month after the date.
        months: Each month that measures something.
        counted: Their sum.
        foretold: What was foretold of the sum: middle.
        change: Counted over foretold, less one.
        steady: The same, were it certain that no level drifts.
        drifting: How probable a drifting level is, after the months before.
        memory: Correlation of noise from month to month.
    """

    first: int
    months: tuple[MonthAfter, ...]
    counted: int
    foretold: float
    change: Change
    steady: Change
    drifting: float
    memory: float


@dataclass(frozen=True)
class Segment:
    """The whole months between one break and the next."""

    since: Break
    months: int
    change: Change

    @property
    def is_short(self) -> bool:
        """Whether there are fewer than six months: exploratory at best."""
        return self.months < 6  # noqa: PLR2004 - half a year


@dataclass(frozen=True)
class Compared:
    """The same months, foretold from the ratio to a comparison that the plan names.

    Attributes:
        comparison: What was named, and why.
        window: What it tells; None where there is nothing to hold against.
        refused: Why there is none.
    """

    comparison: Comparison
    window: Window | None = None
    refused: str = ""


@dataclass(frozen=True)
class Finding:
    """What a series tells, or why it tells nothing.

    Attributes:
        series: The series.
        refused: Why there is no interval; empty where there is one.
        before: Months before the first break that measure something.
        headline: All months after the first break, together.
        segments: Months after each break, apart.
        placebos: The same on days on which nothing happened.
        bend: How curved the trend before is; a t value.
        compared: What a comparison tells, where the plan names one.
    """

    series: Series
    refused: str = ""
    before: int = 0
    headline: Window | None = None
    segments: tuple[Segment, ...] = ()
    placebos: tuple[Window, ...] = ()
    bend: float = 0.0
    compared: Compared | None = None

    @property
    def smallest(self) -> float:
        """The smallest drop that would have been found four times in five; 0.08 is 8 %."""
        change = self.headline.change if self.headline else Change(0, 0, 0)
        return _POWER * (change.high - change.low)

    @property
    def alarms(self) -> int:
        """Placebo dates at which a change was found, though nothing happened."""
        return sum(one.change.is_clear for one in self.placebos)

    @property
    def by_chance(self) -> float:
        """How probable so many alarms are by chance alone, or more; dates taken as independent."""
        many = len(self.placebos)
        return sum(
            comb(many, k) * ALPHA**k * (1 - ALPHA) ** (many - k)
            for k in range(self.alarms, many + 1)
        )


def examine(series: Series, plan: Plan, others: Iterable[Series] = ()) -> Finding:
    """Hold a series against the plan.

    Args:
        series: the series.
        plan: the plan.
        others: the series of the file, among which its comparison is looked for.
    """
    first = plan.breaks[0].first
    usable = {
        month: count
        for month, count in series.counts.items()
        if count is not None and not plan.is_masked(series.area, month)
    }
    before = {month: usable[month] for month in usable if month < plan.breaks[0].month}
    after = [
        month
        for month in usable
        if first <= month < first + LONGEST_AFTER and not plan.is_split(month)
    ]
    starts = min(series.counts)
    refused = _why_not(starts, before, after, plan.breaks[0].month)
    if not refused and is_too_even(_before(before)):
        refused = (
            "the months before repeat each other more exactly than counts do; it is a projection,"
            " or typed, and says nothing of how far a month may stray"
        )
    if refused:
        return Finding(series, refused=refused, before=len(before))
    told = _told(before, after)
    return Finding(
        series,
        before=len(before),
        headline=_window(first, told, usable, after),
        segments=tuple(_segments(plan.breaks, told, usable, after)),
        placebos=tuple(_placebos(usable, plan.breaks[0].month, starts, len(after))),
        bend=bend(_before(before)),
        compared=_compared(series, plan, others, before, {month: usable[month] for month in after}),
    )


def _compared(
    series: Series,
    plan: Plan,
    others: Iterable[Series],
    before: dict[int, int],
    after: dict[int, int],
) -> Compared | None:
    """Foretell the ratio to the comparison of the plan, over the months that both have."""
    named = plan.beside(series.name)
    if named is None:
        return None
    same = (one for one in others if (one.name, one.area) == (named.beside, series.area))
    other = next(same, None)
    if other is None:
        return Compared(named, refused=f"the file has no `{named.beside}` of {series.area}")
    beside = {month: count for month, count in other.counts.items() if count}
    earlier = [month for month in before if month in beside]
    later = [month for month in after if month in beside]
    first = plan.breaks[0]
    starts = max(min(series.counts), min(other.counts))
    refused = _why_not(starts, {month: before[month] for month in earlier}, later, first.month)
    if refused:
        return Compared(named, refused=refused)
    times = np.array(earlier, dtype=np.int64)
    counted = np.array([before[month] for month in earlier], dtype=float)
    against = np.array([beside[month] for month in earlier], dtype=float)
    told = foretell(
        Before(times, counted, against),
        np.array(later, dtype=np.int64),
        seed=SEED,
        draws=_DRAWS,
        beside=np.array([beside[month] for month in later], dtype=float),
    )
    return Compared(named, _window(first.first, told, after, later))


def _why_not(starts: int, before: dict[int, int], after: list[int], until: int) -> str:
    """Say why months do not bear an interval; empty where they do."""
    if until - starts < LEAST_BEFORE:
        return (
            f"{max(until - starts, 0)} months before {in_words(until)}; {LEAST_BEFORE} are the"
            " fewest that the method was tried with"
        )
    if not after:
        return f"no whole, unmasked month after {in_words(until)}"
    seasons = [sum(month % 12 == one for month in before) for one in range(12)]
    short = next((month for month in after if seasons[month % 12] < _LEAST_SEASONS), None)
    if short is not None:
        return (
            f"{label(short)} has {seasons[short % 12]} unmasked months of its name before;"
            f" {_LEAST_SEASONS} are needed"
        )
    if min(seasons) == 0 or len(before) - 13 < _LEAST_FREEDOM:
        return f"only {len(before)} unmasked months before, or none of some name"
    return ""


def _before(counts: dict[int, int]) -> Before:
    times = np.array(sorted(counts), dtype=np.int64)
    return Before(times, np.array([counts[int(month)] for month in times], dtype=float))


def _told(before: dict[int, int], after: list[int], draws: int = _DRAWS) -> Foretold:
    return foretell(_before(before), np.array(after, dtype=np.int64), seed=SEED, draws=draws)


def _window(first: int, told: Foretold, counts: dict[int, int], after: list[int]) -> Window:
    sums = told.drawn.sum(axis=1)
    counted = sum(counts[month] for month in after)
    low, middle, high = np.quantile(told.drawn, [ALPHA / 2, 0.5, 1 - ALPHA / 2], axis=0)
    return Window(
        first=first,
        months=tuple(
            MonthAfter(month, counts[month], *map(float, (middle[at], low[at], high[at])))
            for at, month in enumerate(after)
        ),
        counted=counted,
        foretold=float(np.median(sums)),
        change=_change(counted, sums),
        steady=_change(counted, told.steady.sum(axis=1)),
        drifting=told.drifting,
        memory=told.memory,
    )


def _change(counted: int, sums: Vector, alpha: float = ALPHA) -> Change:
    """Counted over each draw, less one: quantiles of the ratio, not a ratio of quantiles."""
    high, middle, low = np.quantile(sums, [alpha / 2, 0.5, 1 - alpha / 2])
    return Change(*(float(counted / max(one, 1.0) - 1) for one in (middle, low, high)))


def _segments(
    breaks: tuple[Break, ...], told: Foretold, counts: dict[int, int], after: list[int]
) -> Iterable[Segment]:
    ends = [one.month for one in breaks[1:]] + [after[-1] + 1]
    inside = [
        [month for month in after if since.first <= month < end]
        for since, end in zip(breaks, ends, strict=True)
    ]
    alpha = ALPHA / max(1, sum(bool(months) for months in inside))
    columns = np.array(after)
    for since, months in zip(breaks, inside, strict=True):
        if months:
            sums = told.drawn[:, np.isin(columns, months)].sum(axis=1)
            counted = sum(counts[month] for month in months)
            yield Segment(since, len(months), _change(counted, sums, alpha))


def _placebos(
    usable: dict[int, int], until: int, starts: int, months_after: int
) -> Iterable[Window]:
    """Give windows that end before the first break and have 60 months before them; latest first."""
    long = min(max(months_after, _PLACEBO_SHORTEST), _PLACEBO_LONGEST)
    for back in range(1, MOST_PLACEBOS + 1):
        first = until - back * long
        before = {month: usable[month] for month in usable if month < first}
        after = [month for month in range(first, first + long) if month in usable]
        if 3 * len(after) < 2 * long or _why_not(starts, before, after, first):
            continue
        yield _window(first, _told(before, after), usable, after)
