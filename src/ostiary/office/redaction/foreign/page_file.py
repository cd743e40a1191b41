"""The file of burned pages, written from nothing: a picture, boxes' grounds, words of its own.

1. Objects stand in one order and hold what is written here and nothing else: a catalogue, two
   typefaces by name, and for each page its picture and one content of one form.
2. Words for readers who do not see stand in lines of one type and one distance, unpainted; no word
   stands where it stood, since its place would tell how wide what went before is.
"""

import textwrap
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ostiary.office.redaction.foreign.page_text import UNIT

STRIP = 16
"""Points below a page on which its number stands."""

_UNPAINTED, _LABEL, _NUMBER = 6, 7, 8  # sizes of type, in points
_WIDE = 0.6  # of Courier's letters, to their size
_NARROW = 14  # of the page's width, the largest type of unpainted lines


@dataclass(frozen=True)
class BurnedPage:
    """A page as it is written.

    Attributes:
        bates: its number.
        width: in hundredths of a point.
        height: likewise.
        across: dots.
        down: dots.
        shades: two dots a byte, packed.
        labels: for each box left, top, right and bottom in dots, and what stands on it or nothing.
        lines: its words and tokens, as unpainted lines.
    """

    bates: str
    width: int
    height: int
    across: int
    down: int
    shades: bytes
    labels: tuple[tuple[tuple[int, int, int, int], str], ...]
    lines: tuple[str, ...]

    @property
    def says(self) -> str:
        """What a reader of its text gets: number, grounds on boxes, lines."""
        labels = [text for _, text in self.labels]
        return " ".join([self.bates, *labels, *_wrapped(self.lines, self.width)])


def written(pages: Sequence[BurnedPage]) -> bytes:
    """Write the file; the same pages give the same bytes."""
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"",
        _typeface("Helvetica"),
        _typeface("Courier"),
    ]
    kids = []
    for page in pages:
        first = len(objects) + 1
        kids.append(f"{first} 0 R")
        objects += _page(page, first)
    listed = f"<</Type /Pages /Count {len(pages)} /Kids [{' '.join(kids)}]>>"
    objects[1] = listed.encode()
    return _file(objects)


def _typeface(name: str) -> bytes:
    told = f"<</Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding>>"
    return told.encode()


def _page(page: BurnedPage, first: int) -> Iterator[bytes]:
    wide, high = page.width / UNIT, page.height / UNIT + STRIP
    yield (
        f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:.2f} {high:.2f}]"
        f" /Contents {first + 1} 0 R /Resources <</Font <</H 3 0 R /C 4 0 R>>"
        f" /XObject <</I {first + 2} 0 R>>>>>>"
    ).encode()
    yield _stream("", zlib.compress(content(page), 6))
    told = (
        f"/Type /XObject /Subtype /Image /Width {page.across} /Height {page.down}"
        " /ColorSpace /DeviceGray /BitsPerComponent 4 "
    )
    yield _stream(told, page.shades)


def content(page: BurnedPage) -> bytes:
    """Give the one content that a page may have."""
    wide, high = page.width / UNIT, page.height / UNIT
    lines = [f"q {wide:.2f} 0 0 {high:.2f} 0 {STRIP} cm /I Do Q"]
    size = min(_NUMBER, (wide - 4) / (len(page.bates) * _WIDE))
    at = max(min(36, wide - 2 - len(page.bates) * _WIDE * size), 1)
    lines.append(f"BT 0 g /H {size:.4g} Tf {at:.4g} 5 Td ({_text(page.bates)}) Tj ET")
    scale = wide / page.across
    for (left, top, _, bottom), text in page.labels:
        if not text:
            continue
        size = min(_LABEL, max((bottom - top) * scale * 0.8, 1))
        at = high + STRIP - (top + bottom) / 2 * scale - size * 0.35
        x = left * scale + 2
        lines.append(f"BT 1 g /H {size:.2f} Tf {x:.2f} {at:.2f} Td ({_text(text)}) Tj ET")
    rows = _wrapped(page.lines, page.width)
    type_ = _unpainted(page.width)
    step = min(type_ * 1.5, (high - 4) / max(len(rows), 1))
    for place, row in enumerate(rows, start=1):
        at = high + STRIP - place * step
        lines.append(f"BT 3 Tr /C {type_:.4g} Tf 2 {at:.2f} Td ({_text(row)}) Tj ET")
    return "\n".join(lines).encode("latin-1")


def _unpainted(width: int) -> float:
    """Give the type of unpainted lines: small, and smaller on a page that is narrow."""
    return min(_UNPAINTED, width / UNIT / _NARROW)


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    most = max(int(width / UNIT / (_unpainted(width) * _WIDE)) - 2, 20)
    rows = [row for line in lines for row in textwrap.wrap(line, most)]
    return [row.encode("cp1252", "replace").decode("cp1252") for row in rows]


def _text(text: str) -> str:
    """Give text as the operator takes it: bytes of the typeface's encoding, brackets escaped."""
    plain = text.encode("cp1252", "replace").decode("latin-1")
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _stream(entries: str, packed: bytes) -> bytes:
    head = f"<<{entries}/Filter /FlateDecode /Length {len(packed)}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    parts = [body]
    at = len(body)
    for number, one in enumerate(objects, start=1):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, one))
        at += len(parts[-1])
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    parts.append(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
        f"trailer\n<</Size {len(objects) + 1} /Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n".encode()
    )
    return b"".join(parts)
