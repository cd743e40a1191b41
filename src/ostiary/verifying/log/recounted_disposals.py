"""Was what is disposed of kept first, and was there so much? Of rules 9 and 10 of the recount."""

from ostiary.verifying.log.entries import Entry


class DisposalCount:
    """What was kept and what was disposed of, as far as the log has been read."""

    def __init__(self) -> None:
        self._kept: tuple[int, int] | None = None
        self._keeps = False
        self._disposed = 0

    def note_kept(self, entry: Entry) -> None:
        """Take in a `record.kept`; the disposal that it is for comes next."""
        self._kept = (entry["requests"], entry["answers"])

    def dispose(self, entry: Entry, decided: int) -> list[str]:
        """Take in an `openings.disposed`, and say what is wrong with it.

        Args:
            entry: the entry.
            decided: how many requests have been decided so far.
        """
        kept, self._kept = self._kept, None
        says = (entry["requests"], entry["answers"])
        self._disposed += entry["requests"]
        found = (
            (kept not in {None, says}, "other requests are disposed of than were kept"),
            (kept is None and self._keeps, "nothing was kept of what is disposed of"),
            (self._disposed > decided, "more requests are disposed of than were decided"),
        )
        self._keeps = self._keeps or kept is not None
        return [message for is_wrong, message in found if is_wrong]
