"""``book prove``: the rule book held against the law, for every request there could be."""

import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ostiary.deciding.law import reading, shipped
from ostiary.deciding.law.prove import invariants, proofs
from ostiary.domain.facts import VOCABULARY, Facts, Value
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, progress, say, table

if TYPE_CHECKING:
    from ostiary.deciding.law.prove.prover import Proof


@click.command("prove")
@arg.book
@click.option(
    "--orders",
    type=arg.FOLDER,
    default=None,
    help="Folder of further orders, such as OFFICE/orders, to be proved with the book.",
)
@as_json
@click.pass_context
def book_prove(
    context: click.Context, folder: Path | None, orders: Path | None, as_json: bool
) -> None:
    """Prove the rule book against `invariants/`, or show the request that gets past it.

    Not a sample: every combination of facts and every day from 2000 to 2060. Further orders must
    stop all that they cover and only narrow; that they refuse more than the invariants ask is what
    they are for. Ends with status 1 when something is not proved.
    """
    with progress(quiet=as_json) as on_stage:
        on_stage("proving the book")
        summary = _proved(folder or shipped.shipped_book(), orders)
    emit(summary, as_json=as_json, text=lambda: _show(summary))
    if summary["failures"]:
        context.exit(1)


def _proved(folder: Path, orders: Path | None) -> dict[str, Any]:
    begun = time.monotonic()
    added = reading.read_orders(orders) if orders else ()
    book = reading.read_book(folder).extended(added)
    report = proofs.prove(book, invariants.read_invariants(folder), added=added)
    tried = Counter(one.check for one in report.proofs)
    failed = Counter(one.check for one in report.failures)
    checks = [
        {"check": name, "tried": tried[name], "failed": failed[name]} for name in proofs.CHECKS
    ]
    return {
        "book": book.digest,
        "proofs": len(report.proofs),
        "checks": checks,
        "failures": [_failure(one) for one in report.failures],
        "accompanied": report.accompanied,
        "seconds": round(time.monotonic() - begun, 2),
    }


def _failure(proof: "Proof") -> dict[str, Any]:
    return asdict(proof) | {"stage": str(proof.stage) if proof.stage else None}


def _show(summary: dict[str, Any]) -> None:
    say(f"book {summary['book']}")
    rows = [(one["check"], one["tried"], one["failed"]) for one in summary["checks"]]
    table("what was to be proved", ("check", "tried", "not proved"), rows)
    for failure in summary["failures"]:
        _show_failure(failure)
    failed = len(summary["failures"])
    if not failed:  # a book with a fault in it says nothing of use here
        _show_notes(summary["accompanied"])
    say(f"{summary['proofs'] - failed:,} of {summary['proofs']:,} proved in {summary['seconds']} s")


def _show_notes(accompanied: dict[str, list[str]]) -> None:
    for rule, others in accompanied.items():
        always = f"with {others[0]}" if others else "with others that take turns"
        say(f"note    {rule} is never the only finding; it comes {always}")


def _show_failure(failure: dict[str, Any]) -> None:
    at = f" at {failure['stage']}" if failure["stage"] else ""
    said = {"fails": "FAILED", "undecided": "NO ANSWER IN TIME"}[failure["outcome"]]
    say(f"{said}  {failure['check']}, {failure['about']}{at}")
    say(f"  {failure['says']}")
    if failure["request"]:
        _show_request(failure["request"], failure["speaks_of"])
    say()


def _show_request(request: Facts, first: tuple[str, ...]) -> None:
    """The facts that the sentence speaks of, with their meaning, then the days and the rest."""
    say("  such a request:")
    for name in dict.fromkeys((*first, "received", "disclosed")):
        say(f"    {name} = {_word(request[name])}  ({VOCABULARY[name].meaning})")
    rest = (name for name in request if name not in {*first, "received", "disclosed"})
    say(f"    and {', '.join(f'{name} = {_word(request[name])}' for name in rest)}")


def _word(value: Value) -> str:
    if value is None:
        return "undetermined"
    return str(value).lower() if isinstance(value, bool) else str(value)
