"""Decoys stand ready before a small batch comes: it draws none, whatever its manner."""

import csv
import json
import time
from datetime import date

from ostiary.deciding.decoys.kept import FEWER
from ostiary.office.batches.decoy_supply import supply_decoys, supplying
from ostiary.office.batches.running import run_batch
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work

RECEIVED = date(2025, 8, 6)


def test_a_small_batch_of_any_manner_takes_what_stands_ready(office, world, tmp_path):
    for there in (office / "reference").glob("*/decoys.*.json"):
        there.unlink()
    with at_work(office, on=RECEIVED) as place:
        supply_decoys(place)
        (stock,) = (office / "reference").glob(f"*/decoys.{FEWER}.json")
        (kept,) = (office / "reference").glob("*/decoys.json")
        before, had = stock.stat(), len(json.loads(kept.read_text()))
        supply_decoys(place)
        summaries = [
            run_batch(place, file, RECEIVED, determined=True)
            for file in files(world, tmp_path, ({"tin": "", "birth_date": ""}, {"middle_name": ""}))
        ]
    after = stock.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert len(json.loads(kept.read_text())) > had
    for summary in summaries:
        assert summary["steps"]["looked_at"]
        assert summary["decoys"]["made"] > 2_500


def files(world, folder, changes):
    """Write three requests that the world's file has, once a change, each under ids of its own."""
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:3]
    for number, change in enumerate(changes):
        path = folder / f"few-{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            for row in rows:
                writer.writerow(row | change | {"request_id": f"{row['request_id']}-{number}"})
        yield path


def test_an_office_without_a_reference_does_not_disturb_the_server(tmp_path, caplog):
    root = create_office(tmp_path / "office", training=True).root
    with at_work(root) as place, supplying(lambda: place, after=0.01):
        time.sleep(0.1)
        assert not stands_ready_anywhere(root)
    assert not caplog.records


def stands_ready_anywhere(root):
    return list((root / "reference").glob("*/decoys*"))
