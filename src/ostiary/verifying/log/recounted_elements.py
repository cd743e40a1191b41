"""Had persons found what the law has them determine, when a record was looked at?

A batch says once which elements its accepted requests under a provision wait for. A word found
lacking counts for good: it ends a case, and no later word brings it back.
"""

from ostiary.verifying.log.entries import Entry

REASON = "reason-specific"
"""The element that `reason.determined` speaks of."""


class ElementCount:
    """What is awaited, and what persons have said, as far as the log has been read."""

    def __init__(self) -> None:
        self._awaited: dict[tuple[str, str], tuple[str, ...]] = {}
        self._words: dict[tuple[int, str], bool] = {}

    def note_awaited(self, entry: Entry) -> None:
        """Take in an `elements.awaited`."""
        elements = tuple(str(entry["elements"]).split())
        self._awaited[entry["batch"], entry["provision"]] = elements

    def note_word(self, entry: Entry) -> None:
        """Take in a word on an element; one that a training office takes as found says yes."""
        said = entry.fields
        element = str(said.get("element", REASON))
        found = bool(said.get("found", said.get("specific", True)))
        key = (entry["of"], element)
        self._words[key] = found and self._words.get(key, True)

    def lacking(self, of: int, batch: str, provision: str) -> tuple[str, ...]:
        """Name the awaited elements of a request that no person has found."""
        awaited = self._awaited.get((batch, provision), ())
        return tuple(one for one in awaited if not self._words.get((of, one), False))
