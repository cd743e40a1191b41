"""``backup`` and ``restore``: an office copied while it works, and put back whole."""

from pathlib import Path
from typing import Any

import click

from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.office.recovery import backup as backups
from ostiary.office.recovery import restore as restoring


@click.command()
@arg.office
@click.argument("folder", type=arg.FOLDER)
@click.option(
    "--without-reference",
    is_flag=True,
    help="Leave the reference file out; it is large, and you have what it was loaded from.",
)
@as_json
def backup(office: Path, folder: Path, without_reference: bool, as_json: bool) -> None:
    """Copy OFFICE, as it is at this moment, into a new FOLDER; the office goes on working.

    A backup holds keys and people's data: keep it as you keep the office. Openings that the office
    destroys later are in it still; destroy old backups on the same schedule.
    """
    made = backups.make_backup(office, folder, with_reference=not without_reference)
    emit(_told(made, folder), as_json=as_json, text=lambda: _show(made, folder))


@click.command()
@click.argument("folder", type=arg.FOLDER)
@arg.office
@click.option(
    "--checkpoint",
    type=arg.FILE,
    help="The latest checkpoint of this log that is known outside of the office.",
)
@click.option(
    "--nothing-published-since",
    is_flag=True,
    help="Nobody outside has a checkpoint that is later than the backup.",
)
@click.option(
    "--database",
    default=None,
    help="Keep the cases in this database instead, such as postgresql://USER@HOST/DATABASE.",
)
@as_json
def restore(
    folder: Path,
    office: Path,
    checkpoint: Path | None,
    nothing_published_since: bool,
    database: str | None,
    as_json: bool,
) -> None:
    """Put the backup in FOLDER back as a new OFFICE. Its log says that it was restored.

    A backup that ends before the checkpoint is refused (status 1): it would hide what was logged
    since. Witnesses of the office are asked as well.
    """
    if (checkpoint is None) != nothing_published_since:
        raise InputError(
            "say what is known of the log outside of the office",
            cure="give --checkpoint FILE with the latest one of the public copy or of a witness, or"
            " --nothing-published-since where there can be none",
        )
    latest = checkpoint.read_bytes() if checkpoint else None
    done = restoring.restore(folder, office, latest, database=database)
    emit(_told(done, office), as_json=as_json, text=lambda: _show(done, office))


def _told(done: "backups.Backup", folder: Path) -> dict[str, Any]:
    return {
        "folder": str(folder.resolve()),
        "origin": done.origin,
        "made": done.at,
        "entries": done.entries,
        "root": done.root,
        "files": len(done.files),
        "reference": done.reference,
    }


def _show(done: "backups.Backup", folder: Path) -> None:
    say(f"{folder}: {len(done.files):,} files of {done.origin}, as it was at {done.at}")
    say(f"{done.entries:,} log entries, root {done.root}")
    if not done.reference:
        say("without the reference file: load it again with `ostiary reference load`")
