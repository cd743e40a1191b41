"""``review list``, ``counsel`` and ``show``: what waits, and one case beside the law."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from ostiary.domain.basis import Given, Ground, given_in_words, in_words
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.office.cases import dossier as case_files
from ostiary.office.cases import steps
from ostiary.office.counsel import counsel_list as counsel_desk
from ostiary.office.recovery import entering
from ostiary.office.rulings import parameters
from ostiary.verifying.keys import files

LISTED = 50


@click.command("list")
@click.option("--all", "everything", is_flag=True, help=f"All of them, not the first {LISTED}.")
@as_json
@arg.on_day
@click.pass_obj
def list_(office: Path, everything: bool, as_json: bool, on: date | None) -> None:
    """List what awaits a step, in order of receipt."""
    with entering.at_work(office, on=on) as place, steps.at_desk(place) as desk:
        rows: list[dict[str, Any]] = []
        more = False
        for case, state in steps.waiting(desk):
            if len(rows) == LISTED and not everything:
                more = True
                break
            rows.append(
                {
                    "request_id": case.request.request_id,
                    "agency": case.request.agency,
                    "received": str(case.request.received),
                    "state": str(state),
                }
            )
    emit(
        {"waiting": rows, "more": more}, as_json=as_json, text=lambda: _print_list(rows, more=more)
    )


def _print_list(rows: list[dict[str, Any]], *, more: bool) -> None:
    if not rows:
        say("nothing is waiting")
        return
    columns = ("request_id", "agency", "received", "state")
    table("waiting", columns, [tuple(row[name] for name in columns) for row in rows])
    if more:
        say(f"only the first {LISTED}; --all shows the rest")


@click.command()
@as_json
@arg.on_day
@click.pass_obj
def counsel(office: Path, as_json: bool, on: date | None) -> None:
    """List what counsel answers outside this corridor, with the day by which.

    Silence is no answer to a judge's order, nor to a danger: what the corridor cannot answer
    comes here at admission, and after the look, unless it can be confirmed; a judge's order
    also when an officer finds an element of the law lacking, and all that is owed an answer once
    its day has passed, whoever it waits for. The clock is `days-to-counsel` in the register
    `parameters.csv`; a court's own day goes before it.
    """
    with entering.at_work(office, on=on) as place, place.law_and_tables() as (tables, law):
        desk = steps.desk_of(place, tables, law)
        numbers = parameters.parameters_of(law.registers)
        rows = [one.stated() for one in counsel_desk.with_counsel(desk, law.book, numbers)]
    columns = ("request_id", "agency", "received", "due", "why")
    lines = [tuple(row[name] for name in columns) for row in rows]
    emit({"counsel": rows}, as_json=as_json, text=lambda: table("to counsel", columns, lines))


@click.command()
@arg.request_id
@click.option("--officer", default=None, help="Your id; with --key the look is logged under it.")
@click.option("--key", type=arg.FILE, default=None, help="Your private key, PEM: it is you.")
@as_json
@arg.on_day
@click.pass_obj
def show(
    office: Path,
    request_id: str,
    officer: str | None,
    key: Path | None,
    as_json: bool,
    on: date | None,
) -> None:
    """Show one request beside the law, the facts and what the file holds. The look is logged.

    Without --key it is logged as unproved, and your own votes and notes are shown as to a stranger.
    """
    signing = files.read_signing_key(key) if key else None
    with entering.at_work(office, on=on) as place:
        shown = case_files.case_file(place, request_id, officer=officer, key=signing)
    emit(shown, as_json=as_json, text=lambda: _print_case(shown))


def _print_case(shown: dict[str, Any]) -> None:
    say(f"request {shown['request_id']} of {shown['agency']}, received {shown['received']}")
    say(f"state   {shown['state']}: {shown['state_meaning']}", wrap=True)
    if shown["decision"]:
        say(f"digest  {shown['decision']}")
        say(f"answer  {shown['answer']}  (custodian only until released)", wrap=True)
        if shown["told"]:
            say(f"tells   {'; '.join(in_words(Ground(**one)) for one in shown['told'])}", wrap=True)
        if shown["given"]:
            say(
                f"gives   {'; '.join(given_in_words(Given(**one)) for one in shown['given'])}",
                wrap=True,
            )
    if shown["awaits"]:
        say(f"awaits  {', '.join(shown['awaits']).replace('_', '-')}", wrap=True)
    say()
    if shown["warning"]:
        say(f"warning: {shown['warning']}", wrap=True)
        say()
    if shown["verification"]:
        table("what verification showed", ("", ""), _plain(shown["verification"]))
    if shown["comparison"]:
        rows = [tuple(row.values()) for row in shown["comparison"]]
        table("field by field", tuple(shown["comparison"][0]), rows)
    table("what officers said", ("officer", "said"), [tuple(one) for one in shown["said"]])
    if shown["notes"]:
        table("notes of officers", ("officer", "note"), shown["notes"])
    table("the request", ("field", "content"), _plain(shown["request"]))
    table("facts the law saw", ("fact", "value"), _plain(shown["facts"]))


def _plain(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Give fields as text for people: what is missing is left empty, lists are joined."""
    return [
        (name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in fields.items()
        if value is not None
    ]
