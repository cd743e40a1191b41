"""The reference on disk: the same people give the same model, and a crash leaves the old one."""

import json
import random
from pathlib import Path

import pytest

from ostiary.deciding.matching import model
from ostiary.deciding.matching.model import open_model
from ostiary.domain.errors import OfficeError
from small_file import born, filed

PEOPLE = [
    filed("p1", "James Schulze", birth_date=born("1960-01-01")),
    filed("p1", "James Schulze", "7 Oak Ave", period=2019),
    filed("p2", "Maria Garcia-Lopez", tin="000111111"),
    filed("p3", "Ann Wu", "PO Box 12", hold=True),
]


def test_people_are_counted_once_and_addresses_each(town):
    summary = town.load(*PEOPLE, PEOPLE[0] | {"period": 2022})
    assert (summary.people, summary.addresses) == (3, 4)
    assert summary.model.startswith("sha256:")
    assert open_model(town.folder).digest == summary.model


def test_an_address_of_years_with_a_gap_is_a_record_for_each_run_of_years(town):
    more = [PEOPLE[0] | {"period": year} for year in (2022, 2015, 2016, 2016)]
    assert town.load(*PEOPLE, *more).addresses == 5
    filed_in = open_model(town.folder).opened.records[["first_period", "last_period"]].tolist()
    assert filed_in.count((116, 117)) == filed_in.count((123, 124)) == 1


def test_the_same_people_in_any_order_and_on_any_threads_are_the_same_model(town):
    first = town.load(*PEOPLE)
    for seed, threads in ((1, 1), (2, 4)):
        town.con.execute(f"SET threads = {threads}")
        shuffled = random.Random(seed).sample(PEOPLE, len(PEOPLE))
        again = town.load(*shuffled)
        assert (again.people, again.addresses, again.model) == (
            first.people,
            first.addresses,
            first.model,
        )


def test_extending_is_the_same_as_loading_everything(town):
    whole = town.load(*PEOPLE)
    town.load(*PEOPLE[:2])
    extended = town.load(*PEOPLE[2:], extend=True)
    assert (extended.people, extended.model) == (whole.people, whole.model)
    extended = town.load(*PEOPLE[2:], extend=True)
    assert (extended.people, extended.model) == (whole.people, whole.model)


def test_a_hold_outlives_an_extension_without_it(town):
    town.load(filed("p1", "James Schulze", hold=True))
    town.load(filed("p1", "James Schulze"), extend=True)
    assert town.ask("James Schulze") == ("held", "hold")


def test_loading_replaces_what_was_there(town):
    before = town.load(*PEOPLE)
    assert town.load(filed("p9", "Ann Wu")).model != before.model
    assert town.ask("James Schulze") == ("no-record", "nobody")
    assert town.ask("Ann Wu") == ("confirmed", "name-and-address-agree")
    folders = [each.name for each in town.folder.iterdir() if each.is_dir()]
    assert folders == [open_model(town.folder).folder.name]


def test_an_empty_file_confirms_nobody(town):
    summary = town.load()
    assert (summary.people, summary.addresses) == (0, 0)
    assert town.ask("James Schulze") == ("no-record", "nobody")


def test_a_crash_while_loading_leaves_the_old_reference(town, monkeypatch):
    before = town.load(*PEOPLE)

    def crash(*_: object) -> None:
        raise OSError("the power went")

    for step in ("rename", "replace"):
        with monkeypatch.context() as broken:
            broken.setattr(Path, step, crash)
            with pytest.raises(OSError, match="the power went"):
                town.load(filed("p9", "Ann Wu"))
        assert open_model(town.folder).digest == before.model
        assert town.ask("James Schulze") == ("confirmed", "name-and-address-agree")
    town.load(*PEOPLE)
    assert sum(each.is_dir() for each in town.folder.iterdir()) == 1


def test_without_a_reference_nothing_is_verified(town):
    with pytest.raises(OfficeError, match="no reference"):
        town.ask("James Schulze")
    with pytest.raises(OfficeError, match="no reference"):
        town.load(*PEOPLE, extend=True)


def test_a_reference_of_another_standard_is_refused(town, monkeypatch):
    town.load(*PEOPLE)
    monkeypatch.setattr(model, "standard_digest", lambda: "sha256:another")
    with pytest.raises(OfficeError, match="another version"):
        town.ask("James Schulze")


def test_a_damaged_reference_is_refused(town):
    town.load(*PEOPLE)
    keys = open_model(town.folder).folder / "keys-tin.u64"
    keys.rename(town.folder / "elsewhere")
    with pytest.raises(OfficeError, match="damaged"):
        town.ask("James Schulze")
    for text in ("", "{}", "[]", '{"counts": 3}', "\xff"):
        (town.folder / "model.json").write_text(text, encoding="latin-1")
        with pytest.raises(OfficeError, match="damaged"):
            town.ask("James Schulze")


def test_a_reference_stays_open_while_its_files_are_the_same(town):
    town.load(*PEOPLE)
    opened = open_model(town.folder)
    first = opened.opened
    assert open_model(town.folder).opened is first
    for file in sorted(opened.folder.iterdir()):
        copy = file.with_name("copy")
        copy.write_bytes(file.read_bytes())
        copy.replace(file)
        again = open_model(town.folder).opened
        assert again is not first, file.name
        first = again
    town.load(*PEOPLE[:2])
    assert open_model(town.folder).opened is not first


def test_what_lies_on_disk(town):
    town.load(*PEOPLE)
    stated = json.loads((town.folder / "model.json").read_text())
    opened = open_model(town.folder)
    assert set(stated["files"]) == {each.name for each in opened.folder.iterdir()}
    assert all(digest.startswith("sha256:") for digest in stated["files"].values())
    assert set(stated["standard"]) == {"version", "digest"}
    assert stated["counts"]["people"] == 3
    entries = [each.tolist() for each in opened.opened.entries.values()]
    assert entries == [sorted(each) for each in entries]
    assert sum(map(len, entries)) == opened.counts.keys > 0


def test_nothing_is_left_in_the_connection(town):
    town.load(*PEOPLE)
    town.ask("James Schulze")
    tables = town.con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    assert {name for (name,) in tables} == {"people_1", "requests_2", "verified"}
