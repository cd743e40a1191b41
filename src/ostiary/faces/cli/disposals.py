"""``dispose``: openings are destroyed on schedule."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.office.recovery import entering
from ostiary.office.release import disposal


@click.command()
@arg.office
@arg.on_day
@click.option("--dry-run", is_flag=True, help="Only say what would be destroyed.")
@as_json
def dispose(office: Path, on: date | None, dry_run: bool, as_json: bool) -> None:
    """Destroy for good what retention.csv no longer has you keep; the log stays whole.

    Backups, and copies that a file system or a database keeps by itself, are yours to destroy.
    """
    with entering.at_work(office, on=on) as place:
        chosen = disposal.due(place)
        left = "" if dry_run else disposal.dispose(place, chosen)
    summary = {
        "requests": len(chosen.requests),
        "answers": chosen.answers,
        "by_status": dict(Counter(str(one.status) for one in chosen.requests)),
        "kept_under_recall": chosen.under_recall,
        "kept_until_reported": chosen.not_reported,
        "kept_under_litigation_hold": chosen.under_hold,
        "done": not dry_run,
        "left_to_do": left,
    }
    emit(summary, as_json=as_json, text=lambda: _show(summary))


def _show(summary: dict[str, Any]) -> None:
    word = "destroyed" if summary["done"] else "would be destroyed"
    say(
        f"openings of {summary['requests']:,} requests {word}, {summary['answers']:,} answers among"
    )
    if summary["kept_under_recall"]:
        say(f"kept under recall: {summary['kept_under_recall']:,}")
    if summary["kept_under_litigation_hold"]:
        say(f"kept under a litigation hold: {summary['kept_under_litigation_hold']:,}")
    if summary["kept_until_reported"]:
        say(f"kept until their year is reported: {summary['kept_until_reported']:,}")
        say("  run `ostiary report` for that year first")
    if summary["left_to_do"]:
        say(f"in the database, old rows are left; {summary['left_to_do']}")
