"""Attack: one person is asked about under a new spelling each time, in files side by side."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from commands import ostiary, side_by_side
from walks import RECEIVED, about, lawful_of, run, walk, written


@pytest.fixture
def root(loaded_office, tmp_path):
    shutil.copytree(loaded_office, tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture(scope="module")
def lawful(world):
    return lawful_of(world)


def compared(summaries):
    return sum(sum(each["outcomes"].values()) - each["repeated_asking"] for each in summaries)


def test_a_letter_put_into_the_surname_each_time_finds_nobody(root, lawful, tmp_path):
    rows = walk(lawful, 25)
    rows.append(about(lawful[1], rows[0], 900, address=True))
    (summary,) = run(root, written(tmp_path / "walk.csv", rows))
    assert "confirmed" not in summary["outcomes"]
    assert summary["repeated_asking"] == len(rows) - 3


def test_the_same_in_one_file_after_the_other(root, lawful, tmp_path):
    rows = walk(lawful, 7)
    files = [written(tmp_path / f"{n}.csv", [row]) for n, row in enumerate(rows)]
    last = written(tmp_path / "last.csv", [about(lawful[1], rows[0], 900, address=True)])
    *_, summary = run(root, *files, last)
    assert summary["outcomes"] == {"ambiguous": 1}
    assert summary["matching_rules"] == {"repeated-asking": 1}


def test_without_the_walk_the_person_is_confirmed(root, lawful, tmp_path):
    row = about(lawful[1], walk(lawful, 1)[0], 900, address=True)
    (summary,) = run(root, written(tmp_path / "true.csv", [row]))
    assert summary["outcomes"] == {"confirmed": 1}


@pytest.mark.parametrize("spelt", [False, True])
def test_files_side_by_side_give_what_some_order_of_them_gives(root, lawful, tmp_path, spelt):
    """Five programs begin at once; in any order of them at most one address would be confirmed."""
    rows = walk(lawful, 14, spelt=spelt)
    rows.append(about(lawful[1], rows[0], 900, address=True))
    files = [written(tmp_path / f"{n}.csv", rows[3 * n : 3 * n + 3]) for n in range(5)]
    options = ("--received", RECEIVED, "--determined")
    done = side_by_side(("run", root, path, *options) for path in files)
    assert [one.status for one in done] == [0] * 5, done
    summaries = [json.loads(one.read_text()) for one in sorted(root.glob("batches/*/summary.json"))]
    assert len(summaries) == 5
    order = [one["batch"] for one in summaries if one["outcomes"].get("confirmed")]
    assert order in ([], [summaries[0]["batch"]])
    if not spelt:
        assert compared(summaries) == 3


def test_it_ends_with_what_opens_the_requests(root, lawful, tmp_path):
    rows = walk(lawful, 12)
    run(root, written(tmp_path / "walk.csv", rows))
    assert ostiary("dispose", root, "--on", "2045-01-01").status == 0
    with closing(sqlite3.connect(root / "cases.db")) as db:
        ((left,),) = db.execute(
            "SELECT count(*) FROM asking WHERE token IS NOT NULL OR place IS NOT NULL"
        ).fetchall()
    assert left == 0
    again = about(lawful[1], rows[0], 900, address=True)
    (summary,) = run(root, written(tmp_path / "again.csv", [again]))
    assert summary["outcomes"] == {"confirmed": 1}


def test_what_is_kept_names_nobody_and_no_place(root, lawful, tmp_path):
    run(root, written(tmp_path / "walk.csv", walk(lawful, 12)))
    with closing(sqlite3.connect(root / "cases.db")) as db:
        rows = db.execute("SELECT token, place FROM asking").fetchall()
    assert rows
    assert all(type(value) in {int, type(None)} for row in rows for value in row)
