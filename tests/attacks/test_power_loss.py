"""Attack: the power fails, at any moment of any step; what was not forced to the disk is lost.

Every step of an office is recorded as the kernel saw it; the disk is then put into states in which
a loss of power could have left it. Some dozens here, ten thousand in ``tools/power_losses.py``.
Faults made on purpose show that the method finds what is to be found.
"""

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from disk_model import Disk, lay_out
from disk_trace import Said, can_record, record
from ostiary.office.folder.layout import open_office
from power_story import Recording, equipped_office, in_memory, lose_power, record_steps

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_record(), reason="needs strace, and the right to trace"),
]

MAKING = """
import sys
from pathlib import Path
from ostiary.office.folder.layout import create_office
create_office(Path(sys.argv[1]) / "office")
Path(sys.argv[2]).write_text("made")
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with in_memory() as made:
        yield made


@pytest.fixture(scope="module")
def before(folder: Path) -> tuple[Path, Path]:
    return equipped_office(folder)


@pytest.fixture(scope="module")
def recording(before: tuple[Path, Path], folder: Path) -> Recording:
    return record_steps(*before, folder / "sound")


def test_whatever_the_moment_nothing_that_was_said_is_lost(recording, folder):
    losses = lose_power(recording, folder / "sound" / "office", count=30, seed=2025)
    assert losses.wrong == []
    assert losses.count == 30
    assert len(losses.states) > 15


def test_an_office_that_is_being_made_is_whole_or_not_there(folder):
    """Its keys above all: a log key lost after the first entry cannot be replaced."""
    disk = folder / "new"
    disk.mkdir()
    (folder / "nothing").mkdir()
    operations = record(
        [sys.executable, "-c", MAKING, disk, folder / "said"], disk, folder / "said"
    )
    dice, model, made, seen = random.Random(7), Disk(folder / "nothing"), False, set()
    model.rename(disk)
    for operation in operations:
        model.do(operation)
        made = made or isinstance(operation, Said)
        for _ in range(2):
            shutil.rmtree(disk)
            lay_out(model.after_loss(dice), disk)
            seen.add((disk / "office").exists())
            if (disk / "office").exists():
                assert open_office(disk / "office").store.log_size() == 0
            assert (disk / "office").exists() or not made
    assert seen == {True, False}


@pytest.mark.parametrize(
    "unforced", [lambda _: True, lambda is_folder: is_folder], ids=["nothing", "files alone"]
)
def test_a_program_that_forces_too_little_to_the_disk_is_found_out(recording, folder, unforced):
    """The same steps, by a program that would not have forced what it did; SQLite's apart."""
    root = folder / "sound" / "office"
    losses = lose_power(recording, root, 100, seed=2025, until_harm=True, unforced=unforced)
    assert losses.harmful == 1


def test_a_database_that_forces_too_little_to_the_disk_is_found_out(before, folder):
    """With FULL, SQLite does not sync the folder after its journal goes: a commit may be undone.

    What syncs even less leaves this out as well; ``tools/power_losses.py`` tries each.
    """
    place = folder / "full"
    recording = record_steps(*before, place, "synchronous=FULL")
    losses = lose_power(recording, place / "office", count=100, seed=2025, until_harm=True)
    assert losses.harmful == 1
