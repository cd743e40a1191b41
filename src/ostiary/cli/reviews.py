"""``review``: the officers' desk on the command line, one case at a time and no other way."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from ostiary.cli import arguments as arg
from ostiary.cli.output import as_json, emit, say, table
from ostiary.keys.files import read_signing_key
from ostiary.pipeline.case_file import case_file
from ostiary.pipeline.entering import at_work
from ostiary.pipeline.reviewing import at_desk, waiting
from ostiary.pipeline.reviewing import determine as determine_reason

request_id = click.argument("request_id", metavar="ID")
LISTED = 50


@click.group()
@arg.office
@click.pass_context
def review(ctx: click.Context, office: Path) -> None:
    """Look at accepted requests, determine, approve or refuse: one request at a time.

    An answer needs the determination that its reason is specific, and two different officers.
    """
    ctx.obj = office


@review.command("list")
@click.option("--all", "everything", is_flag=True, help=f"All of them, not the first {LISTED}.")
@as_json
@arg.on_day
@click.pass_obj
def list_(office: Path, everything: bool, as_json: bool, on: date | None) -> None:
    """List what awaits a step, in order of receipt."""
    with at_work(office, on=on) as place, at_desk(place) as desk:
        rows: list[dict[str, Any]] = []
        more = False
        for case, state in waiting(desk):
            if len(rows) == LISTED and not everything:
                more = True
                break
            rows.append(
                {
                    "request_id": case.request.request_id,
                    "agency": case.request.agency,
                    "received": str(case.request.received),
                    "state": str(state),
                    "approvals": sum(
                        one.digest == desk.decision(case).digest for one in case.approvals
                    ),
                }
            )
    emit(
        {"waiting": rows, "more": more}, as_json=as_json, text=lambda: _print_list(rows, more=more)
    )


def _print_list(rows: list[dict[str, Any]], *, more: bool) -> None:
    if not rows:
        say("nothing is waiting")
        return
    columns = ("request_id", "agency", "received", "state", "approvals")
    table("waiting", columns, [tuple(row[name] for name in columns) for row in rows])
    if more:
        say(f"only the first {LISTED}; --all shows the rest")


@review.command()
@request_id
@click.option("--officer", default=None, help="Your id; the look is logged under it.")
@as_json
@arg.on_day
@click.pass_obj
def show(
    office: Path, request_id: str, officer: str | None, as_json: bool, on: date | None
) -> None:
    """Show one request beside the law, the facts and what the file holds. The look is logged."""
    with at_work(office, on=on) as place:
        shown = case_file(place, request_id, officer=officer)
    emit(shown, as_json=as_json, text=lambda: _print_case(shown))


def _print_case(shown: dict[str, Any]) -> None:
    say(f"request {shown['request_id']} of {shown['agency']}, received {shown['received']}")
    say(f"state   {shown['state']}: {shown['state_meaning']}")
    say(f"digest  {shown['decision']}")
    say(f"answer  {shown['answer']}  (custodian only until released)")
    say()
    table("the request", ("field", "content"), _plain(shown["request"]))
    table("facts the law saw", ("fact", "value"), _plain(shown["facts"]))
    table("what verification showed", ("", ""), _plain(shown["verification"]))
    if shown["comparison"]:
        rows = [tuple(row.values()) for row in shown["comparison"]]
        table("field by field", tuple(shown["comparison"][0]), rows)
    table("what officers said", ("officer", "said"), [tuple(one) for one in shown["said"]])


def _plain(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Give fields as text for people: what is missing is left empty, lists are joined."""
    return [
        (name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in fields.items()
        if value is not None
    ]


@review.command()
@request_id
@arg.officer
@arg.signing_key
@click.option(
    "--reason-specific",
    type=click.Choice(["yes", "no"]),
    required=True,
    help="Is the reason specific to this person and matter?",
)
@arg.on_day
@click.pass_obj
def determine(
    office: Path,
    request_id: str,
    officer: str,
    key: Path,
    reason_specific: str,
    on: date | None,
) -> None:
    """Say whether the reason is specific; `no` returns the request."""
    signing = read_signing_key(key)
    with at_work(office, on=on) as place:
        specific = reason_specific == "yes"
        index = determine_reason(place, request_id, officer, signing, specific=specific)
    say(f"determined by {officer}: specific = {reason_specific} (log entry {index})")


@review.command()
@request_id
@arg.officer
@arg.signing_key
@arg.on_day
@click.pass_obj
def approve(office: Path, request_id: str, officer: str, key: Path, on: date | None) -> None:
    """Approve the decision as it stands, with your signature over its digest."""
    signing = read_signing_key(key)
    with at_work(office, on=on) as place, at_desk(place) as desk:
        index = desk.approve(request_id, officer, signing)
    say(f"approved by {officer} (log entry {index})")


@review.command()
@request_id
@arg.officer
@arg.signing_key
@click.option("--why", required=True, help="For the custodian's file; the agency never sees it.")
@arg.on_day
@click.pass_obj
def refuse(
    office: Path, request_id: str, officer: str, key: Path, why: str, on: date | None
) -> None:
    """Refuse: the answer becomes `no answer`, and two officers have to approve that."""
    signing = read_signing_key(key)
    with at_work(office, on=on) as place, at_desk(place) as desk:
        index = desk.refuse(request_id, officer, signing, why)
    say(f"refused by {officer} (log entry {index})")
