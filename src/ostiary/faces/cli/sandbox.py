"""``sandbox``: a training office with test people, and a program that may call its API."""

import shutil
from pathlib import Path

import click

from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, progress, say
from ostiary.office.batches import decoy_supply, reference_loading
from ostiary.office.folder import layout as offices
from ostiary.office.recovery import entering
from ostiary.verifying.keys import files
from ostiary.worlds import world as worlds

PROGRAM, AGENCY = "sandbox-program", "dhs-ice"
_REQUESTS = 100


@click.command()
@click.argument("folder", metavar="DIR", type=arg.FOLDER)
@click.option("--people", type=click.IntRange(100), default=2_000, help="Test people.")
@as_json
def sandbox(folder: Path, people: int, as_json: bool) -> None:
    """Make a sandbox for integrators in DIR: an office where nobody is real, and a program's key.

    Its answers are no answers: it is a training office, with a log, keys and people of its own.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("there is something here already", where=str(folder), cure="name another")
    office, world = folder / "office", folder / "world"
    with progress(quiet=as_json) as on_stage:
        on_stage("making test people")
        worlds.make_world(world, people=people, requests=_REQUESTS)
        offices.create_office(office, training=True)
        for register in (world / "registers").glob("*.csv"):
            shutil.copy(register, office / "registers" / register.name)
        _register_program(office, folder)
        with entering.at_work(office) as place:
            reference_loading.load_people(place, world / "people.parquet", on_stage=on_stage)
            decoy_supply.supply_decoys(place)
    summary = {
        "office": str(office),
        "agency": AGENCY,
        "client": PROGRAM,
        "key": str(folder / f"{PROGRAM}.pem"),
        "requests": str(world / "requests.csv"),
    }
    emit(summary, as_json=as_json, text=lambda: _show(summary))


def _register_program(office: Path, folder: Path) -> None:
    key = files.new_signing_key()
    files.write_private(folder / f"{PROGRAM}.pem", key)
    public = files.key_text(key.public_key())
    rows = f"client,agency,public_key,from,until\n{PROGRAM},{AGENCY},{public},"
    (office / "registers" / "clients.csv").write_text(f"{rows}2025-01-01,\n", encoding="utf-8")


def _show(summary: dict[str, str]) -> None:
    say(f"office   {summary['office']}  (training; nobody in it is real)")
    say(f"program  {summary['client']} of {summary['agency']}, key {summary['key']}")
    say(f"requests {summary['requests']}")
    say(f"\nnext: ostiary serve {summary['office']} --on 2025-08-07")
    say("      then call http://localhost:8000/api/v1; see docs/how-to/use-the-api.md")
