"""The office in figures, for its head: what waits, how old, by whom, and what comes back.

Each figure is counted by one query that the page shows, over a log of the size that it names. None
tells of a case, or of what a record showed.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ostiary.deciding.law.instruments import Instrument
from ostiary.domain.words import Layer
from ostiary.faces.server.orm import Assignment
from ostiary.faces.server.site import Site
from ostiary.faces.web.due_days import days_to_decide, receipt_spans
from ostiary.office.cases.turns import awaiting_release
from ostiary.office.oversight.suppression import THRESHOLD, withheld
from ostiary.office.recovery.fitness import Check, published, ready
from ostiary.office.release.uses import COUNTED, NOT_REPORTED
from ostiary.office.store.oversight import FIGURES
from ostiary.office.store.waiting_list import STEPS, WAITING, WorklistFilter

SPANS = {30: "30 days", 90: "90 days", 365: "a year"}
_BATCHES = 200
_RULES = 20
_WITHHELD = (
    f"Where an agency has reported something, counts below {THRESHOLD} are withheld, with as many"
    " beside them as keep them unknown. None: it has reported nothing yet."
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of a chart: its numbers, and the heights of its two bars in a hundred."""

    day: date
    came: int
    left: int
    came_high: int
    left_high: int
    at: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure as a table: title, columns, rows, the query that counted it, how to read it."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    sql: str
    note: str = ""


_FILES = f"Of the last {_BATCHES} files whose summary is kept, in the office's folder."

METHODS = {
    "waits": Counted(
        "What waits, and how old it is",
        ("Number", "Agency", "Received", "Step"),
        (),
        WAITING,
        "Counted by the day of receipt. What two officers' signatures approve waits for its"
        " release, and for approval no more.",
    ),
    "rules": Counted(
        "Rules that sent most back",
        ("Rule", "Rows"),
        (),
        "SELECT rule, sum(CAST(by_rule->>rule AS BIGINT)) FROM"
        " (SELECT by_rule, unnest(json_keys(by_rule)) AS rule"
        " FROM read_json('batches/*/summary.json', columns={received: 'DATE', by_rule: 'JSON'})"
        " WHERE received >= %s) GROUP BY rule ORDER BY 2 DESC",
        _FILES,
    ),
    "bounds": Counted(
        "How many confirmations may be wrong",
        ("File", "Received", "At most", "Limit", "Exceeded"),
        (),
        "SELECT batch, received, decoys->>'bound', decoys->>'limit', decoys->>'exceeded'"
        " FROM read_json('batches/*/summary.json',"
        " columns={batch: 'VARCHAR', received: 'DATE', decoys: 'JSON'})"
        " WHERE received >= %s AND decoys IS NOT NULL ORDER BY received DESC, batch DESC",
        _FILES,
    ),
}
"""How figures are counted that no query of the case store gives alone, by name."""


def waits_by_age(site: Site) -> list[tuple[str, int, int, int]]:
    """Give for each step how many cases wait: overdue, due soon, due later.

    What two officers have approved waits for its release, and for approval no more.
    """
    today, days, store = site.place().moment.today, days_to_decide(site), site.office.store
    spans = receipt_spans(today, days).values()
    approved = awaiting_release(site.desk())
    steps = [(step, WorklistFilter(step=step, not_among=approved)) for step in STEPS]
    found = []
    for step, wanted in (*steps, ("release", WorklistFilter(among=approved))):
        overdue, soon, later = (
            store.count_work(replace(wanted, received_from=first, received_to=last))
            for first, last in spans
        )
        found.append((step, overdue, soon, later))
    return found


def counted(site: Site, name: str, first: date) -> Counted:
    """Count one figure from a day on."""
    figure = FIGURES[name]
    return Counted(figure.title, figure.columns, site.office.store.figure(name, first), figure.sql)


def by_officer(site: Site, first: date) -> Counted:
    """Give steps by officer, with what is assigned to each now; how they voted is not in it."""
    steps = counted(site, "officers", first)
    given = Counter(Assignment.objects.values_list("officer", flat=True))
    names = sorted({row[0] for row in steps.rows} | given.keys())
    done = {row[0]: row[1:] for row in steps.rows}
    rows = [(name, *done.get(name, (0, 0)), given[name]) for name in names]
    return Counted(steps.title, (*steps.columns, "Assigned now"), rows, steps.sql)


