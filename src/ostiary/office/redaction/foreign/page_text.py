"""What a reader of a page sees of its text, letter by letter, with its place on the page.

1. A letter counts only if painting the page without its text changes what is there: what is white
   on white, behind a box, in a layer that is off, or outside the page, nobody sees, and nobody is
   to learn of it by a redaction.
2. Places are those of the page as it is shown, after rotation and cropping: hundredths of a point,
   from the upper left corner.
3. Letters that share one glyph are believed up to three, a ligature; beyond that the page says
   something else than it shows.
4. Sizes are asked before anything is painted.
5. A letter with an outline reaches as far as the outline may.
"""

import ctypes
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pypdfium2.raw as c

from ostiary.office.redaction.foreign.page_lines import Box, Glyphs, Line, lines_of, sides
from ostiary.office.redaction.foreign.page_objects import (
    TooMuchError,
    drop_replacements,
    hide_text,
    is_painted,
)
from ostiary.office.redaction.foreign.page_overlays import overlaid, words_over_words

UNIT = 100
"""Units of a place in a point."""

MOST_POINTS, MOST_DOTS = 14_400, 12_000_000
MOST_LETTERS = 40_000
_SCALE = 1.5  # dots to the point of the painting in which a letter is looked for
_LEAST_DOTS = 1_000  # of its longer side: a small page may have small letters
_INK = 24  # levels of 256 by which a letter must change what is painted
_LIGATURE = 3
_DRAWN = 60  # drawn objects beyond rules and underlines: a figure
_TURNED = 1  # degrees from which text is turned
_OUTLINED = (
    c.FPDF_TEXTRENDERMODE_STROKE,
    c.FPDF_TEXTRENDERMODE_FILL_STROKE,
    c.FPDF_TEXTRENDERMODE_STROKE_CLIP,
    c.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
)
_HYPHENS = {0x02: "-", 0xAD: "-", 0xFFFE: "-"}  # how the reader tells a hyphen at a line's end


@dataclass(frozen=True)
class PageText:
    """A page as far as it is text.

    Attributes:
        width: As it is shown.
        height: As it is shown.
        lines: In the order in which the page has them.
        pictures: How many images it paints.
        drawn: Whether it has more drawing than rules and underlines.
        fields: Left, top, right and bottom of each field of a form.
        notes: How many notes, stamps and the like hang on it.
        redactions: Where somebody marked what is to be withheld, and nobody took it out.
        overlays: Of each two words that lie over each other, the places of all their letters.
    """

    width: int
    height: int
    lines: tuple[Line, ...]
    pictures: int
    drawn: bool
    fields: tuple[Box, ...]
    notes: int
    redactions: tuple[Box, ...] = ()
    overlays: tuple[tuple[Box, ...], ...] = ()


def read_page(page: Any) -> PageText:
    """Read a page; its text is not painted any more afterwards.

    Raises:
        TooMuchError: it is larger than what is read.
    """
    places = Places(page)
    drop_replacements(page)
    glyphs, shown = _glyphs(page, places)
    fields, redactions, notes = _annotations(page, places)
    scale = places.scale(max(_SCALE, _LEAST_DOTS * UNIT / max(places.width, places.height)))
    before = painted(page, scale)
    pictures, drawn = hide_text(page)
    without = painted(page, scale)
    apart = np.maximum(before, without) - np.minimum(before, without)
    mixed = overlaid(glyphs, shown)
    seen = _seen(apart >= _INK, glyphs, places)
    believed = [ink and one and not over for ink, one, over in zip(seen, shown, mixed, strict=True)]
    return PageText(
        width=places.width,
        height=places.height,
        lines=_lines(glyphs, believed, shown),
        pictures=pictures,
        drawn=drawn > _DRAWN,
        fields=tuple(fields),
        notes=notes,
        redactions=tuple(redactions),
        overlays=tuple(words_over_words(glyphs, shown)) if any(mixed) else (),
    )


def letters_of(page: Any) -> tuple[Line, ...]:
    """Give every letter of a page in lines, whether a reader sees it or not.

    Raises:
        TooMuchError: it has more than are read.
    """
    glyphs, _ = _glyphs(page, Places(page))
    return lines_of(glyphs, [True] * len(glyphs.letters))


