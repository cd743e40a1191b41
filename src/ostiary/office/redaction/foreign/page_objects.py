"""The objects of a page: what it draws, its text taken away, and which text stands for other text.

1. A page's text is what its glyphs are. What the file says to stand for them (``ActualText``, PDF
   32000-1, 14.9.4) is taken away before the page is read: it is seen by nobody.
2. Text that paints nothing (rendering modes 3 and 7, 9.3.6) is seen by nobody, whatever other text
   lies under it.
"""

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as c

MOST_OBJECTS = 200_000
_DEEPEST = 8
_STANDS_FOR = b"ActualText"
_UNPAINTED = (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)


class TooMuchError(Exception):
    """A page is larger than what is read; says by which measure, and nothing of the page."""


def drop_replacements(page: Any) -> None:
    """Have the reader of a page tell what its glyphs are, and not what is said to stand for them.

    Raises:
        TooMuchError: it has more objects than are read.
    """
    for _, one in counted_objects(page):
        for at in range(c.FPDFPageObj_CountMarks(one)):
            mark = c.FPDFPageObj_GetMark(one, at)
            if mark:
                c.FPDFPageObjMark_RemoveParam(one, mark, _STANDS_FOR)


def hide_text(page: Any) -> tuple[int, int]:
    """Have a page painted without its text; give how many images and drawn objects it has.

    Raises:
        TooMuchError: it has more objects than are read.
    """
    pictures = drawn = 0
    for kind, one in counted_objects(page):
        if kind == c.FPDF_PAGEOBJ_TEXT:
            c.FPDFTextObj_SetTextRenderMode(one, c.FPDF_TEXTRENDERMODE_INVISIBLE)
        pictures += kind in (c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_SHADING)
        drawn += kind == c.FPDF_PAGEOBJ_PATH
    return pictures, drawn


def is_painted(text_object: Any) -> bool:
    """Whether text paints anything."""
    return not text_object or c.FPDFTextObj_GetTextRenderMode(text_object) not in _UNPAINTED


def counted_objects(page: Any) -> Iterator[tuple[int, Any]]:
    """Walk a page's objects and those of the forms that it paints, as many as are read.

    Raises:
        TooMuchError: there are more.
    """
    for seen, told in enumerate(_objects(page)):
        if seen > MOST_OBJECTS:
            raise TooMuchError("the objects of a page")
        yield told


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
