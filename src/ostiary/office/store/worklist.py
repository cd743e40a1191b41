"""Lists for people: what waits at the desk, what an agency has asked, one page at a time.

Nothing here walks all requests for a page: what waits is a list of numbers in memory
(:mod:`ostiary.office.store.waiting_list`), and the database gives the lines of the page.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from ostiary.domain.words import Status
from ostiary.office.store.chunks import chunks
from ostiary.office.store.determined import DETERMINED
from ostiary.office.store.facts_texts import under
from ostiary.office.store.failures import our_errors
from ostiary.office.store.orm import CounselAnswer, ElementDetermination, Request
from ostiary.office.store.reading import Reader
from ostiary.office.store.records.lists import RequestLine, WorkItem
from ostiary.office.store.unfinished import as_filter, is_waiting, is_without_counsel
from ostiary.office.store.waiting_list import WaitingList, WorklistFilter

_AT_ONCE = 5_000
_SPOKEN = ElementDetermination.objects.filter(request=OuterRef("pk"))
# False as soon as one element was found lacking, which ends a case; True when words were said.
_LAST_WORD = Subquery(_SPOKEN.order_by("found").values("found")[:1])
_BY_COUNSEL = f"NOT {is_without_counsel()}"
_STANDS = f"""
SELECT r.id, {DETERMINED}, EXISTS (SELECT 1 FROM verification v WHERE v.request = r.id),
       (SELECT count(*) FROM approval p WHERE p.request = r.id)
FROM request r WHERE r.id IN ({{numbers}})
"""


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which of an agency's requests are asked for; what is left out is not looked at.

    Attributes:
        stands: where they stand now, as :attr:`RequestLine.stands` says.
        find: part of their id, in capital or small letters.
        since: received, determined or answered on this day or later.
    """

    stands: str = ""
    find: str = ""
    since: date | None = None


EVERY_LINE = LineFilter()


