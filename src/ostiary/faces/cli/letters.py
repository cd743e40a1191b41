"""``letter`` and ``letters``: what an agency is told about a request, as tagged PDF."""

from pathlib import Path

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, progress, say
from ostiary.office.letters import files
from ostiary.office.recovery import entering


@click.command()
@arg.office
@arg.request_id
@click.option("--out", type=arg.NEW_FILE, required=True, help="The PDF to write.")
@as_json
def letter(office: Path, request_id: str, out: Path, as_json: bool) -> None:
    """Write the letter on one request: a return, a suspension, what counsel answers, or a notice.

    Reasons are numbered, each with its provision, what was stated, the cure, and by when. The same
    office gives the same bytes. What an answer says, a letter of the office never repeats.
    """
    with entering.at_work(office) as place:
        kind = files.write_letter(place, request_id, out)
    summary = {"letter": kind, "file": str(out)}
    emit(summary, as_json=as_json, text=lambda: say(f"{kind} letter: {out}"))


@click.command()
@arg.office
@click.argument("batch")
@click.option(
    "--out", type=arg.FOLDER, default=None, help="A new folder. Default: beside the replies."
)
@as_json
def letters(office: Path, batch: str, out: Path | None, as_json: bool) -> None:
    """Write the letters of a batch into a new folder, with an index."""
    with progress(quiet=as_json) as on_stage, entering.at_work(office) as place:
        written = files.write_letters(place, batch, out, on_stage)
    summary = {
        "folder": str(written.folder),
        "letters": written.letters,
        "nothing_to_tell": written.nothing_to_tell,
    }
    emit(summary, as_json=as_json, text=lambda: _show(summary))


def _show(summary: dict[str, object]) -> None:
    for kind, count in dict(summary["letters"]).items():  # type: ignore[call-overload] # a dict
        say(f"{count:>9,} {kind}")
    say(f"{summary['nothing_to_tell']:>9,} without one: still being worked on")
    say(f"files {summary['folder']}")
