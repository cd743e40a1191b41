"""``template``: files to begin from, for whoever sends requests or keeps a register."""

from pathlib import Path
from typing import Any

import click

from ostiary.domain.choices import FIRST_PROVISION, TEMPLATES
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.office.batches import file_templates


@click.command()
@click.argument("what", type=click.Choice(TEMPLATES), default="requests")
@click.option("--out", type=arg.FOLDER, required=True, help="New folder for the template.")
@click.option(
    "--gateway",
    default=FIRST_PROVISION,
    show_default=True,
    metavar="PROVISION",
    help="USLM id of the provision that requests rely on.",
)
@as_json
def template(what: str, out: Path, gateway: str, as_json: bool) -> None:
    """Make a folder with a file to begin from: columns, what belongs into them, rows that pass.

    WHAT is requests (the default), reference, or the name of a register. Requests and the reference
    come as CSV, Excel workbook and Parquet, with invented people in them.
    """
    made = file_templates.write_templates(what, out, provision=gateway)
    emit(made, as_json=as_json, text=lambda: _show(made))


def _show(made: dict[str, Any]) -> None:
    say(f"{made['folder']}: {', '.join(made['files'])}")
    if made["received"]:
        folder = made["folder"]
        say("\nthe rows pass as they are:")
        say(
            f"  ostiary check {folder}/requests.csv --registers {folder}/registers"
            f" --received {made['received']}"
        )
