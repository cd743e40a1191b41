"""Never: anything in what the agency gets from a run depends on a taxpayer record."""

from datetime import date

import duckdb
import pytest

from officers import equip
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work

BATCH = "2025-08-06-001"


@pytest.fixture
def strangers(world, tmp_path):
    """A reference file in which none of the people asked about is."""
    path = tmp_path / "strangers.parquet"
    with duckdb.connect() as con:
        con.execute(
            f"""
            COPY (
                SELECT * REPLACE (
                    'ZZ' || regexp_replace(surname, '[^A-Z]', '', 'g') AS surname
                ) FROM read_parquet('{world / "people.parquet"}') LIMIT 500
            )
            TO '{path}' (FORMAT parquet)
            """
        )
    return path


@pytest.fixture
def among_strangers(world, strangers, tmp_path):
    """An office that has run the same file against people nobody asked about; and its summary."""
    root = tmp_path / "other"
    equip(create_office(root, training=True).root, world)
    with at_work(root) as place:
        load_people(place, strangers)
        return root, run_batch(place, world / "requests.csv", date(2025, 8, 6), determined=True)


def test_the_same_request_file_brings_the_same_replies_whoever_is_on_file(
    determined_office, among_strangers
):
    root, summary = among_strangers
    origin = summary["log"]["origin"]
    assert summary["outcomes"].get("confirmed", 0) == 0
    here, there = (office / "batches" / BATCH for office in (determined_office, root))
    for name in ("replies.jsonl", "replies.csv", "row_errors.csv", "findings.csv", "to_mend.csv"):
        own = (determined_office / "office.toml").read_text().split('origin = "')[1].split('"')[0]
        assert (here / name).read_text().replace(own, origin) == (there / name).read_text()


def test_the_published_log_has_the_same_shape_whoever_is_on_file(
    determined_office, among_strangers
):
    root, _ = among_strangers
    shapes = [
        sorted(
            (str(path.relative_to(office / "accounting")), path.stat().st_size)
            for path in (office / "accounting" / "tile").rglob("*")
            if path.is_file() and "entries" in str(path)
        )
        for office in (determined_office, root)
    ]
    # The counts of the reference file stand in `reference.loaded`; all else has fixed length.
    assert [name for name, _ in shapes[0]] == [name for name, _ in shapes[1]]
    assert abs(sum(size for _, size in shapes[0]) - sum(size for _, size in shapes[1])) < 16
