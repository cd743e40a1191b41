"""``keys``: keys in the registers that are other than those seen; two officers accept them."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from ostiary.domain.register_columns import KEY_COLUMNS
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.office.cases import key_changes
from ostiary.office.recovery import entering
from ostiary.verifying.keys import files


@click.group(cls=LateGroup)
def keys() -> None:
    """See to keys in the registers that take the place of others, or stand beside them.

    The first key under an id counts at once, but for that of an officer who is new where two are
    known. Any other counts for nothing until two officers have accepted it, each with a signature:
    whoever can edit a register cannot act as anybody in it, nor make an officer.
    """


@keys.command("list")
@arg.office
@as_json
@arg.on_day
def list_(office: Path, as_json: bool, on: date | None) -> None:
    """List the keys that wait to be accepted."""
    with entering.at_work(office, on=on) as place:
        found = key_changes.pending_keys(place)
    emit(
        {"waiting": [{**one.key._asdict(), "accepted_by": one.accepted_by} for one in found]},
        as_json=as_json,
        text=lambda: _print(found),
    )


def _print(found: "tuple[key_changes.Pending, ...]") -> None:
    if not found:
        say("no key waits to be accepted")
        return
    rows = [(*one.key, ", ".join(one.accepted_by)) for one in found]
    table("wait to be accepted", ("register", "id", "SHA-256 of the key", "accepted by"), rows)


@keys.command()
@arg.office
@click.argument("register", type=click.Choice(sorted(KEY_COLUMNS)))
@click.argument("holder", metavar="ID")
@arg.officer
@arg.signing_key
@as_json
@arg.on_day
def accept(
    office: Path,
    register: str,
    holder: str,
    officer: str,
    key: Path,
    as_json: bool,
    on: date | None,
) -> None:
    """Accept the key that stands in REGISTER under ID, after asking its holder in person."""
    signing = files.read_signing_key(key)
    with entering.at_work(office, on=on) as place:
        done = key_changes.accept_key(place, register, holder, officer, signing)
    emit(asdict(done), as_json=as_json, text=lambda: _print_accepted(done.index, done.counts))


def _print_accepted(index: int, counts: bool) -> None:
    say(f"accepted (log entry {index})")
    say("the key counts from now on" if counts else "a second officer has to accept it too")
