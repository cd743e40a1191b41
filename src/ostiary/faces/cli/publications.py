"""``publish``: the public site of an office, for any file server."""

from pathlib import Path

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, counted, emit, say
from ostiary.office.publication import site
from ostiary.office.recovery import entering


@click.command()
@arg.office
@click.option("--out", type=arg.FOLDER, required=True, help="New folder for the site.")
@click.option(
    "--report",
    type=arg.FOLDER,
    default=None,
    help="A folder that `ostiary report --out` wrote; its files go onto the site.",
)
@as_json
def publish(office: Path, out: Path, report: Path | None, as_json: bool) -> None:
    """Build the public site of OFFICE: its agreements, orders, policies, book and checkpoint.

    Pages without script, and the register as DCAT and CSV. Nothing of a case is on it.
    """
    with entering.at_work(office) as place:
        made = site.publish_site(place, out, report=report)
    told = {
        "folder": str(made.folder),
        "entries": made.entries,
        "pages": made.pages,
        "log_size": made.size,
    }
    emit(told, as_json=as_json, text=lambda: _show(made))


def _show(made: "site.Published") -> None:
    pages, texts = counted(made.pages, "page", "pages"), counted(made.entries, "text", "texts")
    say(f"{made.folder}: {pages}, {texts} in the register")
    say(f"  the log's checkpoint at {made.size:,} entries; copy the folder to any file server")