def painted(page: Any, scale: float) -> Any:
    """Paint a page in shades of grey, notes and the like with it."""
    bitmap = page.render(scale=scale, grayscale=True, draw_annots=True)
    return bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()


class Places:
    """Where a point of a page's own space is shown."""

    def __init__(self, page: Any) -> None:
        width, height = page.get_size()
        if not (1 <= width <= MOST_POINTS and 1 <= height <= MOST_POINTS):
            raise TooMuchError("the size of a page")
        self.width, self.height = round(width * UNIT), round(height * UNIT)
        x, y = ctypes.c_int(), ctypes.c_int()

        def shown(across: float, up: float) -> Any:
            c.FPDF_PageToDevice(page, 0, 0, self.width, self.height, 0, across, up, x, y)
            return np.array([x.value, y.value], dtype=float)

        self._origin = shown(0, 0)
        self._degrees: dict[tuple[float, float], int] = {}
        self._turn = (np.array([shown(1_000, 0), shown(0, 1_000)]) - self._origin) / 1_000

    def scale(self, wanted: float) -> float:
        """Give dots to the point: as many as are wanted, but not more dots than are painted."""
        most = (MOST_DOTS * UNIT * UNIT / (self.width * self.height)) ** 0.5
        return float(min(wanted, most))

    def boxes(self, own: Any) -> Any:
        """Give left, top, right, bottom as shown of rows of left, bottom, right, top."""
        one, other = self.points(own[:, :2]), self.points(own[:, 2:])
        return np.hstack([np.minimum(one, other), np.maximum(one, other)])

    def degrees(self, across: float, up: float) -> int:
        """Give the direction of a vector as shown, clockwise from the right."""
        if (across, up) not in self._degrees:
            right, down = np.array([across, up]) @ self._turn
            angle = round(math.degrees(math.atan2(down, right))) % 360
            self._degrees[across, up] = 0 if min(angle, 360 - angle) < _TURNED else angle
        return self._degrees[across, up]

    def points(self, own: Any) -> Any:
        """Give points as shown."""
        return np.clip(np.rint(own @ self._turn + self._origin), -1e9, 1e9).astype(int)


def _glyphs(page: Any, places: Places) -> tuple[Glyphs, list[bool]]:
    """Give the letters of a page, and of each whether it is painted."""
    text = page.get_textpage()
    count = c.FPDFText_CountChars(text)
    if count > MOST_LETTERS:
        raise TooMuchError("the letters of a page")
    letters: list[str] = []
    blanks: list[bool] = []
    shown: list[bool] = []
    angles: list[int] = []
    rows: list[tuple[float, ...]] = []
    box, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    matrix = c.FS_MATRIX()
    blank = False
    for at in range(count):
        code = c.FPDFText_GetUnicode(text, at)
        letter = _HYPHENS.get(code) or (chr(code) if 0 < code < 0x110000 else "\ufffd")  # noqa: PLR2004 - the last code point
        if letter.isspace() or c.FPDFText_IsGenerated(text, at) == 1:
            blank = True
            continue
        if c.FPDFText_GetLooseCharBox(text, at, box):
            c.FPDFText_GetCharOrigin(text, at, x, y)
            letters.append(letter)
            blanks.append(blank)
            level = not c.FPDFText_GetMatrix(text, at, matrix)
            angles.append(places.degrees(1, 0) if level else places.degrees(matrix.a, matrix.b))
            own = c.FPDFText_GetTextObject(text, at)
            shown.append(is_painted(own))
            more = _outline(own, box)
            sides = (box.left - more, box.bottom - more, box.right + more, box.top + more)
            rows.append((*sides, x.value, y.value))
            blank = False
    text.close()
    table = np.nan_to_num(np.array(rows, dtype=float).reshape(-1, 6))
    places_of = places.boxes(table[:, :4]), places.points(table[:, 4:])
    return Glyphs(letters, blanks, angles, *places_of), shown


