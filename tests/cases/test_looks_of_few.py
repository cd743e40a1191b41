"""A look at few requests is let through by Python as one at many is by DuckDB: the same law."""

import json
import time
from dataclasses import replace
from datetime import date

import pyarrow.parquet as pq
import pytest

from casedb import ask
from officers import NEXT_DAY, key_of
from ostiary.office.batches import asking_limit
from ostiary.office.batches.asking_of_one import InDoubtError
from ostiary.office.batches.running import run_batch
from ostiary.office.cases import examination, looks_let_through
from ostiary.office.cases.look_at_one import is_readable
from ostiary.office.cases.looks_in_custody import CustodyWriter
from ostiary.office.cases.officers import reviewers_under
from ostiary.office.cases.steps import determine, sweep
from ostiary.office.folder import session
from ostiary.office.folder.small_database import small_database
from ostiary.office.recovery.entering import at_work
from walks import RECEIVED, lawful_of, written

UNDETERMINED = """
SELECT request_id FROM request
WHERE id NOT IN (SELECT request FROM reason_determination) ORDER BY id
"""
STAYED = date(2025, 11, 24)  # an order of court is in force


@pytest.fixture(scope="module")
def waiting(world, loaded_office, stores, tmp_path_factory):
    """An office whose officers found some reasons specific, some not, some neither."""
    folder = tmp_path_factory.mktemp("waiting")
    root = stores.copy(loaded_office, folder / "office").root
    by_agency, _ = lawful_of(world)
    rows = [row for rows in by_agency.values() for row in rows[:3]]
    with at_work(root, on=RECEIVED) as place:
        run_batch(place, written(folder / "few.csv", rows), RECEIVED)
    key = key_of(root, "anna")
    with at_work(root, on=NEXT_DAY) as place:
        for number, row in enumerate(rows):
            if number % 3 < 2:
                found = number % 3 == 0
                determine(place, row["request_id"], "anna", key, found=found, look=False)
    return root


@pytest.mark.parametrize("day", [NEXT_DAY, STAYED])
def test_it_is_the_same_law(waiting, stores, tmp_path, monkeypatch, day):
    told = {}
    for most in (looks_let_through.MOST, 0):
        root = stores.copy(waiting, tmp_path / f"office-{most}").root
        monkeypatch.setattr(looks_let_through, "MOST", most)
        with at_work(root, on=day) as place:
            examined = sweep(place)
        verified = ask(
            root, "SELECT request, outcome, rule, person_id FROM verification ORDER BY 1"
        )
        told[most] = (examined.looked_at, dict(examined.stopped), verified)
    few, many = told.values()
    assert few == many
    looked_at, stopped, verified = few
    assert [number for number, *_ in verified] == list(looked_at)
    assert bool(looked_at) is (day == NEXT_DAY)
    assert bool(stopped) is (day == STAYED)


def test_a_thread_writes_what_looks_showed_into_custody_files_at_its_end_at_the_latest(
    waiting, stores, tmp_path
):
    root = stores.copy(waiting, tmp_path / "office").root
    writer = CustodyWriter()
    assert not writer.soon()  # nobody writes: whoever looks does
    with at_work(root, on=NEXT_DAY) as place:
        served = replace(place, custody_soon=writer.soon)
        with writer.writing(lambda: served, period=600.0):
            while not writer.soon():
                time.sleep(0.001)
            looked_at = sweep(served).looked_at
            assert looked_at
            untold = place.store.untold_examinations()
            (batch,) = {batch for batches in untold.values() for batch in batches}
            assert kept_of(root, batch) == []
        assert place.store.untold_examinations() == {}
        stored = [tuple(row[:3]) for row in place.store.verifications_of(batch)]
    assert not writer.soon()
    assert len(stored) == len(looked_at)
    assert kept_of(root, batch) == sorted(stored)


def kept_of(root, batch):
    path = root / "batches" / batch / "custody" / "verifications.parquet"
    columns = pq.read_table(path, columns=["request_id", "outcome", "rule"]).to_pydict()
    return sorted(zip(*columns.values(), strict=True))


