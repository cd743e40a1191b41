"""Attack: kill -9, again and again, at whatever moment it strikes.

Nothing that was acknowledged is lost, nothing is done twice, and the log never falls behind what
was published. The same at full size, 60 kills in 100,000 requests: ``tools/kills.py``.
"""

from pathlib import Path

import pytest

from case_stores import Stores
from killed_worker import RECEIVED, Count, kill_again_and_again
from officers import equip
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.recovery.entering import at_work
from ostiary.worlds.world import make_world
from request_parts import in_parts

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Path:
    """A file that is run in two seconds, so that a kill falls into each of its steps."""
    folder = tmp_path_factory.mktemp("killed") / "world"
    make_world(folder, people=800, requests=200, received=RECEIVED)
    return folder


def killed(stores: Stores, world: Path, folder: Path, *, answers: int = 3, **how: object) -> Count:
    """Make an office and kill its worker over a file in parts."""
    root = folder / "office"
    equip(stores.new_office(root, training=True).root, world)
    with at_work(root) as place:
        load_people(place, world / "people.parquet")
    parts = in_parts(world / "requests.csv", folder / "parts", rows=100)
    return kill_again_and_again(
        root, parts, folder / "acknowledged", answers=answers, seed=60, **how
    )


@pytest.mark.both_stores
def test_killed_at_any_moment(stores: Stores, world, tmp_path):
    count = killed(stores, world, tmp_path, kills=4, answers=5)
    assert count.wrong == []
    assert count.requests > 180
    assert count.answers >= 6


def test_a_program_that_marks_before_it_writes_is_found_out(stores: Stores, world, tmp_path):
    """The count can see a loss: here is one made on purpose."""
    count = killed(stores, world, tmp_path, kills=3, hasty=True)
    assert any("answer file" in wrong for wrong in count.wrong), count
