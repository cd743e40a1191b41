"""``doctor``: is this office fit to work?"""

import shutil
from dataclasses import asdict
from pathlib import Path

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.office.recovery import fitness


@click.command()
@arg.office
@as_json
def doctor(office: Path, as_json: bool) -> int:
    """Look through OFFICE, changing nothing: files, keys, clock, disk, store, reference, law, log.

    Status 1 when something must be seen to.
    """
    found = fitness.examine_office(office, free=shutil.disk_usage)
    fit = all(one.fit for one in found)
    summary = {"fit": fit, "checks": [asdict(one) for one in found]}
    width = max(len(one.name) for one in found)

    def show() -> None:
        for one in found:
            say(f"{'ok  ' if one.fit else 'SEE '} {one.name:<{width}}  {one.told}")
        say()
        say("fit to work" if fit else "see to what is marked, then run this again")

    emit(summary, as_json=as_json, text=show)
    return 0 if fit else 1
