"""``review approve``, ``refuse``, ``note``, ``certify``, ``settle``: words of officers."""

from datetime import date
from pathlib import Path
from typing import TextIO

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import say
from ostiary.office.cases import steps
from ostiary.office.recovery import entering
from ostiary.verifying.keys import files


@click.command()
@arg.signed_on_case
@arg.on_day
@click.pass_obj
def approve(office: Path, request_id: str, officer: str, key: Path, on: date | None) -> None:
    """Approve the decision as it stands, with your signature over its digest."""
    signing = files.read_signing_key(key)
    with entering.at_work(office, on=on) as place, steps.at_desk(place) as desk:
        index = desk.approve(request_id, officer, signing)
        is_done = str(desk.state(desk.case(request_id))) == "approved"
    say(f"approved by {officer} (log entry {index})")
    say(f"next: ostiary release {office}" if is_done else "next: another officer approves it too")


@click.command()
@arg.signed_on_case
@click.option(
    "--why",
    type=arg.WORDS,
    required=True,
    help="For the custodian's file, or - for standard input. The agency never sees it.",
)
@arg.on_day
@click.pass_obj
def refuse(
    office: Path, request_id: str, officer: str, key: Path, why: str, on: date | None
) -> None:
    """Refuse: the answer becomes `no answer`, and two officers have to approve that."""
    signing = files.read_signing_key(key)
    with entering.at_work(office, on=on) as place, steps.at_desk(place) as desk:
        index = desk.refuse(request_id, officer, signing, why)
    say(f"refused by {officer} (log entry {index})")
    say("next: two officers approve that it gets no answer")


@click.command()
@arg.signed_on_case
@click.option(
    "--text-file",
    required=True,
    type=click.File(encoding="utf-8"),
    help="A file with the note, or - for standard input.",
)
@arg.on_day
@click.pass_obj
def note(
    office: Path, request_id: str, officer: str, key: Path, text_file: TextIO, on: date | None
) -> None:
    """Write a note for other officers. It decides nothing, and nobody outside is told of it.

    The log has that there is a note and whose it is, with a commitment to its words.
    """
    text = text_file.read()
    with entering.at_work(office, on=on) as place, steps.at_desk(place) as desk:
        index = desk.write_note(request_id, officer, text, key=files.read_signing_key(key))
    say(f"noted by {officer} (log entry {index})")


@click.command()
@arg.signed_on_case
@click.option(
    "--docket",
    type=arg.WORDS,
    required=True,
    help="Court, docket number and day of the certificate, or - for standard input.",
)
@arg.on_day
@click.pass_obj
def certify(
    office: Path, request_id: str, officer: str, key: Path, docket: str, on: date | None
) -> None:
    """Record that counsel certified to the court that a hold bars the answer.

    See `review counsel`; no answer leaves here.
    """
    signing = files.read_signing_key(key)
    with entering.at_work(office, on=on) as place, steps.at_desk(place) as desk:
        index = desk.certify(request_id, officer, signing, docket)
    say(f"certified by {officer} (log entry {index})")


@click.command()
@arg.signed_on_case
@click.option(
    "--how",
    type=arg.WORDS,
    required=True,
    help="What was done, when, for whom, or - for standard input; the custodian's alone.",
)
@arg.on_day
@click.pass_obj
def settle(
    office: Path, request_id: str, officer: str, key: Path, how: str, on: date | None
) -> None:
    """Record how counsel answered, outside this corridor, what `review counsel` lists.

    A judge's order is not refused, nor is what is told of a danger: an officer who will not approve
    an answer gives it to counsel in this way, too.
    """
    signing = files.read_signing_key(key)
    with entering.at_work(office, on=on) as place, steps.at_desk(place) as desk:
        index = desk.settle(request_id, officer, signing, how)
    say(f"answered by counsel, says {officer} (log entry {index})")
