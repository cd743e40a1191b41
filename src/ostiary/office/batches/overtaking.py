"""Whether a run was overtaken: another file was stored between its first question and its commit.

What a run counts over everything that the office holds (requests that came before, open matters of
a recipient, people who share a reason, how verifications of an agency went) it counts before its
transaction. Inside it, it asks whether anything of that has changed. If so, nothing is stored and
the run begins anew while all others wait with their commits. So files that run side by side are
decided as if they had come one after another; and so are looks at records after admission, which
are bounded by how verifications of an agency went.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import duckdb

from ostiary.deciding.intake.facts_of_few import FiledRequest
from ostiary.deciding.intake.tables import REQUESTS
from ostiary.disk.locks import alone
from ostiary.office.folder.session import MOST_CHANGES, LawChangedError, OfficeSession
from ostiary.office.store import StoredRequest

_LOCK = ".committing"
_Done = TypeVar("_Done")
Turn = Callable[[], AbstractContextManager[None]]
"""What a run enters to commit, while no other does."""


class OvertakenError(Exception):
    """What a run counted has changed; it has to begin anew."""


def committing_alone(place: OfficeSession) -> AbstractContextManager[None]:
    """Keep other runs and looks from committing."""
    return alone(place.office.root / _LOCK)


def entered_as_found(place: OfficeSession, run: Callable[[Turn], _Done]) -> _Done:
    """Have something decided and committed; anew where what it rested on has changed meanwhile.

    Both reasons to begin anew, being overtaken and a law that was changed, count together. The
    attempt after one that was overtaken keeps the others away from its beginning, and so does the
    last; between two attempts everybody may commit.

    Args:
        place: the office.
        run: reads the law itself, and takes what keeps others away while it commits.

    Raises:
        LawChangedError: the law was changed under the last attempt too; nothing changed.
    """
    by_itself = False
    for _ in range(MOST_CHANGES - 1):
        try:
            return _attempt(place, run, by_itself=by_itself)
        except OvertakenError:
            by_itself = True
        except LawChangedError:
            by_itself = False
    return _attempt(place, run, by_itself=True)


def _attempt(place: OfficeSession, run: Callable[[Turn], _Done], *, by_itself: bool) -> _Done:
    if not by_itself:
        return run(partial(committing_alone, place))
    with committing_alone(place):
        return run(nullcontext)


@dataclass(frozen=True, slots=True)
class History:
    """The office's history as a run saw it.

    Attributes:
        place: the office.
        last: the number of the last request that was stored when the run began to ask.
    """

    place: OfficeSession
    last: int

    @classmethod
    def of(cls, place: OfficeSession) -> "History":
        """Begin to ask: all that is asked later is compared with what stands here now."""
        return cls(place, place.store.last_request())

    def check(self, known: Callable[[], "CountedBy"]) -> None:
        """See that a run may be stored; call it inside its transaction.

        Args:
            known: gives by what the run's requests are counted, where anything was stored.

        Raises:
            OvertakenError: a file stored meanwhile is of the same agency, names one of the same
                recipients or gives one of the same reasons.
        """
        if self.place.store.last_request() == self.last:
            return
        mine = known()
        if any(mine.has_to_do_with(one) for one in self.place.store.stored_since(self.last)):
            raise OvertakenError


@dataclass(frozen=True, slots=True)
class CountedBy:
    """By what the requests of a run are counted with others.

    Attributes:
        agencies: whose they are; an empty one is that of requests that name none: they share ids.
        officers: whom they name as recipients.
        reasons: digests of the reasons that they give.
    """

    agencies: frozenset[str]
    officers: frozenset[str]
    reasons: frozenset[str]

    @classmethod
    def of_table(cls, con: duckdb.DuckDBPyConnection) -> "CountedBy":
        """Take it from the run's ``requests``, with the digests of their reasons."""
        asked = ("coalesce(agency, '')", "unnest(recipients)", "reason_digest")
        return cls(*(frozenset(_column(con, what)) for what in asked))

    @classmethod
    def of_values(cls, requests: Iterable[FiledRequest]) -> "CountedBy":
        """Take it from requests as values."""
        agencies, officers, reasons = set[str](), set[str](), set[str]()
        for one in requests:
            agencies.add(one.request["agency"] or "")
            officers.update(one.request["recipients"] or ())
            reasons.update(() if one.reason_digest is None else (one.reason_digest,))
        return cls(frozenset(agencies), frozenset(officers), frozenset(reasons))

    def has_to_do_with(self, other: StoredRequest) -> bool:
        """Whether another request changes what was counted."""
        return (
            other.agency in self.agencies
            or other.reason_digest in self.reasons
            or not self.officers.isdisjoint(other.officers)
        )


def _column(con: duckdb.DuckDBPyConnection, what: str) -> Iterator[str]:
    rows = con.execute(f"SELECT DISTINCT {what} AS found FROM {REQUESTS}").fetchall()
    return (str(found) for (found,) in rows if found is not None)
