"""``accounting verify-compliance``: a record of compliance, checked offline by a court."""

from pathlib import Path

import click

from ostiary.disk.durable import put_durably
from ostiary.domain.errors import FaultError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.log_keys import believed_keys
from ostiary.faces.cli.output import as_json, counted, emit, say, table
from ostiary.faces.cli.witness_options import policy_of, witness_options
from ostiary.verifying.export import compliance
from ostiary.verifying.log import sources


@click.command("verify-compliance")
@click.argument("folder", type=arg.FOLDER, metavar="DIR")
@arg.needed_public_keys
@click.option("--page", type=arg.FILE, default=None, help="Write the page for people anew here.")
@witness_options
@as_json
def verify_compliance(
    folder: Path,
    keys: tuple[Path, ...],
    page: Path | None,
    witnesses: tuple[str, ...],
    quorum: int | None,
    policy_file: Path | None,
    as_json: bool,
) -> None:
    """Verify a record of compliance with an order; needs no office and no network.

    The log since the order is whole, and what it shows of the order is counted again.
    """
    policy = policy_of(witnesses, quorum, policy_file)
    believed = believed_keys(sources.FolderSource(folder), keys, policy)
    report = compliance.check_compliance(
        folder,
        believed.vkeys,
        every=believed.every,
        retired=believed.retired,
        policy=policy,
    )
    summary = {
        "sound": not report.faults,
        "origin": report.origin,
        "size": report.size,
        "order": report.order,
        "figures": dict(report.figures),
        "faults": list(report.faults),
        "remarks": list(report.remarks),
    }
    if page is not None and report.page:
        put_durably(page, report.page)
    emit(summary, as_json=as_json, text=lambda: _show(report))
    if report.faults:
        raise FaultError(
            f"the record does not verify: {counted(len(report.faults), 'fault', 'faults')}"
        )


def _show(report: "compliance.ComplianceReport") -> None:
    for fault in report.faults:
        say(f"FAULT {fault}")
    if report.faults:
        return
    for remark in report.remarks:
        say(f"note: {remark}")
    say(f"sound: order {report.order}, the log of {report.origin} since the order is whole")
    table("what it shows", ("what", "how many"), list(report.figures.items()))
