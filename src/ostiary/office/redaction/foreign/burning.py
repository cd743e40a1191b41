"""A page painted, and each mark painted over as far as what stays would tell its width.

1. A box reaches over the field that it lies in; else over its cell, between the rules left and
   right of it; else to the rule, the column or the page's edge at the line's end.
2. What is given away is shades: no object, no letter, no name of the page.
3. A page is as finely painted as two hundred dots to the inch, less where it is large.
"""

import base64
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from ostiary.office.redaction.foreign.page_text import Places, painted

DOTS = 200 / 72
"""Dots to the point."""

_DARK, _RULE, _WIDEST = 128, 0.95, 8  # of 256; part of a column; dots of the widest rule

Sides = tuple[int, int, int, int]


def burn(page: Any, wanted: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Paint a page and its boxes.

    Args:
        page: the page, its form's fields drawn.
        wanted: for each mark its ``box``, the ``fields`` of the page, and where its line ``ends``
            at the furthest; in hundredths of a point.

    Returns:
        ``across`` and ``down`` in dots, ``boxes`` as painted, in dots, and ``shades``: sixteen of
        them, two dots a byte, row after row, packed.
    """
    places = Places(page)
    shades = painted(page, places.scale(DOTS))
    down, across = shades.shape
    scale = across / places.width
    boxes = [_reach(shades, one, scale) for one in wanted]
    for left, top, right, bottom in boxes:
        shades[top:bottom, left:right] = 0
    few = shades >> 4
    if across % 2:
        few = np.hstack([few, few[:, -1:]])
    packed = (few[:, ::2] << 4) | few[:, 1::2]
    body = base64.b64encode(zlib.compress(packed.tobytes(), 6)).decode()
    return {"across": across, "down": down, "boxes": boxes, "shades": body}


def _reach(shades: Any, wanted: dict[str, Any], scale: float) -> Sides:
    """Say how far a box reaches, in dots."""
    down, across = shades.shape
    left, top, right, bottom = _dots(wanted["box"], scale, across, down)
    middle = ((left + right) / 2, (top + bottom) / 2)
    for one in wanted["fields"]:
        field = _dots(one, scale, across, down)
        if field[0] <= middle[0] <= field[2] and field[1] <= middle[1] <= field[3]:
            return (
                min(left, field[0]),
                min(top, field[1]),
                max(right, field[2]),
                max(bottom, field[3]),
            )
    rules = _rules(shades[top:bottom])
    before = [at for at in rules if at < left]
    behind = [at for at in rules if at >= right]
    if behind:
        return (before[-1] + 1 if before else left, top, behind[0], bottom)
    end = round(wanted["ends"] * scale) if wanted["ends"] else across
    return left, top, min(max(end, right), across), bottom


def _dots(box: Sequence[int], scale: float, across: int, down: int) -> Sides:
    """Give a box in dots, one more on each side, within the page."""
    left, top = (max(int(side * scale) - 1, 0) for side in box[:2])
    right, bottom = (int(side * scale) + 2 for side in box[2:])
    return left, top, min(max(right, left + 1), across), min(max(bottom, top + 1), down)


def _rules(band: Any) -> list[int]:
    """Give the columns in which a thin rule crosses a band."""
    if not band.size:
        return []
    dark = np.flatnonzero((band < _DARK).mean(axis=0) >= _RULE)
    runs = np.split(dark, np.flatnonzero(np.diff(dark) > 1) + 1) if dark.size else []
    return [int(run[0]) for run in runs if run.size <= _WIDEST]


def unpacked(body: str, across: int, down: int) -> Any:
    """Give the shades of a burned page, as many rows as it has dots down.

    Raises:
        ValueError: they are not as many as its size says.
    """
    wide = (across + 1) // 2
    raw = zlib.decompressobj().decompress(base64.b64decode(body, validate=True), wide * down + 1)
    return np.frombuffer(raw, dtype=np.uint8).reshape(down, wide)
