"""``book diff``: what a change of the law would do to real requests."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, progress, say, table
from ostiary.office.counsel import book_diff


@click.command()
@click.argument("book_a", type=arg.FOLDER)
@click.argument("book_b", type=arg.FOLDER)
@click.argument("requests", type=arg.FILE)
@arg.registers
@arg.received
@click.option("--out", type=arg.FILE, default=None, help="New CSV: each request decided otherwise.")
@as_json
def diff(
    book_a: Path,
    book_b: Path,
    requests: Path,
    registers: tuple[Path, ...],
    received: date | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Which of REQUESTS would BOOK_B decide otherwise than BOOK_A, and by which rule?

    Behind them stands each condition, finding, cure and other part that BOOK_B says otherwise.
    """
    with progress(quiet=as_json) as on_stage:
        summary = book_diff.diff_books(
            book_a,
            book_b,
            requests,
            received or datetime.now(UTC).date(),
            registers=registers,
            out=out,
            on_stage=on_stage,
        )
    emit(summary, as_json=as_json, text=lambda: _show(summary))


def _show(summary: dict[str, Any]) -> None:
    say(f"{summary['decided_otherwise']:,} of {summary['rows']:,} requests decided otherwise")
    rows = [
        (
            one["requests"],
            f"{one['before']} → {one['after']}",
            ", ".join(f"-{rule}" for rule in one["fewer"])
            + " "
            + ", ".join(f"+{rule}" for rule in one["more"]),
        )
        for one in summary["differences"]
    ]
    if rows:
        say()
        table("how", ("requests", "status", "rules"), rows)
    for one in summary["rewordings"]:
        say(f"\n{one['where']}: {one['what']}")
        say(f"  - {one['before']}" if one["before"] else "  - (nothing)")
        say(f"  + {one['after']}" if one["after"] else "  + (nothing)")
