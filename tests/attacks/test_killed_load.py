"""Killed anywhere in a load: the reference is the old one or the new one, and whole."""

import random
import signal
import subprocess
import sys
import time

import duckdb
import pytest

from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.reference_loading import load_reference
from ostiary.deciding.matching.verify import verify_batch
from ostiary.deciding.standardisation import standardise_table
from ostiary.worlds.world import make_world

_LOAD = """
import sys, duckdb
from pathlib import Path
from ostiary.deciding.intake.reference_chunks import stretches
from ostiary.deciding.matching.reference_loading import load_reference
world, reference = map(Path, sys.argv[1:])
with duckdb.connect() as con:
    load_reference(con, stretches(con, world / "people.parquet"), reference, extend=True)
"""


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """Two worlds: the first is in the reference, the second is being added."""
    folder = tmp_path_factory.mktemp("killed")
    make_world(folder / "first", people=1_500, requests=400, seed=1)
    make_world(folder / "second", people=6_000, requests=10, seed=2)
    return folder / "first", folder / "second"


def _answers(con, reference):
    """Verify all requests of the first world."""
    verify_batch(con, "requests", reference, "verified")
    return con.execute("SELECT row, outcome, rule, person_id FROM verified ORDER BY row").fetchall()


def test_whatever_the_moment_the_reference_is_whole(worlds, tmp_path):
    first, second = worlds
    reference = tmp_path / "reference"
    dice = random.Random(20250806)
    with duckdb.connect() as con:
        read_reference(con, first / "people.parquet", "people")
        old = load_reference(con, "people", reference).model
        con.execute(
            f"""CREATE TABLE told AS SELECT row_number() OVER () AS row,
                   r.* REPLACE (try_cast(birth_date AS DATE) AS birth_date, NULL AS tin)
            FROM read_csv('{first}/requests.csv', all_varchar = TRUE) r"""
        )
        standardise_table(con, "told", "requests")
        before = _answers(con, reference)
        killed = 0
        for _ in range(8):
            command = [sys.executable, "-c", _LOAD, str(second), str(reference)]
            with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
                while not (reference / "being-written").exists() and running.poll() is None:
                    time.sleep(0.01)
                time.sleep(dice.uniform(0, 0.8))
                running.send_signal(signal.SIGKILL)
            killed += running.returncode == -signal.SIGKILL
            if open_model(reference).digest != old:
                break
            assert _answers(con, reference) == before
        assert killed
        read_reference(con, second / "people.parquet", "people")
        new = load_reference(con, "people", reference, extend=True)
        assert new.people == 6_000  # the second world's ids begin with those of the first
        assert sum(each.is_dir() for each in reference.iterdir()) == 1
