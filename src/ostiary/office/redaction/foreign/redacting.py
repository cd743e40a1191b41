"""From a marked PDF of others to what is published: text set anew, indexes, commitments.

The text goes the way of our own documents: a token for each deletion, an audit of every file before
one is written, a commitment to every piece. Beside it lie an index of the deletions as courts ask
for it, and one of the pages.
"""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ostiary.domain.errors import InputError
from ostiary.domain.spreadsheets import harmless_row
from ostiary.office.redaction.audit import search
from ostiary.office.redaction.foreign.burned_pages import burned_pages
from ostiary.office.redaction.foreign.marks import Mark, Marks, check_complete, check_looked
from ostiary.office.redaction.foreign.page_audit import NAME as PAGES
from ostiary.office.redaction.foreign.page_audit import audit_pages
from ostiary.office.redaction.foreign.page_file import written
from ostiary.office.redaction.foreign.page_text import PageText
from ostiary.office.redaction.foreign.reading import read_pages
from ostiary.office.redaction.foreign.setting import Counted, set_anew
from ostiary.office.redaction.foreign.unapplied import check_unapplied
from ostiary.office.redaction.grounds import meaning
from ostiary.office.redaction.needles import Elsewhere, needles_of
from ostiary.office.redaction.publishing import Redacted, redact_blocks

TITLE = "A document set anew"


@dataclass(frozen=True)
class Numbering:
    """Bates numbers: what stands before, and the first number.

    Attributes:
        prefix: As ``DO-2026-``.
        first: Of the first page.
    """

    prefix: str = "DOC-"
    first: int = 1

    def of(self, pages: int) -> list[str]:
        """Give the number of each page."""
        return [f"{self.prefix}{self.first + at:06d}" for at in range(pages)]


@dataclass(frozen=True)
class RedactedPdf:
    """A PDF redacted, not yet written.

    Attributes:
        redacted: What is public, and the openings.
        counted: What became of the words; for the people who redact it alone.
        pages: How many pages it has.
        left_out: Pages, from 1, of which something is not set anew.
        deletions: How many there are, those of burned pages as well.
    """

    redacted: Redacted
    counted: Counted
    pages: int
    left_out: tuple[int, ...]
    deletions: int


@dataclass(frozen=True)
class PdfOfOthers:
    """A PDF as it was read.

    Attributes:
        where: What messages call it.
        body: Its bytes.
        pages: What a reader sees of their text.
    """

    where: str
    body: bytes
    pages: tuple[PageText, ...]


def read_pdf(path: Path, *, workers: int = 1) -> PdfOfOthers:
    """Read a PDF of others, in processes with limits.

    Args:
        path: the PDF.
        workers: processes that read it at a time.

    Raises:
        InputError: it cannot be read, or not within the limits.
    """
    try:
        body = path.read_bytes()
    except OSError:
        raise InputError("cannot be read", where=str(path), cure="name a PDF") from None
    return PdfOfOthers(str(path), body, tuple(read_pages(body, str(path), workers=workers)))


def redact_pdf(
    source: PdfOfOthers,
    marks: Marks,
    *,
    title: str = TITLE,
    numbering: Numbering = Numbering(),
    appears: Collection[Elsewhere] = (),
    burned: Collection[int] = (),
    looked: Collection[str] = (),
    workers: int = 1,
) -> RedactedPdf:
    """Redact a PDF of others.

    Args:
        source: the PDF.
        marks: on it, each answered for by two people.
        title: what the public document is called.
        numbering: of its pages.
        appears: words of deletions that are public elsewhere in it.
        burned: pages, from 1, that are painted and boxed instead of set anew.
        looked: ids of two people who looked at each of those as it is shown.
        workers: processes that paint them at a time.

    Raises:
        InputError: the marks are not whole, or the audit found something.
    """
    check_complete(marks, source.body, len(source.pages), source.where)
    check_looked(burned, looked)
    check_unapplied(source.pages, marks.marks, source.where, burned)
    bates = numbering.of(len(source.pages))
    pages = burned_pages(
        source.body, source.where, source.pages, marks.marks, bates, burned, workers=workers
    )
    made = set_anew(source.pages, marks.marks, title=title, bates=bates, burned=set(burned))
    redacted = redact_blocks(made.blocks, appears=appears, more=pages.withheld)
    deletions = (*made.marks, *pages.marks)
    more = {
        "vaughn.csv": _vaughn(deletions, bates).encode(),
        "pages.csv": _pages(deletions, made.left_out, bates, burned, looked).encode(),
    }
    withheld = [one.text for one in redacted.withheld]
    needles = needles_of([*withheld, *pages.withheld], appears)
    search("what `why` says in vaughn.csv", [one.why for one in deletions], needles)
    if pages.pages:
        more[PAGES] = written(pages.pages)
        audit_pages(more[PAGES], pages.pages, needles)
        search(
            "letters behind the picture of a burned page, in a field or a note",
            pages.behind,
            needles,
        )
    made.counted.kept += pages.kept
    made.counted.boxed = pages.lost
    made.counted.withheld += sum(len(one.split()) for one in pages.withheld)
    left_out = tuple(
        at for at, told in enumerate(made.left_out, start=1) if told and at not in burned
    )
    whole = replace(redacted, files=redacted.files | more)
    return RedactedPdf(whole, made.counted, len(source.pages), left_out, len(deletions))


def _vaughn(marks: Sequence[Mark], bates: Sequence[str]) -> str:
    """Write the index of deletions: where, on which ground, why, and who answers for it."""
    columns = ("number", "bates", "page", "ground", "meaning", "why", "marked_by", "confirmed_by")
    return _table(
        columns,
        (
            (
                *(at, bates[one.page - 1], one.page, one.ground, meaning(one.ground)),
                *(one.why, one.marked_by, one.confirmed_by),
            )
            for at, one in enumerate(marks, start=1)
        ),
    )


def _pages(
    marks: Sequence[Mark],
    left_out: Sequence[tuple[str, ...]],
    bates: Sequence[str],
    burned: Collection[int],
    looked: Collection[str],
) -> str:
    """Write the index of pages: whole or not, deletions, what is left out, who looked."""
    columns = ("bates", "page", "released", "deletions", "grounds", "not_set_anew", "looked_at_by")
    people = " ".join(sorted(set(looked)))
    return _table(
        columns,
        (
            (*_page(number, bates[number - 1], marks, told), people if number in burned else "")
            for number, told in enumerate(left_out, start=1)
        ),
    )


def _page(
    number: int, bates: str, marks: Sequence[Mark], left_out: Sequence[str]
) -> tuple[str | int, ...]:
    grounds = [one.ground for one in marks if one.page == number]
    released = "in part" if grounds or left_out else "whole"
    each = "; ".join(dict.fromkeys(grounds))
    return bates, number, released, len(grounds), each, " ".join(left_out)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    body = io.StringIO()
    writer = csv.writer(body, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(harmless_row, rows))
    return body.getvalue()
