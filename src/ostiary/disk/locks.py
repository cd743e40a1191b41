"""Locks that programs of one machine share: a file that one of them at a time has."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock that one thread of one program at a time can have; it ends with the program.

    Whoever reads a file, changes it and puts it back holds one meanwhile.
    """
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
