"""Attack: an agency asks about one person at one address after another, until one is confirmed.

The second one: it reads from its replies that it was stopped, or that a batch was.
"""

import csv
import json
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import date

import duckdb
import pytest

from ostiary.office.batches.running import run_batch
from ostiary.office.recovery.entering import at_work

RECEIVED = date(2025, 8, 6)
PERSON = ("given_name", "middle_name", "surname", "name_suffix", "birth_date", "tin")
PLACE = ("address_line", "unit", "city", "state", "postal_code")
FILES, ROWS = 3, 90


@pytest.fixture(scope="module")
def walk(world, tmp_path_factory):
    """Lawful requests, each about the same person at another address; the true one is in the last.

    Reasons, matters and recipients are those of the world's own lawful requests.
    """
    with duckdb.connect() as con:
        truth = con.read_parquet(str(world / "truth.parquet"))
        lawful = {row[0] for row in truth.filter("lawful").project("request_id").fetchall()}
        meant = truth.filter("kind = 'member-exact'").project("request_id").fetchall()
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["request_id"] in lawful]
    by_id = {row["request_id"]: row for row in rows}
    target = next(
        dict(row)
        for (name,) in sorted(meant)
        if (row := by_id[name])["middle_name"] and re.match(r"\d+ ", row["address_line"])
    )
    folder = tmp_path_factory.mktemp("walk")
    asked = rows[: FILES * ROWS]
    for number, row in enumerate(asked):
        row["request_id"] = f"WALK-{number:05}"
        house = 20_000 + number
        place = {name: target[name] for name in PLACE}
        line = re.sub(r"^\d+", str(house), place["address_line"])
        row.update({name: target[name] for name in PERSON[:4]}, birth_date="", tin="")
        row.update(place if number == len(asked) - 1 else place | {"address_line": line})
    paths = []
    for number in range(FILES):
        path = folder / f"file-{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(asked[0]))
            writer.writeheader()
            writer.writerows(asked[number * ROWS : (number + 1) * ROWS])
        paths.append(path)
    return target, paths


def office_with(loaded_office, folder, **settings):
    """A copy of the office with other settings."""
    root = folder / "office"
    shutil.copytree(loaded_office, root)
    text = (root / "office.toml").read_text()
    for name, value in settings.items():
        text = re.sub(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)
    (root / "office.toml").write_text(text)
    return root


def run_all(root, paths):
    with at_work(root, on=RECEIVED) as place:
        return [run_batch(place, path, RECEIVED, determined=True) for path in paths]


def told(root):
    """What the agency gets back, receipts left out."""
    return [
        {key: value for key, value in json.loads(line).items() if key != "receipt"}
        for path in sorted(root.glob("batches/*/replies.jsonl"))
        for line in path.read_text().splitlines()
    ]


@pytest.fixture(scope="module")
def stopped(loaded_office, walk, tmp_path_factory):
    root = office_with(loaded_office, tmp_path_factory.mktemp("stopped"))
    return root, run_all(root, walk[1])


@pytest.fixture(scope="module")
def found(loaded_office, walk, tmp_path_factory):
    folder = tmp_path_factory.mktemp("found")
    root = office_with(loaded_office, folder, addresses_per_person=100_000)
    return root, run_all(root, walk[1])


def test_without_the_limit_the_walk_would_find_the_person(found):
    _, summaries = found
    assert [summary["outcomes"].get("confirmed", 0) for summary in summaries] == [0, 0, 1]


def test_the_walk_is_stopped_after_a_few_addresses_and_nothing_is_looked_up(stopped):
    _, summaries = stopped
    assert not any("confirmed" in summary["outcomes"] for summary in summaries)
    accepted = [summary["counts"]["accepted"] for summary in summaries]
    assert accepted == [ROWS] * FILES
    compared = [
        many - summary["repeated_asking"] for many, summary in zip(accepted, summaries, strict=True)
    ]
    assert 3 <= compared[0] <= 12
    assert compared[1:] == [0, 0]


def test_the_agency_cannot_tell_that_it_was_stopped(stopped, found):
    replies = told(stopped[0])
    assert replies == told(found[0])
    assert {reply["status"] for reply in replies} == {"accepted"}
    sizes = [
        [path.stat().st_size for path in sorted(root.glob("batches/*/replies.*"))]
        for root, _ in (stopped, found)
    ]
    assert sizes[0] == sizes[1]


def test_replies_come_in_the_order_of_the_file(stopped, walk):
    with walk[1][0].open(encoding="utf-8", newline="") as file:
        asked = [row["request_id"] for row in csv.DictReader(file)]
    assert [reply["request_id"] for reply in told(stopped[0])][:ROWS] == asked


def test_every_accepted_request_leaves_the_same_entries_in_the_log(stopped, found):
    """Stopped or compared: an outsider sees one decision and one look each, of one length."""
    shapes = []
    for root, _ in (stopped, found):
        with closing(sqlite3.connect(root / "cases.db")) as db:
            shapes.append(
                db.execute(
                    "SELECT json_extract(body, '$.type'), length(body) FROM log_entry"
                    " WHERE json_extract(body, '$.batch') IS NOT NULL"
                    "    OR json_extract(body, '$.type') = 'record.examined' ORDER BY entry_index"
                ).fetchall()
            )
    assert shapes[0] == shapes[1]


def test_the_memory_of_it_names_nobody_and_no_place(stopped, walk):
    target, _ = walk
    with closing(sqlite3.connect(stopped[0] / "cases.db")) as db:
        rows = db.execute("SELECT token, place FROM asking WHERE place IS NOT NULL").fetchall()
    assert len(rows) == FILES * ROWS
    assert len({person for person, _ in rows}) == 1
    assert all(0 <= number < 1 << 60 for row in rows for number in row)
    assert not any(str(number) in target["address_line"] for row in rows for number in row)


def test_the_agency_cannot_tell_that_a_whole_batch_was_stopped(loaded_office, world, tmp_path):
    """Nor by the exit status: that is the custodian's terminal, not the agency's reply."""
    stopped = office_with(loaded_office, tmp_path, wrong_confirmations_limit=1e-9)
    (tmp_path / "usual").mkdir()
    usual = office_with(loaded_office, tmp_path / "usual")
    summaries = []
    for root in (stopped, usual):
        summaries += run_all(root, [world / "requests.csv"])
    assert summaries[1]["outcomes"]["confirmed"] > 200
    assert told(stopped) == told(usual)
