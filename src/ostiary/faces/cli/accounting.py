"""``accounting``: what concerns the published log, and how outsiders verify it."""

import click

from ostiary.faces.cli.command_table import ACCOUNTING
from ostiary.faces.cli.lazy_group import LateGroup


@click.group(cls=LateGroup, table=ACCOUNTING)
def accounting() -> None:
    """The transparency log: verify, prove, show."""
