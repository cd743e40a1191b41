"""Runs the tests on a mutant: in a forked process, in which the module is read with its fault.

The parent has imported what takes long, but nothing of the accounting, so that every mutant is
imported afresh. A mutant that makes the tests run for ever, or eat up all memory, is noticed too.
Time is counted on the processor, so that a busy machine kills no mutant.
"""

import ast
import os
import resource
import sys
from collections.abc import Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "ostiary" / "verifying" / "log"
_MEMORY = 6 * 2**30
_LONGEST = 600
_OPTIONS = ("-x", "-q", "--noconftest", "-p", "no:xdist", "--rootdir", str(ROOT))
_UNWRITTEN = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # of what was imported before


def preload() -> None:
    """Import what every run needs and no mutant changes."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "support")]
    import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: PLC0415
    import hypothesis  # noqa: PLC0415
    import pytest  # noqa: F401, PLC0415
    import rfc3161_client  # noqa: F401, PLC0415

    import ostiary.verifying.keys.files  # noqa: F401, PLC0415

    del cryptography
    hypothesis.settings.register_profile("mutants", database=None, derandomize=True, deadline=None)
    hypothesis.settings.load_profile("mutants")
    if any(name.startswith("ostiary.verifying.log.") for name in sys.modules):
        raise SystemExit("a module of the accounting was imported too early")


def start(module: str, tree: ast.Module | None, tests: Sequence[str], seconds: int) -> int:
    """Run tests in a process of its own, for so many seconds at most; give its id."""
    child = os.fork()
    if child:
        return child
    status = 70
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        status = _run(module, tree, tests)
    finally:
        os._exit(status)


def outcome(child: int) -> bool | None:
    """Say whether the tests passed; None while they run."""
    done, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) == 0 if done else None


def control(module: str, tests: Sequence[str]) -> float | None:
    """Run tests without a fault: the control without which nothing is shown.

    Returns:
        The seconds that a processor was busy with them, or None when one failed.
    """
    _, status, used = os.wait4(start(module, None, tests, _LONGEST), 0)
    passed = os.waitstatus_to_exitcode(status) == 0
    return used.ru_utime + used.ru_stime if passed else None


def _run(module: str, tree: ast.Module | None, tests: Sequence[str]) -> int:
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    if tree is not None:
        _read_with_fault(SOURCE / f"{module}.py", tree)
    import pytest  # noqa: PLC0415

    return int(
        pytest.main([*_OPTIONS, *_UNWRITTEN, *(str(ROOT / "tests" / name) for name in tests)])
    )


def _read_with_fault(path: Path, tree: ast.Module) -> None:
    """Have the import of one file give the faulty tree."""
    true = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
        if Path(loader.path) == path:
            return compile(tree, str(path), "exec")
        return true(loader, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
