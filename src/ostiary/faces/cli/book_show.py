"""``book show``: the law of a day, rule by rule."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from ostiary.deciding.law import book as rule_book
from ostiary.deciding.law import legal_time, reading, shipped
from ostiary.domain.words import Stage
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say


@click.command()
@click.option("--on", type=arg.DAY, default=None, help="Show the law of this day. Default: today.")
@arg.book
@as_json
def show(on: date | None, folder: Path | None, as_json: bool) -> None:
    """Show each rule in force on a day: citation, condition, finding and cure."""
    day = on or datetime.now(UTC).date()
    law = reading.read_book(folder or shipped.shipped_book())
    rules = list(_in_force(law, day))
    summary = {"on": str(day), "digest": law.digest, "rules": rules}
    emit(summary, as_json=as_json, text=lambda: _print_rules(summary))


def _in_force(book: "rule_book.Book", day: date) -> Any:
    asked = legal_time.Day(Stage.ADMISSION, day)
    for one, rule in book.rules:
        version = rule.version_on(asked.of(rule))
        if version is not None and day in one.period and not rule.guard:
            yield {
                "rule": rule.id,
                "instrument": one.title,
                "layer": str(one.layer),
                "citation": version.citation,
                "condition": version.sql,
                "finding": version.finding,
                "cure": version.cure,
            }


def _print_rules(summary: dict[str, Any]) -> None:
    say(f"the law of {summary['on']}")
    say(f"book {summary['digest']}")
    instrument = ""
    for rule in summary["rules"]:
        if rule["instrument"] != instrument:
            instrument = rule["instrument"]
            say(f"\n{instrument}  [{rule['layer']}]")
        say(f"\n  {rule['rule']}  ({rule['citation']})")
        verb = "stops" if rule["layer"] == "order" else "asks "
        say(f"    {verb}   {' '.join(rule['condition'].split())}")
        say(f"    finding {rule['finding']}")
        say(f"    cure    {rule['cure']}")
