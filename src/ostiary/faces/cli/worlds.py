"""``synth``: a synthetic world to try everything on."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from ostiary.domain.choices import Scenario
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, progress, say
from ostiary.worlds import world

if TYPE_CHECKING:
    from ostiary.verifying.keys.files import Profile

FIRST_DAY = date(2025, 8, 6)


@click.command()
@click.argument("folder", metavar="DIR", type=arg.FOLDER)
@click.option("--people", type=click.IntRange(100), required=True, help="People in the reference.")
@click.option("--requests", type=click.IntRange(1), required=True, help="Requests in the file.")
@click.option("--seed", type=int, default=1, help="The same seed makes the same world.")
@click.option(
    "--scenario", type=click.Choice(get_args(Scenario)), default="mixed", help="Which requests."
)
@click.option("--received", type=arg.DAY, default=FIRST_DAY, help="Day the requests are dated for.")
@click.option(
    "--profile",
    type=click.Choice(["modern", "fips"]),
    default="modern",
    help="Of the office: which kind of key recipients have.",
)
@as_json
def synth(
    folder: Path,
    people: int,
    requests: int,
    seed: int,
    scenario: Any,
    received: date,
    profile: "Profile",
    as_json: bool,
) -> None:
    """Make synthetic people, requests and registers in DIR, with the truth about each request."""
    with progress(quiet=as_json) as on_stage:
        made = world.make_world(
            folder,
            people=people,
            requests=requests,
            seed=seed,
            scenario=scenario,
            received=received,
            profile=profile,
            on_progress=lambda what, done, total: on_stage(f"{what} {done:,} of {total:,}"),
        )
    summary = {"folder": str(folder), "people": made.people, "requests": made.requests}
    emit(summary, as_json=as_json, text=lambda: say(f"{folder}: all synthetic, nobody is real"))
