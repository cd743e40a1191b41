"""Runs the command line as a person does: in a process of its own."""

import subprocess
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str


def ostiary(*arguments: Any, **options: Any) -> Done:
    """Run ``ostiary`` with arguments; ``options`` go to ``subprocess.run``."""
    command = [sys.executable, "-m", "ostiary", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    return Done(done.returncode, done.stdout, done.stderr)
