"""``notify``: officers are told by e-mail that something waits."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ostiary.domain.errors import FaultError
from ostiary.faces import start
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, counted, emit, say
from ostiary.faces.server import site as web_site
from ostiary.faces.web import digests


@click.command()
@arg.office
@click.option("--now", "at_once", is_flag=True, help="Whatever the hour, and whatever was sent.")
@as_json
@arg.on_day
def notify(office: Path, at_once: bool, as_json: bool, on: date | None) -> None:
    """Tell officers by e-mail that something waits: how much, and nothing of a case.

    `serve` does the same by itself. Where it does not run all the time, call this every quarter of
    an hour; each officer hears once at each hour that [mail] in office.toml names. Status 1 when
    the relay fails.
    """
    site = start.open_site(office, port=web_site.last_port(office), on=on)
    done = digests.tell_officers(site, datetime.now(UTC), at_once=at_once)

    def show() -> None:
        say(f"{counted(done.sent, 'mail', 'mails')} sent; nothing waits for {done.nothing}")
        if done.strangers:
            told = counted(done.strangers, "address is", "addresses are")
            say(f"{told} of nobody who is in office")

    emit(asdict(done), as_json=as_json, text=show)
    if done.fault:
        raise FaultError(done.fault)
