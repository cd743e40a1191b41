"""A log with a story told, and a witness of it behind a socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from log_story import ORIGIN, OfficeLog, told_story
from witnesses import Running, new_witness, running


@pytest.fixture
def log() -> OfficeLog:
    return told_story(30)


@pytest.fixture
def witness(tmp_path: Path, log: OfficeLog) -> Iterator[Running]:
    folder = new_witness(tmp_path / "witness")
    folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folder, seconds=2.0, connections=8) as one:
        yield one
