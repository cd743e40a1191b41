"""Work that costs the same for one as for many: who comes while it is done waits, and goes along.

So a commit, which waits for the disk, is shared by all who want one at the time.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Found = TypeVar("Found")


@dataclass(eq=False)
class _Turn(Generic[Asked, Found]):
    """Somebody who waits; ``found`` or ``error`` is filled when they were served."""

    asked: Asked
    found: list[Found] = field(default_factory=list)
    error: BaseException | None = None
    served: bool = False


class SharedWork(Generic[Asked, Found]):
    """One thread at a time works for all who wait then.

    Args:
        work: gives what was found for each that was asked, in their order. What it raises, each of
            those whom it worked for raises.
    """

    def __init__(self, work: Callable[[Sequence[Asked]], Sequence[Found]]) -> None:
        self._work = work
        self._turn, self._guard = threading.Lock(), threading.Lock()
        self._waiting: list[_Turn[Asked, Found]] = []

    def ask(self, asked: Asked) -> Found:
        """Have it done, alone or with others."""
        mine: _Turn[Asked, Found] = _Turn(asked)
        with self._guard:
            self._waiting.append(mine)
        with self._turn:
            if not mine.served:
                self._serve()
        if mine.error is not None:
            raise mine.error
        return mine.found[0]

    def _serve(self) -> None:
        with self._guard:
            group, self._waiting = self._waiting, []
        try:
            found = self._work([one.asked for one in group])
            for one, result in zip(group, found, strict=True):
                one.found.append(result)
        except BaseException as error:  # noqa: BLE001 - each waiting thread raises it
            for one in group:
                one.error = error
        finally:
            for one in group:
                one.served = True
