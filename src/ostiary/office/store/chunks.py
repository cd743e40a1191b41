"""Large things are written and asked for in pieces, so that a million rows are never in memory."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_T = TypeVar("_T")


def chunks(values: Iterable[_T], size: int = 10_000) -> Iterator[list[_T]]:
    """Cut an iterable into lists of at most ``size``; it is read once, and never ahead."""
    remaining = iter(values)
    while chunk := list(islice(remaining, size)):
        yield chunk