class WorklistReader(Reader):
    """What waits for officers, and what agencies have asked.

    Attributes:
        ordered_by_judges: gives the provisions under which a judge orders, as the law is now. What
            an officer finds lacking in such a request does not return it. Whoever shows lists says
            it once; the store knows no law.
    """

    def __init__(self, where: str, alias: str) -> None:
        super().__init__(where, alias)
        self.ordered_by_judges: Callable[[], Collection[str]] = tuple
        self._list = WaitingList(self._rows)

    def work(self, wanted: WorklistFilter, first: int, many: int) -> tuple[WorkItem, ...]:
        """Give a page of the worklist, by receipt."""
        numbers = self._waiting_list().page(wanted, first, many)
        stands: dict[int, tuple[Any, ...]] = {}
        for chunk in chunks(numbers, _AT_ONCE):
            listed = ", ".join(map(str, chunk))
            stands |= {int(row[0]): row[1:] for row in self._rows(_STANDS.format(numbers=listed))}
        lines = {one.id: one for one in self._records(_Line, _waiting(numbers))}
        found = (lines[number] for number in numbers if number in lines)
        return tuple(_work_item(one, *stands[one.id]) for one in found)

    def work_numbers(self, wanted: WorklistFilter) -> list[int]:
        """Give the numbers of all lines of the worklist, in the order of receipt."""
        waiting = self._waiting_list()
        return waiting.page(wanted, 0, waiting.count(wanted))

    def count_work(self, wanted: WorklistFilter) -> int:
        """Count the lines of the worklist."""
        return self._waiting_list().count(wanted)

    def waiting_among(self, numbers: Collection[int]) -> frozenset[int]:
        """Give those of some requests that still wait."""
        found: set[int] = set()
        for chunk in chunks(numbers, _AT_ONCE):
            with our_errors(self._where, connections[self._alias]):
                waiting = _waiting(chunk).using(self._alias)
                found.update(waiting.values_list("id", flat=True))
        return frozenset(found)

    def work_by(self, wanted: WorklistFilter, column: str) -> dict[Any, int]:
        """Count the lines by ``agency`` or ``received``."""
        return self._waiting_list().count_by(wanted, column)

    def approved_at_least(self, times: int) -> tuple[int, ...]:
        """Name the waiting requests that were approved so often; some approvals may be void."""
        return self._waiting_list().approved_at_least(times)

    def _waiting_list(self) -> WaitingList:
        """Give what waits; within a transaction that may be undone, a list of its own."""
        is_writing = connections[self._alias].in_atomic_block
        return WaitingList(self._rows) if is_writing else self._list

    def lines(
        self,
        *,
        agency: str | None,
        batch: str | None = None,
        wanted: LineFilter = EVERY_LINE,
        first: int = 0,
        many: int = 50,
    ) -> tuple[RequestLine, ...]:
        """Give a page of requests, the latest first: of one agency, or of all when None."""
        with our_errors(self._where, connections[self._alias]):
            # Entries are in the order of numbers, and their index is narrow, the table wide.
            order = "-entry" if agency is None else "-id"
            chosen = _narrowed(_asked(agency, batch), wanted, self._is_ordered())
            numbers = chosen.order_by(order).values_list("id", flat=True)
            page = list(numbers.using(self._alias)[first : first + many])
        # Only the lines of the page are looked up further, none of those that are skipped.
        return self.lines_numbered(page)

    def lines_numbered(self, numbers: Collection[int]) -> tuple[RequestLine, ...]:
        """Give some requests, the latest first."""
        found = self._told_of(Request.objects.filter(pk__in=numbers))
        return self._records(RequestLine, found.order_by("-id"))

    def line(self, number: int) -> RequestLine | None:
        """Give one request by its number; None when there is none."""
        found = self._told_of(Request.objects.filter(pk=number))
        return next(iter(self._records(RequestLine, found)), None)

    def _told_of(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """Add to requests what became of each since its receipt."""
        is_ordered = When(self._is_ordered(), then=Value(value=True))
        told: QuerySet[Any] = found.annotate(
            answer_id=F("answer__answer_id"),
            delivered=F("answer__delivered"),
            specific=_LAST_WORD,
            ordered=Case(is_ordered, default=Value(value=False), output_field=BooleanField()),
        )
        return told

    def _is_ordered(self) -> Q:
        """Choose what a judge ordered; of what was destroyed, what counsel has answered.

        Nothing else that an officer found lacking is ever answered by counsel.
        """
        chosen = Q(Exists(CounselAnswer.objects.filter(request=OuterRef("pk"))))
        for provision in self.ordered_by_judges():
            chosen |= Q(facts__contains=under(provision))
        return chosen

    def find_lines(self, text: str, many: int) -> tuple[RequestLine, ...]:
        """Give requests that were let through to review, or to counsel, by part of their id."""
        let_through = (Status.ACCEPTED, Status.TO_COUNSEL)
        found = Request.objects.filter(request_id__icontains=text, status__in=let_through)
        with our_errors(self._where, connections[self._alias]):
            numbers = list(
                found.order_by("id").values_list("id", flat=True).using(self._alias)[:many]
            )
        return self.lines_numbered(numbers)

    def was_accepted(self, number: int) -> bool:
        """Whether a request was let through to review, or to counsel."""
        asked = "SELECT 1 FROM request WHERE id = %s AND status IN ('accepted', 'to-counsel')"
        return bool(self._rows(asked, number))

    def count_wanted(self, *, agency: str | None, wanted: LineFilter) -> int:
        """Count the requests that a filter leaves."""
        with our_errors(self._where, connections[self._alias]):
            asked = _narrowed(_asked(agency, None), wanted, self._is_ordered())
            return asked.using(self._alias).count()

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

    def count_standing(self, *, agency: str | None, batch: str | None = None) -> dict[str, int]:
        """Count requests by where they stand now, as :attr:`RequestLine.stands` says of one."""
        asked = {"r.agency": agency, "r.batch": batch}
        chosen = {column: text for column, text in asked.items() if text is not None}
        whose, given = "".join(f" AND {one} = %s" for one in chosen), tuple(chosen.values())
        counts = self.count_lines(agency=agency, batch=batch)
        for stands, since in self._since(whose, given).items():
            for status, many in since.items():
                counts[status] -= many
                counts[stands] = counts.get(stands, 0) + many
        return {status: many for status, many in sorted(counts.items()) if many}

    def _since(self, whose: str, given: tuple[str, ...]) -> dict[str, dict[str, int]]:
        """Count by status at receipt the requests that were answered or found lacking since."""
        delivered = "SELECT 1 FROM answer a WHERE a.request = r.id AND a.delivered"
        answered = self._rows(
            "SELECT r.status, count(*) FROM answer a JOIN request r ON r.id = a.request"
            f" WHERE a.delivered {whose} GROUP BY r.status",
            *given,
        )
        ordered = self.ordered_by_judges()
        like = "".join(" OR r.facts LIKE %s" for _ in ordered)
        lacking = self._rows(
            f"SELECT CASE WHEN {_BY_COUNSEL}{like} THEN 'to-counsel' ELSE 'returned' END,"
            " r.status, count(DISTINCT r.id) FROM reason_determination d"
            " JOIN request r ON r.id = d.request"
            f" WHERE NOT d.specific AND NOT EXISTS ({delivered}) {whose} GROUP BY 1, 2",
            *(f"%{under(one)}%" for one in ordered),
            *given,
        )
        since = {"answered": dict(answered), "returned": {}, "to-counsel": {}}
        for stands, status, many in lacking:
            since[stands][status] = many
        return since

    def agencies_of(self, batch: str) -> frozenset[str]:
        """Name the agencies whose requests a batch holds."""
        found = Request.objects.filter(batch=batch).values_list("agency", flat=True).distinct()
        with our_errors(self._where, connections[self._alias]):
            return frozenset(found.using(self._alias))


def _waiting(numbers: Collection[int]) -> QuerySet[Any]:
    """Choose those of some requests that wait."""
    return Request.objects.filter(as_filter(is_waiting("request")), id__in=numbers)


def _asked(agency: str | None, batch: str | None) -> QuerySet[Any]:
    found = Request.objects.all() if agency is None else Request.objects.filter(agency=agency)
    return found if batch is None else found.filter(batch=batch)


def _narrowed(found: QuerySet[Any], wanted: LineFilter, is_ordered: Q) -> QuerySet[Any]:
    """Narrow requests as a filter says; where each stands as :attr:`RequestLine.stands` does."""
    lacking = _SPOKEN.filter(found=False)
    if wanted.find:
        found = found.filter(request_id__icontains=wanted.find)
    if wanted.since:
        new = Exists(_SPOKEN.filter(at__gte=wanted.since.isoformat()))
        released = Q(answer__delivered=True, answer__released_on__gte=wanted.since)
        found = found.filter(Q(received__gte=wanted.since) | released | Q(new))
    if wanted.stands == "answered":
        return found.filter(answer__delivered=True)
    if wanted.stands == "returned":
        found = found.filter(Q(status=Status.RETURNED) | (Exists(lacking) & ~is_ordered))
    elif wanted.stands == Status.TO_COUNSEL:
        found = found.filter(Q(status=Status.TO_COUNSEL) | (Exists(lacking) & is_ordered))
    elif wanted.stands:
        found = found.filter(~Exists(lacking), status=wanted.stands)
    else:
        return found
    return found.exclude(answer__delivered=True)


@dataclass(frozen=True, slots=True)
class _Line:
    id: int
    agency: str
    request_id: str
    received: date


def _work_item(line: _Line, determined: Any, looked_at: Any, approvals: int) -> WorkItem:
    return WorkItem(
        line.id,
        line.agency,
        line.request_id,
        line.received,
        bool(determined),
        bool(looked_at),
        int(approvals),
    )
