"""``accounting``: verify a published log, prove and show what happened to one request."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import click

from ostiary.accounting.entries import instant
from ostiary.accounting.published import prove as prove_entry
from ostiary.accounting.sources import open_source
from ostiary.accounting.verify import LogReport, verify_log
from ostiary.cli import arguments as arg
from ostiary.cli.log_keys import BelievedKeys, believed_keys, certificates
from ostiary.cli.output import as_json, emit, say, table
from ostiary.cli.witness_options import policy_of, witness_options
from ostiary.domain.errors import FaultError, InputError
from ostiary.pipeline.auditing import log_case_read
from ostiary.pipeline.case_file import history
from ostiary.pipeline.entering import TRUST_FILE, at_work
from ostiary.pipeline.stamping import stamp, take_response, write_query

_LONGEST_SHOWN = 300


@click.group()
def accounting() -> None:
    """The transparency log: verify, prove, show."""


@accounting.command()
@click.argument("log", metavar="DIR|URL")
@click.option(
    "--public-key",
    "keys",
    type=arg.FILE,
    multiple=True,
    help=f"Key to believe: a verifier key, or a {TRUST_FILE}. May be given again.",
)
@click.option("--previous", type=arg.FILE, default=None, help="An earlier checkpoint, kept safe.")
@witness_options
@click.option(
    "--authority-certificate",
    "authorities",
    type=arg.FILE,
    multiple=True,
    help="Certificate of a time-stamp authority to believe, PEM. May be given again.",
)
@as_json
def verify(
    log: str,
    keys: tuple[Path, ...],
    previous: Path | None,
    witnesses: tuple[str, ...],
    quorum: int | None,
    policy_file: Path | None,
    authorities: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Verify a published log: every tile, entry, signature and figure. Needs no office.

    Without --public-key the keys published beside the log are used. That shows that the log is
    whole, not whose it is: compare the keys printed with those that you got elsewhere.
    """
    policy = policy_of(witnesses, quorum, policy_file)
    with open_source(log) as source:
        believed = believed_keys(source, keys, policy)
        report = verify_log(
            source,
            believed.vkeys,
            previous.read_bytes() if previous else None,
            every=believed.every,
            policy=policy,
            authorities=[one for path in authorities for one in certificates(path)],
            retired=believed.retired,
        )
    summary = _summary(report, believed, published=not keys and not policy.logs)
    emit(summary, as_json=as_json, text=lambda: _show(report, summary))
    if not report.is_sound:
        raise FaultError(f"the log does not verify: {report.fault_count} faults")


def _summary(report: LogReport, believed: BelievedKeys, *, published: bool) -> dict[str, Any]:
    return {
        "sound": report.is_sound,
        "origin": report.origin,
        "size": report.size,
        "root": report.root,
        "keys": believed.vkeys,
        "keys_from": "published beside the log" if published else "given",
        "earlier_keys": [
            {"keys": [key.vkey for key in one.keys], "until": one.size, "stolen": one.stolen}
            for one in believed.retired
        ],
        "witnesses": list(report.cosigners),
        "time_stamps": [
            {"size": one.size, "at": instant(one.at), "believed": one.is_believed}
            for one in report.stamps
        ],
        "entries": report.by_type,
        "figures": [
            {
                "agency": one.agency,
                "year": one.year,
                "requests": one.requests,
                "answers": one.answers,
            }
            for one in report.figures
        ],
        "faults": [str(fault) for fault in report.faults],
    }


def _short(vkey: str) -> str:
    """Give a key as it fits on a line; a post-quantum one is named by its digest."""
    if len(vkey) <= _LONGEST_SHOWN:
        return vkey
    name, key_id, _ = vkey.split("+", 2)
    return f"{name}+{key_id}+... of sha256 {hashlib.sha256(vkey.encode()).hexdigest()}"


def _show(report: LogReport, summary: dict[str, Any]) -> None:
    for fault in summary["faults"]:
        say(f"FAULT {fault}")
    if not report.is_sound:
        return
    say(f"sound: {report.size:,} entries of {report.origin}")
    say(f"root   {report.root}")
    for key in summary["keys"]:
        say(f"key    {_short(key)}  ({summary['keys_from']})")
    for past in summary["earlier_keys"]:
        held = "its last checkpoint alone holds" if past["stolen"] else "holds up to there"
        theft = ", then stolen" if past["stolen"] else ""
        say(f"before {past['until']:,} entries{theft}: {_short(past['keys'][0])}  ({held})")
    for name in summary["witnesses"]:
        say(f"cosigned by {name}")
    for one in summary["time_stamps"]:
        word = "was there at" if one["believed"] else "is said by a time-stamp to be of"
        say(f"checkpoint of {one['size']:,} entries {word} {one['at']}")
    say()
    table("entries", ("type", "entries"), sorted(report.by_type.items()))
    rows = [
        (one["agency"], str(one["year"]), one["requests"], one["answers"])
        for one in summary["figures"]
    ]
    table("recounted from the log", ("agency", "year", "requests", "answers"), rows)


@accounting.command()
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
    with at_work(office) as place:
        place.publish()
        if authority is not None:
            size, new = stamp(place, authority)
            done = "stamped" if new else "was stamped before"
        elif query is not None:
            size, done = write_query(place, query), "awaits its stamp"
        else:
            size, done = take_response(place, cast("Path", response)), "stamped"
    emit(
        {"size": size, "done": done},
        as_json=as_json,
        text=lambda: say(f"the checkpoint of {size:,} entries: {done}"),
    )


@accounting.command()
@arg.office
@click.argument("request_id", metavar="ID")
@click.option(
    "--all",
    "folder",
    type=arg.FOLDER,
    default=None,
    help="Write the proof of every entry about the request, and the entries, into this folder.",
)
def prove(office: Path, request_id: str, folder: Path | None) -> None:
    """Print the C2SP tlog-proof of the entry that recorded and decided a request."""
    with at_work(office) as place:
        entries = history(place, request_id)
        log = place.office.accounting
        if folder is None:
            click.echo(prove_entry(log, entries[0][0]), nl=False)
            return
        folder.mkdir(parents=True, exist_ok=True)
        for index, _ in entries:
            (folder / f"{index}.tlog-proof").write_text(prove_entry(log, index), encoding="utf-8")
            (folder / f"{index}.json").write_bytes(place.store.entry(index).body)
    say(f"{len(entries)} entries and proofs in {folder}")


@accounting.command()
@arg.office
@click.argument("request_id", metavar="ID")
@click.option("--reader", default=None, help="Who reads, such as an auditor; it enters the log.")
@as_json
def show(office: Path, request_id: str, reader: str | None, as_json: bool) -> None:
    """Show everything that ever happened to one request, from the log; the reading is logged."""
    with at_work(office) as place:
        kept = place.store.find_request(request_id).salt is not None
        entries = history(place, request_id)
        log_case_read(place, entries[0][0], reader)
    summary = {
        "request_id": request_id,
        "openings": "kept" if kept else "destroyed",
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
    say("--json shows the entries whole, digests and signatures among them")


def _readable(entry: dict[str, Any]) -> Iterator[str]:
    """Give the fields of an entry that say something to people: no digest, no signature."""
    for name, value in entry.items():
        if name in {"entry", "at", "type", "of", "about", "signature"} or str(value).startswith(
            "sha256:"
        ):
            continue
        yield f"{name} {value}"
