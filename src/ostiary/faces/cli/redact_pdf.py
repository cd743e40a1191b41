"""``redact suggest``, ``mark``, ``confirm`` and ``pdf``: PDFs that others made."""

from dataclasses import asdict
from pathlib import Path

import click

from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, counted, emit, say, table
from ostiary.office.redaction import needles, publishing
from ostiary.office.redaction.foreign import marks as marking
from ostiary.office.redaction.foreign import reading, redacting, setting, suggestions

_WORKERS = click.option(
    "--workers", type=click.IntRange(1, 8), default=1, help="Processes that read it at a time."
)
_UNREAD = (
    "Nothing was looked for in what these pages show beside text: {pages}. No program here reads"
    " pictures, scans, copied paper or handwriting: look at each, and mark what is missing. A few"
    " drawn strokes, as a signature may be, are on no such list: look at every page."
)
_UNNAMED = ("no mark was named", "name --number, from 1, or --drop, or take --all")
_BY = click.option("--by", required=True, help="Id of the person who answers for it.")


class Box(click.ParamType[tuple[float, ...]]):
    """Four sides of a rectangle in points, such as 72,90,200.5,104."""

    name = "left,top,right,bottom"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        """Read the sides."""
        try:
            sides = tuple(float(side) for side in str(value).split(","))
        except ValueError:
            sides = ()
        if len(sides) != 4 or not all(0 <= side < 1e5 for side in sides):  # noqa: PLR2004 - sides
            self.fail("is no box such as 72,90,200.5,104", param, ctx)
        return sides


class WordsElsewhere(click.ParamType["needles.Elsewhere"]):
    """Words of a deletion that are public elsewhere, such as 3:2-6."""

    name = "number[:first[-last]]"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> "needles.Elsewhere":
        """Read the number and the places."""
        found = needles.read_elsewhere(str(value))
        if found is None:
            self.fail("is none such as 3:2-6, the second to the sixth word of 3", param, ctx)
        return found


APPEARS = click.option(
    "--appears",
    type=WordsElsewhere(),
    multiple=True,
    help="Words of a deletion that are public elsewhere in the document, and nothing else of it:"
    " 3:2-6 are the second to the sixth word of deletion 3, 3:initials the initials in it,"
    " 3:day, 3:amount and 3:tail what says the same as its days, amounts and ends of numbers.",
)


@click.command()
@click.argument("document", type=arg.FILE)
@click.option("--out", type=arg.FILE, required=True, help="New file of marks.")
@click.option("--words", type=arg.FILE, default=None, help="A text: a name or word a line.")
@click.option("--ground", default="(b)(6)", help="Ground that each suggestion carries.")
@_WORKERS
@as_json
def suggest(
    document: Path, out: Path, words: Path | None, ground: str, workers: int, as_json: bool
) -> None:
    """Suggest marks on a PDF: numbers, telephones, mail, days, and WORDS.

    A suggestion withholds nothing until one person takes it and another confirms it.
    """
    if out.exists():
        raise InputError("the file is there already", where=str(out), cure="name a new one")
    source = redacting.read_pdf(document, workers=workers)
    lines = arg.text_of(words).splitlines() if words else []
    looked_for = [line.strip() for line in lines if line.strip()]
    found = suggestions.suggest(source.pages, looked_for, ground)
    checked = tuple(marking.checked(one, f"mark {at}") for at, one in enumerate(found, start=1))
    marking.write_marks(out, marking.Marks(marking.digest(source.body), checked))
    unread = [at for at, one in enumerate(source.pages, 1) if setting.has_more_than_text(one)]
    told = {
        "pages": len(source.pages),
        "suggested": len(found),
        "pages_with_more_than_text": unread,
        "file": str(out),
    }

    def text() -> None:
        _show(checked, f"{counted(len(source.pages), 'page', 'pages')}; {out}")
        if unread:
            say(_UNREAD.format(pages=", ".join(map(str, unread))))

    emit(told, as_json=as_json, text=text)


@click.command()
@click.argument("document", type=arg.FILE)
@click.argument("marks", type=arg.FILE)
@click.option("--page", type=click.IntRange(1), required=True, help="Page, from 1.")
@click.option("--box", type=Box(), required=True, help="Sides in points, as the page is shown.")
@click.option("--ground", required=True, help="Why it is withheld, as `(b)(6)`.")
@click.option("--why", default="", help="The justification, which is public.")
@_BY
def mark(
    document: Path,
    marks: Path,
    page: int,
    box: tuple[float, float, float, float],
    ground: str,
    why: str,
    by: str,
) -> None:
    """Add a mark to the file MARKS on DOCUMENT, or begin it."""
    body = document.read_bytes()
    digest = marking.digest(body)
    held = marking.read_marks(marks) if marks.exists() else marking.Marks(digest, ())
    if held.document != digest:
        cure = "name the PDF that was marked"
        raise InputError("marks another PDF", where=str(marks), cure=cure)
    if page > (pages := reading.count_pages(body, str(document))):
        cure = f"the PDF has {counted(pages, 'page', 'pages')}"
        raise InputError(f"there is no page {page}", where=str(document), cure=cure)
    number = len(held.marks) + 1
    one = marking.checked(marking.Mark(page, box, ground, why, marked_by=by), f"mark {number}")
    marking.write_marks(marks, marking.Marks(digest, (*held.marks, one)))
    say(f"mark {number} on page {page}; another person has to confirm it")


