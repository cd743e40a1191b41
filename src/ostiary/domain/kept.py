"""What a process has made once, and keeps for whoever asks for the same again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Making:
    """The lock of a key, and how many ask for its value."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.asking = 0


class Kept(Generic[K, V]):
    """Values by key, each made once; several threads may ask at the same time."""

    def __init__(self, most: int) -> None:
        """Keep at most so many: the value that nobody has asked for longest goes first."""
        self._most = most
        self._lock = threading.Lock()  # held for a moment, never while a value is made
        self._values: OrderedDict[K, V] = OrderedDict()
        self._made: dict[K, _Making] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Give the value of a key; ``make`` makes it where none is kept.

        Whoever asks for the same waits for it meanwhile, and nobody else does.
        """
        with self._making(key) as lock, lock:
            with self._lock:
                if key in self._values:
                    self._values.move_to_end(key)
                    return self._values[key]
            value = make()
            with self._lock:
                self._values[key] = value
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
            return value

    def drop(self, key: K) -> None:
        """Keep the value of a key no longer; whoever asks next has it made anew."""
        with self._lock:
            self._values.pop(key, None)

    @contextmanager
    def _making(self, key: K) -> Iterator[threading.Lock]:
        """Give the lock of a key, and keep it as long as anybody asks for it."""
        with self._lock:
            making = self._made.setdefault(key, _Making())
            making.asking += 1
        try:
            yield making.lock
        finally:
            with self._lock:
                making.asking -= 1
                if not making.asking:
                    del self._made[key]
