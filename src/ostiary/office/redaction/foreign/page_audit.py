"""Is anything of the withheld left in the file of burned pages? In doubt, yes.

1. The file is, byte for byte, what is written of the pages that were planned, twice over.
2. Every reader of text gets of it the numbers, grounds and lines of the plan, and nothing else.
3. Its objects have the entries of its one form and no string; its pictures are nothing but shades,
   black all over in every box.
4. Each withheld string is searched for in the lines and in the bytes.
"""

import io
from collections.abc import Callable, Sequence

import numpy as np
import pypdf

from ostiary.office.redaction.audit import (
    failed,
    folded,
    of_pdf,
    read_back,
    search,
    search_bytes,
)
from ostiary.office.redaction.foreign.page_file import BurnedPage, content, written
from ostiary.office.redaction.needles import Needle
from ostiary.office.redaction.readers import TEXT_READERS, UnreadableError, strings_of

NAME = "pages.pdf"
_ENTRIES = frozenset(
    f"/{name}"
    for name in (
        *("BaseFont", "BitsPerComponent", "C", "ColorSpace", "Contents", "Count", "Encoding"),
        *("Filter", "Font", "H", "Height", "I", "Kids", "MediaBox", "Pages", "Parent"),
        *("Resources", "Root", "Size", "Subtype", "Type", "Width", "XObject"),
    )
)


def audit_pages(body: bytes, pages: Sequence[BurnedPage], needles: Sequence[Needle]) -> None:
    """Search the file of burned pages; pass in silence.

    Raises:
        InputError: something is left, or the file is anything else than it should be.
    """
    if written(pages) != body:
        raise failed(NAME, "is not what the plan makes")
    planned = folded("".join(one.says for one in pages))
    readers: tuple[Callable[[bytes], str], ...] = (of_pdf, *TEXT_READERS.values())
    if any(folded(read_back(NAME, read, body)) != planned for read in readers):
        raise failed(NAME, "says something else than the kept words and the tokens")
    try:
        strings = strings_of(body, _ENTRIES)
    except UnreadableError as error:
        raise failed(NAME, str(error)) from None
    if strings:
        raise failed(NAME, "has a string outside its pages")
    _check_pictures(body, pages)
    search("the kept words of pages.pdf", [line for one in pages for line in one.lines], needles)
    search_bytes(NAME, body, needles)


def _check_pictures(body: bytes, pages: Sequence[BurnedPage]) -> None:
    """Look at what the file paints: one picture a page, black in every box."""
    read = pypdf.PdfReader(io.BytesIO(body)).pages
    if len(read) != len(pages):
        raise failed(NAME, "has other pages than the plan")
    for page, plan in zip(read, pages, strict=True):
        picture = page["/Resources"]["/XObject"]["/I"].get_object()  # type: ignore[index] # written so
        wide = (plan.across + 1) // 2
        packed = np.frombuffer(picture.get_data(), dtype=np.uint8).reshape(plan.down, wide)
        shades = np.stack([packed >> 4, packed & 15], axis=2).reshape(plan.down, -1)
        inside = (shades[top:bottom, left:right] for (left, top, right, bottom), _ in plan.labels)
        if any(one.size == 0 or one.any() for one in inside):
            raise failed(NAME, "shows something inside a box")
        paints = page.get_contents()
        if paints is None or paints.get_data() != content(plan):
            raise failed(NAME, "paints something else than the plan")
