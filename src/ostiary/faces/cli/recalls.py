"""``recall`` and ``receipts``: answers called back, and what recipients send about them."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, counted, emit, say, table
from ostiary.office.recovery import entering
from ostiary.office.release import recall as recalling
from ostiary.office.release import receipts as receiving
from ostiary.verifying.answers.receipts import (
    Analysis,
    How,
    ReceiptKind,
    read_receipt,
    sign_receipt,
)
from ostiary.verifying.keys import files as key_files

if TYPE_CHECKING:
    from ostiary.office.folder import session


@click.command()
@arg.office
@click.option("--rule", default=None, help="Answers that this rule would not have let out.")
@click.option(
    "--order", type=arg.FILE, default=None, help="Answers that this court order would have stopped."
)
@click.option("--request", "request_id", default=None, help="The answer to this request.")
@arg.book
@click.option(
    "--on",
    type=arg.DAY,
    default=None,
    help="By the law of this day. Default: of each answer's day.",
)
@click.option("--dry-run", is_flag=True, help="Only say which answers it would be.")
@as_json
def recall(
    office: Path,
    rule: str | None,
    order: Path | None,
    request_id: str | None,
    folder: Path | None,
    on: date | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Call answers back: exactly those affected, each with a sealed notice to its recipients.

    Says which recipients were never heard of. Doing it again recalls nothing twice.
    """
    if sum(option is not None for option in (rule, order, request_id)) != 1:
        raise InputError("name one of --rule, --order and --request")
    with entering.at_work(office) as place:
        chosen = _chosen(place, rule, order, request_id, folder, on)
        done = () if dry_run else recalling.recall(place, chosen)
    summary = {
        "affected": [
            {"answer_id": answer, "cause": cause} for answer, cause in sorted(chosen.causes)
        ],
        "recalled_now": sum(one.new for one in done),
        "answers": [asdict(one) for one in done],
        "missing_receipts": [
            {"answer_id": one.answer_id, "recipients": one.not_heard_of}
            for one in done
            if one.not_heard_of
        ],
        "untold_batches": list(chosen.untold_batches),
    }
    emit(summary, as_json=as_json, text=lambda: _show_recall(summary))


def _chosen(
    place: "session.OfficeSession",
    rule: str | None,
    order: Path | None,
    request_id: str | None,
    book: Path | None,
    on: date | None,
) -> "recalling.RecallSet":
    if rule is not None:
        return recalling.answers_under_rule(place, rule, book=book, on=on)
    if order is not None:
        return recalling.answers_under_order(place, order, on=on)
    return recalling.answer_to(place, request_id or "")


def _show_recall(summary: dict[str, Any]) -> None:
    affected = counted(len(summary["affected"]), "answer is", "answers are")
    say(f"{affected} affected; {summary['recalled_now']:,} new")
    for one in summary["answers"]:
        say(f"{one['request_id']}, answered {one['released_on']}: {one['cause']}")
        say(f"  notice {one['notice'] or 'none: the keys of its recipients have been destroyed'}")
        if one["not_heard_of"]:
            say(f"  no receipt of opening from {', '.join(one['not_heard_of'])}")
        if one["certified_by"]:
            say(f"  disposal certified by {', '.join(one['certified_by'])}")
    for batch in summary["untold_batches"]:
        say(f"batch {batch} cannot be decided again as a whole: openings have been destroyed")


@click.group(cls=LateGroup)
def receipts() -> None:
    """What recipients sign about answers: that they were opened, and what became of them."""


@receipts.command()
@arg.office
@click.argument("files", type=arg.FILE, nargs=-1, required=True, metavar="FILE...")
@as_json
def take(office: Path, files: tuple[Path, ...], as_json: bool) -> None:
    """Take receipts in: signature, recipient and code are checked, and each enters the log once."""
    taken = []
    with entering.at_work(office) as place:
        for file in files:
            receipt, new = receiving.take_receipt(place, file)
            taken.append({**asdict(receipt), "new": new})
    emit({"receipts": taken}, as_json=as_json, text=lambda: _show_taken(taken))


def _show_taken(taken: list[dict[str, Any]]) -> None:
    for one in taken:
        said = "" if one["new"] else " (was here already)"
        say(f"{one['answer_id']}: {one['kind']} by {one['officer']} on {one['on']}{said}")


@receipts.command("list")
@arg.office
@as_json
def list_(office: Path, as_json: bool) -> None:
    """List every answer with the receipts that are here and those that are missing."""
    with entering.at_work(office) as place:
        found = [asdict(one) for one in receiving.standings(place)]
    emit({"answers": found}, as_json=as_json, text=lambda: _show_standings(found))


def _show_standings(found: list[dict[str, Any]]) -> None:
    rows = [
        (
            one["request_id"],
            str(one["released_on"]),
            ", ".join(one["opened_by"]),
            ", ".join(one["not_heard_of"]),
            ", ".join(one["certified_by"]),
            ", ".join(f"{name}: {said}" for name, said in one["analysis"].items()),
            ", ".join(one["recalled_for"]),
        )
        for one in found
    ]
    columns = (
        *("request", "released", "opened by", "not heard of", "disposal certified"),
        *("artificial intelligence", "recalled"),
    )
    table("answers", columns, rows)


@receipts.command()
@click.argument("receipt", type=arg.FILE)
@click.option("--key", type=arg.FILE, required=True, help="The recipient's signing key, PEM.")
@click.option(
    "--how",
    type=click.Choice([str(how) for how in How if how is not How.NOT_YET]),
    required=True,
    help="What was done with the answer.",
)
@click.option(
    "--artificial-intelligence",
    "analysis",
    type=click.Choice([str(one) for one in Analysis if one is not Analysis.UNSAID]),
    help="Whether the condition on analysis by artificial intelligence was kept.",
)
@click.option("--out", type=arg.NEW_FILE, required=True, help="Write the certificate here.")
@as_json
def certify(
    receipt: Path, key: Path, how: str, analysis: str | None, out: Path, as_json: bool
) -> None:
    """The recipient's side: certify what became of an answer, from the receipt of its opening."""
    opened = read_receipt(receipt.read_bytes(), where=str(receipt))
    today = datetime.now(UTC).date()
    said = Analysis(analysis or Analysis.UNSAID)
    certificate = replace(opened, kind=ReceiptKind.DISPOSED, how=How(how), on=today, analysis=said)
    out.write_bytes(sign_receipt(certificate, key_files.read_signing_key(key)))
    summary = {
        "answer_id": opened.answer_id,
        "how": how,
        "artificial_intelligence": said,
        "on": today,
        "file": str(out),
    }
    emit(summary, as_json=as_json, text=lambda: say(f"{opened.answer_id}: {how}, signed in {out}"))
