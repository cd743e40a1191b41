"""What every engine must be able to do, so that one harness compares and measures them all."""

import importlib.metadata
from typing import Any, Protocol

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.legal_time import Day
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
        module: what that distribution is imported as.
        licence: what that distribution states.
    """

    name: str
    package: str
    module: str
    licence: str

    def __init__(self, book: Book, day: Day) -> None:
        """Load the law of a day."""

    def prepared(self, facts: Facts) -> Any:
        """Give the facts in the form that the engine takes."""

    def decide(self, prepared: Any) -> object:
        """Decide one request, with as much said as the engine's name promises: what is timed."""

    def failed(self, prepared: Any) -> Failed:
        """Decide one request; give the rules it does not meet.

        Raises:
            EngineError: the engine gave no decision.
        """


def version_of(engine: type[Engine]) -> str:
    """Name the distribution of an engine and its installed version.

    Raises:
        SystemExit: it is not installed.
    """
    try:
        return f"{engine.package} {importlib.metadata.version(engine.package)}"
    except importlib.metadata.PackageNotFoundError:
        raise SystemExit(f"`{engine.package}` is missing: run make bench-engines") from None
