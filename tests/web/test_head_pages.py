"""The head's page: figures that add up, nothing of a case; the safeguards calendar."""

import re
from collections import Counter
from datetime import UTC, date, datetime

import duckdb
import pytest

from ostiary.faces.server.roles import Role
from ostiary.faces.web import returns_trend as trends
from ostiary.faces.web.overview import METHODS, bounds, by_agency, by_rule, flow, waits_by_age
from ostiary.office.folder.rule_names import keep_rule_names, rule_names
from ostiary.office.oversight.safeguard_calendar import Due, as_icalendar, safeguards_due
from ostiary.office.store.oversight import FIGURES
from web_office import opened_copy, person


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("head")) as found:
        yield found


@pytest.fixture(scope="module")
def head(site):
    return person(site, Role.HEAD, "head-1")


def test_the_head_sees_whether_the_office_keeps_up_and_no_case(site, head):
    assert head.get("/")["Location"] == "/office/"
    page = head.get("/office/").content.decode()
    bars = flow(site, date(2025, 1, 1))
    highest = max(max(one.came, one.left) for one in bars)
    assert f"the highest bar is {highest:,} on one day" in page
    assert f"over {site.office.store.log_size():,} entries of the log" in page
    for item in site.office.store.queue():
        assert item.request_id not in page
    assert not re.search(r'href="/cases/', page)
    for path in ("/cases/", "/cases/1/", "/audit/", "/requests/"):
        assert head.get(path).status_code == 403, path


def test_figures_add_up_with_what_is_stored(site):
    store, first = site.office.store, date(2025, 1, 1)
    waits = sum(sum(row[1:]) for row in waits_by_age(site))
    assert waits == sum(1 for _ in store.queue())
    arrived = sum(bar.came for bar in flow(site, first))
    assert arrived == sum(store.count_lines(agency=None).values())
    assert sum(row[1] for row in by_agency(site, first).rows) == arrived


def test_returns_by_month_rule_and_agency_add_up(site, monkeypatch):
    """With what is stored, and with what each file's summary says of its rules."""
    monkeypatch.setattr(trends, "PAIRS", 1_000)
    store, first, today = site.office.store, date(2025, 1, 1), site.place().moment.today
    trend = trends.returns_trend(site, first, today)
    counts = store.count_lines(agency=None)
    assert trend.total == sum(counts.values()) - counts["accepted"] > 0
    agencies = {row[0] for row in by_agency(site, first).rows}
    assert {one.agency for one in trend.lines} <= agencies
    together = Counter()
    for one in trend.lines:
        assert len(one.by_month) == len(trend.months)
        together[one.rule] += one.total
    of_files = by_rule(site, first, today)
    assert of_files
    for rule, _, many, _ in of_files:
        assert together[rule] == many, rule


def test_rules_of_an_earlier_book_are_named_as_it_named_them(site, tmp_path):
    """One whose names were never kept has none; a name is no path out of the office."""
    book = site.snapshot().law.book
    keep_rule_names(tmp_path, book)
    ids = tuple(rule.id for _, rule in book.rules)
    assert rule_names(tmp_path, book.digest) == ids
    assert rule_names(tmp_path, "sha256:" + "0" * 64) == rule_names(tmp_path, "../../x") == ()
    assert rule_names(site.office.root, book.digest) == ids  # from its adoption on
    rows = [("2025-07", "a", "3", "unknown", 2), ("2025-08", "a", "2", "earlier", 5)]
    rows.append(("2025-08", "b", "3", "now", 1))
    names = {"earlier": ("old.first", "old.second"), "now": ids}
    requests, pairs = trends._counted(lambda digest: names.get(digest, ()), rows)
    assert requests == {"2025-07": 2, "2025-08": 6}
    assert pairs == {
        ("", "a"): {"2025-07": 2},
        ("old.second", "a"): {"2025-08": 5},
        (ids[0], "b"): {"2025-08": 1},
        (ids[1], "b"): {"2025-08": 1},
    }
    months = trends.months_between(date(2024, 12, 31), date(2025, 2, 1))
    assert months == ("2024-12", "2025-01", "2025-02")


def test_pairs_beyond_the_named_are_one_line(monkeypatch):
    monkeypatch.setattr(trends, "PAIRS", 1)
    pairs = {("r", "a"): Counter(m=3), ("r", "b"): Counter(m=1), ("s", "a"): Counter(m=1)}
    assert trends._lines(pairs, ["m"]) == (
        trends.Line("r", "a", (3,)),
        trends.Line("", "", (2,), 2),
    )


def test_every_figure_shows_its_query_and_the_size_of_the_log(site, head):
    page = head.get("/office/?days=365").content.decode()
    for name in ("arrivals", "answers", "agencies", "officers", "returns"):
        assert FIGURES[name].sql.split(" FROM ")[0][:30] in page
    assert page.count(f"Over {site.office.store.log_size():,} entries") == page.count("is counted")
    assert page.count("is counted") == len(FIGURES) + len(METHODS)
    assert head.get("/office/?days=7").status_code == 404


def test_what_is_shown_as_the_query_of_a_figure_gives_the_figure(site, monkeypatch):
    """That of the files' summaries is DuckDB's, asked in the office's folder."""
    monkeypatch.chdir(site.office.root)
    first, today = date(2025, 1, 1), site.place().moment.today
    with duckdb.connect() as con:
        rules = con.execute(METHODS["rules"].sql.replace("%s", f"'{first}'")).fetchall()
        files = con.execute(METHODS["bounds"].sql.replace("%s", f"'{first}'")).fetchall()
    told = by_rule(site, first, today)
    assert {rule: many for rule, _, many, _ in told}.items() <= dict(rules).items()
    assert [(one[0], one[1]) for one in bounds(site, first)] == [one[:2] for one in files]
    listed = site.office.store._rows(METHODS["waits"].sql, 0)
    assert len(listed) == sum(sum(row[1:]) for row in waits_by_age(site))


def test_the_calendar_is_one_that_others_read(site, head):
    got = head.get("/office/safeguards.ics")
    assert got["Content-Type"].startswith("text/calendar")
    lines = got.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2] == b"END:VCALENDAR"
    assert max(map(len, lines)) <= 75
    assert got.content.count(b"BEGIN:VEVENT") == len(safeguards_due(site.place())) > 0


def test_an_event_is_escaped_and_folded():
    due = Due(date(2026, 1, 31), "a;b,c" + "ü" * 60, "yearly safeguard report")
    text = as_icalendar((due,), "office.invalid/x", datetime(2025, 8, 7, tzinfo=UTC))
    assert b"DTSTART;VALUE=DATE:20260131\r\nDTEND;VALUE=DATE:20260201\r\n" in text
    assert max(map(len, text.split(b"\r\n"))) <= 75
    unfolded = text.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:a\\;b\\," in unfolded
