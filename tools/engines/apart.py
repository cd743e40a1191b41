"""A task in a fresh Python process of its own: its memory, its libraries, its order of loading.

Some engines bring an allocator that takes the place of ``new`` for every C++ library loaded after
them; regopy, loaded after another C++ library, frees nothing and is slower. So no two engines share
a process, and each is loaded first in its own.
"""

import importlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any


def apart(module: str, task: Callable[..., Any], *given: object) -> Any:
    """Run a task in a fresh process and give what it returns.

    Args:
        module: what the process imports before anything else.
        task: a function of a module (not of the script that is run).
        given: its arguments; they, and what it returns, can be pickled.

    Raises:
        SystemExit: the process did not end well; what it said stands on standard error.
    """
    done = subprocess.run(
        [sys.executable, "-P", __file__, module],
        input=pickle.dumps((task, given)),
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the process of `{module}` ended with {done.returncode}")
    return pickle.loads(done.stdout)  # noqa: S301 - from the process just started


def _answer(module: str) -> None:
    """Run the task that stands on standard input; write what it returns."""
    importlib.import_module(module)
    out = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints must not stand in the answer
    task, given = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this
    with os.fdopen(out, "wb") as answer:
        pickle.dump(task(*given), answer)


if __name__ == "__main__":
    _answer(sys.argv[1])
