"""``review``: the officers' desk on the command line, one case at a time and no other way."""

from pathlib import Path

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.command_table import REVIEW
from ostiary.faces.cli.lazy_group import LateGroup


@click.group(cls=LateGroup, table=REVIEW)
@arg.office
@click.pass_context
def review(ctx: click.Context, office: Path) -> None:
    """Look at accepted requests, determine, approve or refuse: one request at a time.

    No record is looked at before officers have determined what the law leaves to a person, such as
    whether the reason is specific. An answer needs two different officers.
    """
    ctx.obj = office
