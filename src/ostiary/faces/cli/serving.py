"""``serve`` and ``people``: the web office, and who may come in."""

import shlex
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from ostiary.faces import start
from ostiary.faces.api import dispatching
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.faces.server import logs, measures
from ostiary.faces.server import people as admitted
from ostiary.faces.server import serving as server
from ostiary.faces.server import site as web_site
from ostiary.faces.server.roles import Role
from ostiary.faces.web import digests, under_way
from ostiary.office.batches import decoy_supply

_PORT = 8000
role = click.option(
    "--role", type=click.Choice([one.value for one in Role]), required=True, help="What they do."
)
agency = click.option("--agency", default="", help="Whom a requester asks for.")
name = click.argument("name", metavar="ID")
port = click.option(
    "--port", type=click.IntRange(1, 65535), default=_PORT, help="Port. Default: 8000."
)
served_port = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    help="Port in the link. Default: the one on which `serve` listens, or did last.",
)


@click.command()
@arg.office
@click.option("--host", default="127.0.0.1", help="Address to listen on. Default: this machine.")
@port
@arg.on_day
@click.option(
    "--metrics-port",
    type=click.IntRange(1, 65535),
    default=None,
    help="Tell figures for Prometheus on this port of this machine, at /metrics.",
)
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json: one object a line, and one for each answer. Default: text, faults alone.",
)
def serve(
    office: Path, host: str, port: int, on: date | None, metrics_port: int | None, log: str
) -> None:
    """Serve OFFICE to browsers until interrupted.

    Without an address in office.toml it is for browsers of this machine only. Agencies' webhooks
    and mails to officers are sent for as long as it runs. Neither figures nor log lines tell of a
    person or a case.
    """
    site = start.open_site(office, port=port, on=on)
    web_site.check_host(site, host)
    serve_site(site, host, port, metrics_port=metrics_port, log=log)


def serve_site(
    site: "web_site.Site", host: str, port: int, *, metrics_port: int | None, log: str
) -> None:
    """Serve an office that was opened, with all that works beside the pages."""
    if log == "json":
        logs.write_json()
    with ExitStack() as beside:
        beside.enter_context(dispatching.dispatching(site))
        beside.enter_context(digests.telling_officers(site))
        beside.enter_context(decoy_supply.supplying(site.place))
        beside.enter_context(site.custody.writing(site.place))
        if metrics_port is not None:
            beside.enter_context(measures.telling(site, metrics_port))

        def listens() -> None:
            web_site.note_port(site, port)
            say(f"open {site.address} in a browser; Ctrl-C stops it")

        server.serve(site, host, port, listens)
        under_way.finish(say)


@click.group(cls=LateGroup)
def people() -> None:
    """Who may sign in to the web office. Nobody's name is kept, only ids of registers."""


@people.command()
@arg.office
@name
@role
@agency
@click.option(
    "--oidc-subject",
    type=arg.WORDS,
    help="How the provider under [oidc] in office.toml knows them, or - for standard input.",
)
@served_port
@arg.on_day
def add(
    office: Path,
    name: str,
    role: str,
    agency: str,
    oidc_subject: str | None,
    port: int | None,
    on: date | None,
) -> None:
    """Add a person by the ID of their register, and print a link that enrols one passkey.

    The link works once, within a day. Give it again by running this again. With --oidc-subject the
    person may sign in at the office's provider too; steps on a case still take their passkey.
    """
    site = start.open_site(office, port=port or web_site.last_port(office), on=on)
    link = admitted.add_person(site, Role(role), name, agency)
    if oidc_subject is not None:
        admitted.bind(site, Role(role), name, oidc_subject, agency)
        say(f"{role} {name} may sign in at {site.office.config.oidc.issuer}")
    say(f"{role} {name} enrols a passkey at")
    say(f"  {link}")
    say("then compare the fingerprint on their screen, and enter it:")
    whose = f" --agency {shlex.quote(agency)}" if agency else ""
    whose += f" --on {on}" if on else ""
    at = f"{shlex.quote(str(office))} {shlex.quote(name)}"
    say(f"  ostiary people confirm {at} --role {role}{whose} --fingerprint ...")


@people.command()
@arg.office
@name
@role
@agency
@click.option("--fingerprint", required=True, help="As the person reads it from their screen.")
@arg.on_day
def confirm(
    office: Path, name: str, role: str, agency: str, fingerprint: str, on: date | None
) -> None:
    """Let a passkey count, after its fingerprint was compared by voice or face to face."""
    site = start.open_site(office, on=on)
    admitted.confirm(site, Role(role), name, fingerprint, agency)
    say(f"the passkey of {role} {name} counts: {admitted.state_of(site, Role(role), name, agency)}")


@people.command()
@arg.office
@name
@role
@agency
def end(office: Path, name: str, role: str, agency: str) -> None:
    """End a person's access at once. For an officer, close the row in reviewers.csv as well."""
    site = start.open_site(office)
    admitted.end(site, Role(role), name, agency)
    say(f"{role} {name} can no longer sign in")


@people.command("list")
@arg.office
@as_json
@arg.on_day
def list_(office: Path, as_json: bool, on: date | None) -> None:
    """List people, where each stands by the registers, and their passkeys' fingerprints."""
    site = start.open_site(office, on=on)
    rows = [asdict(one) for one in admitted.everybody(site)]
    columns = ("role", "name", "agency", "state", "fingerprints", "provider")
    emit(
        {"people": rows},
        as_json=as_json,
        text=lambda: table(
            "people",
            columns,
            [tuple(" ".join(v) if isinstance(v, tuple) else v for v in r.values()) for r in rows],
        ),
    )
