"""``run``: a batch whose decoys show too many wrong confirmations ends with status 1."""

import csv
import json

import pytest

from commands import ostiary
from officers import equip
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work


@pytest.fixture
def guesses(world, tmp_path):
    """The world's requests; in two of three given names are guessed that nobody there bears."""
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(tuple(rows)):
        if number % 3 and row["given_name"]:
            row.update(given_name="Zebulon", birth_date="", tin="")
            again = f"{row['request_id']}-again" if row["request_id"] else ""
            rows.append(row | {"given_name": "Thaddeus", "request_id": again})
    path = tmp_path / "guesses.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_batch_above_the_limit_confirms_nothing_says_why_and_ends_with_status_1(
    world, guesses, tmp_path
):
    office = tmp_path / "office"
    equip(create_office(office, training=True).root, world)
    with at_work(office) as place:
        load_people(place, world / "people.parquet")
    done = ostiary("run", office, guesses, "--received", "2025-08-06", "--determined")
    assert done.status == 1
    assert "nothing was confirmed" in done.out
    (folder,) = (office / "batches").iterdir()
    summary = json.loads((folder / "summary.json").read_text())
    decoys = summary["decoys"]
    assert decoys["exceeded"]
    assert decoys["wrong_at_most"] > decoys["wrong_borne"]
    assert "confirmed" not in summary["outcomes"]
    assert summary["matching_rules"]["batch-bound"] == decoys["agreeing"] > 50
    page = (folder / "report.html").read_text()
    assert "Nothing was confirmed" in page
    assert all(kind["kind"] in page for kind in decoys["kinds"])
    assert json.loads((folder / "custody" / "decoys.json").read_text()) == decoys
