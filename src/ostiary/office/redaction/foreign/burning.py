"""A page painted, and each mark painted over as far as what stays would tell its width.

1. A box reaches over the field that it lies in; else over its cell, between the rules left and
   right of it; else to the rule, the column or the page's edge at the line's end.
2. What is given away is shades: no object, no letter, no name of the page.
3. A page is as finely painted as two hundred dots to the inch, less where it is large.
4. What fields, stamps and notes show is painted with the page, and no part of its text; after the
   painting it is made a part of it, so that its letters can be looked at as well.
"""

import base64
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2.raw as c

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
            at the furthest, in hundredths of a point; by how many quarters it is ``turned``; and
            whether the box is ``whole`` and need not reach further than over its field.

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


def flatten(page: Any) -> None:
    """Make what fields, stamps and notes show a part of the page; it is to be opened anew then.

    The page is given its size as its own before: of one that inherits it (PDF 32000-1, 7.7.3.4)
    PDFium makes a letter page, and no letter would stand where it is shown.

    Raises:
        ValueError: that cannot be done.
    """
    paper = page.get_bbox()
    page.set_mediabox(*paper)
    page.set_cropbox(*paper)
    if c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY) == c.FLATTEN_FAIL:
        raise ValueError("notes that are no part of the page")


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
    if wanted.get("whole"):
        return left, top, right, bottom
    turned = wanted.get("turned", 0) % 4
    box = _quarters((left, top, right, bottom), turned, across, down)
    end = 0 if turned else round(wanted["ends"] * scale)
    reached = _along(np.rot90(shades, turned), box, end)
    if turned % 2:
        across, down = down, across
    return _quarters(reached, -turned % 4, across, down)


def _along(shades: Any, box: Sides, end: int) -> Sides:
    """Let a box reach along its line: to the rules beside it, to ``end``, or to the page's edge."""
    left, top, right, bottom = box
    rules = _rules(shades[top:bottom])
    before = [at for at in rules if at < left]
    behind = [at for at in rules if at >= right]
    if behind:
        return (before[-1] + 1 if before else left, top, behind[0], bottom)
    across = int(shades.shape[1])
    return left, top, min(max(end or across, right), across), bottom


def _quarters(box: Sides, turns: int, across: int, down: int) -> Sides:
    """Give the box of a picture that is turned back by some quarters, against the clock."""
    for _ in range(turns):
        left, top, right, bottom = box
        box = (top, across - right, bottom, across - left)
        across, down = down, across
    return box


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
