"""The annual report, counted from the log; what the log only commits to is opened and compared.

Requests and answers stand in the log's entries. What was disclosed, and about whom, the entries
only commit to: for each answer the case store's word is compared with the commitment, so a figure
that the log does not bear out is a fault and no report. Of answers whose openings were destroyed
the permanent record says it. Then the sums go into the log.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ostiary.deciding.law.citations import citation_text
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.disk.durable import put_durably
from ostiary.domain.errors import FaultError, InputError
from ostiary.domain.words import Status
from ostiary.office.folder.report_files import REPORT_FILES
from ostiary.office.folder.session import OfficeSession
from ostiary.office.oversight.annual_figures import (
    AgencyFigures,
    AnnualReport,
    as_csv,
    as_json,
    as_page,
    due_day,
    statuses_csv,
    uses_csv,
)
from ostiary.office.oversight.joint_committee_table import TableRow, is_listed, table_csv, table_row
from ostiary.office.release.permanent_record_reader import kept_rows, record_key
from ostiary.office.release.uses import count_uses
from ostiary.office.store import NewFigures, ReleasedAnswer
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.answers.answers import OUTCOME_LABEL, TAXPAYER_LABEL
from ostiary.verifying.log.checkpoints import Checkpoint
from ostiary.verifying.log.commitments import commit
from ostiary.verifying.log.entries import Entry, read_entry
from ostiary.verifying.log.faults import FaultList
from ostiary.verifying.log.hasher import TreeHasher
from ostiary.verifying.log.recount import Recount
from ostiary.verifying.log.tree import leaf_hash
from ostiary.verifying.log.vocabulary import DECIDED_STATUSES

_AT_ONCE = 4096


@dataclass(slots=True)
class _Counts:
    """What the log's entries say of one year."""

    statuses: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    purposes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    answers: Counter[str] = field(default_factory=Counter)
    disclosures: Counter[str] = field(default_factory=Counter)
    taxpayers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    people: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def agencies(self) -> list[str]:
        return sorted({*self.statuses, *self.answers})

    def of(self, agency: str) -> AgencyFigures:
        return AgencyFigures(
            agency,
            self.statuses[agency].total(),
            self.answers[agency],
            self.disclosures[agency],
            len(self.taxpayers[agency]),
            tuple(sorted(self.purposes[agency])),
        )


def count_year(place: OfficeSession, year: int) -> AnnualReport:
    """Count one year.

    Raises:
        InputError: the year is not over, or openings that it takes were destroyed and not kept.
        FaultError: the entries are not those published, do not make sense together, or do not bear
            out what the case store says.
    """
    preliminary = place.moment.today <= date(year, 12, 31)
    if preliminary and not place.office.config.training:
        raise InputError(
            "the year is not over; what is counted before would tell of single answers",
            where="--year",
            cure="name a year that is over",
        )
    checkpoint = place.publish()
    counts = _count(place, checkpoint, year)
    figures = tuple(counts.of(agency) for agency in counts.agencies)
    return AnnualReport(
        year=year,
        made_on=place.moment.clock_day,
        is_preliminary=preliminary,
        agencies=figures,
        taxpayers=len(set().union(*counts.taxpayers.values())),
        statuses={
            agency: {status: counts.statuses[agency][status] for status in DECIDED_STATUSES}
            for agency in counts.agencies
        },
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        table=tuple(_table(place, counts)),
        uses=count_uses(place, year, until=due_day(year)),
    )


def put_into_log(place: OfficeSession, report: AnnualReport) -> int:
    """Log the sums that are not in the log yet; give how many agencies they are of."""
    with place.store.write() as txn:
        new = list(_unlogged(place, report))
        for row in new:
            entry = journal_entry(
                "figures.reported",
                at=row.at,
                agency=row.agency,
                year=row.year,
                requests=row.requests,
                answers=row.answers,
                disclosures=row.disclosures,
                taxpayers=row.taxpayers,
            )
            txn.add_figures(row, entry)
    return len(new)


def _unlogged(place: OfficeSession, report: AnnualReport) -> Iterator[NewFigures]:
    """Give the sums that the log does not have, or has otherwise."""
    known = {one.agency: one for one in place.store.figures(report.year)}
    for one in report.agencies:
        sums = (one.requests, one.answers, one.disclosures, one.taxpayers)
        last = known.get(one.agency)
        if last is None or (last.requests, last.answers, last.disclosures, last.taxpayers) != sums:
            yield NewFigures(one.agency, report.year, *sums, at=place.moment.at)


def write_report(report: AnnualReport, out: Path, *, training: bool = False) -> list[Path]:
    """Write the report as JSON, CSV and HTML, the statute's table, how requests and answers fared.

    The page of a ``training`` office says that it is one.
    """
    out.mkdir(parents=True, exist_ok=True)
    titles = {one.cites: one.title for one in read_book(shipped_book()).instruments}
    written = []
    texts = (
        as_json(report),
        as_csv(report),
        statuses_csv(report),
        table_csv(report.table),
        as_page(report, titles, training=training),
        uses_csv(report),
    )
    for name, text in zip(REPORT_FILES, texts, strict=True):
        put_durably(out / name, text.encode())
        written.append(out / name)
    return written


