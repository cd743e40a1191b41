"""A chart beside the reference: what each level of agreement weighs.

Plain SVG inside plain HTML: no script, nothing from elsewhere. Each bar stands beside its number.
"""

from collections.abc import Sequence
from html import escape

from ostiary.deciding.matching.learned import LEVELS_OF, Learned

WEIGHTS_PAGE = "weights.html"

_ROW, _LABEL, _WIDE, _BITS = 22, 250, 420, 20
_COLOURS = {True: "#00558b", False: "#b50909"}


def weights_page(learned: Learned, digest: str) -> str:
    """Give a page that shows the bits of every level, against a stranger and a housemate."""
    charts = []
    for against in ("stranger", "housemate"):
        bars = [
            (f"{_said(field)}: {level}", learned.bits(field, level, against=against) / 100)
            for field, levels in LEVELS_OF.items()
            for level in levels
        ]
        charts.append(f"<h2>Against a {against}</h2>{_bars(bars, f'Bits against a {against}')}")
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Weights of matching</title>'
        "<style>body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
        "</style><h1>Weights of matching</h1><p>Bits that a level of agreement adds to a weight"
        " before the value is counted: a rare name adds more. A weight is the smaller of the two"
        " sums, so that the likeliest wrong person decides.</p>"
        f"<p>Shares among the same person: {escape(learned.source)}. Model {escape(digest)}</p>"
        f"{''.join(charts)}</html>\n"
    )


def _said(field: str) -> str:
    names = {"given_level": "given name", "middle_level": "middle name", "tin_level": "TIN"}
    return names.get(field, field.removesuffix("_level").replace("birth", "birth date"))


def _bars(bars: Sequence[tuple[str, float]], title: str) -> str:
    """Draw bars from zero to a number, one a row, the number beside each."""
    reach = max(_BITS, *(abs(bits) for _, bits in bars))
    scale, zero = _WIDE / 2 / reach, _LABEL + _WIDE / 2
    rows = []
    for number, (label, bits) in enumerate(bars):
        y, left = number * _ROW, zero + min(bits, 0.0) * scale
        rows.append(
            f'<text x="{_LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{left:.1f}" y="{y + 3}" width="{abs(bits) * scale:.1f}" height="16"'
            f' fill="{_COLOURS[bits >= 0]}"/>'
            f'<text x="{_LABEL + _WIDE + 8}" y="{y + 15}">{bits:+.2f}</text>'
        )
    height = len(bars) * _ROW
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {_LABEL + _WIDE + 70} {height}"'
        f' xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="13">'
        f'<title>{escape(title)}</title><line x1="{zero}" x2="{zero}" y1="0" y2="{height}"'
        f' stroke="#71767a"/>{"".join(rows)}</svg>'
    )
