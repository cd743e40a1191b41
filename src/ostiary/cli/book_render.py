"""``book render``: the whole law as one page to read and to print."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ostiary.cli import arguments as arg
from ostiary.cli.output import say
from ostiary.law.printing import book_page
from ostiary.law.reading import read_book
from ostiary.law.shipped import shipped_book
from ostiary.pipeline.counsel_cases import examples_of
from ostiary.pipeline.measured_errors import measure_errors


@click.command()
@click.option("--out", type=arg.FOLDER, required=True, help="Folder to write index.html into.")
@arg.book
def render(out: Path, folder: Path | None) -> None:
    """Print the rule book as one self-contained page: gateways, rules, findings, cures, cases.

    Both errors are measured for it, as `book errors` does.
    """
    place = folder or shipped_book()
    book = read_book(place)
    errors = measure_errors(place, book)
    page = book_page(
        book,
        datetime.now(UTC).date(),
        examples_of(place, book),
        errors.counts() if errors.lawful and errors.unlawful else None,
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text(page, encoding="utf-8")
    say(f"{out / 'index.html'}")
