"""What takes seconds and is the same for whoever asks: done once by a server, beside its pages.

No request waits for it: who asks first begins it, and whoever asks meanwhile is told that it is
under way. What came of it is kept; a failure is told once, and whoever asks next begins anew.
"""

import logging
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

from ostiary.domain.errors import InputError
from ostiary.domain.kept import Kept

_LOG = logging.getLogger(__name__)

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BesidePages(Generic[K, V]):
    """Work by what it is about; each is done once, in a thread of its own."""

    def __init__(self, what: str, cure: str, most: int = 2) -> None:
        """Name the work.

        Args:
            what: what could not be done if it fails, as a sentence begins: "the book could not be
                proved".
            cure: what to do then.
            most: how many are kept; what nobody has asked for longest goes first.
        """
        self._what = what
        self._cure = cure
        self._asked: Kept[K, Future[V]] = Kept(most)

    def begun(self, key: K, work: Callable[[], V]) -> "Future[V]":
        """Give what is done or was, and begin it where nobody has asked; nobody waits for it."""
        return self._asked.get(key, lambda: self._begin(work))

    def when_done(self, key: K, work: Callable[[], V]) -> V | None:
        """Give what came of it; None while it is done, which the first who asks begins.

        Raises:
            InputError: it failed; whoever asks next begins it anew.
        """
        asked = self.begun(key, work)
        if not asked.done():
            return None
        if asked.exception() is not None:
            self._asked.drop(key)  # told once; who asks next begins it anew
            raise InputError(f"{self._what}; the server's log says why", cure=self._cure)
        return asked.result()

    def _begin(self, work: Callable[[], V]) -> "Future[V]":
        asked: Future[V] = Future()

        def do() -> None:
            try:
                asked.set_result(work())
            except Exception as error:  # noqa: BLE001 - whatever it was, the page has to say so
                _LOG.warning("%s: %s", self._what, error)
                asked.set_exception(error)

        threading.Thread(target=do, name=self._what, daemon=True).start()
        return asked
