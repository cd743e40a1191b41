"""Arguments and options that several commands share."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from ostiary.domain.errors import InputError

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)
ROWS = click.Path(path_type=Path)
Command = TypeVar("Command", bound=Callable[..., Any])

office = click.argument("office", type=FOLDER)
request_id = click.argument("request_id", metavar="ID")


class Day(click.ParamType[date]):
    """An ISO day, such as 2025-08-06."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f"`{value}` is no day such as 2025-08-06", param, ctx)


class Count(click.ParamType[tuple[str, int]]):
    """A word and a whole number, such as new=12."""

    name = "count"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Read a count."""
        if isinstance(value, tuple):
            return value
        word, _, number = str(value).partition("=")
        if not (word and number.isascii() and number.isdigit()):
            self.fail(f"`{value}` is no count such as new=12", param, ctx)
        return word, int(number)


class Words(click.ParamType[str]):
    """Words about a person or a case, or - for standard input.

    A command's arguments are seen by everybody on the machine, and stay in the shell's history.
    """

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take the words, or read them."""
        del param, ctx
        if value == "-":
            return sys.stdin.read().strip()
        return str(value)


def text_of(path: Path) -> str:
    """Give the text of a file that somebody names, without the mark that some editors put in front.

    Raises:
        InputError: it is no UTF-8.
        OSError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        cure = "save it as text in UTF-8"
        raise InputError("is no text in UTF-8", where=str(path), cure=cure) from None


class NewFile(click.Path):
    """A file to write; what is there already is never overwritten."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """See that there is nothing of this name yet.

        Raises:
            InputError: there is.
        """
        path = Path(str(super().convert(value, param, ctx)))
        if path.exists() or path.is_symlink():
            raise InputError(
                "there is something here already",
                where=str(path),
                cure="name a new file; nothing is ever overwritten",
            )
        return path


DAY = Day()
NEW_FILE = NewFile(path_type=Path, dir_okay=False)
WORDS = Words()
COUNT = Count()
on_day = click.option(
    "--on", type=DAY, default=None, help="The legal day; training offices only. Default: today."
)
received = click.option(
    "--received", type=DAY, default=None, help="Day of receipt. Default: today."
)
registers = click.option(
    "--registers",
    type=FOLDER,
    multiple=True,
    help="Folder of registers laid over the others; may be given again.",
)
_KEY_HELP = "Key to believe: a verifier key, or a custodian.pub. May be given again."
public_keys = click.option("--public-key", "keys", type=FILE, multiple=True, help=_KEY_HELP)
needed_public_keys = click.option(
    "--public-key", "keys", type=FILE, multiple=True, required=True, help=_KEY_HELP
)
officer = click.option("--officer", required=True, help="Your id in reviewers.csv.")
signing_key = click.option("--key", type=FILE, required=True, help="Your private key, PEM.")


def signed_on_case(command: Command) -> Command:
    """Give a command what every signed word on a case takes: the request, who speaks, their key."""
    return request_id(officer(signing_key(command)))


book = click.option(
    "--book", "folder", type=FOLDER, default=None, help="Another rule book. Default: shipped."
)
