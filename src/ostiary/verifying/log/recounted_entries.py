"""What each entry is, as far as a later one may point to it: a number an entry, and no more.

A log of a hundred million entries is held so in 400 MB.
"""

from array import array

Origin = tuple[str, str, str]
"""Agency, batch and provision of an accepted request."""
OTHER_STEP, _UNREADABLE, _NOT_ACCEPTED, _TO_COUNSEL, _ACCEPTED_FROM = 0, 1, 2, 3, 4


class RecountedEntries:
    """What the entries read so far are, by their index.

    Attributes:
        codes: for each entry: another step, unreadable, a request that was not accepted, one for
            counsel, or one accepted, from which number on is the number of its origin.
    """

    def __init__(self) -> None:
        self.codes = array("I")
        self._origins: list[Origin] = []
        self._numbers: dict[Origin, int] = {}

    def __len__(self) -> int:
        return len(self.codes)

    def add_step(self) -> None:
        """Take in an entry that is no request."""
        self.codes.append(OTHER_STEP)

    def add_unreadable(self, count: int) -> None:
        """Take in entries that cannot be read."""
        self.codes.extend([_UNREADABLE] * count)

    def code_of(self, status: str, origin: Origin) -> int:
        """Give the code of a request with this status and origin."""
        if status != "accepted":
            return _TO_COUNSEL if status == "to-counsel" else _NOT_ACCEPTED
        number = self._numbers.setdefault(origin, len(self._origins))
        if number == len(self._origins):
            self._origins.append(origin)
        return _ACCEPTED_FROM + number

    def is_unreadable(self, index: int) -> bool:
        """Whether an earlier entry could not be read, so that nothing can be said of it."""
        return index < len(self.codes) and self.codes[index] == _UNREADABLE

    def is_accepted(self, index: int) -> bool:
        """Whether an earlier entry is an accepted request."""
        return index < len(self.codes) and self.codes[index] >= _ACCEPTED_FROM

    def is_to_counsel(self, index: int) -> bool:
        """Whether an earlier entry is a request that went to counsel."""
        return index < len(self.codes) and self.codes[index] == _TO_COUNSEL

    def may_be_request(self, index: int) -> bool:
        """Whether an earlier entry is a request, or could not be read."""
        return index < len(self.codes) and self.codes[index] != OTHER_STEP

    def origin_of(self, index: int) -> Origin:
        """Give agency, batch and provision of a request; empty unless it was accepted."""
        if not self.is_accepted(index):
            return ("", "", "")
        return self._origins[self.codes[index] - _ACCEPTED_FROM]
