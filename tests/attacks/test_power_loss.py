"""Attack: the power fails, at any moment of any step; what was not forced to the disk is lost.

Every step of an office is recorded as the kernel saw it; the disk is then put into states in which
a loss of power could have left it. A few hundred here, ten thousand in ``tools/power_losses.py``.
Faults made on purpose show that the method finds what is to be found.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from disk_trace import can_record
from power_story import equipped_office, in_memory, lose_power, record_steps

pytestmark = pytest.mark.skipif(
    not can_record() and not os.environ.get("CI"), reason="needs strace, and the right to trace"
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with in_memory() as made:
        yield made


@pytest.fixture(scope="module")
def before(folder: Path) -> tuple[Path, Path]:
    return equipped_office(folder)


def test_whatever_the_moment_nothing_that_was_said_is_lost(before, folder):
    place = folder / "sound"
    recording = record_steps(*before, place)
    losses = lose_power(recording, place / "office", count=100, seed=2025)
    assert losses.wrong == []
    assert losses.count == 100
    assert len(losses.states) > 50


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("synchronous=OFF", "entries are lost"),
        ("synchronous=FULL", "entries are lost"),
        ("files without fsync", "is not"),
        ("folders without fsync", "tile is missing"),
    ],
)
def test_a_program_that_forces_too_little_to_the_disk_is_found_out(before, folder, fault, found):
    """With FULL, SQLite does not sync the folder after its journal goes: a commit may be undone."""
    place = folder / fault.replace(" ", "-")
    recording = record_steps(*before, place, fault)
    losses = lose_power(recording, place / "office", count=60, seed=2025, until=found)
    assert any(found in wrong for wrong in losses.wrong), losses.wrong
