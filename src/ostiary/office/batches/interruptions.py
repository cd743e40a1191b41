"""Ctrl-C, by whoever notices it first: Python, or one of the engines that work for it.

While DuckDB works it takes the signal itself and raises a ``RuntimeError``, or, when it was waiting
for rows from Python, an error of its own that quotes ours; Arrow has an error too. All mean that
somebody stopped the command, and none is a fault.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from ostiary.domain.errors import StoppedError

_SAID = ("Query interrupted", "INTERRUPT Error", "KeyboardInterrupt", "Operation cancelled")


def is_interruption(error: BaseException) -> bool:
    """Whether an error means that somebody stopped the program."""
    if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "ArrowCancelled":
        return True
    engine = type(error).__module__.startswith(("duckdb", "_duckdb"))
    return (engine or type(error) is RuntimeError) and any(said in str(error) for said in _SAID)


@contextmanager
def told_when_stopped(stands: str) -> Iterator[None]:
    """Run what follows a commit; when it is stopped, say what stands.

    Raises:
        StoppedError: it was stopped.
    """
    try:
        yield
    except BaseException as error:
        if is_interruption(error):
            raise StoppedError(stands) from None
        raise
