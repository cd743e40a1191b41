"""The annual report: exact where the statute wants it, counted from the log, borne out by it."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from aftermath import answered_office
from casedb import ask, change, tamper
from commands import ostiary
from log_story import OfficeLog, kinds
from ostiary.domain.errors import FaultError, InputError
from ostiary.office.oversight.annual_report import count_year, put_into_log, write_report
from ostiary.office.oversight.joint_committee_table import is_listed, table_csv, table_row
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.entries import make_entry, read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

OVER = date(2026, 1, 2)


@pytest.fixture
def busy(served_office, stores, tmp_path_factory, tmp_path) -> Path:
    made = answered_office(tmp_path_factory, served_office, stores)
    return stores.copy(made, tmp_path / "office").root


@pytest.mark.both_stores
def test_figures_are_those_of_the_case_store(busy: Path) -> None:
    with at_work(busy, on=OVER) as place:
        report = count_year(place, 2025)
    by_agency = {one.agency: one for one in report.agencies}
    ice = by_agency["dhs-ice"]
    ((stored,),) = ask(busy, "SELECT count(*) FROM request WHERE agency = 'dhs-ice'")
    assert (ice.requests, ice.answers, ice.disclosures) == (stored, 3, 2)
    told = "SELECT count(DISTINCT person_id) FROM answer WHERE agency = 'dhs-ice' AND disclosed"
    assert [(ice.taxpayers,)] == [tuple(row) for row in ask(busy, told)]
    assert report.taxpayers == ice.taxpayers
    assert sum(report.statuses["dhs-ice"].values()) == stored
    assert "/us/usc/t26/s6103/i/2" in ice.purposes


def test_the_sums_enter_the_log_once_and_verify(busy: Path) -> None:
    with at_work(busy, on=OVER) as place:
        report = count_year(place, 2025)
        assert put_into_log(place, report) == len(report.agencies)
        assert put_into_log(place, count_year(place, 2025)) == 0
        entries = [read_entry(body) for body in place.store.entries_from(0)]
    logged = {
        one["agency"]: one["disclosures"] for one in entries if one.type == "figures.reported"
    }
    assert logged == {one.agency: one.disclosures for one in report.agencies}
    trust = read_trust(busy / "accounting" / TRUST_FILE)
    with open_source(busy / "accounting") as source:
        found = verify_log(source, [key.vkey for key in trust.logs], every=True)
    assert found.faults == ()
    assert len(entries) == report.size + len(report.agencies)


@pytest.mark.parametrize(
    ("field", "more"), [("requests", 1), ("answers", 1), ("disclosures", 10), ("taxpayers", 10)]
)
def test_sums_that_the_entries_do_not_bear_out_are_found(
    tmp_path: Path, field: str, more: int
) -> None:
    log = OfficeLog()
    log.open_office()
    (asked,) = log.receive("b-1", ["accepted"])
    log.answer(asked)
    true = {"requests": 1, "answers": 1, "disclosures": 1, "taxpayers": 1}
    log.add("figures.reported", agency="dhs-ice", year=2025, **true)
    log.publish(tmp_path / "true")
    assert log.verify(tmp_path / "true").faults == ()
    log.entries.append(
        make_entry(
            "figures.reported",
            at="2026-01-02T00:00:00Z",
            agency="dhs-ice",
            year=2025,
            **(true | {field: true[field] + more}),
        )
    )
    log.publish(tmp_path / "false")
    assert kinds(log.verify(tmp_path / "false")) == {"report"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answer SET status = 'no-answer', person_id = '' WHERE person_id <> ''",
        "UPDATE answer SET person_id = 'P-other' WHERE person_id <> ''",
    ],
)
def test_a_case_store_that_was_changed_reports_nothing(busy: Path, statement: str) -> None:
    """An operator makes disclosures disappear, or puts them on one person."""
    guards = ask(busy, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    drops = [f'DROP TRIGGER "{name}"' for name, _ in guards]
    change(busy, *drops, statement, *(text for _, text in guards))
    with at_work(busy, on=OVER) as place, pytest.raises(FaultError, match="commits to another"):
        count_year(place, 2025)


def test_a_year_that_is_not_over_is_not_reported(busy: Path, tmp_path: Path) -> None:
    with at_work(busy, on=date(2025, 12, 31)) as place:
        assert count_year(place, 2025).is_preliminary, "a training office may look"
    done = ostiary("init", tmp_path / "real", "--json")
    assert done.status == 0, done.err
    with at_work(tmp_path / "real") as place:
        this_year = place.moment.today.year
        with pytest.raises(InputError, match="not over"):
            count_year(place, this_year)
        assert count_year(place, this_year - 1).agencies == ()


def test_a_year_whose_openings_are_gone_and_of_which_nothing_was_kept_is_not_counted_again(
    busy: Path,
) -> None:
    with at_work(busy, on=OVER) as place:
        put_into_log(place, count_year(place, 2025))
    with at_work(busy, on=date(2033, 1, 5)) as place:
        dispose(place, due(place))
    tamper(busy, "DELETE FROM kept_record")  # as an Ostiary before schema 9 left it,
    (busy / ".log-marks").unlink()  # which knew of no marks, either
    with at_work(busy, on=date(2033, 1, 5)) as place:
        with pytest.raises(InputError, match="nothing was kept"):
            count_year(place, 2025)
        assert sum(one.disclosures for one in place.store.figures(2025)) == 2


def test_files_say_the_same_and_need_no_network(busy: Path, tmp_path: Path) -> None:
    with at_work(busy, on=OVER) as place:
        report = count_year(place, 2025)
    written = write_report(report, tmp_path / "out")
    assert [path.name for path in written] == [
        "report.json",
        "report.csv",
        "statuses.csv",
        "table.csv",
        "report.html",
        "uses.csv",
    ]
    said = json.loads(written[0].read_text())
    rows = list(csv.DictReader(written[1].read_text().splitlines()))
    assert [int(row["taxpayers"]) for row in rows] == [one["taxpayers"] for one in said["agencies"]]
    assert said["log"]["root"] == report.root
    assert said["due"] == "2026-03-31"
    page = written[4].read_text()
    assert report.root in page
    assert "http" not in page
    assert "whoever recounts the log has it" in page
    shown = said["beyond_the_statute"]["requests_by_status"]
    for row in shown:
        hidden = [name for name, count in row.items() if count is None]
        assert len(hidden) != 1
    uses = said["beyond_the_statute"]["answers_by_reported_use"]
    for table, rows in ((written[2], shown), (written[5], uses)):
        marks = table.read_text().count("*")
        assert marks == sum(count is None for row in rows for count in row.values())
        for row in csv.DictReader(table.read_text().splitlines()):
            assert ("log" in row.pop("note")) == ("*" in row.values())


def test_the_command_makes_the_report(busy: Path, tmp_path: Path) -> None:
    done = ostiary("report", busy, "--year", "2025", "--out", tmp_path / "out", "--json")
    assert done.status == 0, done.err
    said = json.loads(done.out)
    assert said["total"]["disclosures"] == 2
    assert (tmp_path / "out" / "report.html").exists()


def test_the_table_has_a_row_an_agency_and_subsection(busy: Path) -> None:
    with at_work(busy, on=OVER) as place:
        report = count_year(place, 2025)
    rows = {(one.agency, one.provision): one for one in report.table}
    ice = rows["dhs-ice", "/us/usc/t26/s6103/i/2"]
    assert (ice.on_request, ice.otherwise, ice.bulk, ice.other, ice.total) == (2, 0, 0, 2, 2)
    assert ice.subsection == "26 U.S.C. 6103(i)(2)"
    assert ice.purpose
    told = list(csv.DictReader(table_csv(report.table).splitlines()))
    assert [int(one["total"]) for one in told] == [one.total for one in report.table]


EMERGENCY, BENEFITS = "/us/usc/t26/s6103/i/3/B", "/us/usc/t26/s6103/l/7"


@pytest.mark.parametrize(
    ("provision", "federal", "accounting", "listed"),
    [
        ("/us/usc/t26/s6103/i/2", True, "recorded", True),
        ("/us/usc/t26/s6103/i/2", False, "recorded", False),
        ("/us/usc/t26/s6103/d", False, "recorded", True),
        (EMERGENCY, False, "recorded", True),
        ("/us/usc/t26/s6103/i/7/A", False, "recorded", True),
        ("/us/usc/t26/s6103/l/21", False, "recorded", False),
        (BENEFITS, False, "exempt", False),
        (BENEFITS, True, "exempt", False),
    ],
)
def test_the_table_lists_whom_the_statute_lists(provision, federal, accounting, listed) -> None:
    assert is_listed(provision, federal=federal, accounting=accounting) is listed


def test_what_nobody_asked_for_is_told_apart() -> None:
    made = table_row(("fbi", "Bureau"), (EMERGENCY, "26 U.S.C. 6103(i)(3)(B)", "danger"), (1, 1, 1))
    assert (made.requests, made.on_request, made.otherwise, made.total) == (0, 0, 1, 1)
