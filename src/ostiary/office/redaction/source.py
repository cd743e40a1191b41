"""A document at its source: headings, paragraphs and list items, with deletions marked in them.

``{{(b)(6): the words}}`` withholds the words between the colon and the braces, which may run over
lines and paragraphs. A ground is one of :mod:`ostiary.office.redaction.grounds`.

1. Space around and between kept words is one blank, wherever the source breaks its lines: where a
   line was broken would tell how long the withheld words are.
2. A mark that is not whole, a ground that is none, braces inside a deletion, a ground behind a
   single brace: refused, by its line.
3. No message repeats a word of the document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ostiary.domain.errors import InputError
from ostiary.office.redaction.grounds import GROUNDS, read_ground

MOST_BYTES = 2_000_000
_OPEN, _CLOSE = "{{", "}}"
_FIRST, _LAST = "\ue000", "\ue001"  # private use: stand around a deletion's number while we read
_PLACE = re.compile(f"{_FIRST}([0-9]+){_LAST}")
_STRAY = re.compile(  # a mark that was meant: one brace, or a blank between two
    rf"\{{\s*\{{?\s*(?:\(b\)\s*\([1-9]\)|order\b)[^{{}}\n{_FIRST}{_LAST}]{{0,70}}:"
)
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]"
)
_HEADING = re.compile(r"(#{1,4}) +(.*)", re.DOTALL)
_ITEM = re.compile(r"(?:[-*]|[0-9]{1,3}[.)]) +(.*)", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """Words that are kept, or one deletion.

    Attributes:
        text: The words.
        ground: Why they are withheld; empty where they are kept.
    """

    text: str
    ground: str = ""


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or an item of a list.

    Attributes:
        kind: ``heading``, ``paragraph`` or ``item``.
        level: Of a heading, 1 to 4; else 0.
        section: Which section it stands in; each heading begins one.
        runs: Its words, in order.
    """

    kind: str
    level: int
    section: int
    runs: tuple[Run, ...]


def read_document(path: Path) -> list[Block]:
    """Read a document.

    Raises:
        InputError: it cannot be read, or a mark in it is not whole; names the line.
    """
    where = str(path)
    try:
        body = path.read_bytes()
    except OSError:
        raise InputError("cannot be read", where=where, cure="name a text file") from None
    if len(body) > MOST_BYTES:
        raise InputError("larger than 2 MB", where=where, cure="split the document")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is no UTF-8 text", where=where, cure="save it as UTF-8") from None
    return blocks(text, where)


def blocks(text: str, where: str = "document") -> list[Block]:
    """Read a document's text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    strange = UNSEEN.search(text)
    if strange:
        cure = "delete it; what cannot be seen cannot be checked"
        raise InputError("an unseen sign", where=_line(text, strange.start(), where), cure=cure)
    deletions: list[Run] = []
    marked = _take_out(text, deletions, where)
    stray = _STRAY.search(marked)
    if stray:
        cure = "write `{{(b)(6): the words}}`, two braces on each side and no blank between them"
        line = _line(text, text.find(stray[0]), where)
        raise InputError("a ground that stands in the clear, as of a mark", where=line, cure=cure)
    found = list(_blocks(marked, deletions))
    if not found:
        raise InputError("the document is empty", where=where, cure="name another")
    _check_levels(found, where)
    return found


def _check_levels(found: list[Block], where: str) -> None:
    """Refuse headings that skip a level: whoever listens to the document would miss one."""
    before = 0
    for block in found:
        if block.kind == "heading":
            if block.level > before + 1:
                raise InputError(
                    f"the heading of section {block.section} is of level {block.level}",
                    where=where,
                    cure=f"make it level {before + 1}: the first is #, none skips one",
                )
            before = block.level


def _take_out(text: str, deletions: list[Run], where: str) -> str:
    """Put a number in the place of each deletion."""
    kept, at = [], 0
    while True:
        begin, stray = text.find(_OPEN, at), text.find(_CLOSE, at)
        if stray != -1 and (begin == -1 or stray < begin):
            raise InputError(
                "`}}` without `{{`", where=_line(text, stray, where), cure="mend the mark"
            )
        if begin == -1:
            kept.append(text[at:])
            return "".join(kept)
        end = text.find(_CLOSE, begin)
        line = _line(text, begin, where)
        if end == -1:
            raise InputError("`{{` is never closed", where=line, cure="end the mark with `}}`")
        kept.append(f"{text[at:begin]}{_FIRST}{len(deletions)}{_LAST}")
        deletions.append(_deletion(text[begin + 2 : end], line))
        at = end + 2


def _deletion(inside: str, where: str) -> Run:
    ground, colon, words = inside.partition(":")
    known = read_ground(ground)
    if not colon or known is None:
        cure = f"write `{{{{(b)(6): the words}}}}`; grounds: {', '.join(GROUNDS)};"
        cure += " of (b)(3) and order also which, as `(b)(3) 26 USC 6103`"
        raise InputError("a deletion without a ground", where=where, cure=cure)
    if "{" in words or "}" in words:
        raise InputError("braces inside a deletion", where=where, cure="mark each by itself")
    words = "\n".join(line.rstrip() for line in words.strip().split("\n"))
    if not words:
        raise InputError("a deletion of nothing", where=where, cure="take the mark away")
    return Run(words, known)


def _blocks(marked: str, deletions: list[Run]) -> Iterator[Block]:
    section = 0
    for kind, level, words in _parts(marked):
        section += kind == "heading"
        yield Block(kind, level, section, tuple(_runs(words, deletions)))


def _parts(marked: str) -> Iterator[tuple[str, int, str]]:
    """Split a text into headings, items and paragraphs."""
    open_: list[str] = []
    kind = "paragraph"
    for line in [*marked.split("\n"), ""]:
        heading, item = _HEADING.fullmatch(line.strip()), _ITEM.fullmatch(line.strip())
        if open_ and (heading or item or not line.strip()):
            yield kind, 0, " ".join(open_)
            open_ = []
        if heading:
            yield "heading", len(heading[1]), heading[2]
        elif item:
            kind, open_ = "item", [item[1]]
        elif line.strip():
            kind = kind if open_ else "paragraph"
            open_.append(line.strip())


def _runs(words: str, deletions: list[Run]) -> Iterator[Run]:
    """Kept words and deletions, in order; blanks beside a deletion belong to the kept words."""
    for place, part in enumerate(_PLACE.split(words)):
        if place % 2:
            yield deletions[int(part)]
        elif part:
            kept = re.sub(r"\s+", " ", part)
            if kept.strip() or place:
                yield Run(kept)


def _line(text: str, at: int, where: str) -> str:
    return f"{where}, line {text.count(chr(10), 0, at) + 1}"
