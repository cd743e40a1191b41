"""Runs the command line as a person does: in a process of its own.

The process is forked from one that has already read the libraries, which would take a command a
second each; from there on it is what ``python -m ostiary`` is.
"""

import os
import runpy
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
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
    (done,) = side_by_side([arguments], before=before)
    return done


def side_by_side(
    calls: Iterable[Iterable[Any]], *, before: Callable[[], None] | None = None
) -> list[Done]:
    """Begin ``ostiary`` several times at once, each with arguments of its own; wait for all."""
    with tempfile.TemporaryDirectory() as folder:
        begun = []
        for number, arguments in enumerate(calls):
            said = [Path(folder) / f"{number}.{stream}" for stream in ("out", "err")]
            process = FORKS.Process(target=_run, args=(list(map(str, arguments)), *said, before))
            process.start()
            begun.append((process, said))
        return [_ended(process, *said) for process, said in begun]


def _ended(process: BaseProcess, out: Path, err: Path) -> Done:
    process.join()
    status = process.exitcode
    process.close()
    return Done(status, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))


def _run(arguments: list[str], out: Path, err: Path, before: Callable[[], None] | None) -> None:
    for path, stream in (out, 1), (err, 2):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
    if before is not None:
        before()
    sys.argv[1:] = arguments
    runpy.run_module("ostiary", run_name="__main__", alter_sys=True)