@click.command()
@click.argument("marks", type=arg.FILE)
@_BY
@click.option("--number", "numbers", type=click.IntRange(1), multiple=True, help="Which mark.")
@click.option("--all", "every", is_flag=True, help="All that this person can answer for.")
@click.option("--drop", "dropped", type=click.IntRange(1), multiple=True, help="A mark that goes.")
def confirm(
    marks: Path, by: str, numbers: tuple[int, ...], every: bool, dropped: tuple[int, ...]
) -> None:
    """Answer for marks: take a suggestion, or confirm what another person has marked.

    Each mark needs two people. Look at the page before; --drop takes a wrong suggestion away.
    """
    held = marking.read_marks(marks)
    chosen = (marking.waiting_for(held, by) if every else set(numbers)) - set(dropped)
    if not chosen and not dropped:
        what, cure = marking.why_none(held, by) if every else _UNNAMED
        raise InputError(what, where=str(marks), cure=cure)
    made = marking.answered_for(held, by, chosen, dropped)
    marking.write_marks(marks, made)
    _show(made.marks, str(marks))


@click.command()
@click.argument("document", type=arg.FILE)
@click.argument("marks", type=arg.FILE)
@click.option("--out", type=arg.FOLDER, required=True, help="New folder: what is public.")
@click.option(
    "--secrets", type=arg.FILE, required=True, help="New file: the openings, for its owner alone."
)
@click.option("--title", help="What the public document is called.")
@click.option("--bates", default="DOC-", help="What stands before each page's number.")
@click.option("--first", type=click.IntRange(1), default=1, help="Number of the first page.")
@APPEARS
@click.option(
    "--burn-in",
    "burned",
    type=click.IntRange(1),
    multiple=True,
    help="A page with figures, a scan or a form: painted, boxed and rebuilt in pages.pdf.",
)
@click.option(
    "--looked",
    multiple=True,
    help="Id of a person who looked at each page that is burned in; it needs two.",
)
@_WORKERS
@as_json
def pdf(
    document: Path,
    marks: Path,
    out: Path,
    secrets: Path,
    title: str | None,
    bates: str,
    first: int,
    appears: "tuple[needles.Elsewhere, ...]",
    burned: tuple[int, ...],
    looked: tuple[str, ...],
    workers: int,
    as_json: bool,
) -> None:
    """Set the text of a marked PDF anew, each deletion a token with its ground.

    Nothing of DOCUMENT but its words, and the picture of a page that is burned in, gets into what
    is public; what stays on a burned page tells by its place something of what was withheld. Every
    mark needs two people. An audit searches all that would be published, but reads no picture:
    two people look at each page that is burned in. If it finds anything, nothing is written.
    """
    numbering = redacting.Numbering(bates, first)
    held = marking.read_marks(marks)
    source = redacting.read_pdf(document, workers=workers)
    made = redacting.redact_pdf(
        source,
        held,
        title=title or redacting.TITLE,
        numbering=numbering,
        appears=appears,
        burned=burned,
        looked=looked,
        workers=workers,
    )
    publishing.write(made.redacted, out, secrets)
    told = {
        "root": made.redacted.root,
        "pages": made.pages,
        "words": asdict(made.counted),
        "pages_with_more_than_text": list(made.left_out),
        "deletions": made.deletions,
        "out": str(out),
    }

    def text() -> None:
        _show_redacted(made, out, secrets)
        if burned:
            people = " and ".join(dict.fromkeys(looked))
            say(f"What burned pages show outside their boxes was looked at by {people} alone.")

    emit(told, as_json=as_json, text=text)


def _show(marks: "tuple[marking.Mark, ...]", of: str) -> None:
    rows = [
        (
            at,
            one.page,
            one.ground,
            one.suggested or "drawn",
            one.marked_by or "-",
            one.confirmed_by or "-",
        )
        for at, one in enumerate(marks, start=1)
    ]
    table("marks", ("number", "page", "ground", "by what", "marked by", "confirmed by"), rows)
    say(of)


def _show_redacted(made: "redacting.RedactedPdf", out: Path, secrets: Path) -> None:
    counted = made.counted
    say(f"{made.pages:,} pages, {made.deletions:,} deletions")
    say(f"words: {counted.kept:,} kept, {counted.withheld:,} withheld")
    if counted.unseen:
        say(f"{counted.unseen:,} words that nobody sees on the pages were left out")
    if counted.parted:
        say(f"{counted.parted:,} words beside deletions were parted at a line's end and joined")
    if counted.boxed:
        say(f"{counted.boxed:,} more words lie under boxes, which reach to the line's end or so")
    if made.left_out:
        pages = ", ".join(map(str, made.left_out))
        say(f"not all of these pages is text, and the rest is not set anew: {pages}")
    say(f"root {made.redacted.root}\nSign or log this root; it proves later what was withheld.")
    say(f"public: {out}; openings, to be kept: {secrets}")
