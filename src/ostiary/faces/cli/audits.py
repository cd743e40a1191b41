"""``accounting export`` and ``accounting verify-export``: the log as tables, and their check."""

from pathlib import Path

import click

from ostiary.domain.choices import FORMATS
from ostiary.domain.errors import FaultError, InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.log_keys import believed_keys
from ostiary.faces.cli.output import as_json, counted, emit, progress, say, table
from ostiary.faces.cli.witness_options import policy_of, witness_options
from ostiary.office.recovery import entering
from ostiary.verifying.export import check, writing
from ostiary.verifying.log import sources


@click.command()
@click.argument("log", metavar="OFFICE|DIR|URL")
@click.option("--out", type=arg.FOLDER, required=True, help="A new folder for the tables.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=FORMATS,
    help="Give it once for one of the two. Default: both.",
)
@as_json
def export(log: str, out: Path, formats: tuple[str, ...], as_json: bool) -> None:
    """Export the log for auditors: every entry as a row of a table, each with its proof.

    Requests, decisions, approvals, disclosures, the access trail, the versions of rules and files,
    as CSV and Parquet. They say no more than the published log: nobody's data is in them.
    """
    if (Path(log) / "office.toml").is_file():
        with entering.at_work(Path(log)) as place:
            log = str(place.office.accounting)
    with sources.open_source(log) as source, progress(quiet=as_json) as tell:
        checkpoint, rows = writing.export_log(
            source, out, formats, lambda at, of: tell(f"exporting entry {at:,} of {of:,}")
        )
    summary = {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "folder": str(out),
        "rows": rows,
    }
    emit(summary, as_json=as_json, text=lambda: _show(f"exported to {out}", checkpoint.size, rows))


@click.command("verify-export")
@click.argument("folder", type=arg.FOLDER, metavar="DIR")
@arg.public_keys
@witness_options
@as_json
def verify_export(
    folder: Path,
    keys: tuple[Path, ...],
    witnesses: tuple[str, ...],
    quorum: int | None,
    policy_file: Path | None,
    as_json: bool,
) -> None:
    """Verify an export: every row against its checkpoint, with public keys only.

    Needs neither office nor log. Every entry must stand in each format, once.
    """
    policy = policy_of(witnesses, quorum, policy_file)
    if not folder.is_dir():
        raise InputError("there is no export here", where=str(folder))
    if not keys and not policy.logs:
        raise InputError("no public key was given", cure="name the log's key with --public-key")
    believed = believed_keys(sources.FolderSource(folder), keys, policy)
    with progress(quiet=as_json) as tell:
        report = check.check_export(
            folder, believed.vkeys, every=believed.every, policy=policy, progress=tell
        )
    summary = {
        "sound": report.fault_count == 0,
        "origin": report.origin,
        "size": report.size,
        "rows": report.rows,
        "faults": [str(fault) for fault in report.faults],
    }
    emit(summary, as_json=as_json, text=lambda: _show_check(report))
    if report.fault_count:
        raise FaultError(
            f"the export does not verify: {counted(report.fault_count, 'fault', 'faults')}"
        )


def _show_check(report: "check.ExportReport") -> None:
    for fault in report.faults:
        say(f"FAULT {fault}")
    if not report.fault_count:
        _show(f"sound: every row is in the log of {report.origin}", report.size, report.rows)


def _show(title: str, size: int, rows: dict[str, int]) -> None:
    say(f"{title}; {size:,} entries")
    table("rows", ("table", "rows"), list(rows.items()))
