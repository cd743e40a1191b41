"""``accounting verify``: whoever has a log and a key checks all of it, with no office."""

import hashlib
from pathlib import Path
from typing import Any

import click

from ostiary.domain.errors import FaultError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.log_keys import BelievedKeys, believed_keys, certificates
from ostiary.faces.cli.output import as_json, counted, emit, say, table
from ostiary.faces.cli.witness_options import policy_of, witness_options
from ostiary.verifying.log.entries import instant
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import LogReport, verify_log

_LONGEST_SHOWN = 300


@click.command()
@click.argument("log", metavar="DIR|URL")
@arg.public_keys
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
        raise FaultError(
            f"the log does not verify: {counted(report.fault_count, 'fault', 'faults')}"
        )


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
        "remarks": list(report.remarks),
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
    for remark in summary["remarks"]:
        say(f"remark {remark}")
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
