"""The chart: how cost grows from 1 to 20 million people, and where 160 million would be."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

MILLION = 1_000_000
FAR = 160 * MILLION

_WIDTH, _HEIGHT = 760, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 230, 60, 60
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
    values = [v for line in lines for v in (*line.points.values(), line.projected)]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    people = sorted({p for line in lines for p in line.points} | {FAR})
    first = math.log10(people[0])

    def x(count: float) -> float:
        share = (math.log10(count) - first) / (math.log10(FAR) - first)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def y(seconds: float) -> float:
        share = (math.log10(seconds) - low) / (high - low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)

    drawn = [_text(_LEFT, 28, "Seconds by people in the file (dashed: computed)", size=16)]
    for power in range(low, high + 1):
        drawn.append(_rule(_LEFT, y(10.0**power), _WIDTH - _RIGHT, y(10.0**power), "#dfe1e2"))
        drawn.append(_text(_LEFT - 10, y(10.0**power) + 4, _seconds(10.0**power), anchor="end"))
    for count in people:
        drawn.append(_rule(x(count), _TOP, x(count), _HEIGHT - _BOTTOM, "#dfe1e2"))
        label = f"{count // MILLION} M" if count >= MILLION else f"{count:,}"
        drawn.append(_text(x(count), _HEIGHT - _BOTTOM + 20, label, anchor="middle"))
    for line, colour in zip(lines, _COLOURS, strict=False):
        measured = [(x(count), y(value)) for count, value in sorted(line.points.items())]
        far = (x(FAR), y(line.projected))
        drawn += [_path(measured, colour), _path([measured[-1], far], colour, dashed=True)]
        drawn += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" fill="{colour}"/>' for a, b in measured]
        drawn.append(_text(far[0] + 12, far[1] - 4, line.label, colour=colour))
        drawn.append(_text(far[0] + 12, far[1] + 12, _seconds(line.projected), colour=colour))
    said = "; ".join(
        f"{line.label}: "
        + ", ".join(f"{count:,} people {_seconds(v)}" for count, v in sorted(line.points.items()))
        for line in lines
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' font-family="sans-serif"><title>How cost grows</title><desc>{escape(said)}</desc>'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>{"".join(drawn)}</svg>\n'
    )


def _seconds(value: float) -> str:
    if value < 1:
        return f"{value * 1000:.3g} ms"
    return f"{value:,.0f} s" if value >= 10 else f"{value:.2g} s"  # noqa: PLR2004 - two digits


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", size: int = 12, colour: str = "#1b1b1b"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
        f' fill="{colour}">{escape(text)}</text>'
    )


def _rule(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _path(points: Sequence[tuple[float, float]], colour: str, *, dashed: bool = False) -> str:
    places = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    dashes = ' stroke-dasharray="5 5"' if dashed else ""
    return f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'
