"""``book render``: the whole law as one page to read and to print."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ostiary.cli import arguments as arg
from ostiary.cli.output import say
from ostiary.law.printing import book_page
from ostiary.law.reading import read_book
from ostiary.law.shipped import shipped_book


@click.command()
@click.option("--out", type=arg.FOLDER, required=True, help="Folder to write index.html into.")
@arg.book
def render(out: Path, folder: Path | None) -> None:
    """Print the rule book as one self-contained page: provision, rule, finding and cure."""
    page = book_page(read_book(folder or shipped_book()), datetime.now(UTC).date())
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text(page, encoding="utf-8")
    say(f"{out / 'index.html'}")
