"""``accounting``: verify a published log, prove and show what happened to one request."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ostiary.accounting.checkpoints import MAX_CHECKPOINT, unverified_checkpoint
from ostiary.accounting.published import prove as prove_entry
from ostiary.accounting.sources import Source, open_source
from ostiary.accounting.tiles import CHECKPOINT_PATH
from ostiary.accounting.verify import LogReport, verify_log
from ostiary.accounting.vkeys import Verifier, read_vkey
from ostiary.cli import arguments as arg
from ostiary.cli.output import as_json, emit, say, table
from ostiary.domain.errors import FaultError, InputError
from ostiary.keys.files import read_verifying_text
from ostiary.pipeline.case_file import history
from ostiary.pipeline.entering import TRUST_FILE, at_work
from ostiary.release.trust import parse_trust

_LONGEST_KEY_FILE = 64 * 1024
_VKEY_PLUSES = 2  # name+keyid+base64; a bare key text is base64 and has no dot


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
@as_json
def verify(log: str, keys: tuple[Path, ...], previous: Path | None, as_json: bool) -> None:
    """Verify a published log: every tile, entry, signature and figure. Needs no office.

    Without --public-key the key published beside the log is used. That shows that the log is
    whole, not whose it is: compare the key printed with one that you got elsewhere.
    """
    with open_source(log) as source:
        believed = [_read_key(path, source) for path in keys]
        published = not believed
        if published:
            text = source.read(TRUST_FILE, _LONGEST_KEY_FILE)
            if text is None:
                raise InputError("no key is published here", where=log, cure="name --public-key")
            believed = [parse_trust(text, where=TRUST_FILE).log.vkey]
        report = verify_log(source, believed, previous.read_bytes() if previous else None)
    summary = _summary(report, believed, published=published)
    emit(summary, as_json=as_json, text=lambda: _show(report, summary))
    if not report.is_sound:
        raise FaultError(f"the log does not verify: {report.fault_count} faults")


def _read_key(path: Path, source: Source) -> str:
    """Read a verifier key, a custodian's key file, or an office's `log.pub`.

    The last one has no name in it; it is believed under the name that the log gives itself.
    """
    try:
        raw = path.read_bytes()[:_LONGEST_KEY_FILE]
    except OSError as error:
        raise InputError("cannot read the key", where=str(path), cure=str(error.strerror)) from None
    if raw.lstrip().startswith(b"{"):
        return parse_trust(raw, where=str(path)).log.vkey
    text = raw.decode("utf-8", "replace").strip()
    if text.count("+") >= _VKEY_PLUSES and "." in text:
        return read_vkey(text).vkey
    note = source.read(CHECKPOINT_PATH, MAX_CHECKPOINT)
    origin = unverified_checkpoint(note).origin if note else ""
    return Verifier(origin, read_verifying_text(text, where=str(path))).vkey


def _summary(report: LogReport, keys: list[str], *, published: bool) -> dict[str, Any]:
    return {
        "sound": report.is_sound,
        "origin": report.origin,
        "size": report.size,
        "root": report.root,
        "keys": keys,
        "keys_from": "published beside the log" if published else "given",
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


def _show(report: LogReport, summary: dict[str, Any]) -> None:
    for fault in summary["faults"]:
        say(f"FAULT {fault}")
    if not report.is_sound:
        return
    say(f"sound: {report.size:,} entries of {report.origin}")
    say(f"root   {report.root}")
    for key in summary["keys"]:
        say(f"key    {key}  ({summary['keys_from']})")
    say()
    table("entries", ("type", "entries"), sorted(report.by_type.items()))
    rows = [
        (one["agency"], str(one["year"]), one["requests"], one["answers"])
        for one in summary["figures"]
    ]
    table("recounted from the log", ("agency", "year", "requests", "answers"), rows)


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
@as_json
def show(office: Path, request_id: str, as_json: bool) -> None:
    """Show everything that ever happened to one request, from the log."""
    with at_work(office) as place:
        entries = history(place, request_id)
    summary = {
        "request_id": request_id,
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
    say("--json shows the entries whole, digests and signatures among them")


def _readable(entry: dict[str, Any]) -> Iterator[str]:
    """Give the fields of an entry that say something to people: no digest, no signature."""
    for name, value in entry.items():
        if name in {"entry", "at", "type", "of", "signature"} or str(value).startswith("sha256:"):
            continue
        yield f"{name} {value}"
