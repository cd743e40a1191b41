"""``review determine``, ``examine`` and ``look-again``: what a look waits for, and the look."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click

from ostiary.domain.facts import HUMAN, VOCABULARY
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.office.cases import steps
from ostiary.office.recovery import entering
from ostiary.verifying.keys import files


def _elements(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command one option for each element of the law that a person determines."""
    for name in reversed(HUMAN):
        option = "--" + name.replace("_", "-")
        meaning = VOCABULARY[name].meaning
        choice = click.option(option, name, type=click.Choice(["yes", "no"]), help=meaning)
        command = choice(command)
    return command


@click.command()
@arg.signed_on_case
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

    Each is signed on its own. The record is looked at when the last has been found. What a judge
    ordered is not returned: `no` gives it to counsel, who answers the court.
    """
    words = {name: given == "yes" for name, given in said.items() if given}
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
        with steps.at_desk(place) as desk:
            state = desk.state(desk.case(request_id))
    if not found:
        say(_ENDED[state])
    _show_next(done, state)


_ENDED = {
    "returned": "the request is returned, and the agency is told so in `later.jsonl` of its batch",
    "to-counsel": "a judge ordered it, so it is not returned: the agency is told that counsel"
    " answers (`review counsel`, then `review settle`)",
}
"""What a `no` comes to, by the state of the case."""
_NEXT = {
    "to-counsel": "counsel answers who is owed more than silence (`review counsel`,"
    " `review settle`)"
}
"""Who acts after a look, by the state of the case, where it is not two officers."""
_VOTES = "two officers look at it (`show`), and approve or refuse the decision"


def _show_next(done: "steps.Determined", state: str) -> None:
    """Say what follows from a determination, by where the case stands then."""
    if done.awaited:
        say(f"still to be determined: {', '.join(done.awaited).replace('_', '-')}")
    if done.examined:
        show_look(asdict(done.examined))
        if done.examined.looked_at:
            say(f"next: {_NEXT.get(state, _VOTES)}")


@click.command()
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
        say("not looked at, for the law of the day does not allow it (`ostiary book show`):")
        for rule, number in done["stopped"].items():
            say(f"  {rule}, {done['grounds'][rule]}: {number:,}")
    if not many and not done["stopped"]:
        say("nothing waits for a look")


@click.command("look-again")
@arg.signed_on_case
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
