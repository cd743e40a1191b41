"""The page of a record of compliance, for people: the same bytes from the same record.

Whoever checks a record makes its page again and compares, so it needs no library and no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from ostiary.verifying.export.concerned import Concerned
from ostiary.verifying.log.checkpoints import Checkpoint

_MOST_ROWS = 1_000
_HOW = (
    "<h2>How to check this</h2><p>With the log's public key, got by a way that you trust:"
    " <code>ostiary accounting verify-compliance FOLDER --public-key KEY</code>. It needs"
    " neither the office nor a network. What the log does not show is the office's own word:"
    " what it holds covered beyond the agencies named, and leave and notice.</p>"
)
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #bbb;vertical-align:top}"
    "code{overflow-wrap:anywhere}"
)


def report_page(statement: Mapping[str, Any], checkpoint: Checkpoint, found: Concerned) -> bytes:
    """Write the page.

    Args:
        statement: what the office says.
        checkpoint: that the entries lead to.
        found: what the entries say.
    """
    parts = [
        *_head(statement["order"]),
        _of_order(statement, checkpoint),
        "<h2>What the log shows</h2>",
        _table(("What", "How many"), found.figures().items()),
        "<h2>Answers that left while the order stood</h2>",
        _table(
            ("Entry", "Request", "Agency", "On"),
            [(n, e["of"], e["agency"], e["on"]) for n, e in found.answers],
        ),
        "<h2>Leave of the court, by the office's own register</h2>",
        _register(statement["leaves"]),
        "<h2>Notice before an answer, by the office's own register</h2>",
        _register(statement["notices"]),
        "<h2>Requests that it concerns</h2>",
        "<p>Nobody is named: a request stands here by what the log commits to.</p>",
        _table(
            ("Entry", "Agency", "Provision", "Received", "Status", "Commitment"),
            [
                (n, e["agency"], e["provision"], e["received"], e["status"], e["request"])
                for n, e in found.requests
            ],
        ),
        _HOW,
        "</main></body></html>\n",
    ]
    return "\n".join(parts).encode()


def _head(order: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>Record of compliance: {_text(order['title'])}</title>",
        f"<style>{_STYLE}</style></head><body><main>",
        f"<h1>Record of compliance</h1><p>{_text(order['citation'])}</p>",
    )


def _of_order(statement: Mapping[str, Any], checkpoint: Checkpoint) -> str:
    order, scope = statement["order"], statement["scope"]
    return _facts(
        [
            ("Order", order["title"]),
            ("Docket", order["docket"] or "not entered"),
            ("In force", f"{order['from']} to {order['until'] or 'today'}"),
            ("Made on", statement["made_on"]),
            ("Office's log", statement["origin"]),
            ("Signed checkpoint", f"{checkpoint.size} entries, {checkpoint.root.hex()}"),
            ("Agencies that it names, with their components", ", ".join(scope["agencies"])),
            ("Provisions", ", ".join(scope["provisions"]) or "all"),
        ]
    )


def _facts(rows: Iterable[tuple[str, str]]) -> str:
    said = "".join(f'<tr><th scope="row">{_text(a)}</th><td>{_text(b)}</td></tr>' for a, b in rows)
    return f"<table>{said}</table>"


def _register(rows: Sequence[Mapping[str, str]]) -> str:
    if not rows:
        return "<p>None is entered.</p>"
    columns = sorted(rows[0])  # a statement that was read again has lost any other order
    return _table(columns, [tuple(row[name] for name in columns) for row in rows])


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    listed = list(rows)
    if not listed:
        return "<p>None.</p>"
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in columns)
    body = "\n".join(
        f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>"
        for row in listed[:_MOST_ROWS]
    )
    more = len(listed) - _MOST_ROWS
    rest = f"<p>And {more} more, in the entries.</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>{rest}"


def _text(value: object) -> str:
    return escape(str(value))
