"""``book render``: the whole law as one page to read and to print."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ostiary.deciding.law import counsel_cases, printing, reading, shipped
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import say
from ostiary.office.counsel import measured_errors


@click.command()
@click.option("--out", type=arg.FOLDER, required=True, help="Folder to write index.html into.")
@arg.book
def render(out: Path, folder: Path | None) -> None:
    """Print the rule book as one self-contained page: gateways, rules, findings, cures, cases.

    Both errors are measured for it, as `book errors` does.
    """
    place = folder or shipped.shipped_book()
    book = reading.read_book(place)
    errors = measured_errors.measure_errors(place, book)
    page = printing.book_page(
        book,
        datetime.now(UTC).date(),
        counsel_cases.examples_of(place, book),
        errors.counts() if errors.lawful and errors.unlawful else None,
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text(page, encoding="utf-8")
    say(f"{out / 'index.html'}")