def _count(place: OfficeSession, checkpoint: Checkpoint, year: int) -> _Counts:
    """Read the log once: its root, its sense, and the year's figures."""
    counts, faults = _Counts(), FaultList()
    recount = Recount(checkpoint.origin, faults)
    released = {one.answer_id: one for one in place.store.released_in(year)}
    kept = lru_cache(lambda: _kept_answers(place, year))
    marks = [f'"{name}":"{year:04}-'.encode() for name in ("received", "on")]
    for index, body in enumerate(_checked_entries(place, checkpoint)):
        recount.add(body)
        if not any(mark in body for mark in marks):
            continue
        entry = read_entry(body)
        if entry.type == "request.decided" and entry["received"][:4] == f"{year:04}":
            counts.statuses[entry["agency"]][entry["status"]] += 1
            counts.purposes[entry["agency"]].add(entry["provision"])
            counts.asked[entry["agency"], entry["provision"]] += 1
        elif entry.type == "answer.released" and entry["on"][:4] == f"{year:04}":
            found = released.get(entry["answer"])
            if found is None or found.entry_index != index:
                raise FaultError(f"entry {index}: the case store does not hold this answer")
            if found.salt is None:
                found = _kept_answer(found, kept(), index)
            else:
                _check_commitments(found, entry, index)
            provision = read_entry(place.store.entry(entry["of"]).body)["provision"]
            _count_answer(counts, entry["agency"], provision, found)
    recount.finish()
    if faults.count:
        raise FaultError(f"the log cannot be reported from: {faults.kept[0]}")
    return counts


def _checked_entries(place: OfficeSession, checkpoint: Checkpoint) -> Iterator[bytes]:
    """Give the entries of the store that are published, and see that they are those published."""
    tree, leaves = TreeHasher(), list[bytes]()
    for body in place.store.entries_from(0):
        if tree.size + len(leaves) == checkpoint.size:
            break
        leaves.append(leaf_hash(body))
        if len(leaves) == _AT_ONCE:
            tree.add(leaves)
            leaves = []
        yield body
    tree.add(leaves)
    if (tree.size, tree.root()) != (checkpoint.size, checkpoint.root):
        raise FaultError("the entries of the case store are not those that are published")


def _check_commitments(found: ReleasedAnswer, entry: Entry, index: int) -> None:
    """Open what an entry commits to.

    Raises:
        FaultError: it is something else than the case store says.
    """
    said = (
        commit(str(found.salt), OUTCOME_LABEL, str(found.status)),
        commit(str(found.salt), TAXPAYER_LABEL, found.person_id),
    )
    disclosed = found.status is Status.CONFIRMED
    if said != (entry["outcome"], entry["taxpayer"]) or disclosed != bool(found.person_id):
        raise FaultError(f"entry {index}: the log commits to another answer than the case store's")


def _kept_answers(place: OfficeSession, year: int) -> dict[str, dict[str, Any]]:
    """Give what the permanent record keeps of the answers of a year, by their ids."""
    if next(place.store.kept_records(), None) is None:
        return {}
    rows = kept_rows(place, record_key(place))
    return {row["answer"]: row for row in rows if row.get("released_on", "")[:4] == f"{year:04}"}


def _kept_answer(
    found: ReleasedAnswer, kept: Mapping[str, Mapping[str, Any]], index: int
) -> ReleasedAnswer:
    """Give an answer whose openings were destroyed as the permanent record has it."""
    row = kept.get(found.answer_id)
    if row is None:
        raise InputError(
            "openings of this year have been destroyed, and nothing was kept of them",
            where=f"entry {index}",
            cure="what was reported of it stands in the log: entries figures.reported",
        )
    disclosed = found.status is Status.CONFIRMED
    if row["disclosed"] is not disclosed or bool(row["person_id"]) is not disclosed:
        raise FaultError(f"entry {index}: the permanent record is of another answer")
    return found._replace(person_id=row["person_id"])


def _count_answer(counts: _Counts, agency: str, provision: str, found: ReleasedAnswer) -> None:
    counts.answers[agency] += 1
    if found.status is Status.CONFIRMED:
        counts.disclosures[agency] += 1
        counts.taxpayers[agency].add(found.person_id)
        counts.told[agency, provision] += 1
        counts.people[agency, provision].add(found.person_id)


def _table(place: OfficeSession, counts: _Counts) -> Iterator[TableRow]:
    """Give the statute's table: agencies that it lists, without what it exempts."""
    with place.scratch() as con:
        law = place.read_law(con)
    gateways = {one.cites: one for one in law.book.instruments if one.gateway}
    known = {one["agency"]: one for one in law.registers.tables["agencies"].to_pylist()}
    for agency, provision in sorted(counts.asked.keys() | counts.told.keys()):
        found, row = gateways.get(provision), known.get(agency)
        if found is None or found.gateway is None or row is None:
            continue  # nothing can have been disclosed under it, or to it
        is_federal = row["federal"] == "true"
        if not is_listed(provision, federal=is_federal, accounting=found.gateway.accounting):
            continue
        key = (agency, provision)
        yield table_row(
            (agency, row["name"]),
            (provision, citation_text(provision) or provision, found.gateway.use),
            (counts.asked[key], counts.told[key], len(counts.people[key])),
        )
