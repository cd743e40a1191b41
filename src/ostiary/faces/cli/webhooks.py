"""``webhooks``: tell agencies' systems that something has changed, without saying what about."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from ostiary.faces import start
from ostiary.faces.api import dispatching
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.verifying.keys import files


@click.group(cls=LateGroup)
def webhooks() -> None:
    """Webhooks to the addresses in webhooks.csv. `ostiary serve` sends them by itself."""


@webhooks.command()
@arg.office
@arg.on_day
@as_json
def send(office: Path, on: date | None, as_json: bool) -> None:
    """Send what waits, once; for offices where no server runs.

    Nothing is sent while a server of the office does so.
    """
    site = start.open_site(office, on=on)
    done = dispatching.send_waiting(site)
    emit(
        asdict(done),
        as_json=as_json,
        text=lambda: say(f"{done.found} new, {done.taken} taken, {done.failed} receivers failed"),
    )


@webhooks.command()
@arg.office
def key(office: Path) -> None:
    """Print the public key with which receivers check webhooks; give it to them by hand."""
    site = start.open_site(office)
    say(files.key_text(dispatching.webhook_key(site).public_key()))


@webhooks.command("list")
@arg.office
@as_json
def list_(office: Path, as_json: bool) -> None:
    """List what waits for each receiver, and what was given up after three days."""
    start.open_site(office)
    rows = [asdict(one) for one in dispatching.backlog()]
    columns = ("agency", "url", "waiting", "given_up", "last_fault")
    emit(
        {"receivers": rows},
        as_json=as_json,
        text=lambda: table("webhooks", columns, [tuple(row.values()) for row in rows]),
    )
