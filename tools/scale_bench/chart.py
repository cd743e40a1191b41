"""The chart: how cost grows from 1 to 20 million people, and where 160 million would be."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

import matplotlib as mpl
from matplotlib.figure import Figure

MILLION = 1_000_000
FAR = 160 * MILLION

_COLOURS = ("#005ea2", "#b50909", "#4a7729", "#936f38")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart.

    Attributes:
        label: what was measured.
        points: people to seconds, as measured.
        projected: seconds for :data:`FAR` people, computed.
    """

    label: str
    points: Mapping[int, float]
    projected: float


def project(points: Mapping[int, float], *, by_logarithm: bool = False) -> float:
    """Compute seconds at :data:`FAR` people from a straight line through what was measured.

    Args:
        points: people to seconds.
        by_logarithm: a line over log2 of the people, for a search; else over the people.
    """

    def scaled(people: int) -> float:
        return math.log2(people) if by_logarithm else float(people)

    xs, ys = [scaled(people) for people in points], list(points.values())
    if len(xs) == 1:
        return ys[0] if by_logarithm else ys[0] * FAR / next(iter(points))
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    across = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / across
    return max(mean_y + slope * (scaled(FAR) - mean_x), *ys)


def chart(lines: Sequence[Line]) -> str:
    """Draw the chart as SVG; both axes are logarithmic, what was computed is dashed."""
    mpl.rcParams.update({"svg.hashsalt": "ostiary", "svg.fonttype": "none"})
    figure = Figure(figsize=(8.5, 5))
    axes = figure.subplots()
    for line, colour in zip(lines, _COLOURS, strict=False):
        people, seconds = zip(*sorted(line.points.items()), strict=True)
        axes.plot(people, seconds, color=colour, marker="o")
        axes.plot([people[-1], FAR], [seconds[-1], line.projected], color=colour, linestyle="--")
        said = f"{line.label}\n{_seconds(line.projected)}"
        axes.text(1.15 * FAR, line.projected, said, color=colour, va="center")
    sizes = sorted({people for line in lines for people in line.points} | {FAR})
    axes.set(xscale="log", yscale="log", title="Seconds by people in the file (dashed: computed)")
    axes.set_xticks(sizes, [f"{people / MILLION:g} million" for people in sizes])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter(lambda value, _: _seconds(value))
    axes.grid(color="#dfe1e2")
    axes.spines[:].set_visible(False)
    figure.subplots_adjust(left=0.1, right=0.76, bottom=0.08)
    drawn = StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None})
    return drawn.getvalue()


def _seconds(value: float) -> str:
    if value < 1:
        return f"{value * 1000:.3g} ms"
    return f"{value:,.0f} s" if value >= 10 else f"{value:.2g} s"  # noqa: PLR2004 - two digits
