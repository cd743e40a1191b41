"""``accounting`` of an office: have the log time-stamped, prove and show one request."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import click

from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, counted, emit, say, table
from ostiary.faces.cli.records import record_key_option, recorded, show_record
from ostiary.office.cases import dossier, officers
from ostiary.office.oversight import access_audit, time_stamping
from ostiary.office.recovery import entering
from ostiary.verifying.log import published


@click.command()
@arg.office
@click.option("--authority", metavar="URL", default=None, help="Ask this authority, over HTTP.")
@click.option(
    "--query", type=arg.FILE, default=None, help="Write the query here, to be carried to one."
)
@click.option("--response", type=arg.FILE, default=None, help="Take in what was carried back.")
@as_json
def timestamp(
    office: Path,
    authority: str | None,
    query: Path | None,
    response: Path | None,
    as_json: bool,
) -> None:
    """Have the published checkpoint time-stamped (RFC 3161). Do it daily.

    Shows later that the log was there by then, whatever its keeper's clock says.
    """
    if sum(option is not None for option in (authority, query, response)) != 1:
        raise InputError("name one of --authority, --query and --response")
    with entering.at_work(office) as place:
        place.publish()
        if authority is not None:
            size, new = time_stamping.stamp(place, authority)
            done = "stamped" if new else "was stamped before"
        elif query is not None:
            size, done = time_stamping.write_query(place, query), "awaits its stamp"
        else:
            size, done = time_stamping.take_response(place, cast("Path", response)), "stamped"
    emit(
        {"size": size, "done": done},
        as_json=as_json,
        text=lambda: say(f"the checkpoint of {size:,} entries: {done}"),
    )


@click.command()
@arg.office
@arg.request_id
@click.option(
    "--all",
    "folder",
    type=arg.FOLDER,
    default=None,
    help="Write the proof of every entry about the request, and the entries, into this folder.",
)
def prove(office: Path, request_id: str, folder: Path | None) -> None:
    """Print the C2SP tlog-proof of the entry that recorded and decided a request.

    On a terminal it is said what the proof is and how to take it; elsewhere it is printed whole.
    """
    with entering.at_work(office) as place:
        entries = dossier.history(place, request_id)
        log = place.office.accounting
        if folder is None:
            _give_proof(published.prove(log, entries[0][0]), entries[0][0])
            return
        folder.mkdir(parents=True, exist_ok=True)
        for index, _ in entries:
            (folder / f"{index}.tlog-proof").write_text(
                published.prove(log, index), encoding="utf-8"
            )
            (folder / f"{index}.json").write_bytes(place.store.entry(index).body)
    say(f"{counted(len(entries), 'entry and its proof', 'entries and proofs')} in {folder}")


def _give_proof(proof: str, entry: int) -> None:
    """Give a proof as the file that it is; a person at a terminal is told what it is instead."""
    if not sys.stdout.isatty():
        click.echo(proof, nl=False)
        return
    say(f"the log has entry {entry:,}, and this is its proof: {len(proof.encode()):,} bytes for a")
    say("program, which would fill this screen. Take it as a file:")
    say("  ... prove OFFICE REQUEST_ID > entry.tlog-proof")
    say("or with the entry and all that followed, for `accounting verify-proof`:")
    say("  ... prove OFFICE REQUEST_ID --all FOLDER")


@click.command()
@arg.office
@arg.request_id
@click.option("--reader", default=None, help="Who reads, such as an auditor; it enters the log.")
@record_key_option
@as_json
def show(
    office: Path, request_id: str, reader: str | None, record_key_file: Path | None, as_json: bool
) -> None:
    """Show everything that ever happened to one request, from the log; the reading is logged.

    When its openings have been destroyed, the permanent record still names date, purpose, reasons,
    recipient, person and item.
    """
    with entering.at_work(office) as place:
        found = place.store.find_request(request_id)
        kept = found.salt is not None
        record = None if kept else recorded(place, found.id, record_key_file)
        entries = dossier.history(place, request_id)
        access_audit.log_case_read(place, entries[0][0], officers.claimed(reader or None))
    summary = {
        "request_id": request_id,
        "openings": "kept" if kept else "destroyed",
        "record": record,
        "entries": [
            {"entry": index, "type": entry.type, "at": entry.at, **entry.fields}
            for index, entry in entries
        ],
    }
    emit(summary, as_json=as_json, text=lambda: _show_history(summary))


def _show_history(summary: dict[str, Any]) -> None:
    rows = [
        (entry["entry"], entry["at"], entry["type"], ", ".join(_readable(entry)))
        for entry in summary["entries"]
    ]
    table(summary["request_id"], ("entry", "at", "what", "details"), rows)
    if summary["openings"] == "destroyed":
        say("its openings have been destroyed: the request, its facts and random bits, the person")
        say("that was found, the sealed answer and its receipts; nobody can open its commitments")
        show_record(summary["record"])
    say("--json shows the entries whole, digests and signatures among them")


def _readable(entry: dict[str, Any]) -> Iterator[str]:
    """Give the fields of an entry that say something to people: no digest, no signature."""
    for name, value in entry.items():
        if name in {"entry", "at", "type", "of", "about", "signature"} or str(value).startswith(
            "sha256:"
        ):
            continue
        yield f"{name} {value}"
