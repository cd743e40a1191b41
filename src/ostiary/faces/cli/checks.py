"""``check``: the law alone, asked about a file. Needs no office."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ostiary.domain.facts import VOCABULARY
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, counted, emit, progress, say, table
from ostiary.office.batches import law_check, summaries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ostiary.office.rulings import explanation

_MOST_KINDS = 12


@click.command()
@click.argument("requests", type=arg.ROWS)
@arg.book
@arg.registers
@arg.received
@click.option("--out", type=arg.FOLDER, default=None, help="New folder for replies and row errors.")
@as_json
def check(
    requests: Path,
    folder: Path | None,
    registers: tuple[Path, ...],
    received: date | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Ask the law alone: no office, no taxpayer record.

    REQUESTS is a request file: CSV, JSON or Parquet, or a folder with the parts of one table in
    Parquet.
    """
    with progress(quiet=as_json) as on_stage:
        summary = law_check.check_file(
            requests,
            received or datetime.now(UTC).date(),
            book=folder,
            registers=registers,
            out=out,
            on_stage=on_stage,
        )
    emit(
        summary,
        as_json=as_json,
        text=lambda: show_admission(summary, summary["explained"]),
    )


def show_admission(
    summary: "summaries.AdmissionSummary",
    explained: "explanation.Explained | None" = None,
) -> None:
    """Print what the law made of a file."""
    say(
        f"{summary['rows']:,} rows received {summary['received']};"
        f" {summary['row_errors']:,} unreadable"
    )
    say()
    if summary["unreadable"]:
        _show_unreadable(summary["unreadable"])
    if summary["counts"]:
        table("what became of them", ("status", "requests"), list(summary["counts"].items()))
    rules = sorted(summary["by_rule"].items(), key=lambda pair: -pair[1])
    if rules:
        rests = summary["rests"]
        rows = [(name, many, rests[name]["citation"], rests[name]["layer"]) for name, many in rules]
        columns = ("rule", "requests", "rests on", "whose rule")
        table("why they were not let through", columns, rows)
    if explained:
        _show_one(explained)
    say(f"{summary['seconds_total']} s, {summary['peak_memory_mib']:,} MiB at most")


def _show_unreadable(kinds: "Sequence[summaries.Unreadable]") -> None:
    """Print what was wrong with rows that could not be read, and what to do."""
    alike: dict[tuple[int, str, str], list[str]] = {}
    for kind in kinds:
        said = (kind["rows"], kind["message"], kind["cure"])
        alike.setdefault(said, []).append(kind["column"])
    say("why rows could not be read")
    for (rows, message, cure), columns in list(alike.items())[:_MOST_KINDS]:
        named = [column for column in columns if column]
        where = f"{', '.join(named)}: " if named else ""
        say(f"  {counted(rows, 'row', 'rows')}: {where}{message}")
        say(f"    cure: {cure}")
    if len(alike) > _MOST_KINDS:
        say(f"  and {len(alike) - _MOST_KINDS} more; row_errors.csv has each row")
    say()


def _show_one(explained: "explanation.Explained") -> None:
    """Print why one request came out as it did, and the least that would change it."""
    say(explained["status"])
    for one in explained["findings"]:
        say(f"\n  {one['rule']}  ({one['citation']}; {one['layer'].whose})")
        say(f"    {'stops' if 'stops' in one else 'asks '}   {one.get('stops', one.get('asks'))}")
        for meaning, value in one["found"].items():
            say(f"    found   {meaning}: {'not known' if value is None else value}")
        say(f"    finding {one['finding']}")
        say(f"    cure    {one['cure']}")
    say()
    least = explained["least"]
    if least is None:
        say("nothing that the requester could change would let this request through")
    elif least:
        say("the least that would let it through:")
        for name, value in least.items():
            say(f"  {VOCABULARY[name].meaning}: {value}")
    say()
