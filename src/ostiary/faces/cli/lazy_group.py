"""A group of commands whose modules are read only when one of them is asked for.

``ostiary accounting verify`` must start at once on an auditor's machine; it needs neither the web
office nor the matching engine, and reading every command's module takes over a second. The group
knows its commands from a table: names, places, and the line that ``--help`` prints.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from ostiary.faces.cli.lazy_modules import left_unread

_NEAR, _MOST_NEAR = 0.6, 3


class Listed(NamedTuple):
    """A command in a table.

    Attributes:
        place: where it is, ``module:attribute``.
        told: what it does, in the words of its own help.
    """

    place: str
    told: str


Commands = Mapping[str, Mapping[str, Listed]]
"""Commands by name, under the heading of who uses them."""


class LateGroup(click.Group):
    """A group that knows its commands by name, and the near ones when there is none of a name."""

    def __init__(
        self,
        *args: Any,
        table: Commands | None = None,
        within: Mapping[str, Commands] | None = None,
        **more: Any,
    ) -> None:
        """Make a group; ``within`` are the tables of its groups, for who forgot to name one."""
        super().__init__(*args, **more)
        self.table = table or {}
        self._listed = _by_name(self.table)
        self._within = [f"{group} {n}" for group, t in (within or {}).items() for n in _by_name(t)]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in alphabetical order as click gives them."""
        return sorted({*super().list_commands(ctx), *self._listed})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Read a command's module, and no room that it names, and give the command."""
        listed = self._listed.get(cmd_name)
        if listed is None:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = listed.place.partition(":")
        with left_unread():
            command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under who uses them, each with its whole line."""
        for who, lines in self._parts(ctx):
            with formatter.section(who):
                formatter.write_dl(lines)

    def _parts(self, ctx: click.Context) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        for who, part in self.table.items():
            yield who, [(name, one.told) for name, one in part.items()]
        if self.commands:
            names = super().list_commands(ctx)
            yield "Commands", [(name, _line(self.commands[name])) for name in names]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; of a group that takes an office, in either order.

        ``review OFFICE list`` and ``review list OFFICE`` are the same.
        """
        takes = any(isinstance(one, click.Argument) for one in self.params)
        is_other_order = self._is_command(ctx, args[:1]) and not self._is_command(ctx, args[1:2])
        if takes and is_other_order and args[1:] and not args[1].startswith("-"):
            args = [*args[1:2], *args[:1], *args[2:]]
        return super().parse_args(ctx, args)

    def _is_command(self, ctx: click.Context, said: list[str]) -> bool:
        return bool(said) and said[0] in self.list_commands(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named; ``people OFFICE list`` is ``people list OFFICE``.

        Raises:
            click.UsageError: there is none of this name; the nearest are named, on one line.
        """
        if self._is_command(ctx, args[1:2]) and not self._is_command(ctx, args[:1]):
            args = [*args[1:2], *args[:1], *args[2:]] if Path(args[0]).is_dir() else args
        name = args[0]
        if name.startswith("-") or self.get_command(ctx, name) is not None:
            found = super().resolve_command(ctx, args)
            _say_once(ctx, *found)
            return found
        needed = [one for one in self.get_params(ctx) if isinstance(one, click.Argument)]
        path = " ".join([ctx.command_path, *(one.make_metavar(ctx) for one in needed)])
        near = [f"`{path} {one}`" for one in self._near(ctx, name.lower())]
        cure = f"did you mean {' or '.join(near)}?" if near else f"see `{ctx.command_path} --help`"
        raise click.UsageError(f"there is no command `{name}` in `{ctx.command_path}`; {cure}")

    def _near(self, ctx: click.Context, name: str) -> list[str]:
        """Give the commands that were probably meant, the nearest first, those of groups too."""
        last = {one: one.rpartition(" ")[2] for one in [*self.list_commands(ctx), *self._within]}
        close = get_close_matches(name, set(last.values()), n=_MOST_NEAR, cutoff=_NEAR)
        found = sorted((close.index(word), one) for one, word in last.items() if word in close)
        return [one for _, one in found][:_MOST_NEAR]


def _say_once(
    ctx: click.Context, name: str | None, command: click.Command | None, args: list[str]
) -> None:
    """Refuse an option that is given twice, of which the earlier word would count for nothing.

    Raises:
        click.UsageError: one of a single value is given more than once.
    """
    if command is None:
        return
    inner = click.Context(command, info_name=name, parent=ctx)
    try:
        _, _, said = command.make_parser(inner).parse_args(list(args))
    except click.UsageError:
        return  # it is told when the command reads them
    single = [one for one in said if isinstance(one, click.Option) and not _may_repeat(one)]
    for number, option in enumerate(single):
        if option in single[:number]:
            told = max(option.opts, key=len)
            raise click.UsageError(f"{told} is given more than once; say it once")


def _may_repeat(option: click.Option) -> bool:
    return option.multiple or option.count or option.is_flag


def _by_name(table: Commands) -> dict[str, Listed]:
    return {name: one for part in table.values() for name, one in part.items()}


def _line(command: click.Command) -> str:
    """Give a command's line for the help, whole."""
    return command.get_short_help_str(limit=1_000)
