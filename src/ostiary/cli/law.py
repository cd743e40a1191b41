"""``book``: the law as it is written, shown, proved, tested and compared."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from ostiary.cli import arguments as arg
from ostiary.cli.late import LateGroup
from ostiary.cli.output import as_json, emit, say
from ostiary.domain.words import Stage
from ostiary.law.book import Book
from ostiary.law.legal_time import Day
from ostiary.law.reading import read_book
from ostiary.law.shipped import shipped_book

_MORE = {
    "diff": "ostiary.cli.book_diff:diff",
    "prove": "ostiary.cli.book_prove:book_prove",
    "render": "ostiary.cli.book_render:render",
    "test": "ostiary.cli.book_test:book_test",
    "errors": "ostiary.cli.book_errors:book_errors",
    "currency": "ostiary.cli.book_currency:book_currency",
}


@click.group(cls=LateGroup, places=_MORE)
def book() -> None:
    """The rule book: the law that decides."""


@book.command()
@click.option("--on", type=arg.DAY, default=None, help="Show the law of this day. Default: today.")
@arg.book
@as_json
def show(on: date | None, folder: Path | None, as_json: bool) -> None:
    """Show each rule in force on a day: citation, condition, finding and cure."""
    day = on or datetime.now(UTC).date()
    law = read_book(folder or shipped_book())
    rules = list(_in_force(law, day))
    summary = {"on": str(day), "digest": law.digest, "rules": rules}
    emit(summary, as_json=as_json, text=lambda: _print_rules(summary))


def _in_force(book: Book, day: date) -> Any:
    asked = Day(Stage.ADMISSION, day)
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
