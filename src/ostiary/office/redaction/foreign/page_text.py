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
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pypdfium2.raw as c

from ostiary.office.redaction.foreign.page_lines import Glyphs, Line, lines_of, sides

UNIT = 100
"""Units of a place in a point."""

MOST_POINTS, MOST_DOTS = 14_400, 12_000_000
MOST_LETTERS, MOST_OBJECTS = 40_000, 200_000
_DEEPEST = 8
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
    """

    width: int
    height: int
    lines: tuple[Line, ...]
    pictures: int
    drawn: bool
    fields: tuple[tuple[int, int, int, int], ...]
    notes: int


class TooMuchError(Exception):
    """A page is larger than what is read; says by which measure, and nothing of the page."""


def read_page(page: Any) -> PageText:
    """Read a page; its text is not painted any more afterwards.

    Raises:
        TooMuchError: it is larger than what is read.
    """
    places = Places(page)
    glyphs = _glyphs(page, places)
    fields, notes = _annotations(page, places)
    scale = places.scale(max(_SCALE, _LEAST_DOTS * UNIT / max(places.width, places.height)))
    before = painted(page, scale)
    pictures, drawn = _hide_text(page)
    without = painted(page, scale)
    apart = np.maximum(before, without) - np.minimum(before, without)
    seen = _seen(apart >= _INK, glyphs, places)
    return PageText(
        width=places.width,
        height=places.height,
        lines=lines_of(glyphs, seen),
        pictures=pictures,
        drawn=drawn > _DRAWN,
        fields=tuple(fields),
        notes=notes,
    )


def letters_of(page: Any) -> tuple[Line, ...]:
    """Give every letter of a page in lines, whether a reader sees it or not.

    Raises:
        TooMuchError: it has more than are read.
    """
    glyphs = _glyphs(page, Places(page))
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


def _glyphs(page: Any, places: Places) -> Glyphs:
    text = page.get_textpage()
    count = c.FPDFText_CountChars(text)
    if count > MOST_LETTERS:
        raise TooMuchError("the letters of a page")
    letters: list[str] = []
    blanks: list[bool] = []
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
            more = _outline(text, at, box)
            sides = (box.left - more, box.bottom - more, box.right + more, box.top + more)
            rows.append((*sides, x.value, y.value))
            blank = False
    text.close()
    own = np.nan_to_num(np.array(rows, dtype=float).reshape(-1, 6))
    return Glyphs(letters, blanks, angles, places.boxes(own[:, :4]), places.points(own[:, 4:]))


def _outline(text: Any, at: int, box: Any) -> float:
    """Say how far an outline may reach beyond a letter's box: its width, for corners reach far."""
    one = c.FPDFText_GetTextObject(text, at)
    if not one or c.FPDFTextObj_GetTextRenderMode(one) not in _OUTLINED:
        return 0.0
    width, size = ctypes.c_float(), ctypes.c_float()
    c.FPDFPageObj_GetStrokeWidth(one, width)
    c.FPDFTextObj_GetFontSize(one, size)
    larger = max(box.top - box.bottom, box.right - box.left) / max(abs(size.value), 1e-3)
    return float(np.nan_to_num(width.value) * max(larger, 1.0))


def _annotations(page: Any, places: Places) -> tuple[list[tuple[int, int, int, int]], int]:
    """Give the places of a form's fields, and how much else hangs on a page, links apart."""
    fields: list[tuple[int, int, int, int]] = []
    notes, rect = 0, c.FS_RECTF()
    for at in range(min(c.FPDFPage_GetAnnotCount(page), MOST_LETTERS)):
        one = c.FPDFPage_GetAnnot(page, at)
        kind = c.FPDFAnnot_GetSubtype(one)
        if kind == c.FPDF_ANNOT_WIDGET and c.FPDFAnnot_GetRect(one, rect):
            own = np.array([[rect.left, rect.bottom, rect.right, rect.top]], dtype=float)
            fields.append(sides(places.boxes(np.nan_to_num(own))[0]))
        elif kind not in (c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP, c.FPDF_ANNOT_WIDGET):
            notes += 1
        c.FPDFPage_CloseAnnot(one)
    return fields, notes


def _hide_text(page: Any) -> tuple[int, int]:
    """Have a page painted without its text; give how many images and drawn objects it has."""
    pictures = drawn = 0
    for seen, (kind, one) in enumerate(_objects(page)):
        if seen > MOST_OBJECTS:
            raise TooMuchError("the objects of a page")
        if kind == c.FPDF_PAGEOBJ_TEXT:
            c.FPDFTextObj_SetTextRenderMode(one, c.FPDF_TEXTRENDERMODE_INVISIBLE)
        pictures += kind in (c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_SHADING)
        drawn += kind == c.FPDF_PAGEOBJ_PATH
    return pictures, drawn


def _objects(page: Any) -> Iterator[tuple[int, Any]]:
    """Walk a page's objects and those of the forms that it paints, to a depth."""
    count = c.FPDFPage_CountObjects(page)
    open_ = [(c.FPDFPage_GetObject(page, at), 0) for at in range(min(count, MOST_OBJECTS + 2))]
    while open_:
        one, deep = open_.pop()
        kind = c.FPDFPageObj_GetType(one)
        yield kind, one
        if kind == c.FPDF_PAGEOBJ_FORM and deep < _DEEPEST:
            count = min(c.FPDFFormObj_CountObjects(one), MOST_OBJECTS)
            open_ += [(c.FPDFFormObj_GetObject(one, at), deep + 1) for at in range(count)]


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
