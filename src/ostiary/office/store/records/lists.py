"""Lines of the lists that officers and agencies read."""

from dataclasses import dataclass
from datetime import date

from ostiary.domain.words import Status

STANDINGS = ("accepted", "returned", "suspended", "to-counsel", "answered")
"""Where a request can stand, as :attr:`RequestLine.stands` says."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A request that waits for officers or counsel, and how often officers have spoken on it."""

    id: int
    agency: str
    request_id: str
    batch: str
    received: date
    determinations: int
    approvals: int
    refusals: int


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A line of the officers' worklist: an accepted request that still waits for its answer.

    ``determined`` says whether officers have found every element that a person determines, and
    ``looked_at`` whether the record was compared; what it showed is in no list. ``approvals``
    counts those ever given, void ones among them.
    """

    id: int
    agency: str
    request_id: str
    received: date
    determined: bool
    looked_at: bool
    approvals: int


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as the agency that made it may see it: nothing in it depends on the file."""

    id: int
    agency: str
    request_id: str
    batch: str
    received: date
    status: Status
    entry_index: int
    answer_id: str | None
    delivered: bool | None
    specific: bool | None
    ordered: bool

    @property
    def stands(self) -> str:
        """Say where the request stands now, as anybody who knows of it may be told.

        ``status`` is what it was at receipt; since then an officer may have found an element
        lacking, or the answer may have left. What a judge ordered is not returned then, and is with
        counsel. Nothing here depends on the file.
        """
        if self.delivered:
            return "answered"
        if self.specific is False:
            return str(Status.TO_COUNSEL if self.ordered else Status.RETURNED)
        return str(self.status)
