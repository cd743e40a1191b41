"""Values of the case store that are what was stored there, or a fault in a sentence.

A database keeps what its columns are declared to hold, but SQLite takes any text for a day, and
JSON may be any JSON. Whoever edits the database by hand is told so, not shown a traceback.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ostiary.domain.errors import FaultError


def not_as_stored(what: str) -> FaultError:
    """Give the fault of a row that holds what was never stored.

    Args:
        what: the kind of row, or of value.
    """
    return FaultError(
        f"a row of the case store ({what}) is not of the form in which it was stored; find out who"
        " changed it and why, and restore it from the office's backup"
    )


def stored_day(value: object) -> date:
    """Read a day: SQLite gives text, or what its driver makes of it, PostgreSQL a date.

    Raises:
        FaultError: it is none.
    """
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise not_as_stored("a day") from None


def stored_bytes(value: Any) -> Any:
    """Give bytes, as the database gives them.

    Raises:
        FaultError: it is a text, which SQLite takes in their place.
    """
    if isinstance(value, str):
        raise not_as_stored("bytes")
    return value


def stored_number(value: Any) -> int:
    """Give a whole number, as the database gives it.

    Raises:
        FaultError: it is none.
    """
    if not isinstance(value, int):
        raise not_as_stored("a number")
    return value


def stored_counts(value: Any) -> Mapping[str, int]:
    """Read counts by name.

    Raises:
        FaultError: it is no object of JSON.
    """
    if not isinstance(value, dict):
        raise not_as_stored("counts")
    return value
