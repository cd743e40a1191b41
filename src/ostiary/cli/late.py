"""A group of commands whose modules are read only when one of them is asked for.

``ostiary accounting verify`` must start at once on an auditor's machine; it needs neither the web
office nor the matching engine, and reading every command's module takes over a second.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LateGroup(click.Group):
    """A group that knows its commands by name and place.

    Attributes:
        places: Where each command is, ``module:attribute``, by its name.
    """

    places: Mapping[str, str]

    def __init__(self, *args: Any, places: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """Make a group; ``places`` come after the commands that are added to it."""
        super().__init__(*args, **kwargs)
        self.places = places or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in alphabetical order as click gives them."""
        return sorted({*super().list_commands(ctx), *self.places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Read a command's module and give the command."""
        place = self.places.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command
