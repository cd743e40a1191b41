"""What a reader of a page sees of its text, letter by letter, with its place on the page.

1. A letter counts only if painting the page without its text changes what is there: what is white
   on white, behind a box, in a layer that is off, or outside the page, nobody sees, and nobody is
   to learn of it by a redaction.
2. Places are those of the page as it is shown, after rotation and cropping: hundredths of a point,
   from the upper left corner.
3. Letters that share one glyph are believed up to three, a ligature; beyond that the page says
   something else than it shows.
4. Sizes are asked before anything is painted.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as c

UNIT = 100
"""Units of a place in a point."""

MOST_POINTS, MOST_DOTS = 14_400, 12_000_000
MOST_LETTERS, MOST_OBJECTS = 40_000, 200_000
_DEEPEST = 8
_SCALE = 1.5  # dots to the point of the painting in which a letter is looked for
_INK = 24  # levels of 256 by which a letter must change what is painted
_LIGATURE = 3
_DRAWN = 60  # drawn objects beyond rules and underlines: a figure
_SAME_LINE, _GAP = 0.35, 0.22  # parts of the height of the type
_SHREDS = 4  # letters a line at the least; a page of shorter ones is put in order by its places
_HYPHENS = {0x02: "-", 0xAD: "-", 0xFFFE: "-"}  # how the reader tells a hyphen at a line's end


@dataclass(frozen=True)
class Line:
    """Letters that stand on one line of a page, from left to right.

    Attributes:
        baseline: Of its first letter, downwards.
        size: Height of its type.
        letters: The letters; a blank where the page has one, or a gap as wide as one.
        boxes: Left, top, right and bottom of each letter.
        seen: For each letter ``1`` if a reader of the page sees it, else ``0``.
    """

    baseline: int
    size: int
    letters: str
    boxes: tuple[tuple[int, int, int, int], ...]
    seen: str


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
    before = painted(page, places.scale(_SCALE))
    pictures, drawn = _hide_text(page)
    without = painted(page, places.scale(_SCALE))
    seen = _seen(np.abs(before.astype(np.int16) - without) >= _INK, glyphs, places)
    return PageText(
        width=places.width,
        height=places.height,
        lines=tuple(_line(one) for one in _rows(glyphs, seen)),
        pictures=pictures,
        drawn=drawn > _DRAWN,
        fields=tuple(fields),
        notes=notes,
    )


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
        self._turn = (np.array([shown(1_000, 0), shown(0, 1_000)]) - self._origin) / 1_000

    def scale(self, wanted: float) -> float:
        """Give dots to the point: as many as are wanted, but not more dots than are painted."""
        most = (MOST_DOTS * UNIT * UNIT / (self.width * self.height)) ** 0.5
        return float(min(wanted, most))

    def boxes(self, own: Any) -> Any:
        """Give left, top, right, bottom as shown of rows of left, bottom, right, top."""
        one, other = self.points(own[:, :2]), self.points(own[:, 2:])
        return np.hstack([np.minimum(one, other), np.maximum(one, other)])

    def points(self, own: Any) -> Any:
        """Give points as shown."""
        return np.clip(np.rint(own @ self._turn + self._origin), -1e9, 1e9).astype(int)


@dataclass(frozen=True)
class _Glyphs:
    """Letters in the order of the page: the letter, whether a blank goes before, and its places."""

    letters: list[str]
    blanks: list[bool]
    boxes: Any
    origins: Any


def _glyphs(page: Any, places: Places) -> _Glyphs:
    text = page.get_textpage()
    count = c.FPDFText_CountChars(text)
    if count > MOST_LETTERS:
        raise TooMuchError("the letters of a page")
    letters: list[str] = []
    blanks: list[bool] = []
    rows: list[tuple[float, ...]] = []
    box, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
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
            rows.append((box.left, box.bottom, box.right, box.top, x.value, y.value))
            blank = False
    text.close()
    own = np.nan_to_num(np.array(rows, dtype=float).reshape(-1, 6))
    return _Glyphs(letters, blanks, places.boxes(own[:, :4]), places.points(own[:, 4:]))


def _annotations(page: Any, places: Places) -> tuple[list[tuple[int, int, int, int]], int]:
    """Give the places of a form's fields, and how much else hangs on a page, links apart."""
    fields: list[tuple[int, int, int, int]] = []
    notes, rect = 0, c.FS_RECTF()
    for at in range(min(c.FPDFPage_GetAnnotCount(page), MOST_LETTERS)):
        one = c.FPDFPage_GetAnnot(page, at)
        kind = c.FPDFAnnot_GetSubtype(one)
        if kind == c.FPDF_ANNOT_WIDGET and c.FPDFAnnot_GetRect(one, rect):
            own = np.array([[rect.left, rect.bottom, rect.right, rect.top]], dtype=float)
            fields.append(_sides(places.boxes(np.nan_to_num(own))[0]))
        elif kind not in (c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP, c.FPDF_ANNOT_WIDGET):
            notes += 1
        c.FPDFPage_CloseAnnot(one)
    return fields, notes


