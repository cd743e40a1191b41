"""``release``: the custodian seals the answers that two officers approved."""

from datetime import date
from pathlib import Path

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.office.cases import steps, turns
from ostiary.office.recovery import entering
from ostiary.office.release import release as releasing


@click.command()
@arg.office
@click.argument("request_id", metavar="[ID]", required=False)
@arg.on_day
@as_json
def release(office: Path, request_id: str | None, on: date | None, as_json: bool) -> None:
    """Seal what two officers have approved, and print where the answers lie.

    The law of the day of release is asked once more: an order that has come since stops it.
    """
    with entering.at_work(office, on=on) as place:
        done = releasing.release(place, request_id)
        void = 0
        if not done.answers and not done.stopped:
            with steps.at_desk(place) as desk:
                void = len(turns.voided(desk))
    summary = {
        "answers": [{"request_id": name, "file": path} for name, path in done.answers],
        "stopped": [
            {
                "request_id": one.request_id,
                "status": str(one.status),
                "findings": [
                    {
                        "rule": found.rule,
                        "citation": found.citation,
                        "finding": found.finding,
                        "layer": found.layer,
                    }
                    for found in one.findings
                ],
            }
            for one in done.stopped
        ],
    }
    emit(summary, as_json=as_json, text=lambda: _show_release(done, void))


def _show_release(done: "releasing.Released", void: int) -> None:
    if not done.answers and not done.stopped:
        say("nothing is approved by two officers")
    if void:
        say(
            f"approvals of {void:,} count no more: the decision or the law has changed since they"
            " were given; two officers look anew (`ostiary review list`)"
        )
    if done.answers:
        table("answers", ("request", "file"), list(done.answers))
    for one in done.stopped:
        say(f"{one.request_id}: {one.status}, stays inside")
        for found in one.findings:
            whose = f"; {found.layer.whose}" if found.layer else ""
            say(f"  {found.rule} ({found.citation}{whose}): {found.finding}")
