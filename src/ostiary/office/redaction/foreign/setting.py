"""Marked pages become blocks of kept words and deletions, as our own documents have them.

1. A letter under a mark takes its whole word along, and the rest of a word that a line's end parts.
   Deletions of one ground with nothing kept between them are one.
2. Where a paragraph has a deletion its lines are joined: where a line was broken would tell how
   wide the withheld words are. Paragraphs are told apart by the space between lines alone; only
   those without a deletion keep their indents and items.
3. What no reader of the page sees is neither kept nor withheld, and counted.
4. Figures, fields, notes and pages without text are said in place, always in the same words.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ostiary.domain.errors import InputError
from ostiary.office.redaction.foreign.marks import Mark
from ostiary.office.redaction.foreign.page_lines import Box, Line
from ostiary.office.redaction.foreign.page_text import PageText
from ostiary.office.redaction.source import UNSEEN, Block, Run

_SINGLE, _OFTEN, _WIDER = 1.6, 0.2, 1.25  # steps from line to line, in heights of the type
_INDENT = 0.8  # likewise
_OTHER_SIZE = 1.15
_HYPHENATED = re.compile(r"[^\W\d_]-$")
_BULLET = re.compile(r"^[\u2022\u2023\u25aa\u25cf\u2013*-] +")
_ITEM = re.compile(r"(?:[\u2022\u2023\u25aa\u25cf\u2013*-]|[0-9]{1,3}[.)]|\([a-z0-9]{1,3}\))$")


_UNSEEN = "\0"


@dataclass
class Counted:
    """What became of the words of a document, for the people who redact it alone.

    Attributes:
        kept: Words that are set anew.
        withheld: Words under marks, whole.
        unseen: Words that stand in the file but that nobody sees on its pages.
        parted: Words parted at a line's end within paragraphs that have a deletion.
        boxed: Words of burned pages that a box took although no mark asked for them.
    """

    kept: int = 0
    withheld: int = 0
    unseen: int = 0
    parted: int = 0
    boxed: int = 0


@dataclass
class SetAnew:
    """A document ready to be set.

    Attributes:
        blocks: Kept words and deletions.
        marks: For each deletion, in order, the mark that it goes by.
        counted: What became of the words.
        left_out: For each page what of it is not set anew, in the words that stand in place.
    """

    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    counted: Counted = field(default_factory=Counted)
    left_out: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class _Piece:
    """A letter of a paragraph, with the mark that withholds it."""

    letter: str
    mark: int | None


def set_anew(
    pages: Sequence[PageText],
    marks: Sequence[Mark],
    *,
    title: str,
    bates: Sequence[str],
    burned: Collection[int] = (),
) -> SetAnew:
    """Make the blocks of a document.

    Args:
        pages: as they were read.
        marks: on them.
        title: what the document is called; not its file's name.
        bates: the number of each page.
        burned: pages, from 1, that are burned in apart and only named here.

    Raises:
        InputError: a mark covers no word of a page that is set anew.
    """
    made = SetAnew()
    made.blocks.append(Block("heading", 1, 1, (Run(title),)))
    numbered = list(enumerate(pages, start=1))
    lines = {at: marked_lines(page, marks, at) for at, page in numbered if at not in burned}
    widest = _widest(list(lines.values()))
    for number, page in numbered:
        section = number + 1
        heading = Run(f"Page {number}, {bates[number - 1]}")
        made.blocks.append(Block("heading", 2, section, (heading,)))
        told: tuple[str, ...] = ("This page stands in pages.pdf.",)
        if number in lines:
            made.blocks += _page_blocks(_paragraphs(lines[number], widest), section, marks, made)
            told = tuple(_left_out(page, [one for one in marks if one.page == number]))
        made.left_out.append(told)
        made.blocks += [Block("paragraph", 0, section, (Run(f"[{one}]"),)) for one in told]
    _check_used({at for some in lines.values() for one in some for at in one.under}, marks, burned)
    return made


def _check_used(used: set[int], marks: Sequence[Mark], burned: Collection[int]) -> None:
    for at, one in enumerate(marks):
        if at not in used and one.page not in burned:
            cure = "mark its words, or have the page burned in with `--burn-in`"
            raise InputError("covers no words", where=f"mark {at + 1}", cure=cure)


def marked_lines(page: PageText, marks: Sequence[Mark], number: int) -> "list[MarkedLine]":
    """Give the lines of a page, numbered from 1, with what its marks withhold of them."""
    here = {at: one for at, one in enumerate(marks) if one.page == number}
    return [MarkedLine.of(line, here) for line in page.lines if line.letters.strip()]


def has_more_than_text(page: PageText) -> bool:
    """Whether a page shows what no program of ours reads: pictures, many lines, fields, notes.

    A few drawn lines are no figure, though a signature may be made of them.
    """
    return any(_beside_text(page))


def _left_out(page: PageText, marks: Sequence[Mark]) -> Iterator[str]:
    if not any("1" in line.seen.strip() for line in page.lines):
        yield "This page has no text that could be set anew."
    yield from _beside_text(page, marks)


def _beside_text(page: PageText, marks: Sequence[Mark] = ()) -> Iterator[str]:
    if page.pictures or page.drawn:
        yield "This page has figures, which are not set anew."
    if page.fields:
        yield "This page has a form, whose fields are not set anew."
    if any(_is_kept(letters, marks) for letters in page.overlays):
        yield "Words lie over each other on this page, which are not set anew."
    if page.notes:
        yield "Notes or stamps are on this page, which are not set anew."


def _is_kept(letters: Sequence[Box], marks: Sequence[Mark]) -> bool:
    """Whether words over each other are under no mark: of a withheld one nothing is told."""
    return not any(mark.covers(box) for mark in marks for box in letters)


def _page_blocks(
    groups: "Iterable[list[MarkedLine]]", section: int, marks: Sequence[Mark], made: SetAnew
) -> Iterator[Block]:
    for group in groups:
        marked = any(one.is_marked for one in group)
        for part in [group] if marked else _finer(group):
            pieces = list(_joined(part, made.counted, marked=marked))
            kind = "item" if not marked and _starts_item(part[0]) else "paragraph"
            runs = tuple(_runs(pieces, marks, made))
            if kind == "item" and runs[:1]:
                runs = (Run(_BULLET.sub("", runs[0].text)), *runs[1:])
            if runs:
                yield Block(kind, 0, section, runs)


@dataclass(frozen=True)
class MarkedLine:
    """A line with, for each letter, the mark that it is under.

    Attributes:
        line: the line.
        marks: the place of each letter's mark among all marks, or None.
        under: the places of all marks that any of its letters is under.
    """

    line: Line
    marks: tuple[int | None, ...]
    under: frozenset[int]

    @classmethod
    def of(cls, line: Line, here: dict[int, Mark]) -> "MarkedLine":
        """Lay marks on a line, and have them take whole words."""
        under = [
            [at for at, mark in here.items() if letter != " " and mark.covers(box)]
            for letter, box in zip(line.letters, line.boxes, strict=True)
        ]
        first = [next(iter(marks), None) for marks in under]
        every = frozenset(at for marks in under for at in marks)
        return cls(line, tuple(_whole_words(line.letters, first)), every)

    @property
    def is_marked(self) -> bool:
        """Whether anything of it is withheld."""
        return any(at is not None for at in self.marks)

    @property
    def left(self) -> int:
        """Where it begins."""
        return self.line.boxes[0][0]


def _whole_words(letters: str, under: list[int | None]) -> list[int | None]:
    """Have a mark take whole words, without the stops and brackets around them."""
    for found in re.finditer(r"[^ ]+", letters):
        first, end = found.span()
        marks = [at for at in under[first:end] if at is not None]
        if not marks:
            continue
        core = re.search(r"\w.*\w|\w", found[0])
        begin, stop = core.span() if core else (0, end - first)
        for at in range(first + begin, first + stop):
            if under[at] is None:
                under[at] = marks[0]
    return under


def _paragraphs(lines: Sequence[MarkedLine], widest: float) -> Iterator[list[MarkedLine]]:
    """Part a page where the space between lines is wider than usual, or the type another."""
    group: list[MarkedLine] = []
    for one in lines:
        if group and not _goes_on(group[-1].line, one.line, widest):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _goes_on(before: Line, line: Line, widest: float) -> bool:
    if before.turned != line.turned:
        return False
    sizes = sorted((before.size, line.size))
    return 0 < _step(before, line) <= widest and sizes[1] < sizes[0] * _OTHER_SIZE


def _step(before: Line, line: Line) -> float:
    """From line to line, in heights of the type."""
    return (line.baseline - before.baseline) / max(before.size, 1)


def _widest(pages: Sequence[Sequence[MarkedLine]]) -> float:
    """Give the widest step within a paragraph, from lines of the document that no mark touches.

    A page alone would not do: one line more or less, because a name is longer, must change nothing.
    """
    steps = [
        round(_step(one.line, other.line), 1)
        for lines in pages
        for one, other in pairwise(lines)
        if not one.is_marked and not other.is_marked and other.line.baseline > one.line.baseline
    ]
    tight = sum(step <= _SINGLE for step in steps)
    if not steps or tight >= len(steps) * _OFTEN:
        return _SINGLE
    return Counter(steps).most_common(1)[0][0] * _WIDER


def _finer(group: Sequence[MarkedLine]) -> Iterator[list[MarkedLine]]:
    """Part lines without a deletion at indents and items as well."""
    part: list[MarkedLine] = []
    for one in group:
        indented = part and one.left - part[-1].left > _INDENT * one.line.size
        if part and (_starts_item(one) or (indented and not _starts_item(part[0]))):
            yield part
            part = []
        part.append(one)
    yield part


def _starts_item(one: MarkedLine) -> bool:
    return bool(_ITEM.match(one.line.letters.split(" ", 1)[0])) and " " in one.line.letters


def _joined(part: Sequence[MarkedLine], counted: Counted, *, marked: bool) -> Iterator[_Piece]:
    """Give the letters of a paragraph's lines in a row."""
    before: int | None = None
    for place, one in enumerate(part):
        letters, marks = one.line.letters, list(one.marks)
        if before is not None:  # the rest of a withheld word that the line's end parted
            end = (letters + " ").index(" ")
            marks[:end] = [before if at is None else at for at in marks[:end]]
        parted = bool(_HYPHENATED.search(letters.rstrip())) and place + 1 < len(part)
        parted = parted and part[place + 1].line.letters[:1].islower()
        last = len(letters.rstrip()) - 1
        if parted and part[place + 1].marks[0] is not None:  # its beginning goes with its end
            begin = letters.rstrip().rfind(" ") + 1
            other = part[place + 1].marks[0]
            marks[begin:] = [other if at is None else at for at in marks[begin:]]
        before = marks[last - 1] if parted else None
        counted.parted += parted and marked
        for at, letter in enumerate(letters):
            if not (parted and at >= last):
                yield from _piece(letter, marks[at], seen=one.line.seen[at] == "1")
        if not parted:
            yield _Piece(" ", None)


