"""``accounting``: what concerns the published log, and how outsiders verify it."""

import click

from ostiary.cli.command_table import ACCOUNTING
from ostiary.cli.late import LateGroup


@click.group(cls=LateGroup, table=ACCOUNTING)
def accounting() -> None:
    """The transparency log: verify, prove, show."""
