"""The annual report of 26 USC 6103(p)(3)(C): per agency requests, disclosures, taxpayers, purposes.

The statute wants exact numbers, so these are exact. What goes beyond it, how requests fared before
the law, is published with small counts withheld (:mod:`.oversight.suppression`). Every
figure is tied to a size and root of the log, at which anybody entitled can count it again.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from ostiary.domain.spreadsheets import harmless_row
from ostiary.office.oversight.joint_committee_table import TableRow, stated
from ostiary.office.oversight.suppression import THRESHOLD, withheld
from ostiary.office.release.uses import COUNTED, DESTROYED
from ostiary.verifying.log.vocabulary import DECIDED_STATUSES

_PAGES = Environment(
    loader=PackageLoader("ostiary.office.oversight"),
    autoescape=select_autoescape(),
    trim_blocks=True,
    lstrip_blocks=True,
)

PROVISION = "/us/usc/t26/s6103/p/3/C"
WITHHELD = "*"
_DAYS = 90  # 26 USC 6103(p)(3)(C): within 90 days after the close of each calendar year


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """What the statute asks of one agency in one year.

    Attributes:
        agency: id in the register.
        requests: requests received in the year.
        answers: answers released in the year, whether they disclosed something or not.
        disclosures: answers that disclosed return information.
        taxpayers: people whose information was disclosed, each once.
        purposes: the provisions that requests relied on: the general purposes.
    """

    agency: str
    requests: int
    answers: int
    disclosures: int
    taxpayers: int
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """One year, counted.

    Attributes:
        year: calendar year.
        made_on: the day.
        is_preliminary: whether the year was not over yet; only a training office makes such.
        agencies: by id.
        taxpayers: people whose information was disclosed to any agency, each once.
        statuses: for each agency, how many requests came to each status of admission.
        origin: name of the log.
        size: entries of the log that were counted.
        root: their root, in hex.
        table: the statute's table, by agency and subsection.
        uses: for each agency, how many of the year's answers by what it reported of them.
    """

    year: int
    made_on: date
    is_preliminary: bool
    agencies: tuple[AgencyFigures, ...]
    taxpayers: int
    statuses: dict[str, dict[str, int]]
    origin: str
    size: int
    root: str
    table: tuple[TableRow, ...] = ()
    uses: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def due(self) -> date:
        """The day by which it is due; what agencies report later is counted in none."""
        return due_day(self.year)

    def _uses_shown(self, counts: Mapping[str, int]) -> dict[str, int | None]:
        """Give what is shown of an agency's uses: nothing while, or since, they can change.

        Two reports of one year, made on two days, would tell the few that came or went between.
        """
        row = {name: counts.get(name, 0) for name in COUNTED}
        settled = self.made_on > self.due and not row[DESTROYED]
        return withheld(row) if settled else dict.fromkeys(row)

    def public(self) -> dict[str, Any]:
        """Give what is published."""
        names = ("requests", "disclosures", "taxpayers")
        total = {name: sum(getattr(one, name) for one in self.agencies) for name in names}
        return {
            "year": self.year,
            "provision": PROVISION,
            "due": str(self.due),
            "made_on": str(self.made_on),
            "preliminary": self.is_preliminary,
            "log": {"origin": self.origin, "size": self.size, "root": self.root},
            "agencies": [asdict(one) for one in self.agencies],
            "total": {**total, "taxpayers": self.taxpayers},
            "table": stated(self.table),
            "beyond_the_statute": {
                "withheld_below": THRESHOLD,
                "withheld_means": {"requests_by_status": _OF_STATUSES, "reported_uses": _OF_USES},
                "requests_by_status": [
                    {"agency": agency, **withheld(counts), "total": sum(counts.values())}
                    for agency, counts in sorted(self.statuses.items())
                ],
                "answers_by_reported_use": [
                    {
                        "agency": agency,
                        **self._uses_shown(counts),
                        "total": sum(counts.values()),
                    }
                    for agency, counts in sorted(self.uses.items())
                ],
            },
        }


def due_day(year: int) -> date:
    """Give the day by which the report of a year is due."""
    return date(year, 12, 31) + timedelta(days=_DAYS)


def as_json(report: AnnualReport) -> str:
    """Write the report as JSON; a count that is withheld is null."""
    return json.dumps(report.public(), indent=2, ensure_ascii=False) + "\n"


def as_csv(report: AnnualReport) -> str:
    """Write the statute's table as CSV: one row an agency."""
    columns = ("agency", "requests", "disclosures", "taxpayers")
    rows = [
        (report.year, *(getattr(one, name) for name in columns), ";".join(one.purposes))
        for one in report.agencies
    ]
    return _table(("year", *columns, "purposes"), rows)


def statuses_csv(report: AnnualReport) -> str:
    """Write how requests fared, beyond the statute; ``*`` stands for a count that is withheld.

    The public log shows each: a row in which something is withheld says so itself.
    """
    return _withheld_table(report, "requests_by_status", DECIDED_STATUSES, _OF_STATUSES)


def uses_csv(report: AnnualReport) -> str:
    """Write what agencies reported of their answers; ``*`` stands for a count that is withheld."""
    return _withheld_table(report, "answers_by_reported_use", COUNTED, _OF_USES)


_OF_STATUSES = (
    f"withheld: below {THRESHOLD}, or would give such a count away; this table alone does not tell"
    " it, but the public log says the status of each request, so whoever recounts the log has it"
)
_OF_USES = (
    f"withheld: below {THRESHOLD}, or would give such a count away, or can still change; the log"
    " commits to each report and does not say what it was"
)


def _withheld_table(report: AnnualReport, name: str, counted: Sequence[str], means: str) -> str:
    """Write a table, and in each row with something withheld what that means."""
    columns, rows = ("agency", *counted, "total"), report.public()["beyond_the_statute"][name]
    shown = [[WITHHELD if row[c] is None else row[c] for c in columns] for row in rows]
    notes = [means if WITHHELD in values else "" for values in shown]
    return _table(
        (*columns, "note"), [(*one, note) for one, note in zip(shown, notes, strict=True)]
    )


def as_page(report: AnnualReport, titles: dict[str, str], *, training: bool = False) -> str:
    """Render the report as one self-contained HTML page.

    Args:
        report: the report.
        titles: what each provision is called, by its id.
        training: whether a training office made it, which the page then says.
    """
    return _PAGES.get_template("annual.html").render(
        report=report.public(), titles=titles, mark=WITHHELD, training=training
    )


def _table(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> str:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(columns)
    out.writerows(map(harmless_row, rows))
    return text.getvalue()