def looked_at_one_by_one(root, day):
    """What looks at one request after the other did, stored and logged."""
    done = []
    with at_work(root, on=day) as place:
        for one in list(place.store.ready_to_look(None)):
            with place.law_and_tables() as (tables, law):
                examined = examination.examine(place, tables, law, [one.id])
            done.append((examined.looked_at, dict(examined.stopped), examined.decoys))
        size = place.store.log_size()
        entries = [json.loads(place.store.entry(index).body) for index in range(size)]
    for entry in entries:
        entry.pop("at")
    stored = (
        "SELECT * FROM verification ORDER BY request",
        "SELECT token, place, request FROM asking ORDER BY request, place, token",
        "SELECT requests, model, decoys FROM examination ORDER BY id",
    )
    return (
        done,
        [one for one in entries if one["type"] == "record.examined"],
        [ask(root, query) for query in stored],
    )


@pytest.mark.parametrize("day", [NEXT_DAY, STAYED])
def test_a_look_at_one_is_what_it_is_by_tables(waiting, stores, tmp_path, monkeypatch, day):
    """Nothing else is let through, confirmed, counted or logged: byte for byte but the moment."""
    told, by_values = [], []
    counted = examination.look_by_values
    monkeypatch.setattr(
        examination,
        "look_by_values",
        lambda *given: (found := counted(*given), by_values.append(found))[0],
    )
    for one in (1, 0):
        root = stores.copy(waiting, tmp_path / f"office-{one}").root
        monkeypatch.setattr(examination, "ONE", one)
        monkeypatch.setattr(asking_limit, "_VERY_FEW", 20 * one)
        told.append(looked_at_one_by_one(root, day))
    assert told[0] == told[1]
    done, entries, _ = told[0]
    assert len(entries) == sum(len(looked_at) for looked_at, *_ in done)
    assert any(stopped for _, stopped, _ in done) is (day == STAYED)
    assert bool(by_values) is (day == NEXT_DAY)


def test_a_look_in_doubt_takes_over_what_was_read(waiting, stores, tmp_path, monkeypatch):
    """Where tables have to tell, the request is not read and let through a second time."""

    def in_doubt(*_):
        raise InDoubtError

    told = []
    for name, why, way in (
        ("by-tables", "ONE", 0),
        ("taken-over", "look_by_values", in_doubt),
    ):
        root = stores.copy(waiting, tmp_path / name).root
        with monkeypatch.context() as patched:
            patched.setattr(examination, why, way)
            if way:
                patched.setattr(examination, "put_requests", in_doubt)
            told.append(looked_at_one_by_one(root, NEXT_DAY))
    assert told[0] == told[1]
    assert told[0][1]


def test_a_request_of_an_older_office_is_read_by_tables(waiting, stores, tmp_path):
    root = stores.copy(waiting, tmp_path / "office").root
    with at_work(root, on=NEXT_DAY) as place:
        one = next(iter(place.store.ready_to_look(None)))
    assert is_readable(one)
    kept = json.loads(one.payload)
    kept.popitem()
    assert not is_readable(one._replace(payload=json.dumps(kept)))


@pytest.mark.parametrize("most", [1, 0], ids=["by values", "by tables"])
def test_a_determination_with_its_look_by_values_opens_no_tables(
    waiting, stores, tmp_path, monkeypatch, most
):
    """The registers are laid out as tables where something asks one, and not before."""
    root = stores.copy(waiting, tmp_path / "office").root
    opened = []

    def opening(*given, **named):
        opened.append(given)
        return small_database(*given, **named)

    monkeypatch.setattr(examination, "ONE", most)
    key = key_of(root, "anna")
    with at_work(root, on=NEXT_DAY) as place:
        with place.law_and_tables() as (tables, law):
            reviewers_under(law, tables)  # read once by a process
        monkeypatch.setattr(session, "small_database", opening)
        undetermined = ask(root, UNDETERMINED)
        done = [determine(place, one, "anna", key, found=True) for (one,) in undetermined]
    assert any(one.examined and one.examined.looked_at for one in done)
    assert bool(opened) is not bool(most)