def by_agency(site: Site, first: date) -> Counted:
    """Give requests by agency, with the share that came back."""
    found = counted(site, "agencies", first)
    rows = [(*row, f"{(row[2] + row[3]) / row[1]:.0%}" if row[1] else "") for row in found.rows]
    return Counted(found.title, (*found.columns, "Share not let through"), rows, found.sql)


def by_use(site: Site, first: date) -> Counted:
    """Give answers by what their agency reported; a small count is withheld from the head as well.

    That the one answer of an agency was used would tell what it said. That nothing was reported of
    any tells nothing of one, and the log says of each report that there was one: so it is said.
    """
    found = counted(site, "uses", first)
    agencies: dict[str, Counter[str]] = {}
    for agency, use, many in found.rows:
        agencies.setdefault(agency, Counter())[use] += int(many)
    rows = [(agency, *_told(counts), counts.total()) for agency, counts in agencies.items()]
    columns = ("Agency", *(name.replace("-", " ").capitalize() for name in COUNTED), "Answers")
    return Counted(found.title, columns, rows, found.sql, _WITHHELD)


def _told(counts: Counter[str]) -> list[str | int]:
    """Give what may be told of an agency's answers, in the order of :data:`.uses.COUNTED`."""
    if counts[NOT_REPORTED] == counts.total():
        return [counts.total() if name == NOT_REPORTED else "none" for name in COUNTED]
    row = withheld({name: counts[name] for name in COUNTED}).values()
    return ["withheld" if cell is None else cell for cell in row]


def flow(site: Site, first: date) -> list[Bar]:
    """Give by day how many requests came and how many answers left, drawn in a hundred."""
    came = {_day(row[0]): int(row[1]) for row in site.office.store.figure("arrivals", first)}
    left = {_day(row[0]): int(row[1]) for row in site.office.store.figure("answers", first)}
    most = max([*came.values(), *left.values()], default=0) or 1
    return [
        Bar(
            day,
            came.get(day, 0),
            left.get(day, 0),
            round(100 * came.get(day, 0) / most),
            round(100 * left.get(day, 0) / most),
            30 * number,
        )
        for number, day in enumerate(sorted(came.keys() | left.keys()))
    ]


def by_rule(site: Site, first: date, today: date) -> list[tuple[str, str, int, int]]:
    """Give the rules that sent most back: id, ground, how often, and in the time before that.

    They are counted from what each file's own summary says, by the names that rules had then.
    """
    before = first - (today - first)
    now, earlier = Counter[str](), Counter[str]()
    for received, summary in _summaries(site):
        counts = summary.get("by_rule", {})
        if received >= first:
            now.update(counts)
        elif received >= before:
            earlier.update(counts)
    rests = site.snapshot().law.book.grounds
    return [
        (rule, rests.get(rule, ""), many, earlier[rule]) for rule, many in now.most_common(_RULES)
    ]


def bounds(site: Site, first: date) -> list[tuple[str, date, str, str, bool]]:
    """Give by file which share of its confirmations may be wrong, at what confidence."""
    return [
        (
            str(summary["batch"]),
            received,
            f"{decoys['bound']:.4%}",
            f"{decoys['limit']:.4%}",
            bool(decoys["exceeded"]),
        )
        for received, summary in _summaries(site)
        if received >= first and (decoys := summary.get("decoys"))
    ]


def orders_in_force(site: Site) -> list[Instrument]:
    """Give the orders of courts that bind today."""
    today = site.place().moment.today
    book = site.snapshot().law.book
    return [one for one in book.instruments if one.layer is Layer.ORDER and today in one.period]


def health(site: Site) -> tuple[Check, ...]:
    """Say of the store, clock, reference file, log and witnesses whether each is fit.

    Places on the server's disk are for whoever has it: they are told without their folders.
    """
    place = site.place()
    here = f"{place.office.root}/"
    found = (*ready(place), *published(place))
    return tuple(replace(one, told=one.told.replace(here, "")) for one in found)


def _summaries(site: Site) -> Iterator[tuple[date, Mapping[str, Any]]]:
    """Read what each of the last files says of itself; what was disposed of says nothing."""
    for batch in site.office.store.latest_batches(_BATCHES):
        path = site.office.batches / batch.id / "summary.json"
        if path.is_file():
            yield batch.received, {"batch": batch.id, **json.loads(path.read_text("utf-8"))}


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
