"""A series drawn: counts beside what was foretold, and the distance between them. SVG, no script.

What colour says, form says too: counts are a line with dots, what was foretold a band, placebo
windows open circles, breaks numbered. Everything drawn stands in the table beside it.
"""

from collections.abc import Callable, Iterator
from html import escape
from math import floor, log10

from ostiary.office.filings.effects import Finding, MonthAfter, Window
from ostiary.office.filings.plan import Break, Plan
from ostiary.office.filings.words import SPACE, interval, per_cent

_WIDE, _LEFT, _RIGHT = 780.0, 84.0, 12.0
_TOP, _HIGH, _GAP, _LOW = 30.0, 210.0, 46.0, 150.0
_INK, _QUIET, _LINE, _BAND, _BLUE, _RED = (
    "#1b1b1b", "#565c65", "#dfe1e2", "#bfdcec", "#2c608a", "#b50909",
)  # fmt: skip
_BEFORE = 60

Scale = Callable[[float], float]


def chart(finding: Finding, plan: Plan) -> str:
    """Draw a finding that has a headline; an SVG element with title and description."""
    window = finding.headline
    if window is None:
        return ""
    start = plan.breaks[0].month - _BEFORE
    end = max(finding.series.counts)
    across = _linear(start, end, _LEFT, _WIDE - _RIGHT)
    breaks = [one for one in plan.breaks if one.month <= end]
    height = _TOP + _HIGH + _GAP + _LOW + 52 + 16 * len(breaks)
    parts = [
        *_masked(finding, plan, range(start, end + 1), across),
        *_counts(finding, window, start, across),
        *_distances(finding, window, start, across),
        *_years(start, end, across),
        *_breaks(breaks, across),
        *_legend(breaks),
    ]
    name = f"{finding.series.name}-{finding.series.area}"
    title = escape(f"{finding.series.title}: counts, and their distance from what was foretold")
    told = escape(
        f"After the first break {per_cent(window.change.middle)},"
        f" 95 % interval {interval(window.change)}. The table below has every value."
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:.0f} {height:.0f}" role="img"'
        f' aria-labelledby="t-{name} d-{name}" font-family="system-ui, sans-serif" font-size="12"'
        f' fill="{_INK}">\n<title id="t-{name}">{title}</title>\n'
        f'<desc id="d-{name}">{told}</desc>\n<rect width="100%" height="100%" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>"
    )


def _linear(low: float, high: float, begin: float, stop: float) -> Scale:
    wide = (high - low) or 1.0
    return lambda value: begin + (value - low) / wide * (stop - begin)


def _masked(finding: Finding, plan: Plan, months: range, across: Scale) -> Iterator[str]:
    """Shade the months that measure nothing."""
    half = (across(1) - across(0)) / 2
    for run in _runs([month for month in months if plan.is_masked(finding.series.area, month)]):
        left, right = across(run[0]) - half, across(run[-1]) + half
        yield (
            f'<rect x="{left:.1f}" y="{_TOP}" width="{right - left:.1f}"'
            f' height="{_HIGH + _GAP + _LOW}" fill="#f0f0f0"/>'
        )


def _counts(finding: Finding, window: Window, start: int, across: Scale) -> Iterator[str]:
    """Draw the upper part: counts on a logarithmic scale, and the band foretold."""
    shown = {m: c for m, c in finding.series.counts.items() if m >= start and c is not None}
    values = [
        *map(float, shown.values()),
        *(v for one in window.months for v in (one.low, one.high)),
    ]
    low, high = log10(max(min(values), 1.0)), log10(max(values))
    down = _linear(low - 0.03, high + 0.03, _TOP + _HIGH, _TOP)
    for tick in _log_ticks(low, high):
        yield from _tick(down(log10(tick)), f"{tick:,}")
    yield f'<text x="{_LEFT}" y="{_TOP - 14}" font-weight="600">Counts a month</text>'
    yield from _bands(window, across, lambda value: down(log10(max(value, 1.0))))
    for run in _runs(sorted(shown)):
        points = " ".join(f"{across(m):.1f},{down(log10(shown[m])):.1f}" for m in run)
        yield f'<polyline points="{points}" fill="none" stroke="{_INK}" stroke-width="1.2"/>'
    for month, count in shown.items():
        yield f'<circle cx="{across(month):.1f}" cy="{down(log10(count)):.1f}" r="2"/>'


def _bands(window: Window, across: Scale, down: Scale) -> Iterator[str]:
    half = (across(1) - across(0)) * 0.42
    for one in window.months:
        x, top, foot = across(one.month), down(one.high), down(one.low)
        yield (
            f'<rect x="{x - half:.1f}" y="{top:.1f}" width="{2 * half:.1f}"'
            f' height="{max(foot - top, 1.5):.1f}" fill="{_BAND}"/>'
            f'<path d="M{x - half:.1f} {down(one.middle):.1f}h{2 * half:.1f}" stroke="{_BLUE}"'
            ' stroke-width="1.5"/>'
        )


