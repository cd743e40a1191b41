"""``replay``: the past decided again under another law."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, progress, say, table
from ostiary.office.counsel import replay as replaying
from ostiary.office.recovery import entering


@click.command()
@arg.office
@click.option("--book", type=arg.FOLDER, default=None, help="Another rule book. Default: shipped.")
@click.option("--order", type=arg.FILE, default=None, help="A further order of a court.")
@click.option(
    "--on", type=arg.DAY, default=None, help="By the law of this day. Default: of each step's day."
)
@as_json
def replay(
    office: Path, book: Path | None, order: Path | None, on: date | None, as_json: bool
) -> None:
    """Decide the past again: which decisions and which answers would differ?

    Facts are taken as they were recorded; nothing in the office is changed.
    """
    with progress(quiet=as_json) as on_stage, entering.at_work(office) as place:
        summary = replaying.replay(place, book=book, order=order, on=on, on_stage=on_stage)
    emit(summary, as_json=as_json, text=lambda: _show(summary))


def _show(summary: dict[str, Any]) -> None:
    say(f"{summary['decided_otherwise']:,} requests would be decided otherwise")
    rows = [
        (
            one["batch"],
            one["requests"],
            f"{one['before']} → {one['after']}",
            ", ".join(one["rules"]),
        )
        for one in summary["changes"]
    ]
    if rows:
        say()
        table("how", ("batch", "requests", "status", "rules not met now"), rows)
    for batch in summary["untold_batches"]:
        say(f"batch {batch} cannot be decided again as a whole: openings have been destroyed")
    affected = summary["affected_answers"]
    say(f"{len(affected):,} answers that left would not leave")
    if affected:
        say()
        rows = [
            (one["request_id"], str(one["released_on"]), one["answer_id"], ", ".join(one["rules"]))
            for one in affected
        ]
        table("affected answers", ("request", "released", "answer", "rules not met"), rows)
