"""What every engine must be able to do, so that one harness compares and measures them all."""

import importlib
import importlib.metadata
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from engines.asked import Asked
from ostiary.domain.facts import Facts

Failed = frozenset[str]
"""Ids of the rules that a request does not meet."""


class EngineError(Exception):
    """An engine answered with an error instead of a decision; it counts as a difference."""


class Engine(Protocol):
    """One rule set, ready to decide one request after another.

    Attributes:
        name: as the table of results shows it.
        package: the distribution it comes from; the table adds the installed version.
        licence: what that distribution states.
    """

    name: str
    package: str
    licence: str

    def prepared(self, facts: Facts) -> Any:
        """Give the facts in the form that the engine takes."""

    def failed(self, prepared: Any) -> Failed:
        """Decide one request.

        Raises:
            EngineError: the engine gave no decision.
        """


MakeEngine = Callable[[Sequence[Asked]], Engine]


def peer(module: str) -> Any:
    """Import a package that only benchmarks need.

    Raises:
        SystemExit: it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise SystemExit(f"`{module}` is not installed: run make bench-engines") from None


def version_of(engine: Engine) -> str:
    """Name the distribution of an engine and its installed version."""
    return f"{engine.package} {importlib.metadata.version(engine.package)}"
