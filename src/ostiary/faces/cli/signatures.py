"""``accounting signatures`` and ``accounting openings``: the case store, held to the log.

The one checks every word that officers signed against the register, the other opens everything that
the log commits to and the office can still open.
"""

from pathlib import Path
from typing import Any

import click

from ostiary.domain.errors import FaultError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, counted, emit, say
from ostiary.office.cases import officers
from ostiary.office.oversight import access_audit
from ostiary.office.recovery import entering


@click.command()
@arg.office
@click.option("--reader", default=None, help="Who checks, such as an auditor; it enters the log.")
@as_json
def signatures(office: Path, reader: str | None, as_json: bool) -> None:
    """Check all that officers signed, corrections of the clock too, by register and log.

    Needs the office, because the words of a vote hold a secret that outsiders must not have.
    """
    with entering.at_work(office) as place:
        found = access_audit.check_signatures(place)
        access_audit.log_log_read(place, officers.claimed(reader or None))
    summary = {"cases": found.cases, "faults": list(found.faults), "unopened_votes": found.unopened}
    emit(summary, as_json=as_json, text=lambda: _show(summary))
    if found.faults:
        raise FaultError(
            f"officers did not sign this: {counted(len(found.faults), 'fault', 'faults')}"
        )


def _show(summary: dict[str, Any]) -> None:
    for fault in summary["faults"]:
        say(f"FAULT {fault}")
    say(f"officers spoke on {counted(summary['cases'], 'case', 'cases')}")
    if summary["unopened_votes"]:
        say(f"{summary['unopened_votes']:,} votes cannot be checked: their openings are destroyed")


@click.command()
@arg.office
@click.option("--reader", default=None, help="Who checks, such as an auditor; it enters the log.")
@as_json
def openings(office: Path, reader: str | None, as_json: bool) -> None:
    """Open the log on every request: does it bear out what the case store says?

    Needs the office. What was disposed of cannot be opened any more, and is passed over.
    """
    with entering.at_work(office) as place:
        found = access_audit.check_openings(place)
        access_audit.log_log_read(place, officers.claimed(reader or None))
    summary = {
        "requests": found.requests,
        "faults": list(found.faults),
        "not_recounted": found.not_recounted,
        "disposed": found.disposed,
    }
    emit(summary, as_json=as_json, text=lambda: _show_openings(summary))
    if found.faults:
        raise FaultError(
            f"the log does not bear this out: {counted(len(found.faults), 'fault', 'faults')}"
        )


def _show_openings(summary: dict[str, Any]) -> None:
    for fault in summary["faults"]:
        say(f"FAULT {fault}")
    say(f"opened {summary['requests']:,} requests")
    if many := summary["not_recounted"]:
        were = f"{counted(many, 'request was', 'requests were')} counted in an earlier"
        say(f"{were} standard form and {'is' if many == 1 else 'are'} not recounted")
    if summary["disposed"]:
        say("openings were destroyed: a place asked about that no request counts is no fault here")
