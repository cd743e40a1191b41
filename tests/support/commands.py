"""Runs the command line as a person does: in a process of its own.

The process is forked from one that has already read the libraries, which would take a command a
second each; from there on it is what ``python -m ostiary`` is.
"""

import os
import runpy
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forks import FORKS


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str


def ostiary(*arguments: Any, before: Callable[[], None] | None = None) -> Done:
    """Run ``ostiary`` with arguments; ``before`` is called in its process first."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "out", Path(folder) / "err"
        process = FORKS.Process(target=_run, args=(list(map(str, arguments)), *said, before))
        process.start()
        process.join()
        status = process.exitcode
        process.close()
        return Done(status, *(each.read_text(encoding="utf-8") for each in said))


def _run(arguments: list[str], out: Path, err: Path, before: Callable[[], None] | None) -> None:
    for path, stream in (out, 1), (err, 2):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
    if before is not None:
        before()
    sys.argv[1:] = arguments
    runpy.run_module("ostiary", run_name="__main__", alter_sys=True)
