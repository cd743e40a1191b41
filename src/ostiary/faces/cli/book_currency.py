"""``book currency``: the book beside a copy of the United States Code."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ostiary.deciding.law import currency as book_age
from ostiary.deciding.law import reading, shipped
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, progress, say, table
from ostiary.office.rulings import registered_sections


@click.command("currency")
@click.argument("code", type=click.Path(exists=True, path_type=Path))
@arg.book
@as_json
@click.pass_context
def book_currency(context: click.Context, code: Path, folder: Path | None, as_json: bool) -> None:
    """Check every citation against CODE, a copy of the United States Code, and list what changed.

    CODE is a folder of USLM XML or of Markdown by section. Ends with status 1 when a provision that
    the book cites is not there, one that it encodes reads otherwise than when it was encoded, or
    whole titles are not in the copy, which are named and not taken for repealed.
    """
    place = folder or shipped.shipped_book()
    began = time.monotonic()
    with progress(quiet=as_json) as on_stage:
        on_stage("reading the Code")
        found = book_age.currency(
            reading.read_book(place), code, registered_sections.registered_sections(place)
        )
    summary = {**asdict(found), "seconds": round(time.monotonic() - began, 2)}
    emit(summary, as_json=as_json, text=lambda: _show(summary))
    if not found.is_current:
        context.exit(1)


def _show(summary: dict[str, Any]) -> None:
    columns = ("instrument", "cites", "read_on", "state")
    lines = [tuple(str(one[name] or "") for name in columns) for one in summary["standings"]]
    table("provisions encoded", columns, lines)
    for one in summary["missing"]:
        say(f"MISSING  {one}")
    for one in summary["absent"]:
        say(f"NOT IN THE COPY, AND NOT LOOKED FOR  {one}")
    say(
        f"{summary['citations']:,} citations, {len(summary['missing']):,} not found among"
        f" {summary['sections']:,} sections, in {summary['seconds']} s"
    )
