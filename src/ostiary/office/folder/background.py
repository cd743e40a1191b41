"""Work that goes on in a thread for as long as a server runs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def in_background(name: str, work: Callable[[threading.Event], None]) -> Iterator[None]:
    """Work in a thread for as long as the block lasts; what is under way at its end is waited for.

    Args:
        name: of the thread.
        work: is given an event, and returns soon after that is set.
    """
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
