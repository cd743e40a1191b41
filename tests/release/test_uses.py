"""What agencies report of their answers: one word, their own alone, counted with those missing."""

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from aftermath import answered_office, left_of
from answered_agency import browser_of
from casedb import tamper
from officers import NEXT_DAY
from ostiary.domain.errors import FaultError, InputError
from ostiary.domain.words import Use
from ostiary.faces.web.overview import by_use
from ostiary.office.cases.dossier import history
from ostiary.office.oversight.access_audit import check_openings
from ostiary.office.oversight.annual_figures import AnnualReport
from ostiary.office.oversight.annual_report import count_year, put_into_log, write_report
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from ostiary.office.release.uses import count_uses, report_use
from ostiary.verifying.client.values import RefusedError
from programs import OTHER_PROGRAM, PROGRAM, program, site_with_programs
from web_office import opened_copy

YEARS_LATER = NEXT_DAY.replace(year=2045)


@pytest.fixture(scope="module")
def root(served_office, stores, tmp_path_factory):
    """An office with three answers out, of which two were reported on, one twice."""
    made = answered_office(tmp_path_factory, served_office, stores)
    root = stores.copy(made, tmp_path_factory.mktemp("uses") / "office").root
    with at_work(root, on=NEXT_DAY) as place:
        first, second, _ = numbers(place, root)
        assert report_use(place, first, Use.PENDING, "ice-cases")
        assert not report_use(place, first, Use.PENDING, "ice-cases")
        assert report_use(place, first, Use.PROSECUTION, "ice-cases")
        assert report_use(place, second, Use.PENDING, "ice-cases")
    return root


def numbers(place, root):
    return [place.store.find_request(f"dhs-ice/{name}").id for name in sorted(left_of(root))]


def entries_of(place):
    entries = [json.loads(body) for body in place.store.entries_from(0)]
    return [one for one in entries if one["type"] == "use.reported"]


def test_the_last_report_counts_and_what_is_missing_is_counted(root):
    with at_work(root, on=NEXT_DAY) as place:
        assert count_uses(place, 2025) == {
            "dhs-ice": {"prosecution": 1, "pending": 1, "not-reported": 1}
        }
        assert count_uses(place, 2024) == {}
        first, _, third = numbers(place, root)
        assert [one.use for one in place.store.uses(first)] == ["pending", "prosecution"]
        assert place.store.uses(third) == ()
        shown = history(place, f"dhs-ice/{min(left_of(root))}")
    assert [entry.type for _, entry in shown].count("use.reported") == 2


def test_the_log_says_that_something_was_reported_and_neither_of_which_nor_what(root):
    with at_work(root, on=NEXT_DAY) as place:
        entries = entries_of(place)
    assert len(entries) == 3
    assert {frozenset(one) for one in entries} == {
        frozenset({"v", "type", "at", "agency", "on", "report"})
    }
    assert len({one["report"] for one in entries}) == 3


def test_nothing_is_reported_of_what_is_not_answered(root):
    with at_work(root, on=NEXT_DAY) as place:
        waits = next(place.store.queue()).id
        with pytest.raises(InputError, match="no answer yet"):
            report_use(place, waits, Use.USED, "ice-cases")


def test_the_annual_report_withholds_small_counts_and_what_gives_them_away(root, tmp_path):
    with at_work(root, on=NEXT_DAY) as place:
        report = replace(count_year(place, 2025), made_on=DUE + timedelta(days=1))
    write_report(report, tmp_path)
    [row] = csv.DictReader((tmp_path / "uses.csv").read_text().splitlines())
    assert row.pop("agency") == "dhs-ice"
    assert row.pop("total") == "3"
    assert "commits to each report" in row.pop("note")
    assert set(row.values()) == {"*"}
    assert "What agencies reported" in (tmp_path / "report.html").read_text()


DUE = date(2026, 3, 31)
MANY = {"used": 40, "not-used": 12, "no-offence": 30, "prosecution": 11, "pending": 20}


def published(uses, made_on):
    report = AnnualReport(2025, made_on, False, (), 0, {}, "log", 1, "00", uses={"dhs-ice": uses})
    (row,) = report.public()["beyond_the_statute"]["answers_by_reported_use"]
    return row


def test_attack_two_reports_of_one_year_tell_what_came_between(root):
    """Whoever subtracts one report from the other learns what became of the few between them."""
    counts = Counter({**MANY, "not-reported": 50, "destroyed": 0})
    before = {published(counts, DUE - timedelta(days=days))["pending"] for days in range(60)}
    assert before == {None}
    later = Counter({**counts, "destroyed": 2, "pending": 18})
    row = published(later, DUE + timedelta(days=900))
    assert {row[name] for name in counts} == {None}
    assert row["total"] == counts.total()
    with at_work(root, on=NEXT_DAY) as place:
        first = count_uses(place, 2025, until=NEXT_DAY - timedelta(days=1))
        assert first == {"dhs-ice": {"not-reported": 3}}
        assert count_uses(place, 2025, until=NEXT_DAY) == count_uses(place, 2025)


