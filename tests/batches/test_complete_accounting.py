"""Never: a state that changed without its entry, whatever an office does and in whatever order."""

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from aftermath import answered
from casedb import ask
from officers import equip
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.recovery.entering import at_work
from ostiary.worlds.world import make_world
from random_office import RECEIVED, RandomOffice, Watched, transactions_without_entry
from request_parts import in_parts

# Random offices, and steps of each; OSTIARY_RANDOM_LIVES says how many on SQLite.
STEPS = {
    "sqlite": (int(os.environ.get("OSTIARY_RANDOM_LIVES", "2")), 14),
    "postgresql": (1, 10),
}


@pytest.fixture(scope="module")
def machine(stores, tmp_path_factory) -> type[RandomOffice]:
    """A small office that has run one file and answered, to be copied for each random life."""
    folder = tmp_path_factory.mktemp("random")
    world, root = folder / "world", folder / "prepared"
    make_world(world, people=200, requests=60, received=RECEIVED, scenario="clean")
    equip(stores.new_office(root, training=True).root, world)
    parts = tuple(in_parts(world / "requests.csv", folder / "parts", rows=15))
    with at_work(root, on=RECEIVED) as place:
        load_people(place, world / "people.parquet")
        run_batch(place, parts[0], RECEIVED)
    answered(root)
    count = itertools.count()

    class Machine(RandomOffice):
        pass

    Machine.prepared, Machine.world, Machine.parts, Machine.stores = root, world, parts[1:], stores
    Machine.new_folder = staticmethod(lambda: _made(folder / f"life-{next(count)}"))
    return Machine


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.both_stores
def test_no_state_changes_without_its_entry(machine, stores):
    lives: list[RandomOffice] = []

    class Remembered(machine):
        def teardown(self) -> None:
            super().teardown()
            lives.append(self)

    many, steps = STEPS[stores.kind]
    run_state_machine_as_test(
        Remembered,
        settings=settings(
            max_examples=many,
            stateful_step_count=steps,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert sum(life.done for life in lives) > steps / 2, "nearly all was refused"
    if stores.kind == "sqlite":
        assert sum(life.watched.transactions for life in lives) > many
    else:
        assert [transactions_without_entry(life.root) for life in lives] == [[]] * len(lives)


def test_what_waits_has_one_answer_after_a_disposal_too(machine):
    """A long life in one leap: open requests, some spoken on, are destroyed on schedule."""
    life = machine()
    try:
        life.run_a_file()
        life.determine(1, "anna", 0)
        life.vote(2, 1)
        life.vote(3, 0)  # refused
        life.what_waits_has_one_answer()
        life.dispose(8)
        assert ask(life.root, "SELECT count(*) FROM request WHERE salt IS NULL") != [(0,)]
        life.what_waits_has_one_answer()
    finally:
        life.teardown()


def test_a_transaction_that_leaves_its_entry_out_is_noticed():
    """The watch itself: without it, the test above would prove nothing."""
    watched = Watched()
    for statement in (
        "BEGIN IMMEDIATE",
        "INSERT INTO log_entry (entry_index, body, leaf) VALUES (1, '', x'')",
        'INSERT INTO "approval" ("request") VALUES (1)',
        "COMMIT",
        "BEGIN IMMEDIATE",
        'UPDATE "answer" SET "delivered" = 1 WHERE "answer"."answer_id" = \'a\'',
        "COMMIT",
    ):
        watched.hear(statement)
    assert watched.unlogged == []
    for statement in ("BEGIN", 'UPDATE "request" SET "salt" = NULL', "COMMIT"):
        watched.hear(statement)
    assert len(watched.unlogged) == 1
