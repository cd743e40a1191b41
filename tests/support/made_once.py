"""What takes long to make and many tests begin with: made once for all workers of a run."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(
    factory: pytest.TempPathFactory,
    name: str,
    make: Callable[[Path], object],
    *,
    mine: bool = False,
) -> Path:
    """Give a folder that the first who asks for it makes; everybody else copies or reads it.

    Args:
        factory: where the run keeps its files.
        name: what the folder holds; the same name is the same folder.
        make: makes what is in it, at a path that does not exist yet.
        mine: nobody but this worker has it, such as what stands in this worker's database.
    """
    base = factory.getbasetemp()
    if not mine and "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder = base / "made-once" / name
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            make(folder / "it")
            (folder / "done").touch()
    return folder / "it"