def _piece(letter: str, mark: int | None, *, seen: bool) -> Iterator[_Piece]:
    """Give a letter as it is set: ligatures apart, and nothing that cannot be seen."""
    if mark is None and not seen:
        yield _Piece(_UNSEEN, None)
        return
    plain = unicodedata.normalize("NFKC", letter) if "\ufb00" <= letter <= "\ufb06" else letter
    for one in plain:
        if mark is not None or not UNSEEN.match(one):
            yield _Piece(one, mark)


def _runs(pieces: Sequence[_Piece], marks: Sequence[Mark], made: SetAnew) -> Iterator[Run]:
    """Give kept words and deletions in a row, count them, and note which mark each goes by."""
    spans = _spans(pieces, marks, made.counted)
    for place, (text, mark) in enumerate(spans):
        words = re.sub(r"\s+", " ", text)
        if mark is not None:
            made.counted.withheld += len(words.split())
            made.marks.append(marks[mark])
            yield Run(words.strip(), marks[mark].ground)
            continue
        words = words.lstrip() if place == 0 else words
        words = words.rstrip() if place == len(spans) - 1 else words
        made.counted.kept += len(words.split())
        if words:
            yield Run(words)


def _spans(
    pieces: Sequence[_Piece], marks: Sequence[Mark], counted: Counted
) -> list[tuple[str, int | None]]:
    """Put letters of one fate together; blanks alone between deletions of one ground are theirs."""
    spans: list[tuple[str, int | None]] = []
    before = ""
    for piece in pieces:
        counted.unseen += piece.letter == _UNSEEN and before != _UNSEEN
        before = piece.letter
        if piece.letter == _UNSEEN:
            continue
        if spans and _one_fate(spans[-1][1], piece.mark, marks):
            spans[-1] = (spans[-1][0] + piece.letter, spans[-1][1])
            continue
        blank = piece.mark is not None and len(spans) > 1 and not spans[-1][0].strip()
        if blank and _one_fate(spans[-2][1], piece.mark, marks):
            between, _ = spans.pop()
            spans[-1] = (spans[-1][0] + between + piece.letter, spans[-1][1])
        else:
            spans.append((piece.letter, piece.mark))
    return spans


def _one_fate(one: int | None, other: int | None, marks: Sequence[Mark]) -> bool:
    if one is None or other is None:
        return one is other
    return marks[one].ground == marks[other].ground
