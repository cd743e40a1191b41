"""The findings written: a page with charts and tables, the tables as CSV, all of it as JSON."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from ostiary.domain.errors import InputError
from ostiary.domain.spreadsheets import harmless_row
from ostiary.office.filings.chart import chart, file_name
from ostiary.office.filings.effects import SEED, Change, Finding, Window
from ostiary.office.filings.months import label
from ostiary.office.filings.plan import Plan
from ostiary.office.filings.words import (
    CANNOT_SHOW,
    METHOD,
    about_all,
    interval,
    per_cent,
    sentences,
    verdict,
)

TABLE = ("series", "area", "month", "counted", "state", "foretold", "low", "high")
"""Columns of ``months.csv``; ``low`` and ``high`` bound this month's count alone, at 95 %."""

_PAGES = Environment(
    loader=PackageLoader("ostiary.office.filings"),
    autoescape=select_autoescape(["html"]),
    trim_blocks=True,
    lstrip_blocks=True,
)


def summary(findings: list[Finding], plan: Plan) -> dict[str, Any]:
    """All that was found, as values: shares, not per cent."""
    return {
        "plan": {
            "title": plan.title,
            "registered": plan.registered,
            "digest": f"sha256:{plan.digest}",
            "shipped": plan.is_shipped,
            "breaks": [
                {"date": one.day, "kind": one.kind, "what": one.what, "citation": one.citation}
                for one in plan.breaks
            ],
        },
        "seed": SEED,
        "series": [_one(finding) for finding in findings],
        "about_all": about_all(findings, plan),
        "cannot_show": list(CANNOT_SHOW),
        "method": METHOD,
    }


def _one(finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {
        "series": finding.series.name,
        "area": finding.series.area,
        "months_before": finding.before,
        "verdict": verdict(finding),
        "said": sentences(finding),
    }
    window = finding.headline
    if window is None:
        return told | {"refused": finding.refused}
    return told | {
        "headline": _of_window(window),
        "smallest_found": round(finding.smallest, 4),
        "segments": [
            {
                "since": one.since.day,
                "kind": one.since.kind,
                "months": one.months,
                "exploratory": one.is_short,
                **_change(one.change),
            }
            for one in finding.segments
        ],
        "comparison": _beside(finding),
        "placebos": [_of_window(one) for one in finding.placebos],
        "placebo_alarms": finding.alarms,
        "alarms_by_chance": round(finding.by_chance, 4),
        "level_drifts": round(window.drifting, 3),
        "memory": round(window.memory, 3),
        "bend_t": round(finding.bend, 2),
    }


def _beside(finding: Finding) -> dict[str, Any] | None:
    compared = finding.compared
    if compared is None:
        return None
    told = {"beside": compared.comparison.beside, "reason": compared.comparison.reason}
    if compared.window is None:
        return told | {"refused": compared.refused}
    return told | _of_window(compared.window)


def _of_window(window: Window) -> dict[str, Any]:
    return {
        "first": label(window.first),
        "last": label(window.months[-1].month),
        "months": len(window.months),
        "counted": window.counted,
        "foretold": round(window.foretold),
        **_change(window.change),
        "were_no_drift_certain": _change(window.steady),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "change": round(change.middle, 4),
        "low": round(change.low, 4),
        "high": round(change.high, 4),
        "clear": change.is_clear,
    }


def rows(finding: Finding, plan: Plan) -> Iterator[tuple[object, ...]]:
    """The table of a chart: every month, in the order of TABLE."""
    windows = [*finding.placebos, *([finding.headline] if finding.headline else [])]
    foretold = {one.month: one for window in windows for one in window.months}
    series = finding.series
    for month, count in series.counts.items():
        one = foretold.get(month)
        bounds = (round(one.middle), round(one.low), round(one.high)) if one else ("", "", "")
        counted = "" if count is None else count
        state = _state(finding, plan, month)
        yield (series.name, series.area, label(month), counted, state, *bounds)


def _state(finding: Finding, plan: Plan, month: int) -> str:
    if finding.series.counts[month] is None:
        return "suppressed"
    if plan.is_masked(finding.series.area, month):
        return "masked"
    if plan.is_split(month):
        return "month of a break"
    return "before" if month < plan.breaks[0].first else "after"


def write_report(findings: list[Finding], plan: Plan, out: Path) -> None:
    """Write report.html, months.csv, findings.json and a chart for each series with an interval.

    Raises:
        InputError: the folder is in use.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        cure = "name a new or an empty one"
        raise InputError("the folder is already in use", where=str(out), cure=cure)
    charts = {file_name(one): chart(one, plan) for one in findings if one.headline}
    body = io.StringIO()
    writer = csv.writer(body, lineterminator="\n")
    writer.writerow(TABLE)
    writer.writerows(harmless_row(row) for finding in findings for row in rows(finding, plan))
    told = json.dumps(summary(findings, plan), indent=2, ensure_ascii=False, default=str)
    files = charts | {
        "report.html": page(findings, plan),
        "months.csv": body.getvalue(),
        "findings.json": f"{told}\n",
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8")


def page(findings: list[Finding], plan: Plan) -> str:
    """The findings as one HTML page that needs neither a network nor a script."""
    return _PAGES.get_template("report.html").render(
        findings=findings,
        plan=plan,
        seed=SEED,
        about=about_all(findings, plan),
        cannot=CANNOT_SHOW,
        method=METHOD,
        chart=lambda finding: chart(finding, plan),
        rows=lambda finding: rows(finding, plan),
        sentences=sentences,
        verdict=verdict,
        per_cent=per_cent,
        interval=interval,
        label=label,
    )
