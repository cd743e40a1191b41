"""What is written: a page, charts with tables, JSON; and in words what none of it can show."""

import csv
import json
import xml.etree.ElementTree as ET

import pytest

from commands import ostiary
from ostiary.office.filings.words import CANNOT_SHOW
from published_totals import a_series, lines, written


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filings")
    drop, _ = a_series(-0.15)
    none, _ = a_series(0.0, seed=7)
    rows = [*lines(drop), *lines(none, area="US", name="returns"), *lines(drop, area="CA")[100:]]
    done = ostiary("filings", written(folder / "f.csv", rows), "--out", folder / "out")
    assert done.status == 0, done.err
    return done, folder / "out", folder / "f.csv"


def test_everything_drawn_stands_in_the_table(report):
    _, out, _ = report
    table = {
        (row["series"], row["area"], row["month"]): row
        for row in csv.DictReader((out / "months.csv").read_text().splitlines())
    }
    drawn = ET.parse(out / "itin-returns-TX.svg")  # noqa: S314 - our own
    circles = list(drawn.iter("{http://www.w3.org/2000/svg}circle"))
    told = [row for key, row in table.items() if key[1] == "TX" and key[2] >= "2020-04"]
    foretold = [row for row in told if row["foretold"]]
    assert len(circles) == len([row for row in told if row["counted"]]) + len(foretold)
    assert {row["state"] for row in told} == {"before", "after", "masked", "month of a break"}


def test_a_chart_has_a_title_and_words(report):
    _, out, _ = report
    root = ET.parse(out / "itin-returns-TX.svg").getroot()  # noqa: S314 - our own
    title, told = list(root)[:2]
    assert (title.tag[-5:], told.tag[-4:]) == ("title", "desc")
    assert root.get("role") == "img"
    assert title.get("id") in root.get("aria-labelledby").split()


def test_page_and_terminal_say_what_cannot_be_shown(report):
    done, out, _ = report
    page = (out / "report.html").read_text()
    for said in CANNOT_SHOW:
        assert said in done.out
        assert said in page.replace("&#39;", "'")
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert page.count("<svg") == 2


def test_a_drop_is_said_and_none_found_is_not_called_none(report):
    done, _, _ = report
    assert "fewer than foretold" in done.out
    assert "That is not to say that there was none" in done.out
    assert "no interval" in done.out


def test_json_holds_plan_digest_and_the_same_findings(report):
    _, out, file = report
    told = json.loads((out / "findings.json").read_text())
    assert told["plan"]["digest"].startswith("sha256:")
    assert told["plan"]["shipped"] is True
    printed = json.loads(ostiary("filings", file, "--json").out)
    assert printed == told
    by_area = {one["area"]: one for one in told["series"]}
    assert by_area["TX"]["headline"]["clear"] is True
    assert "refused" in by_area["CA"]


def test_a_plan_of_later_days_is_no_pre_registration(report, tmp_path):
    _, _, file = report
    rows = file.read_text().splitlines()
    dated = [f"{rows[0]},published", *(f"{row},2026-06-01" for row in rows[1:])]
    (tmp_path / "f.csv").write_text("\n".join(dated) + "\n")
    told = json.loads(ostiary("filings", tmp_path / "f.csv", "--json").out)
    assert any("no pre-registration" in said for said in told["about_all"])


def test_a_folder_in_use_is_left_as_it_is(report):
    _, out, file = report
    before = {one.name: one.stat().st_mtime_ns for one in out.iterdir()}
    done = ostiary("filings", file, "--out", out)
    assert done.status == 2
    assert {one.name: one.stat().st_mtime_ns for one in out.iterdir()} == before


def test_the_shipped_plan_can_be_printed_changed_and_used(report, tmp_path):
    _, _, file = report
    shown = ostiary("filings", "--show-plan")
    assert shown.status == 0
    (tmp_path / "mine.toml").write_text(shown.out + "# mine\n")
    told = json.loads(ostiary("filings", file, "--plan", tmp_path / "mine.toml", "--json").out)
    assert told["plan"]["shipped"] is False
    assert "The plan is not the one that ships with Ostiary." in told["about_all"]
