"""Readers of a PDF that the product uses for its audit and for nothing else: what do they get?

Two readers of text that share no code with the typesetter, nor with what opens the PDFs of others:
pypdf (BSD-3-Clause) and pdfminer.six (MIT). A third look goes over every object, whether anything
leads to it or not: only names that our own documents have, and no string that they do not say.
"""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pypdf
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pypdf.generic import (
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

_NAMES_IN_WORDS = """
A Ascent BaseFont CIDSet CIDSystemInfo CapHeight ColorSpace Contents Count Creator DW
Datetime DescendantFonts Descent Dest Direction DisplayDocTitle Em Encoding Filter First
Flags Font FontBBox FontDescriptor FontFile3 FontName ID Info ItalicAngle K Kids Lang Last
Length ListNumbering MCID MarkInfo Marked MediaBox Metadata N Next Nums O Ordering Outlines
P Pages Parent ParentTree ParentTreeNextKey Pg Prev ProcSet Range Registry Resources RoleMap
Root S Size StemV Strong StructParents StructTreeRoot Subtype Supplement Suspects T Tabs
Terms Title ToUnicode Type ViewerPreferences W WMode
"""
NAMES = frozenset(f"/{name}" for name in _NAMES_IN_WORDS.split())
"""Names of entries that a document of ours has; a form, a script, a layer has others."""

_OWN_NAMES = re.compile(r"/[cf][0-9]{1,3}")
_MOST_OBJECTS = 200_000


class UnreadableError(Exception):
    """A reader failed, or found what our documents never have; says what, without words of it."""


def by_pypdf(body: bytes) -> str:
    """What pypdf gets of a file."""
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)


def by_pdfminer(body: bytes) -> str:
    """What pdfminer gets of a file, in the order in which it is painted."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    told: list[str] = []
    for page in PDFPage.get_pages(io.BytesIO(body)):
        interpreter.process_page(page)
        told += _letters(device.get_result())
    return "".join(told)


def _letters(container: LTContainer[Any]) -> Iterator[str]:
    for one in container:
        if isinstance(one, LTChar):
            yield one.get_text()
        elif isinstance(one, LTContainer):
            yield from _letters(one)


def strings_of(body: bytes, names: frozenset[str] = NAMES) -> list[str]:
    """Give every string of every object, those that nothing leads to as well.

    Args:
        body: the file.
        names: of entries that it may have.

    Raises:
        UnreadableError: an entry has another name, or something stands behind the file's end.
    """
    if body.count(b"%%EOF") != 1 or not body.rstrip().endswith(b"%%EOF"):
        raise UnreadableError("has something behind its end, or another revision")
    reader = pypdf.PdfReader(io.BytesIO(body), strict=True)
    numbers = {number for some in reader.xref.values() for number in some} | {*reader.xref_objStm}
    if len(numbers) > _MOST_OBJECTS:
        raise UnreadableError("has more objects than a document of ours")
    found: list[str] = []
    for number in sorted(numbers - {0}):
        _walk(reader.get_object(IndirectObject(number, 0, reader)), found, names)
    _walk(reader.trailer, found, names)
    return found


def _walk(one: Any, found: list[str], names: frozenset[str]) -> None:
    """Walk one object, not beyond its own: each other is walked by itself."""
    if isinstance(one, DictionaryObject):
        for name, value in one.items():
            if isinstance(one, StreamObject) and name == "/Length":
                continue
            if name not in names and not _OWN_NAMES.fullmatch(name):
                raise UnreadableError("has an entry that no document of ours has")
            _walk(value, found, names) if name != "/ID" else None
    elif isinstance(one, list):
        for value in one:
            _walk(value, found, names)
    elif isinstance(one, TextStringObject | ByteStringObject):
        found.append(one if isinstance(one, str) else one.decode("latin-1"))
    elif isinstance(one, NameObject | IndirectObject):
        return


TEXT_READERS: dict[str, Callable[[bytes], str]] = {"pypdf": by_pypdf, "pdfminer": by_pdfminer}
"""Readers of text, by the name that a person would look for."""
