"""``book``: what counsel and everybody else can ask of the rule book itself."""

import click

from ostiary.faces.cli.command_table import BOOK
from ostiary.faces.cli.lazy_group import LateGroup


@click.group(cls=LateGroup, table=BOOK)
def book() -> None:
    """The rule book: the law that decides."""
