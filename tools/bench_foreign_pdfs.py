"""How fast PDFs of others are redacted, what readers find in the result, and what it tells.

A synthetic PDF with twenty names a page is read by one and by two processes, set anew, audited,
and burned in. Then every withheld name is looked for by readers that have nothing to do with it
(pdftotext, where it is installed, pdfminer, pdfium, pypdf, a walk over every object and stream).
The same document with other names must come out as the same bytes: what that tells is nothing.

python tools/bench_foreign_pdfs.py --pages 40
"""

import argparse
import io
import random
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import typst
from pdfminer.high_level import extract_text

from ostiary.office.redaction.audit import audit
from ostiary.office.redaction.foreign.burned_pages import burned_pages
from ostiary.office.redaction.foreign.marks import Marks, digest
from ostiary.office.redaction.foreign.page_file import written
from ostiary.office.redaction.foreign.reading import read_pages
from ostiary.office.redaction.foreign.redacting import Numbering, PdfOfOthers, redact_pdf
from ostiary.office.redaction.foreign.setting import set_anew
from ostiary.office.redaction.foreign.suggestions import suggest
from ostiary.office.redaction.needles import needles_of
from ostiary.office.redaction.rendering import emptied, rendered

_TEXT = (
    "agreement request address taxpayer officer period statute reason agency record custody"
    " notice review section answer purpose court order item party power number day law text term"
)
_WORDS = _TEXT.split()
_PARAGRAPHS, _LONG, _NAMES = 9, 46, 18  # a page


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    pages = parser.parse_args().pages
    first, names = document(pages, 1)
    other, others = document(pages, 2)
    read, seconds = timed(lambda: read_pages(first, "first"))
    _, of_two = timed(lambda: read_pages(first, "first", workers=2))
    count = len(read)
    source = PdfOfOthers("first", first, tuple(read))
    marks = marks_of(source, names)
    bates = Numbering().of(count)
    made = set_anew(read, marks.marks, title="A", bates=bates)
    files, setting = timed(lambda: rendered(emptied(made.blocks)))
    withheld = [run.text for block in made.blocks for run in block.runs if run.ground]
    _, auditing = timed(lambda: audit(files, emptied(made.blocks), needles_of(withheld)))
    _, whole = timed(lambda: redact_pdf(source, marks))
    print(f"{count} pages, {len(withheld):,} deletions")
    print(f"read by one process: {seconds.rate(count)}; by two: {of_two.rate(count)}")
    print(f"set anew: {setting.rate(count)}; audited: {auditing.rate(count)}")
    print(
        f"read to written: {(seconds + whole).rate(count)}; {(of_two + whole).rate(count)} by two"
    )
    said = " ".join(run.text for block in made.blocks for run in block.runs if not run.ground)
    wanted = _LONG * _PARAGRAPHS * pages - len(names)
    kept = len([word for word in re.findall(r"[a-z]+", said) if word in _WORDS])
    print(f"words kept of those that need no deletion: {kept:,} of {wanted:,}")
    burn(source, marks, bates)
    twin = PdfOfOthers("other", other, tuple(read_pages(other, "other")))
    again = set_anew(twin.pages, marks_of(twin, others).marks, title="A", bates=bates)
    print(f"other names, the same bytes: {rendered(emptied(again.blocks)) == files}")
    for where, body in files.items():
        if where == "document.pdf":
            print(
                f"names found in {where}: {found(body, names)}; in the source {found(first, names)}"
            )


def burn(source: PdfOfOthers, marks: Marks, bates: list[str]) -> None:
    """Burn every page in, and print how fast, and what readers find."""
    count = len(source.pages)

    def burned(workers: int) -> Any:
        every = range(1, count + 1)
        given = (source.body, "first", source.pages, marks.marks, bates, every)
        return burned_pages(*given, workers=workers)

    made, one = timed(lambda: burned(1))
    _, two = timed(lambda: burned(2))
    body = written(made.pages)
    print(f"burned in by one process: {one.rate(count)}; by two: {two.rate(count)}")
    print(
        f"{len(body) / count / 1024:.0f} KiB a page; words kept {made.kept:,}, boxed {made.lost:,}"
    )
    print(f"names found in pages.pdf: {found(body, list(made.withheld))}")


@dataclass(frozen=True)
class Took:
    """Seconds on the wall, and of the processor in this process and those that it began."""

    wall: float
    used: float

    def __add__(self, other: "Took") -> "Took":
        return Took(self.wall + other.wall, self.used + other.used)

    def rate(self, pages: int) -> str:
        """Say pages a second, and how many a second of the processor makes."""
        return f"{pages / self.wall:.1f} pages a second, {pages / self.used:.1f} of the processor's"


def timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    """Do some work; give what it gives, and how long it took."""
    begun, before = time.perf_counter(), used()
    made = work()
    return made, Took(time.perf_counter() - begun, used() - before)


def used() -> float:
    """Give seconds of the processor so far."""
    took = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in took)


def document(
    pages: int, seed: int, called: Callable[[random.Random], str] | None = None
) -> tuple[bytes, list[str]]:
    """A PDF; the seed changes the names and nothing else. Names of one to three words."""
    called = called or name
    kept, drawn = random.Random(0), random.Random(seed)  # noqa: S311 - made-up words
    parts, names = [], []
    for _ in range(pages):
        for _ in range(_PARAGRAPHS):
            words = kept.choices(_WORDS, k=_LONG)
            for at in kept.sample(range(_LONG), _NAMES // _PARAGRAPHS):
                names.append(called(drawn))
                words[at] = names[-1]
            parts.append(" ".join(words))
        parts.append("#pagebreak()")
    setting = (
        '#set page(paper: "us-letter", margin: 0.8in)\n#set text(size: 9pt, hyphenate: false)\n'
    )
    source = setting + "\n\n".join(parts[:-1])
    return bytes(typst.compile(source.encode())), names


def name(drawn: random.Random) -> str:
    """A made-up name, of letters that no other word has in a row."""
    return " ".join(
        "Zq" + "".join(drawn.choices("aeioukvxyz", k=drawn.randint(4, 12)))
        for _ in range(drawn.randint(1, 3))
    )


def marks_of(source: PdfOfOthers, names: list[str]) -> Marks:
    """Mark every name, as two people would."""
    found_ = suggest(source.pages, names, "(b)(6)")
    people = {"marked_by": "a.reyes", "confirmed_by": "b.stone"}
    return Marks(digest(source.body), tuple(replace(one, **people) for one in found_))


def found(body: bytes, names: list[str]) -> dict[str, int]:
    """How many names each reader finds."""
    texts = {
        "pdfminer": extract_text(io.BytesIO(body)),
        "pypdf": "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(body)).pages),
        "pdfium": "".join(
            one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(body)
        ),
        "objects": objects(body),
    }
    program = shutil.which("pdftotext")
    if program:
        done = subprocess.run([program, "-", "-"], input=body, capture_output=True, check=True)
        texts["pdftotext"] = done.stdout.decode()
    solid = {reader: "".join(text.split()) for reader, text in texts.items()}
    wanted = ["".join(one.split()) for one in names if one.strip()]
    return {reader: sum(one in text for one in wanted) for reader, text in solid.items()}


def objects(body: bytes) -> str:
    """Every object and decoded stream of a file."""
    told = [body.decode("latin-1")]
    with pikepdf.open(io.BytesIO(body)) as opened:
        for one in opened.objects:
            told.append(repr(one))
            if isinstance(one, pikepdf.Stream):
                told.append(one.read_bytes().decode("latin-1"))
    return "".join(told)


if __name__ == "__main__":
    main()
