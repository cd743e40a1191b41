"""``review``: the officers' desk on the command line, one case at a time and no other way."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click

from ostiary.domain.basis import Given, Ground, given_in_words, in_words
from ostiary.domain.facts import HUMAN, VOCABULARY
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.office.cases import dossier as case_files
from ostiary.office.cases import steps
from ostiary.office.counsel import counsel_list as counsel_desk
from ostiary.office.recovery import entering
from ostiary.office.rulings import parameters
from ostiary.verifying.keys import files

request_id = click.argument("request_id", metavar="ID")
LISTED = 50


@click.group(cls=LateGroup)
@arg.office
@click.pass_context
def review(ctx: click.Context, office: Path) -> None:
    """Look at accepted requests, determine, approve or refuse: one request at a time.

    No record is looked at before officers have determined what the law leaves to a person, such as
    whether the reason is specific. An answer needs two different officers.
    """
    ctx.obj = office


@review.command("list")
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


@review.command()
@as_json
@arg.on_day
@click.pass_obj
def counsel(office: Path, as_json: bool, on: date | None) -> None:
    """List what counsel answers outside this corridor, with the day by which.

    Silence is no answer to a judge's order, nor to a danger: what the corridor cannot answer comes
    here at admission, and a judge's order also after the look, unless it can be confirmed. The
    clock is `days-to-counsel` in the register `parameters.csv`; a court's own day goes before it.
    """
    with entering.at_work(office, on=on) as place, place.law_at_hand() as (con, law):
        desk = steps.desk_of(place, con, law)
        numbers = parameters.parameters_of(law.registers)
        rows = [one.stated() for one in counsel_desk.with_counsel(desk, law.book, numbers)]
    columns = ("request_id", "agency", "received", "due", "why")
    lines = [tuple(row[name] for name in columns) for row in rows]
    emit({"counsel": rows}, as_json=as_json, text=lambda: table("to counsel", columns, lines))


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
    with entering.at_work(office, on=on) as place:
        shown = case_files.case_file(place, request_id, officer=officer)
    emit(shown, as_json=as_json, text=lambda: _print_case(shown))


def _print_case(shown: dict[str, Any]) -> None:
    say(f"request {shown['request_id']} of {shown['agency']}, received {shown['received']}")
    say(f"state   {shown['state']}: {shown['state_meaning']}")
    if shown["decision"]:
        say(f"digest  {shown['decision']}")
        say(f"answer  {shown['answer']}  (custodian only until released)")
        if shown["told"]:
            say(f"tells   {'; '.join(in_words(Ground(**one)) for one in shown['told'])}")
        if shown["given"]:
            say(f"gives   {'; '.join(given_in_words(Given(**one)) for one in shown['given'])}")
    if shown["awaits"]:
        say(f"awaits  {', '.join(shown['awaits']).replace('_', '-')}")
    say()
    table("the request", ("field", "content"), _plain(shown["request"]))
    table("facts the law saw", ("fact", "value"), _plain(shown["facts"]))
    if shown["verification"]:
        table("what verification showed", ("", ""), _plain(shown["verification"]))
    if shown["comparison"]:
        rows = [tuple(row.values()) for row in shown["comparison"]]
        table("field by field", tuple(shown["comparison"][0]), rows)
    table("what officers said", ("officer", "said"), [tuple(one) for one in shown["said"]])
    if shown["notes"]:
        table("notes of officers", ("officer", "note"), shown["notes"])


def _plain(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Give fields as text for people: what is missing is left empty, lists are joined."""
    return [
        (name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in fields.items()
        if value is not None
    ]


def _elements(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command one option for each element of the law that a person determines."""
    for name in reversed(HUMAN):
        option = "--" + name.replace("_", "-")
        meaning = VOCABULARY[name].meaning
        choice = click.option(option, name, type=click.Choice(["yes", "no"]), help=meaning)
        command = choice(command)
    return command


@review.command()
@request_id
@arg.officer
@arg.signing_key
@_elements
@click.option("--look-later", is_flag=True, help="Leave the look to `review examine`.")
@click.option(
    "--why-file",
    type=click.File(encoding="utf-8"),
    help="Of a `no`, a file that says why, or - for standard input; a note for officers alone.",
)
@arg.on_day
@click.pass_obj
def determine(
    office: Path,
    /,
    request_id: str,
    officer: str,
    key: Path,
    look_later: bool,
    why_file: TextIO | None,
    on: date | None,
    **said: str | None,
) -> None:
    """Say what you find of the elements that the law leaves to a person; `no` returns the request.

    Each is signed on its own. The record is looked at when the last has been found.
    """
    words = {name: word == "yes" for name, word in said.items() if word}
    if not words:
        options = " or ".join("--" + name.replace("_", "-") for name in HUMAN)
        raise click.UsageError(f"say what you determine: {options}")
    signing, why = files.read_signing_key(key), why_file.read() if why_file else ""
    with entering.at_work(office, on=on) as place:
        for name, found in words.items():
            done = steps.determine(
                place,
                request_id,
                officer,
                signing,
                found=found,
                fact=name,
                look=not look_later,
                why="" if found else why,
            )
            word = "yes" if found else "no"
            text = name.replace("_", "-")
            say(f"determined by {officer}: {text} = {word} (log entry {done.index})")
            if not found:
                break
    _show_next(done)


def _show_next(done: "steps.Determined") -> None:
    """Say what follows from a determination."""
    if done.awaited:
        say(f"still to be determined: {', '.join(done.awaited).replace('_', '-')}")
    if done.examined:
        show_look(asdict(done.examined))
        if done.examined.looked_at:
            say("next: two officers look at it (`show`), and approve or refuse the decision")


@review.command()
@click.argument("request_ids", metavar="[ID]...", nargs=-1)
@as_json
@arg.on_day
@click.pass_obj
def examine(office: Path, request_ids: tuple[str, ...], as_json: bool, on: date | None) -> None:
    """Look at the records of requests of which everything has been determined; of all, without IDs.

    Exit status 1 when the decoys show that too many confirmations could be wrong; then none is
    given.
    """
    with entering.at_work(office, on=on) as place:
        done = steps.sweep(place, request_ids)
    shown = {**asdict(done), "looked_at": len(done.looked_at)}
    emit(shown, as_json=as_json, text=lambda: show_look(asdict(done)))
    if done.exceeded:
        sys.exit(1)


def show_look(done: dict[str, Any]) -> None:
    """Print what a look did; not what it showed."""
    many = len(done["looked_at"])
    if many:
        say(f"{many:,} record{'s were' if many != 1 else ' was'} looked at")
    if done["stopped"]:
        rules = ", ".join(f"{rule} ({number:,})" for rule, number in done["stopped"].items())
        say(f"not looked at, for the law of the day does not allow it: {rules}")
    if not many and not done["stopped"]:
        say("nothing waits for a look")


@review.command()
@request_id
@arg.officer
@arg.signing_key
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


@review.command()
@request_id
@arg.officer
@arg.signing_key
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


@review.command()
@request_id
@arg.officer
@click.option(
    "--text-file",
    required=True,
    type=click.File(encoding="utf-8"),
    help="A file with the note, or - for standard input.",
)
@arg.on_day
@click.pass_obj
def note(office: Path, request_id: str, officer: str, text_file: TextIO, on: date | None) -> None:
    """Write a note for other officers. It decides nothing, and nobody outside is told of it.

    The log has that there is a note and whose it is, with a commitment to its words.
    """
    text = text_file.read()
    with entering.at_work(office, on=on) as place, steps.at_desk(place) as desk:
        index = desk.write_note(request_id, officer, text)
    say(f"noted by {officer} (log entry {index})")


@review.command("look-again")
@request_id
@arg.officer
@arg.signing_key
@click.option(
    "--why-file",
    required=True,
    type=click.File(encoding="utf-8"),
    help="A file that says why, or - for standard input. The agency never sees it.",
)
@as_json
@arg.on_day
@click.pass_obj
def look_again(
    office: Path,
    request_id: str,
    officer: str,
    key: Path,
    why_file: TextIO,
    as_json: bool,
    on: date | None,
) -> None:
    """Order another look at the record; two officers lift a stop of the limit on asking so.

    With the second officer's order the look follows at once, outside the limit, and what it shows
    takes the place of what was there. Other requests about the same person stay under the limit.
    """
    signing, why = files.read_signing_key(key), why_file.read().strip()
    with entering.at_work(office, on=on) as place:
        done = steps.order_look(place, request_id, officer, signing, why)
    looked = asdict(done.examined) if done.examined else None
    shown = {"entry": done.index, "examined": looked}
    emit(shown, as_json=as_json, text=lambda: _print_order(officer, done))
    if done.examined and done.examined.exceeded:
        sys.exit(1)


def _print_order(officer: str, done: "steps.Ordered") -> None:
    say(f"another look is ordered by {officer} (log entry {done.index})")
    if done.examined is None:
        say("a second officer has to order it too")
    else:
        show_look(asdict(done.examined))


@review.command()
@request_id
@arg.officer
@arg.signing_key
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


@review.command()
@request_id
@arg.officer
@arg.signing_key
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

    A judge's order is not refused: an officer who will not approve an answer to it gives it to
    counsel in this way, too.
    """
    signing = files.read_signing_key(key)
    with entering.at_work(office, on=on) as place, steps.at_desk(place) as desk:
        index = desk.settle(request_id, officer, signing, how)
    say(f"answered by counsel, says {officer} (log entry {index})")
