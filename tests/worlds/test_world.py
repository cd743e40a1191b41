"""A world is made whole, from a seed, with exactly the columns that the contract names."""

import csv
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ostiary.domain.columns import REQUEST, WHO_AND_WHERE
from ostiary.domain.errors import InputError
from ostiary.domain.register_columns import REGISTERS
from ostiary.verifying.keys.files import key_text, read_opening_key
from ostiary.worlds.kinds import SCENARIOS
from ostiary.worlds.world import make_world


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_reference_file_has_the_columns_of_the_contract_all_text(world):
    schema = pq.read_schema(world.folder / "people.parquet")
    assert schema.names == [column.name for column in WHO_AND_WHERE]
    assert {str(field.type) for field in schema} == {"string"}


def test_python_and_duckdb_read_the_same_requests(world):
    with (world.folder / "requests.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    asked = [column.name for column in REQUEST if column.required]
    assert header == asked
    assert {len(row) for row in rows} == {len(asked)}
    read = world.rows(f"SELECT {', '.join(asked)} FROM requests ORDER BY row")
    assert [[text or "" for text in row] for row in read] == rows


def test_the_truth_has_the_columns_of_the_contract(world):
    schema = pq.read_schema(world.folder / "truth.parquet")
    assert schema.names == [
        "request_id",
        "kind",
        "person_id",
        "lawful",
        "expected_status",
        "expected_outcome",
    ]
    assert str(schema.field("lawful").type) == "bool"


def test_registers_have_the_columns_of_the_contract(world):
    registers = world.folder / "registers"
    for name in ("agencies", "signers", "officers", "safeguards", "notices"):
        with (registers / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [column.name for column in REGISTERS[name]], name


def test_a_private_key_fits_what_the_register_says_of_its_officer(world):
    officers = lines(world.folder / "registers" / "officers.csv")
    with_key = [row for row in officers if row["encryption_key"]]
    assert len(with_key) == len(list((world.folder / "recipients").iterdir()))
    for row in with_key[:5]:
        path = world.folder / "recipients" / f"{row['officer']}.pem"
        assert key_text(read_opening_key(path).public_key()) == row["encryption_key"]
        assert path.stat().st_mode & 0o077 == 0


def test_the_note_says_that_nobody_is_real(world):
    assert "No person in these files exists" in (world.folder / "README.txt").read_text("utf-8")


def test_one_seed_makes_one_world_and_another_seed_another(tmp_path):
    worlds = [
        make_world(tmp_path / name, people=600, requests=300, seed=seed).folder
        for name, seed in (("first", 7), ("second", 7), ("third", 8))
    ]
    for name in ("people.parquet", "requests.csv", "truth.parquet", "README.txt"):
        first, second, third = ((folder / name).read_bytes() for folder in worlds)
        assert first == second, name
        assert first != third, name


def test_keys_are_never_the_same_twice(tmp_path):
    first, second = (
        make_world(tmp_path / name, people=200, requests=20).folder for name in ("first", "second")
    )
    key = Path("recipients") / "officer-000001.pem"
    assert (first / key).read_bytes() != (second / key).read_bytes()


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path):
    (tmp_path / "mine.txt").write_text("keep", "utf-8")
    with pytest.raises(InputError, match="already in use"):
        make_world(tmp_path, people=200, requests=20)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(tmp_path):
    folder = tmp_path / "world"
    folder.mkdir()
    make_world(folder, people=200, requests=20)
    assert (folder / "truth.parquet").exists()


def test_a_world_that_fails_half_way_leaves_nothing(tmp_path):
    def stop(what: str, _done: int, _total: int) -> None:
        if what == "requests":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_world(tmp_path / "world", people=200, requests=20, on_progress=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"people": 99}, "--people: .*too few people"),
        ({"requests": 0}, "--requests: "),
        ({"seed": -1}, "--seed: "),
        ({"scenario": "july"}, "--scenario: "),
        ({"received": date(2025, 4, 1)}, "--received: "),
    ],
)
def test_numbers_out_of_range_are_refused_with_a_cure(tmp_path, wrong, message):
    with pytest.raises(InputError, match=message) as refusal:
        make_world(tmp_path / "world", **{"people": 200, "requests": 20} | wrong)
    assert refusal.value.cure
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_smallest_worlds_can_be_made(tmp_path, scenario):
    summary = make_world(tmp_path / "world", people=200, requests=1, scenario=scenario)
    assert sum(summary.kinds.values()) == 1


def test_progress_is_told_and_ends_at_the_end(tmp_path):
    told: list[tuple[str, int, int]] = []
    make_world(
        tmp_path / "world", people=200, requests=20, on_progress=lambda *step: told.append(step)
    )
    assert ("people", 200, 200) in told
    assert told[-1] == ("requests", 20, 20)