def _distances(finding: Finding, window: Window, start: int, across: Scale) -> Iterator[str]:
    """Draw the lower part: each month's distance from what was foretold, in per cent."""
    placebos = [one for each in finding.placebos for one in each.months if one.month >= start]
    ends = [edge for one in (*placebos, *window.months) for edge in _distance(one)]
    reach = max(0.05, *(abs(edge) for edge in ends)) * 1.05
    top = _TOP + _HIGH + _GAP
    down = _linear(-reach, reach, top + _LOW, top)
    step = next(one for one in (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0, 1e9) if reach / one <= 3)  # noqa: PLR2004
    for k in range(-3, 4):
        if abs(k * step) <= reach:
            yield from _tick(down(k * step), per_cent(k * step).replace(f".0{SPACE}", SPACE))
    yield (
        f'<path d="M{_LEFT} {down(0):.1f}H{_WIDE - _RIGHT}" stroke="{_QUIET}"/>'
        f'<text x="{_LEFT}" y="{top - 12}" font-weight="600">Distance from what was foretold, with'
        " 95 % intervals of single months (open circles: placebo dates)</text>"
    )
    for fill, colour, months in (("#fff", _QUIET, placebos), (_BLUE, _BLUE, window.months)):
        for one in months:
            yield _whisker(one, fill, colour, across, down)


def _distance(one: MonthAfter) -> tuple[float, float, float]:
    """Middle, lower and upper end of a month's distance."""
    middle, low, high = (
        one.count / max(value, 1.0) - 1 for value in (one.middle, one.high, one.low)
    )
    return middle, low, high


def _whisker(one: MonthAfter, fill: str, colour: str, across: Scale, down: Scale) -> str:
    middle, low, high = _distance(one)
    x = across(one.month)
    return (
        f'<path d="M{x:.1f} {down(low):.1f}V{down(high):.1f}" stroke="{colour}"/>'
        f'<circle cx="{x:.1f}" cy="{down(middle):.1f}" r="3" fill="{fill}" stroke="{colour}"/>'
    )


def _years(start: int, end: int, across: Scale) -> Iterator[str]:
    foot = _TOP + _HIGH + _GAP + _LOW
    for month in range(start, end + 1):
        if month % 12 == 0:
            x = across(month)
            yield (
                f'<path d="M{x:.1f} {foot}v5" stroke="{_QUIET}"/>'
                f'<text x="{x:.1f}" y="{foot + 18}" text-anchor="middle" fill="{_QUIET}">'
                f"{month // 12}</text>"
            )


def _breaks(breaks: list[Break], across: Scale) -> Iterator[str]:
    foot = _TOP + _HIGH + _GAP + _LOW
    for number, one in enumerate(breaks, start=1):
        x = across(one.month + (one.day.day - 1) / 31 - 0.5)
        yield (
            f'<path d="M{x:.1f} {_TOP - 8}V{_TOP + _HIGH}M{x:.1f} {_TOP + _HIGH + _GAP - 6}V{foot}"'
            f' stroke="{_RED}" stroke-dasharray="4 3"/>'
            f'<text x="{x:.1f}" y="{_TOP - 12}" text-anchor="middle" fill="{_RED}"'
            f' font-weight="600">{number}</text>'
        )


def _legend(breaks: list[Break]) -> Iterator[str]:
    top = _TOP + _HIGH + _GAP + _LOW + 40
    for number, one in enumerate(breaks, start=1):
        said = escape(f"{number}  {one.day}  {one.what}")
        yield f'<text x="{_LEFT}" y="{top + 16 * (number - 1):.0f}" fill="{_RED}">{said}</text>'
    foot = f'x="{_LEFT}" y="{top + 16 * len(breaks):.0f}" fill="{_QUIET}"'
    yield f"<text {foot}>Grey: months left out. Blue: what was foretold, and its interval.</text>"


def _tick(y: float, text: str) -> Iterator[str]:
    yield (
        f'<path d="M{_LEFT} {y:.1f}H{_WIDE - _RIGHT}" stroke="{_LINE}"/>'
        f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{_QUIET}">{text}</text>'
    )


def _log_ticks(low: float, high: float) -> list[int]:
    steps = (1, 2, 5) if high - low < 2 else (1,)  # noqa: PLR2004 - two decades
    ticks = [k * 10**power for power in range(floor(low), floor(high) + 1) for k in steps]
    return [tick for tick in ticks if low <= log10(tick) <= high]


def _runs(months: list[int]) -> Iterator[list[int]]:
    """Split months where one is missing."""
    run: list[int] = []
    for month in months:
        if run and month != run[-1] + 1:
            yield run
            run = []
        run.append(month)
    if run:
        yield run


def file_name(finding: Finding) -> str:
    """The chart's name in a folder."""
    return f"{finding.series.name}-{finding.series.area}.svg"
