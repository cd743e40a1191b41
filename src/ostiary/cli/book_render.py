"""``book render``: the whole law as one page to read and to print."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ostiary.cli import arguments as arg
from ostiary.cli.output import say
from ostiary.law import book as rule_book
from ostiary.law import printing, reading, shipped
from ostiary.pipeline import counsel_cases, measured_errors


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
        _examples(place, book),
        errors.counts() if errors.lawful and errors.unlawful else None,
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text(page, encoding="utf-8")
    say(f"{out / 'index.html'}")


def _examples(folder: Path, book: "rule_book.Book") -> "list[printing.Example]":
    """Give counsel's cases; a book may be printed before it has any."""
    if not (folder / counsel_cases.FOLDER).is_dir():
        return []
    return [
        printing.Example(
            case.instrument,
            case.name,
            case.why,
            str(case.expect.status),
            tuple(rule.id for _, rule in book.rules if rule.id in case.expect.rules),
        )
        for case in counsel_cases.read_cases(folder, book)
    ]
