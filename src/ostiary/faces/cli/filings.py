"""``filings``: do people stay away? Published totals beside what the months before foretold."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, progress, say, table

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices are small: threads only wait

from ostiary.office.filings import effects, report, words
from ostiary.office.filings import series as filing_series
from ostiary.office.filings.plan import SHIPPED, Plan, read_plan


def _show_plan(context: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        click.echo(SHIPPED.read_text(encoding="utf-8"), nl=False)
        context.exit()


@click.command()
@click.argument("file", type=arg.FILE)
@click.option(
    "--plan",
    "plan_file",
    type=arg.FILE,
    default=SHIPPED,
    help="Another plan: breaks and masked months, TOML. Default: the shipped one.",
)
@click.option(
    "--show-plan",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_plan,
    help="Print the shipped plan and stop.",
)
@click.option(
    "--out", type=arg.FOLDER, default=None, help="New folder: page, charts, tables, JSON."
)
@as_json
def filings(file: Path, plan_file: Path, out: Path | None, as_json: bool) -> None:
    """Do people stay away? An interrupted time series on published totals.

    FILE is a CSV of published counts, one row a month: columns `area` (US or a state), `month`
    (2025-04), `series` and `count`; or instead of these two one column a series. Series: returns,
    itin-returns, extensions, identification-numbers, amended-returns. An empty count was
    suppressed. Files about persons and counts below 10 are refused.
    """
    plan = read_plan(plan_file)
    every = filing_series.read_series(file, today=datetime.now(tz=UTC).date())
    with progress(quiet=as_json) as on_stage:
        findings = []
        for series in every:
            on_stage(series.title)
            findings.append(effects.examine(series, plan, every))
    if out:
        report.write_report(findings, plan, out)
    told: dict[str, Any] = report.summary(findings, plan)
    emit(told, as_json=as_json, text=lambda: _show(findings, plan, out))


def _show(findings: "list[effects.Finding]", plan: Plan, out: Path | None) -> None:
    say(f"{plan.title}\nplan of {plan.registered}, sha256:{plan.digest}")
    say()
    columns = ("series", "area", "counted", "change", "95 % interval", "found")
    table("after the first break, against what was foretold", columns, [_row(f) for f in findings])
    for finding in findings:
        say(finding.series.title)
        for said in words.sentences(finding):
            say(f"  {said}")
    say()
    for said in words.about_all(findings, plan):
        say(said)
    say("\nThis cannot show:")
    for said in words.CANNOT_SHOW:
        say(f"  - {said}")
    say(f"\nwritten to {out}" if out else "\nwith --out FOLDER: charts, their tables, JSON")


def _row(finding: "effects.Finding") -> tuple[object, ...]:
    name, area, window = finding.series.name, finding.series.area, finding.headline
    if window is None:
        return name, area, "", "", "", words.verdict(finding)
    change = window.change
    counted = f"{window.counted:,}"
    return (
        name,
        area,
        counted,
        words.per_cent(change.middle),
        words.interval(change),
        words.verdict(finding),
    )
