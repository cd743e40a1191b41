"""Names that anybody bears, looked up one by one where they lie on disk."""

from bisect import bisect_left

import pyarrow as pa
import pyarrow.compute as pc

_KEPT = 200_000
"""Names of which it is remembered what was found; beyond that all is looked up anew."""


class _Unsought:
    pass


_UNSOUGHT = _Unsought()


class KnownNames:
    """The names of a kind that a list or anybody in the file has, and whether each is known.

    Nothing is read when it is made: a name is sought by halves in the mapped file (a few millionths
    of a second), and what was found is kept. Several threads may ask at the same time.
    """

    def __init__(self, names: pa.Table, kind: str) -> None:
        """Take the names of a kind.

        Args:
            names: ``kind``, ``name`` and ``known``, the names of each kind in the order of their
                bytes.
            kind: ``given`` or ``surname``.
        """
        mine = names.select(["name", "known"]).filter(pc.equal(names["kind"], kind))
        self._known = mine["known"].combine_chunks()
        self._names = mine["name"].combine_chunks()
        _, ends, text = self._names.buffers()
        self._ends = memoryview(ends).cast("i")[self._names.offset :]
        self._text = memoryview(text or b"")
        self._every = range(len(self._names))
        self._found: dict[str, bool | None] = {}

    def get(self, name: str) -> bool | None:
        """Tell whether a name is known; ``None`` when nobody bears it."""
        found = self._found.get(name, _UNSOUGHT)
        if isinstance(found, _Unsought):
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[name] = found = self._sought(name.encode())
        return found

    def __contains__(self, name: str) -> bool:
        """Tell whether a list or anybody in the file has a name."""
        return self.get(name) is not None

    def _sought(self, name: bytes) -> bool | None:
        place = bisect_left(self._every, name, key=self._bytes_at)
        if place == len(self._every) or self._bytes_at(place) != name:
            return None
        known: bool = self._known[place].as_py()
        return known

    def _bytes_at(self, place: int) -> bytes:
        return self._text[self._ends[place] : self._ends[place + 1]].tobytes()
