"""Work on one stretch after the other, some at a time, with the results in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 2
"""Stretches in hand at the same time: memory holds so many, and two waiting to be taken."""


def at_once(work: Callable[[T], R], parts: Iterable[T]) -> list[R]:
    """Do the work on all parts in threads, and give the results in the order of the parts."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(work, parts))


def in_order(work: Callable[[T], R], stretches: Iterable[T]) -> Iterator[R]:
    """Do the work on each stretch in threads, and give the results in the order of the stretches.

    The stretches themselves are fetched by the caller's thread, only as far ahead as needed.
    """
    waiting: deque[Future[R]] = deque()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for stretch in stretches:
                waiting.append(pool.submit(work, stretch))
                if len(waiting) > AT_ONCE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
