"""The custodian's page of a batch: one self-contained HTML file, readable without a network."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

STATUS_MEANING = {
    "accepted": "let through by the law; will be answered",
    "returned": "falls short; returned with findings and cures",
    "suspended": "stopped by an order, the agreement's end or the safeguards",
    "to-counsel": "a judge's order, or a danger, that this corridor does not answer; counsel does",
}
OUTCOME_MEANING = {
    "confirmed": "exactly one person with this name at this address",
    "mismatch": "somebody is near, but name or address disagrees",
    "ambiguous": "more than one person could be meant",
    "held": "confirmed but for a hold on the record",
    "no-record": "nobody comes near",
}


@cache
def _pages() -> "Environment":
    from jinja2 import (  # noqa: PLC0415 - read where a page is made
        Environment,
        PackageLoader,
        select_autoescape,
    )

    return Environment(
        loader=PackageLoader("ostiary.office.batches"),
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def step_rows(steps: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Say in words what happened at each step to the accepted requests of a batch."""
    rows = [("accepted", steps["accepted"])]
    for name, said in (
        ("awaiting_determination", "await an officer's word"),
        ("taken_as_found", "taken as found, in training"),
    ):
        rows += [(f"{said}: {fact.replace('_', '-')}", many) for fact, many in steps[name].items()]
    if steps["stopped_on_day_of_look"]:
        rows.append(
            (f"stopped by the law of {steps['day_of_look']}", steps["stopped_on_day_of_look"])
        )
    return [*rows, ("records looked at", steps["looked_at"])]


def batch_page(
    summary: Mapping[str, Any],
    grounds: Mapping[str, str],
    decoys: Mapping[str, str],
    *,
    training: bool = False,
) -> str:
    """Render ``report.html`` from a batch's summary.

    Args:
        summary: what stands in ``summary.json``.
        grounds: what each rule rests on and whose it is, by rule id.
        decoys: what each kind of decoy is.
        training: whether a training office wrote it, which the page then says.
    """
    counts = summary.get("counts", {})
    return (
        _pages()
        .get_template("batch.html")
        .render(
            summary=summary,
            training=training,
            statuses=_bars(counts, STATUS_MEANING),
            steps=step_rows(summary["steps"]) if "steps" in summary else [],
            outcomes=_bars(summary.get("outcomes", {}), OUTCOME_MEANING),
            rules=_bars(summary.get("by_rule", {}), grounds),
            seconds=summary.get("seconds", {}),
            decoys=_decoy_chart(summary.get("decoys"), decoys),
        )
    )


def _decoy_chart(
    decoys: Mapping[str, Any] | None, meanings: Mapping[str, str]
) -> Mapping[str, Any] | None:
    """Add to each kind of decoy what it is, and its bar: width in per cent of the worst rate."""
    if not decoys:
        return None
    worst = max((kind["rate_bound"] for kind in decoys["kinds"]), default=0)
    return {
        **decoys,
        "kinds": [
            {
                **kind,
                "meaning": meanings.get(kind["kind"], ""),
                "width": round(100 * kind["rate_bound"] / worst, 1) if worst else 0,
            }
            for kind in sorted(decoys["kinds"], key=lambda one: -one["rate_bound"])
        ],
    }


def _bars(counts: Mapping[str, int], meanings: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give rows for a bar chart and its table: largest first, width in per cent of the largest."""
    most = max(counts.values(), default=0)
    return [
        {
            "name": name,
            "count": count,
            "meaning": meanings.get(name, ""),
            "width": round(100 * count / most, 1) if most else 0,
        }
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
