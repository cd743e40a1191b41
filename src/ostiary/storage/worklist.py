"""Lists for people: what waits at the desk, what an agency has asked, one page at a time.

Nothing here walks all requests in Python: the database counts and cuts the page.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ostiary.domain.words import Status
from ostiary.storage.chunks import chunks
from ostiary.storage.failures import our_errors
from ostiary.storage.orm import Approval, ReasonDetermination, Request
from ostiary.storage.reading import Reader
from ostiary.storage.records import RequestLine, WorkItem
from ostiary.storage.waiting_counts import Cell, WaitingCounts

_AT_ONCE = 5_000
_SPOKEN = ReasonDetermination.objects.filter(request=OuterRef("pk"))
_LAST_WORD = Subquery(_SPOKEN.order_by("-entry").values("specific")[:1])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of the worklist are asked for; what is left out is not looked at.

    Attributes:
        agency: the requesting agency.
        rule: the rule of decision that settled the verification.
        received_from: first day of receipt.
        received_to: last day of receipt.
        looked_at: whether an officer has determined the reason.
        among: numbers of requests; no other is listed.
        not_among: numbers of requests that are left out.
    """

    agency: str = ""
    rule: str = ""
    received_from: date | None = None
    received_to: date | None = None
    looked_at: bool | None = None
    among: Collection[int] | None = None
    not_among: Collection[int] = ()


class WorklistReader(Reader):
    """What waits for officers, and what agencies have asked."""

    def __init__(self, where: str, alias: str) -> None:
        super().__init__(where, alias)
        self._counts = WaitingCounts(self._rows)

    def work(self, wanted: Wanted, first: int, many: int) -> tuple[WorkItem, ...]:
        """Give a page of the worklist in the order of receipt."""
        lines = _waiting(wanted).annotate(
            outcome=F("verification__outcome"),
            rule=F("verification__rule"),
            specific=_LAST_WORD,
            approvals=_approvals(),
        )
        return self._records(WorkItem, lines.order_by("received", "id")[first : first + many])

    def count_work(self, wanted: Wanted) -> int:
        """Count the lines of the worklist."""
        if wanted.among is None:
            left_out = self._count_listed(_left_out(wanted)) if wanted.not_among else 0
            return sum(self._cells(wanted).values()) - left_out
        return self._count_listed(wanted)

    def waiting_among(self, numbers: Collection[int]) -> frozenset[int]:
        """Give those of some requests that still wait."""
        found: set[int] = set()
        for chunk in chunks(numbers, _AT_ONCE):
            with our_errors(self._where, connections[self._alias]):
                waiting = _waiting(Wanted(among=chunk)).using(self._alias)
                found.update(waiting.values_list("id", flat=True))
        return frozenset(found)

    def work_by(self, wanted: Wanted, column: str) -> dict[Any, int]:
        """Count the lines by ``agency``, ``rule`` or ``received``."""
        if wanted.among is None:
            counted: Counter[Any] = Counter()
            for cell, many in self._cells(wanted).items():
                counted[getattr(cell, column)] += many
            if wanted.not_among:
                counted.subtract(self._count_listed_by(_left_out(wanted), column))
            return {value: many for value, many in sorted(counted.items(), key=str) if many}
        return self._count_listed_by(wanted, column)

    def approved_at_least(self, times: int) -> tuple[int, ...]:
        """Name the waiting requests that were approved so often; some approvals may be void."""
        return self._counting().approved_at_least(times)

    def _cells(self, wanted: Wanted) -> dict[Cell, int]:
        """Give the sums that make up what is wanted, whoever is among it."""
        return {
            cell: many for cell, many in self._counting().cells().items() if _fits(cell, wanted)
        }

    def _counting(self) -> WaitingCounts:
        """Give the sums; within a transaction, which may be undone, some of its own."""
        is_writing = connections[self._alias].in_atomic_block
        return WaitingCounts(self._rows) if is_writing else self._counts

    def _count_listed(self, wanted: Wanted) -> int:
        with our_errors(self._where, connections[self._alias]):
            return _waiting(wanted).using(self._alias).count()

    def _count_listed_by(self, wanted: Wanted, column: str) -> dict[Any, int]:
        field = {"rule": "verification__rule"}.get(column, column)
        counted = _waiting(wanted).values_list(field).annotate(many=Count("pk")).order_by(field)
        with our_errors(self._where, connections[self._alias]):
            return dict(counted.using(self._alias))

    def lines(
        self, *, agency: str | None, batch: str | None = None, first: int = 0, many: int = 50
    ) -> tuple[RequestLine, ...]:
        """Give a page of requests, the latest first: of one agency, or of all when None."""
        found = _asked(agency, batch).annotate(
            answer_id=F("answer__answer_id"),
            delivered=F("answer__delivered"),
            specific=_LAST_WORD,
        )
        return self._records(RequestLine, found.order_by("-id")[first : first + many])

    def line(self, number: int) -> RequestLine | None:
        """Give one request by its number; None when there is none."""
        found = Request.objects.filter(pk=number).annotate(
            answer_id=F("answer__answer_id"),
            delivered=F("answer__delivered"),
            specific=_LAST_WORD,
        )
        return next(iter(self._records(RequestLine, found)), None)

    def was_verified(self, number: int) -> bool:
        """Whether a request was let through by the law, and so compared with the file."""
        return bool(self._rows("SELECT 1 FROM verification WHERE request = %s", number))

    def numbers_of(self, entries: Collection[int]) -> dict[int, int]:
        """Give the numbers of requests by the log entries that decided them."""
        found = Request.objects.filter(entry__in=set(entries)).values_list("entry_id", "id")
        with our_errors(self._where, connections[self._alias]):
            return dict(found.using(self._alias))

    def count_lines(self, *, agency: str | None, batch: str | None = None) -> dict[str, int]:
        """Count requests by status."""
        counted = _asked(agency, batch).values_list("status").annotate(many=Count("pk"))
        with our_errors(self._where, connections[self._alias]):
            return dict(counted.order_by("status").using(self._alias))

    def agencies_of(self, batch: str) -> frozenset[str]:
        """Name the agencies whose requests a batch holds."""
        found = Request.objects.filter(batch=batch).values_list("agency", flat=True).distinct()
        with our_errors(self._where, connections[self._alias]):
            return frozenset(found.using(self._alias))


