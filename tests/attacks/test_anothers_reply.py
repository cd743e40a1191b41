"""Attack: an agency files requests under another agency's ids, to be shown the other's findings."""

import csv
import json

import pytest

from filled_office import RECEIVED
from ostiary.office.batches.running import run_batch
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.log.entries import read_entry


@pytest.fixture
def mixed(office, world, tmp_path):
    """A file with two agencies' rows under the same ids, in turn; and the first agency's alone."""
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:6]
    for number, row in enumerate(rows):
        row["request_id"] = f"SAME-{number}"
    others = [row | {"agency": "state-revenue", "reason": ""} for row in rows]
    both = [each for pair in zip(rows, others, strict=True) for each in pair]
    for name, chosen in (("both", both), ("own", rows)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(chosen)
    return office, tmp_path / "both.csv", tmp_path / "own.csv"


def replies(root, summary):
    text = (root / "batches" / summary["batch"] / "replies.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_the_entry_in_a_receipt_says_whose_a_reply_is(mixed):
    root, both, _ = mixed
    with at_work(root, on=RECEIVED) as place:
        found = replies(root, run_batch(place, both, RECEIVED))
        entries = [read_entry(place.store.entry(one["receipt"]["entry"]).body) for one in found]
    assert [one["agency"] for one in entries[::2]] == ["dhs-ice"] * 6
    assert {one["agency"] for one in entries[1::2]} <= {"state-revenue", "other"}
    assert [one["request_id"] for one in found[::2]] == [one["request_id"] for one in found[1::2]]
    assert len({one["receipt"]["entry"] for one in found}) == 12


def test_a_repeat_brings_ones_own_reply_and_nobody_elses(mixed):
    root, both, own = mixed
    with at_work(root, on=RECEIVED) as place:
        first = replies(root, run_batch(place, both, RECEIVED))
        again = replies(root, run_batch(place, own, RECEIVED))
    assert again == first[::2]


def test_the_replies_of_one_agency_have_the_members_of_the_contract(mixed):
    root, _, own = mixed
    with at_work(root, on=RECEIVED) as place:
        found = replies(root, run_batch(place, own, RECEIVED))
    assert {tuple(one) for one in found} == {("request_id", "status", "findings", "receipt")}