def _sides(row: Any) -> tuple[int, int, int, int]:
    left, top, right, bottom = (int(side) for side in row)
    return left, top, right, bottom


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


def _seen(ink: Any, glyphs: _Glyphs, places: Places) -> list[bool]:
    """Say of each letter whether its ink is on the page, and its glyph is not many letters'."""
    if not glyphs.letters:
        return []
    high, wide = ink.shape
    total = np.zeros((high + 1, wide + 1), dtype=np.int64)
    total[1:, 1:] = ink.cumsum(axis=0).cumsum(axis=1)
    scale = np.array([wide / places.width, high / places.height] * 2)
    edges = glyphs.boxes * scale
    left, top = (np.clip(np.floor(edges[:, i]), 0, (wide, high)[i]).astype(int) for i in (0, 1))
    right, low = (np.clip(np.ceil(edges[:, i]), 0, (wide, high)[i - 2]).astype(int) for i in (2, 3))
    marks = total[low, right] - total[top, right] - total[low, left] + total[top, left]
    _, which, many = np.unique(glyphs.boxes, axis=0, return_inverse=True, return_counts=True)
    return [bool(one) for one in (marks > 0) & (many[which.reshape(-1)] <= _LIGATURE)]


@dataclass(frozen=True)
class _Letter:
    letter: str
    blank: bool
    box: tuple[int, int, int, int]
    base: int
    seen: bool

    @property
    def size(self) -> int:
        return max(self.box[3] - self.box[1], 1)


def _rows(glyphs: _Glyphs, seen: Sequence[bool]) -> list[list[_Letter]]:
    """Put letters into lines: as they follow each other, or by their places where that is none."""
    letters = [
        _Letter(letter, blank, _sides(box), int(origin[1]), there)
        for letter, blank, box, origin, there in zip(
            glyphs.letters, glyphs.blanks, glyphs.boxes, glyphs.origins, seen, strict=True
        )
    ]
    rows = _in_lines(letters)
    if len(letters) < _SHREDS * len(rows):
        rows = _in_lines(sorted(letters, key=lambda one: (one.base, one.box[0])))
    return rows


def _in_lines(letters: Sequence[_Letter]) -> list[list[_Letter]]:
    rows: list[list[_Letter]] = []
    for one in letters:
        first = rows[-1][0] if rows else None
        if first and abs(first.base - one.base) < _SAME_LINE * max(first.size, one.size):
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _line(row: list[_Letter]) -> Line:
    in_order = sorted(row, key=lambda one: one.box[0])
    moved = in_order != row
    letters: list[_Letter] = []
    for one in in_order:
        gap = letters and one.box[0] - letters[-1].box[2] > _GAP * one.size
        if letters and (gap or (one.blank and not moved)):
            last = letters[-1]
            between = (last.box[2], one.box[1], one.box[0], one.box[3])
            letters.append(_Letter(" ", blank=False, box=between, base=one.base, seen=True))
        letters.append(one)
    sizes = sorted(one.size for one in row)
    return Line(
        baseline=row[0].base,
        size=sizes[len(sizes) // 2],
        letters="".join(one.letter for one in letters),
        boxes=tuple(one.box for one in letters),
        seen="".join("1" if one.seen else "0" for one in letters),
    )
