"""The README's first figure: the file of August 2025 as it went then, and as it goes here.

``tools/august_figure.py build/august/august.json`` draws what ``ostiary bench august`` found into
``docs/images/august-2025.svg``. Needs matplotlib, of the dependency group ``bench-matching``.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ostiary.office.oversight.august_page import THEN

_IMAGE = Path(__file__).parents[1] / "docs" / "images" / "august-2025.svg"
_INK, _GREY, _BLUE, _GREEN, _RED, _ORANGE = (
    "#1b1b1b", "#dfe1e2", "#97d4ea", "#4a7729", "#b50909", "#e66f0e",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a bar: how many rows, how they are drawn, and what became of them."""

    rows: int
    colour: str
    said: str


def bars(told: dict[str, Any]) -> list[tuple[str, list[Part]]]:
    """Give the bars, top first: title and parts, which together are all rows of the file."""
    unread, sent, rows = THEN["never_compared"], THEN["sent"], THEN["rows"]
    then = [
        Part(unread, _RED, f"{unread:,} addresses sent, the address given never compared"),
        Part(sent - unread, _ORANGE, f"{sent - unread:,} other addresses sent"),
        Part(rows - sent, _GREY, f"{rows - sent:,} looked up, nothing sent"),
    ]
    return [
        ("August 2025, as it happened", then),
        ("The same file through Ostiary", _parts(told["was"])),
        ("Cured: an officer and a reason for each row", _parts(told["cured"])),
    ]


def _parts(run: dict[str, Any]) -> list[Part]:
    accepted, confirmed, wrong = run["accepted"], run["confirmed"], run["truth"]["wrong"]
    parts = [
        Part(wrong, _RED, f"{wrong:,} confirmed wrongly"),
        Part(confirmed - wrong, _GREEN, f"{confirmed - wrong:,} confirmed, name and address"),
        Part(accepted - confirmed, _GREY, f"{accepted - confirmed:,} looked up: no answer"),
        Part(run["returned"], _BLUE, f"{run['returned']:,} returned with reasons, nothing read"),
    ]
    return [part for part in parts if part.rows or part.colour == _RED]


def draw(told: dict[str, Any]) -> Figure:
    """Draw the bars; every part is named with its number beside the bar."""
    figure = Figure(figsize=(9, 5.2))
    axes = figure.subplots()
    for place, (title, parts) in enumerate(bars(told)):
        _bar(axes, -place, title, parts)
    axes.set_xlim(0, THEN["rows"] * 1.005)
    axes.set_ylim(-2.75, 0.62)
    axes.axis("off")
    figure.subplots_adjust(left=0.02, right=0.98, top=0.99, bottom=0.01)
    return figure


def _bar(axes: Axes, place: float, title: str, parts: list[Part]) -> None:
    axes.text(0, place + 0.4, title, color=_INK, fontsize=12, fontweight="bold", va="center")
    left = 0
    for part in parts:
        axes.barh(place + 0.15, part.rows, left=left, height=0.26, color=part.colour)
        left += part.rows
    for line, part in enumerate(parts):
        at = place - 0.09 - 0.13 * line
        axes.plot([0.008 * THEN["rows"]], [at], marker="s", color=part.colour, markersize=7)
        axes.text(0.02 * THEN["rows"], at, part.said, color=_INK, fontsize=9.5, va="center")


def main() -> None:
    """Draw the figure from the file that is named."""
    mpl.rcParams.update({"svg.hashsalt": "ostiary", "svg.fonttype": "none"})
    mpl.rcParams["font.family"] = ["sans-serif"]
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    _IMAGE.parent.mkdir(parents=True, exist_ok=True)
    draw(told).savefig(_IMAGE, metadata={"Date": None})
    print(f"drew {_IMAGE}")


if __name__ == "__main__":
    main()
