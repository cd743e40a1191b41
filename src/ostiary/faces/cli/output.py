"""How commands speak: text for people, JSON for programs, progress only on a terminal."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from ostiary.faces.cli import terminal

as_json = click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")


def say(text: str = "") -> None:
    """Print a line of text for people."""
    terminal.console.print(text, markup=False)


def counted(number: int, one: str, more: str) -> str:
    """Write a number with what it counts: ``1 case``, ``2,000 cases``."""
    return f"{number:,} {one if number == 1 else more}"


def emit(summary: Mapping[str, Any], *, as_json: bool, text: Callable[[], None]) -> None:
    """Print a summary: as one JSON object, or as ``text`` prints it."""
    if as_json:
        sys.stdout.write(json.dumps(summary, indent=2, ensure_ascii=False, default=str) + "\n")
    else:
        text()


def table(title: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    """Print a small table; numbers stand at the right."""
    shown = terminal.Table(
        title=title, title_justify="left", title_style="bold", box=None, pad_edge=False
    )
    for place, column in enumerate(columns):
        numbers = bool(rows) and all(isinstance(row[place], int | float) for row in rows)
        shown.add_column(column, justify="right" if numbers else "left")
    for row in rows:
        shown.add_row(*(_cell(value) for value in row))
    terminal.console.print(shown)
    terminal.console.print()


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Show the stage that is under way and the time since the beginning, on a terminal only."""
    errors = terminal.Console(stderr=True)
    if quiet or not errors.is_terminal:
        yield lambda _stage: None
        return
    columns = (
        terminal.SpinnerColumn(),
        terminal.TextColumn("{task.description} ..."),
        terminal.TimeElapsedColumn(),
    )
    with terminal.Progress(*columns, console=errors, transient=True) as shown:
        task = shown.add_task("starting", total=None)
        yield lambda stage: shown.update(task, description=stage)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
