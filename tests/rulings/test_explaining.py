"""One request, asked of the law alone: why, and the least that would do."""

import csv
import json

import pyarrow.parquet as pq
import pytest

from commands import ostiary


@pytest.fixture
def one_request(world, tmp_path):
    """Write a file with the one request of a kind that the world holds."""

    def write(request_id, **changed):
        with (world / "requests.csv").open() as file:
            rows = csv.DictReader(file)
            names = rows.fieldnames
            row = next(row for row in rows if row["request_id"] == request_id)
        path = tmp_path / "one.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerow(row | changed)
        return path

    return write


def lawful_id(world):
    rows = pq.read_table(world / "truth.parquet").to_pylist()
    return next(row["request_id"] for row in rows if row["kind"] == "member-exact")


def explained(world, path, day="2025-08-06"):
    registers = ("--registers", world / "registers")
    done = ostiary("check", path, *registers, "--received", day, "--json")
    assert done.status == 0, done.err
    return json.loads(done.out)["explained"]


def test_a_lawful_request_needs_nothing(world, one_request):
    said = explained(world, one_request(lawful_id(world)))
    assert said == {"status": "accepted", "findings": [], "least": {}}


def test_two_shortcomings_are_explained_and_the_least_cure_is_both(world, one_request):
    path = one_request(lawful_id(world), sole_use="", items="address-confirmation;phone")
    said = explained(world, path)
    rules = [one["rule"] for one in said["findings"]]
    assert rules == ["i2.items.identity", "policy.confirm-only", "manner.sole-use"]
    assert said["findings"][-1]["found"]["the sole-use undertaking is given"] is False
    assert said["least"]["sole_use"] is True
    assert "items_beyond_confirmation" in said["least"]


def test_while_a_stay_is_in_force_there_is_no_cure(world, one_request):
    said = explained(world, one_request(lawful_id(world)), day="2026-01-20")
    assert said["status"] == "suspended"
    assert said["findings"][0]["stops"]
    assert said["least"] is None


def test_people_read_it_as_text(world, one_request):
    path = one_request(lawful_id(world), address_line="", city="", state="", postal_code="")
    done = ostiary(*("check", path, "--registers", world / "registers", "--received", "2025-08-06"))
    assert "i2.address.given  (26 U.S.C. 6103(i)(2)(B)(i); the statute)" in done.out
    assert "found   the kind of thing given as the address: empty" in done.out
    assert "the least that would let it through:" in done.out


def test_many_requests_are_not_explained_one_by_one(world):
    assert explained(world, world / "requests.csv") is None
