"""Reads `request.decided` entries quickly: nearly all entries of a large log are of this type.

A batch's entries differ in their three digests and in little else. So the bytes around the digests,
the *frame*, are matched against the vocabulary once, and then recognised; of an entry with a known
frame only the digests are looked at. What is accepted is exactly what the pattern accepts.
"""

from collections import defaultdict
from dataclasses import dataclass
from struct import Struct

from ostiary.verifying.log.entries import pattern_of

_PATTERN = pattern_of("request.decided")
_DIGESTS = ("content", "facts", "request")
_HEX = 64
_HEX_DIGITS = b"0123456789abcdef"
_MOST_FRAMES = 4096  # a log made to be slow gets no more memory than this

Frame = tuple[bytes, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """What the entries of one frame have in common. Compared by identity.

    Attributes:
        at: when it was written.
        agency: id of the agency.
        batch: id of the batch.
        provision: the provision relied on, as the log names it.
        received: day of receipt.
        status: accepted, returned, suspended or to-counsel.
        is_consistent: whether the mask says the same: accepted when, and only when, no rule fails.
    """

    at: str
    agency: str
    batch: str
    provision: str
    received: str
    status: str
    is_consistent: bool


class DecidedReader:
    """Remembers the frames that it has seen, by the length of the entry and the digests' places."""

    def __init__(self) -> None:
        self._layouts: dict[int, dict[Struct, dict[Frame, Decided]]] = defaultdict(dict)
        self._known = 0

    def read(self, data: bytes) -> tuple[Decided, bytes] | None:
        """Read an entry.

        Returns:
            What it says, and the 64 hex digits of its commitment to the content. None when it is
            no sound entry of this type.
        """
        for layout, frames in self._layouts.get(len(data), {}).items():
            one, content, two, facts, three, request, four = layout.unpack(data)
            found = frames.get((one, two, three, four))
            if found is not None:
                is_hex = not (content + facts + request).translate(None, _HEX_DIGITS)
                return (found, content) if is_hex else None
        return self._learn(data)

    def _learn(self, data: bytes) -> tuple[Decided, bytes] | None:
        match = _PATTERN.fullmatch(data)
        if match is None:
            return None
        at, agency, batch, provision, received, status, mask = (
            text[1:-1].decode()
            for text in match.group(
                "at", "agency", "batch", "provision", "received", "status", "mask"
            )
        )
        if self._known >= _MOST_FRAMES:
            self._layouts.clear()
            self._known = 0
        self._known += 1
        layout = _layout([match.end(name) - 1 for name in _DIGESTS], len(data))
        one, content, two, _, three, _, four = layout.unpack(data)
        is_consistent = (status == "accepted") == (int(mask, 16) == 0)
        found = Decided(at, agency, batch, provision, received, status, is_consistent)
        known = self._layouts[len(data)]
        same = next((each for each in known if each.format == layout.format), layout)
        known.setdefault(same, {})[one, two, three, four] = found
        return found, content


def _layout(ends: list[int], length: int) -> Struct:
    """Describe where the hex digits of the digests end, as bytes in between and 64 digits each."""
    parts = ""
    start = 0
    for end in ends:
        parts += f"{end - _HEX - start}s{_HEX}s"
        start = end
    return Struct(f"{parts}{length - start}s")
