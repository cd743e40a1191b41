"""Attack: one person is asked about under a new spelling each time, in files side by side."""

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date

import duckdb
import pytest

from officers import equip
from ostiary.pipeline.entering import at_work
from ostiary.pipeline.loading import load_people
from ostiary.pipeline.running import run_batch
from ostiary.storage import create_office

RECEIVED = date(2025, 8, 6)
PERSON = ("given_name", "middle_name", "surname", "name_suffix")
PLACE = ("address_line", "unit", "city", "state", "postal_code")


@pytest.fixture(scope="module")
def fresh(world, tmp_path_factory):
    root = tmp_path_factory.mktemp("fresh") / "office"
    equip(create_office(root, training=True).root, world)
    with at_work(root, on=RECEIVED) as place:
        load_people(place, world / "people.parquet")
    return root


@pytest.fixture
def root(fresh, tmp_path):
    shutil.copytree(fresh, tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture(scope="module")
def lawful(world):
    """Lawful requests of the world, by agency, and one about somebody with a rare long surname."""
    with duckdb.connect() as con:
        truth = con.read_parquet(str(world / "truth.parquet"))
        sound = {row[0] for row in truth.filter("lawful").project("request_id").fetchall()}
        exact = {
            row[0]
            for row in truth.filter("lawful AND kind = 'member-exact'")
            .project("request_id")
            .fetchall()
        }
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["request_id"] in sound]
    by_agency = {}
    for row in rows:
        by_agency.setdefault(row["agency"], []).append(row)
    people = [row for row in rows if row["request_id"] in exact]
    target = max(people, key=lambda row: (row["address_line"][:1].isdigit(), len(row["surname"])))
    return by_agency, target


def about(target, row, number, surname=None, address=None):
    """A row with another person in it: the target, at a made-up address unless told otherwise."""
    street = target["address_line"].partition(" ")[2]
    place = {name: target[name] for name in PLACE}
    made_up = place | {"address_line": f"{20_000 + number} {street}", "unit": ""}
    return {
        **row,
        **{name: target[name] for name in PERSON},
        **(place if address else made_up),
        "surname": surname or target["surname"],
        "birth_date": "",
        "tin": "",
        "request_id": f"WALK-{number:05}",
    }


def written(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def spellings(surname):
    """The surname with one letter put in, a different one and place each time."""
    return [
        f"{surname[:place]}{letter}{surname[place:]}"
        for place in range(2, len(surname))
        for letter in "QXZJ"
    ]


def run(root, *paths):
    with at_work(root, on=RECEIVED) as place:
        return [run_batch(place, path, RECEIVED, determined=True) for path in paths]


def compared(summaries):
    return sum(sum(each["outcomes"].values()) - each["repeated_asking"] for each in summaries)


def walk(lawful, many, start=0, spelt=True):
    by_agency, target = lawful
    agency = max(by_agency, key=lambda name: len(by_agency[name]))
    rows = (by_agency[agency] * 5)[start : start + many]
    names = spellings(target["surname"]) if spelt else [target["surname"]] * 1_000
    return [about(target, row, start + n, names[start + n]) for n, row in enumerate(rows)]


def test_a_letter_put_into_the_surname_each_time_finds_nobody(root, lawful, tmp_path):
    rows = walk(lawful, 25)
    rows.append(about(lawful[1], rows[0], 900, address=True))
    (summary,) = run(root, written(tmp_path / "walk.csv", rows))
    assert "confirmed" not in summary["outcomes"]
    assert summary["repeated_asking"] == len(rows) - 3


def test_the_same_in_one_file_after_the_other(root, lawful, tmp_path):
    rows = walk(lawful, 12)
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
    command = [sys.executable, "-m", "ostiary", "run", str(root)]
    options = ["--received", str(RECEIVED), "--determined"]
    running = [
        subprocess.Popen([*command, str(path), *options], stdout=subprocess.PIPE) for path in files
    ]
    for one in running:
        one.communicate()
    summaries = [json.loads(one.read_text()) for one in sorted(root.glob("batches/*/summary.json"))]
    assert len(summaries) == 5
    order = [one["batch"] for one in summaries if one["outcomes"].get("confirmed")]
    assert order in ([], [summaries[0]["batch"]])
    if not spelt:
        assert compared(summaries) == 3


def test_it_ends_with_what_opens_the_requests(root, lawful, tmp_path):
    rows = walk(lawful, 12)
    run(root, written(tmp_path / "walk.csv", rows))
    command = [sys.executable, "-m", "ostiary", "dispose", str(root), "--on", "2045-01-01"]
    subprocess.run(command, check=True, capture_output=True)
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