def _outline(one: Any, box: Any) -> float:
    """Say how far an outline may reach beyond a letter's box: its width, for corners reach far."""
    if not one or c.FPDFTextObj_GetTextRenderMode(one) not in _OUTLINED:
        return 0.0
    width, size = ctypes.c_float(), ctypes.c_float()
    c.FPDFPageObj_GetStrokeWidth(one, width)
    c.FPDFTextObj_GetFontSize(one, size)
    larger = max(box.top - box.bottom, box.right - box.left) / max(abs(size.value), 1e-3)
    return float(np.nan_to_num(width.value) * max(larger, 1.0))


def _lines(glyphs: Glyphs, seen: list[bool], shown: list[bool]) -> tuple[Line, ...]:
    """Put letters into lines; those that are not painted stand in lines of their own, behind.

    What a scanner wrote behind its picture is searched and marked; among painted letters it would
    part words that a reader sees.
    """
    if all(shown):
        return lines_of(glyphs, seen)
    parts = (np.flatnonzero(shown), np.flatnonzero(np.logical_not(shown)))
    return tuple(
        line for one in parts for line in lines_of(glyphs.only(one), [seen[at] for at in one])
    )


def _annotations(page: Any, places: Places) -> tuple[list[Box], list[Box], int]:
    """Give the places of a form's fields and of redactions; how much else hangs, links apart."""
    fields: list[Box] = []
    redactions: list[Box] = []
    notes, rect = 0, c.FS_RECTF()
    for at in range(min(c.FPDFPage_GetAnnotCount(page), MOST_LETTERS)):
        one = c.FPDFPage_GetAnnot(page, at)
        kind = c.FPDFAnnot_GetSubtype(one)
        if kind == c.FPDF_ANNOT_WIDGET and c.FPDFAnnot_GetRect(one, rect):
            fields += _boxes(places, [(rect.left, rect.bottom, rect.right, rect.top)])
        elif kind not in (c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP, c.FPDF_ANNOT_WIDGET):
            notes += 1
        if kind == c.FPDF_ANNOT_REDACT:
            redactions += _boxes(places, _quads(one, rect))
        c.FPDFPage_CloseAnnot(one)
    return fields, redactions, notes


def _quads(one: Any, rect: Any) -> list[tuple[float, ...]]:
    """Give what an annotation is about: its four-sided parts, or else all of it."""
    parts: list[tuple[float, ...]] = []
    points = c.FS_QUADPOINTSF()
    for at in range(min(c.FPDFAnnot_CountAttachmentPoints(one), MOST_LETTERS)):
        if c.FPDFAnnot_GetAttachmentPoints(one, at, points):
            across = (points.x1, points.x2, points.x3, points.x4)
            up = (points.y1, points.y2, points.y3, points.y4)
            parts.append((min(across), min(up), max(across), max(up)))
    if not parts and c.FPDFAnnot_GetRect(one, rect):
        parts.append((rect.left, rect.bottom, rect.right, rect.top))
    return parts


def _boxes(places: Places, own: list[tuple[float, ...]]) -> list[Box]:
    if not own:
        return []
    return [sides(row) for row in places.boxes(np.nan_to_num(np.array(own, dtype=float)))]


def _seen(ink: Any, glyphs: Glyphs, places: Places) -> list[bool]:
    """Say of each letter whether its ink is on the page, and its glyph is not many letters'."""
    if not glyphs.letters:
        return []
    high, wide = ink.shape
    total = np.zeros((high + 1, wide + 1), dtype=np.int32)  # dots of a page are fewer
    total[1:, 1:] = ink
    np.cumsum(total, axis=1, out=total)
    for above, row in pairwise(total):  # twice as fast as along the other axis
        np.add(row, above, out=row)
    scale = np.array([wide / places.width, high / places.height] * 2)
    edges = glyphs.boxes * scale
    left, top = (np.clip(np.floor(edges[:, i]), 0, (wide, high)[i]).astype(int) for i in (0, 1))
    right, low = (np.clip(np.ceil(edges[:, i]), 0, (wide, high)[i - 2]).astype(int) for i in (2, 3))
    marks = total[low, right] - total[top, right] - total[low, left] + total[top, left]
    _, which, many = np.unique(glyphs.boxes, axis=0, return_inverse=True, return_counts=True)
    return [bool(one) for one in (marks > 0) & (many[which.reshape(-1)] <= _LIGATURE)]
