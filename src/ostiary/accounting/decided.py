"""Reads `request.decided` entries quickly: nearly all entries of a large log are of this type.

A batch's entries differ in their three digests and in little else. So the bytes around the digests,
the *frame*, are matched against the vocabulary once, and then recognised; of an entry with a known
frame only the digests are looked at. What is accepted is exactly what the pattern accepts.
"""

from dataclasses import dataclass

from ostiary.accounting.entries import PATTERNS

_PATTERN = PATTERNS["request.decided"]
_CONTENT = b'","content":"sha256:'
_FACTS = b'","facts":"sha256:'
_REQUEST = b'"request":"sha256:'
_HEX = 64
_HEX_DIGITS = b"0123456789abcdef"
_MOST_FRAMES = 4096  # a log made to be slow gets no more memory than this

Frame = tuple[bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Decided:
    """What the entries of one frame have in common, without quotation marks.

    Attributes:
        at: when it was written, as in the entry.
        agency: id of the agency.
        batch: id of the batch.
        received: day of receipt.
        status: accepted, returned or suspended.
        is_accepted: whether the status is accepted.
        is_consistent: whether the mask says the same: accepted when, and only when, no rule fails.
    """

    at: str
    agency: str
    batch: str
    received: str
    status: str
    is_accepted: bool
    is_consistent: bool


class DecidedReader:
    """Remembers the frames that it has seen."""

    def __init__(self) -> None:
        self._frames: dict[Frame, Decided] = {}

    def read(self, data: bytes) -> tuple[Decided, bytes] | None:
        """Read an entry.

        Returns:
            What it says, and its commitment to the content (``sha256:`` and 64 hex digits). None
            when it is no sound entry of this type.
        """
        content = data.find(_CONTENT) + len(_CONTENT)
        facts = content + _HEX + len(_FACTS)
        request = data.find(_REQUEST, facts) + len(_REQUEST)
        digests = data[content : content + _HEX] + data[facts : facts + _HEX]
        digests += data[request : request + _HEX]
        frame = (
            data[:content],
            data[content + _HEX : facts] + data[facts + _HEX : request],
            data[request + _HEX :],
        )
        found = self._frames.get(frame)
        if found is None:
            return self._learn(data, frame)
        if len(digests) != 3 * _HEX or digests.translate(None, _HEX_DIGITS):
            return None
        return found, b"sha256:" + data[content : content + _HEX]

    def _learn(self, data: bytes, frame: Frame) -> tuple[Decided, bytes] | None:
        match = _PATTERN.fullmatch(data)
        if match is None:
            return None
        at, agency, batch, received, status, mask, content = (
            text[1:-1].decode()
            for text in match.group(
                "at", "agency", "batch", "received", "status", "mask", "content"
            )
        )
        is_accepted = status == "accepted"
        if len(self._frames) >= _MOST_FRAMES:
            self._frames.clear()
        found = self._frames[frame] = Decided(
            at, agency, batch, received, status, is_accepted, is_accepted == (int(mask, 16) == 0)
        )
        return found, content.encode()
