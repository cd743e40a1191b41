"""How commands speak: text for people, JSON for programs, progress only on a terminal."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import click

from ostiary.faces.cli import terminal

_FOLD: Final = "fold"
_CUT: Final = "ellipsis"
as_json = click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")


def say(text: str = "", *, wrap: bool = False) -> None:
    """Print a line of text for people.

    Args:
        text: the line.
        wrap: break it between words on a terminal; not for what somebody may copy.
    """
    in_words = wrap and terminal.console.is_terminal
    terminal.console.print(text, markup=False, soft_wrap=not in_words)


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
    """Print a small table; numbers stand at the right.

    On a terminal cells are broken to its width, and nothing is left out.
    """
    on_terminal = terminal.console.is_terminal
    shown = terminal.Table(
        title=None if on_terminal else title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    if on_terminal:  # a title of the table would be broken to the width of a narrow one
        terminal.console.print(title, style="bold", markup=False)
    for place, column in enumerate(columns):
        numbers = bool(rows) and all(isinstance(row[place], int | float) for row in rows)
        shown.add_column(
            column, justify="right" if numbers else "left", overflow=_FOLD if on_terminal else _CUT
        )
    for row in rows:
        shown.add_row(*(_cell(value) for value in row))
    terminal.console.print(shown, soft_wrap=not on_terminal)
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