def test_what_does_not_change_any_more_is_shown():
    counts = Counter({**MANY, "not-reported": 50, "destroyed": 20})
    row = published(counts | {"destroyed": 0}, DUE + timedelta(days=1))
    assert row["no-offence"] == MANY["no-offence"]
    assert row["destroyed"] is None


def test_a_word_changed_in_the_store_is_found(root, stores, tmp_path):
    copy = stores.copy(root, tmp_path / "office").root
    tamper(copy, "UPDATE use_report SET use = 'used' WHERE use = 'prosecution'")
    with at_work(copy, on=NEXT_DAY) as place:
        assert any("another report" in fault for fault in check_openings(place).faults)
        with pytest.raises(FaultError, match="another report"):
            count_uses(place, 2025)


def test_a_word_is_destroyed_with_the_openings(root, stores, tmp_path):
    copy = stores.copy(root, tmp_path / "office").root
    with at_work(copy, on=YEARS_LATER) as place:
        put_into_log(place, count_year(place, 2025))
        dispose(place, due(place))
        assert {one.use for one in place.store.uses()} == {""}
        assert count_uses(place, 2025) == {"dhs-ice": {"destroyed": 2, "not-reported": 1}}
        assert check_openings(place).faults == ()


@pytest.fixture(scope="module")
def served(root, stores, tmp_path_factory):
    copy = stores.copy(root, tmp_path_factory.mktemp("served") / "office").root
    with site_with_programs(copy, NEXT_DAY) as (site, keys):
        yield site, copy, {name: program(site, name, key) for name, key in keys.items()}


def test_a_program_reports_of_its_own_agencys_requests_alone(served):
    site, copy, programs = served
    store = site.office.store
    entry = store.find_request(f"dhs-ice/{sorted(left_of(copy))[2]}").entry_index
    assert programs[PROGRAM].report_use(entry, "no-offence") == "no-offence"
    assert programs[PROGRAM].report_use(entry, "no-offence") == "no-offence"
    with pytest.raises(RefusedError) as foreign:
        programs[OTHER_PROGRAM].report_use(entry, "used")
    with pytest.raises(RefusedError) as nowhere:
        programs[OTHER_PROGRAM].report_use(10**9, "used")
    assert (foreign.value.status, foreign.value.args) == (404, nowhere.value.args)
    with pytest.raises(RefusedError) as unknown:
        programs[PROGRAM].report_use(entry, "she was guilty")
    assert unknown.value.status == 422
    waits = store.request(next(item.id for item in store.queue() if item.agency == "dhs-ice"))
    with pytest.raises(RefusedError) as early:
        programs[PROGRAM].report_use(waits.entry_index, "used")
    assert early.value.status == 404
    assert [one.reporter for one in store.uses(store.request_at(entry).id)] == [PROGRAM]


def test_an_officer_of_the_agency_reports_on_the_requests_page(served):
    site, copy, _ = served
    number = site.office.store.find_request(f"dhs-ice/{sorted(left_of(copy))[1]}").id
    page, own = f"/requests/{number}/", browser_of(site, "dhs-ice")
    assert "Reported last: <strong>" in own.get(page).content.decode()
    assert own.post(f"{page}use/", {"use": "guilty"}).status_code == 404
    assert own.post(f"{page}use/", {"use": "not-used"}).status_code == 302
    said = own.get(page).content.decode()
    assert "Your report is in." in said
    assert site.office.store.uses(number)[-1].use == "not-used"
    assert browser_of(site, "dhs").post(f"{page}use/", {"use": "used"}).status_code == 404
    assert site.office.store.uses(number)[-1].use == "not-used"


def test_the_head_is_told_that_nothing_was_reported_and_no_small_count(
    served, served_office, stores, tmp_path_factory
):
    site, _, _ = served
    told = by_use(site, date(2025, 1, 1))
    row = dict(
        zip(told.columns, next(one for one in told.rows if one[0] == "dhs-ice"), strict=True)
    )
    assert {row[name] for name in row if name not in {"Agency", "Answers"}} == {"withheld"}
    made = answered_office(tmp_path_factory, served_office, stores)
    with opened_copy(made, stores, tmp_path_factory.mktemp("silent")) as silent:
        [row] = by_use(silent, date(2025, 1, 1)).rows
    assert row == ("dhs-ice", *["none"] * 5, 3, "none", 3)
