"""``report``: the statute's annual figures."""

from pathlib import Path
from typing import Any

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.office.oversight import annual_report
from ostiary.office.recovery import entering


@click.command()
@arg.office
@click.option("--year", type=click.IntRange(min=1900, max=2999), required=True, help="The year.")
@click.option("--out", type=arg.FOLDER, required=True, help="Folder for the report.")
@as_json
def report(office: Path, year: int, out: Path, as_json: bool) -> None:
    """Make the annual report (26 USC 6103(p)(3)(C)), counted from the log.

    Per agency: requests, disclosures, taxpayers, general purposes. The sums enter the log.
    """
    with entering.at_work(office) as place:
        counted = annual_report.count_year(place, year)
        written = annual_report.write_report(counted, out, training=place.office.config.training)
        annual_report.put_into_log(place, counted)
    summary = {**counted.public(), "files": [str(path) for path in written]}
    emit(summary, as_json=as_json, text=lambda: _show(summary))


def _show(summary: dict[str, Any]) -> None:
    rows = [
        (one["agency"], one["requests"], one["disclosures"], one["taxpayers"])
        for one in summary["agencies"]
    ]
    columns = ("agency", "requests", "disclosures", "taxpayers")
    table(f"{summary['year']}, under 26 USC 6103(p)(3)(C)", columns, rows)
    log = summary["log"]
    say(f"counted from {log['size']:,} entries of {log['origin']}, root {log['root'][:16]}...")
    for path in summary["files"]:
        say(f"  {path}")
