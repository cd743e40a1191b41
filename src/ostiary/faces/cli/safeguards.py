"""``safeguards``: suspensions of disclosures to an agency, each step by two officers."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from ostiary.deciding.intake.suspensions import GROUNDS, OUTCOMES
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.office.administration import change_files, suspending
from ostiary.office.oversight import suspensions
from ostiary.office.recovery import entering
from ostiary.verifying.keys import files

_why = click.option("--why", required=True, help="What a colleague should know of this step.")
_suspension = click.argument("suspension")
_number = click.argument("number", type=int)


@click.group(cls=LateGroup)
def safeguards() -> None:
    """Suspend disclosures to an agency, record the review it is owed, and lift (6103(p)(7)).

    One officer prepares a step, another puts it into force: nothing stops, and nothing is lifted,
    on one person's word, nor for a day that is over.
    """


@safeguards.command("list")
@arg.office
@as_json
@arg.on_day
def list_(office: Path, as_json: bool, on: date | None) -> None:
    """List suspensions with the clock of their review, and the steps that wait."""
    with entering.at_work(office, on=on) as place:
        found, waiting = suspensions.suspensions(place), suspending.waiting_steps(place)
    said = {
        "suspensions": [_plain(asdict(one)) for one in found],
        "waiting": [{"change": one.number, "prepared_by": one.prepared_by} for one in waiting],
    }
    emit(said, as_json=as_json, text=lambda: _print(found, waiting))


@safeguards.command()
@arg.office
@_suspension
@click.argument("agency")
@click.option("--ground", type=click.Choice(GROUNDS), required=True, help="Why.")
@click.option("--safeguard", required=True, help="What was not met: /us/usc/t26/s6103/p/4/C.")
@click.option(
    "--notice", type=arg.DAY, required=True, help="Day on which the agency had the notice."
)
@click.option("--at-once-from", type=arg.DAY, default=None, help="First day, before the review.")
@click.option("--at-once-why", default="", help="Why it cannot wait for the review.")
@_why
@arg.officer
@arg.signing_key
@as_json
@arg.on_day
def notice(office: Path, suspension: str, agency: str, **given: Any) -> None:
    """Prepare a notice to AGENCY that disclosures will end, as SUSPENSION (an id of its own)."""
    cells = {
        "agency": agency,
        "ground": given["ground"],
        "safeguard": given["safeguard"],
        "notice_on": _text(given["notice"]),
        "at_once_from": _text(given["at_once_from"]),
        "at_once_why": given["at_once_why"],
    }
    _prepare(office, suspension, cells, given, new=True)


@safeguards.command()
@arg.office
@_suspension
@click.option("--appealed", type=arg.DAY, default=None, help="Day the appeal was received.")
@click.option("--conference", type=arg.DAY, default=None, help="Day of the conference.")
@click.option("--decided", type=arg.DAY, default=None, help="Day of the final determination.")
@click.option("--outcome", type=click.Choice(OUTCOMES), default=None, help="Of the review.")
@click.option("--suspended-from", type=arg.DAY, default=None, help="First day, once upheld.")
@click.option("--lifted-from", type=arg.DAY, default=None, help="First day of answers again.")
@click.option("--lifted-why", default="", help="Why it is lifted.")
@_why
@arg.officer
@arg.signing_key
@as_json
@arg.on_day
def record(office: Path, suspension: str, **given: Any) -> None:
    """Prepare what followed in SUSPENSION: appeal, conference, determination, lifting."""
    cells = {
        "appealed_on": _text(given["appealed"]),
        "conference_on": _text(given["conference"]),
        "decided_on": _text(given["decided"]),
        "outcome": given["outcome"] or "",
        "suspended_from": _text(given["suspended_from"]),
        "lifted_from": _text(given["lifted_from"]),
        "lifted_why": given["lifted_why"],
    }
    _prepare(office, suspension, cells, given, new=False)


@safeguards.command()
@arg.office
@_number
@arg.officer
@arg.signing_key
@as_json
@arg.on_day
def confirm(office: Path, number: int, **given: Any) -> None:
    """Put the prepared step NUMBER into force; another officer than who prepared it does."""
    signing = files.read_signing_key(given["key"])
    with entering.at_work(office, on=given["on"]) as place:
        suspending.check_officer_of(place, given["officer"], signing)
        done = suspending.confirm(place, number, given["officer"])
    emit(
        {"change": done.number, "entry": done.entry},
        as_json=given["as_json"],
        text=lambda: say(f"in force (log entry {done.entry})"),
    )


def _prepare(
    office: Path, suspension: str, cells: dict[str, str], given: dict[str, Any], *, new: bool
) -> None:
    signing = files.read_signing_key(given["key"])
    with entering.at_work(office, on=given["on"]) as place:
        suspending.check_officer_of(place, given["officer"], signing)
        change = suspending.prepare_step(
            place, suspension, cells, new=new, why=given["why"], officer=given["officer"]
        )
    emit(
        {"change": change.number},
        as_json=given["as_json"],
        text=lambda: say(
            f"prepared as {change.number}; another officer puts it into force:"
            f" ostiary safeguards confirm {office} {change.number} --officer O --key FILE"
        ),
    )


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _plain(cells: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(cell) if isinstance(cell, date) else cell for name, cell in cells.items()}


def _print(
    found: "tuple[suspensions.Suspension, ...]", waiting: "tuple[change_files.Change, ...]"
) -> None:
    rows = [
        (
            one.suspension,
            one.agency,
            _text(one.notice_on),
            _in_effect(one),
            one.outcome or f"{one.awaits} {_text(one.due)}".strip(),
        )
        for one in found
    ]
    names = ("suspension", "agency", "notice", "in effect", "review")
    if rows:
        table("suspensions of disclosures", names, rows)
    else:
        say("no disclosure to an agency is suspended by act")
    for one in waiting:
        say(f"step {one.number}, prepared by {one.prepared_by}, waits for another officer")


def _in_effect(one: "suspensions.Suspension") -> str:
    if one.stops:
        return f"since {_text(one.since)}"
    return f"lifted from {_text(one.lifted_from)}" if one.lifted_from else "no"