def _waiting(wanted: Wanted) -> QuerySet[Any]:
    found = Request.objects.filter(status=Status.ACCEPTED, answer__isnull=True)
    found = found.exclude(Exists(_SPOKEN.filter(specific=False)))
    if wanted.looked_at is not None:
        # Few have been looked at, so the search begins with them; most have not.
        looked = Q(pk__in=ReasonDetermination.objects.values("request"))
        found = found.filter(looked if wanted.looked_at else ~Exists(_SPOKEN))
    if wanted.among is not None:
        found = found.filter(id__in=list(wanted.among))
    return found.filter(_narrowed(wanted)).exclude(id__in=list(wanted.not_among))


def _left_out(wanted: Wanted) -> Wanted:
    """Ask for those alone that are left out of what is wanted."""
    return replace(wanted, among=wanted.not_among, not_among=())


def _fits(cell: Cell, wanted: Wanted) -> bool:
    return (
        wanted.agency in {"", cell.agency}
        and wanted.rule in {"", cell.rule}
        and (wanted.received_from is None or wanted.received_from <= cell.received)
        and (wanted.received_to is None or cell.received <= wanted.received_to)
        and wanted.looked_at in {None, cell.looked_at}
    )


def _narrowed(wanted: Wanted) -> Q:
    asked = {
        "agency": wanted.agency,
        "verification__rule": wanted.rule,
        "received__gte": wanted.received_from,
        "received__lte": wanted.received_to,
    }
    return Q(**{name: value for name, value in asked.items() if value})


def _asked(agency: str | None, batch: str | None) -> QuerySet[Any]:
    found = Request.objects.all() if agency is None else Request.objects.filter(agency=agency)
    return found if batch is None else found.filter(batch=batch)


def _approvals() -> Coalesce:
    own = Approval.objects.filter(request=OuterRef("pk")).order_by().values("request")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)
