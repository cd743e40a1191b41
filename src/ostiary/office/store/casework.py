"""Reading what was stored about requests: one case whole, the queue, a batch."""

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, TypeVar

from django.db import connections
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ostiary.domain.errors import InputError
from ostiary.domain.words import OFFICERS_NEEDED, Status
from ostiary.office.store.chunks import chunks
from ostiary.office.store.determined import DETERMINED
from ostiary.office.store.facts_texts import under
from ostiary.office.store.failures import our_errors
from ostiary.office.store.orm import (
    Answer,
    Approval,
    CaseNote,
    CounselAnswer,
    ElementDetermination,
    LaterVerification,
    LookOrder,
    Refusal,
    Request,
    Verification,
)
from ostiary.office.store.reading import PAGE, Reader
from ostiary.office.store.records.admission import CaseRecord, ReadyRequest
from ostiary.office.store.records.answers import AnswerRecord
from ostiary.office.store.records.case import Case
from ostiary.office.store.records.casework import (
    ApprovalRecord,
    CounselAnswerRecord,
    DeterminationRecord,
    LookOrderRecord,
    NoteRecord,
    RefusalRecord,
)
from ostiary.office.store.records.lists import QueueItem
from ostiary.office.store.records.looks import VerificationRecord
from ostiary.office.store.stored_values import stored_day
from ostiary.office.store.unfinished import (
    as_filter,
    is_kept,
    is_open,
    is_unanswered,
    is_without_counsel,
)

_AT_ONCE = 500
_ABOUT: dict[type[Any], Any] = {
    VerificationRecord: Verification,
    DeterminationRecord: ElementDetermination,
    ApprovalRecord: Approval,
    RefusalRecord: Refusal,
    LookOrderRecord: LookOrder,
    AnswerRecord: Answer,
    CounselAnswerRecord: CounselAnswer,
    NoteRecord: CaseNote,
}
_TOLD_IN: tuple[type[Model], ...] = (*_ABOUT.values(), LaterVerification)
_IS_READY = f"""
FROM request r{{more}}
WHERE r.status = 'accepted' AND r.payload IS NOT NULL{{among}}
  AND NOT EXISTS (SELECT 1 FROM verification v WHERE v.request = r.id)
  AND {is_open()} AND {{determined}}
"""
# Two officers have ordered another look since the last one; the desk asks whether they may.
_IS_ORDERED = f"""
FROM request r{{more}}
WHERE r.payload IS NOT NULL{{among}} AND {is_open()}
  AND r.id IN (
    SELECT o.request FROM look_order o
    WHERE NOT EXISTS (SELECT 1 FROM later_verification g
                      WHERE g.request = o.request AND g.entry_index > o.entry_index)
    GROUP BY o.request, o.digest HAVING count(DISTINCT o.officer) >= {OFFICERS_NEEDED})
"""
_READY = "SELECT r.id, r.batch, r.received, r.payload, r.salt, r.entry_index"
_FOUND = "SELECT DISTINCT r.id, coalesce(d.fact, 'reason_specific')"
_LAST_LOOK = ", ".join(
    f"coalesce(g.{name}, v.{name})"
    for name in ("outcome", "rule", "person_id", "weight", "margin", "basis")
)
_BATCHES_OF_LOOKS = " UNION ".join(
    f"SELECT r.batch FROM {table} v JOIN request r ON r.id = v.request"
    " WHERE v.entry_index BETWEEN %s AND %s"
    for table in ("verification", "later_verification")
)
_Item = TypeVar("_Item", CaseRecord, QueueItem)


class CaseReader(Reader):
    """Requests and what became of them."""

    def find_request(self, key: str) -> CaseRecord:
        """Find a request by ``agency/id``, or by the agency's own id.

        An agency that has such a request decides alone: whatever ids others file, ``agency/id`` is
        never one of theirs.

        Raises:
            InputError: no request has this id, or requests of several agencies do.
        """
        agency, _, rest = key.partition("/")
        named = "WHERE agency = %s AND request_id = %s"
        found = self._chosen(CaseRecord, Request, named, agency, rest) or self._chosen(
            CaseRecord, Request, "WHERE request_id = %s ORDER BY id", key
        )
        if not found:
            raise InputError(
                "no request has this id",
                cure="give the agency's own id, or `agency/id`, of a request that was stored",
            )
        if len(found) > 1:
            raise InputError(
                f"requests of several agencies have this id: {', '.join(r.agency for r in found)}",
                cure="say which one: `agency/id`",
            )
        return found[0]

    def request(self, number: int) -> CaseRecord:
        """Give a request by its number in this office.

        Raises:
            InputError: no request has this number.
        """
        found = self._chosen(CaseRecord, Request, f"WHERE id = {int(number)}")
        if not found:
            raise InputError(f"no request has the number {number}")
        return found[0]

    def latest_kept(self, most: int) -> tuple[CaseRecord, ...]:
        """Give the latest requests of which the office still has what they say, newest first.

        Accepted ones are asked by their index; the others where there are too few of those.

        Args:
            most: so many at most.
        """
        kept = "AND payload IS NOT NULL ORDER BY id DESC LIMIT %s"
        accepted = self._chosen(CaseRecord, Request, f"WHERE status = 'accepted' {kept}", most)
        if len(accepted) == most:
            return accepted
        others = f"WHERE status NOT IN ('accepted', 'returned') {kept}"
        return accepted + self._chosen(CaseRecord, Request, others, most - len(accepted))

    def request_at(self, entry: int) -> CaseRecord:
        """Give a request by the number of the log entry that recorded it.

        Raises:
            InputError: no request was recorded by this entry.
        """
        found = self._chosen(CaseRecord, Request, f"WHERE entry_index = {int(entry)}")
        if not found:
            raise InputError(f"log entry {entry} records no request")
        return found[0]

    def case(self, number: int) -> Case:
        """Give everything that was stored about a request, by its number in this office.

        Raises:
            InputError: no request has this number.
        """
        found = next(self._cases([number]), None)
        if found is None:
            raise InputError(f"no request has the number {number}")
        return found

    def cases(self, numbers: Collection[int]) -> Iterator[Case]:
        """Give everything that was stored about some requests, in the order of their numbers.

        A list of cases so costs a few questions in all, and not a few for each.
        """
        for chunk in chunks(sorted(numbers), _AT_ONCE):
            yield from self._cases(chunk)

    def _cases(self, chunk: Collection[int]) -> Iterator[Case]:
        told = self._tables_about(chunk)
        found = {
            kind: self._by_request(kind, model, chunk) if model in told else {}
            for kind, model in _ABOUT.items()
        }
        again = LaterVerification in told
        later = self._by_request(VerificationRecord, LaterVerification, chunk) if again else {}
        these = f"WHERE id IN ({_listed(chunk)}) ORDER BY id"
        for request in self._chosen(CaseRecord, Request, these):
            mine = {kind: tuple(rows.get(request.id, ())) for kind, rows in found.items()}
            looks = mine[VerificationRecord] + tuple(later.get(request.id, ()))
            yield Case(
                request=request,
                verification=next(iter(looks[-1:]), None),
                determinations=mine[DeterminationRecord],
                approvals=mine[ApprovalRecord],
                refusals=mine[RefusalRecord],
                answer=next(iter(mine[AnswerRecord]), None),
                counsel=next(iter(mine[CounselAnswerRecord]), None),
                orders=mine[LookOrderRecord],
                notes=mine[NoteRecord],
                superseded=looks[:-1],
            )

    def _tables_about(self, chunk: Collection[int]) -> frozenset[type[Model]]:
        """Say which tables tell anything of some requests: of most cases, few do.

        One statement, where to ask each of them takes 0.7 ms of processor time. What another
        program stores after it is not seen, as with any reading.
        """
        asked = " UNION ALL ".join(
            f"SELECT {nth} WHERE EXISTS (SELECT 1 FROM {table} WHERE request IN ({_listed(chunk)}))"
            for nth, table in enumerate(_table(model) for model in _TOLD_IN)
        )
        return frozenset(_TOLD_IN[int(nth)] for (nth,) in self._rows(asked))

    def _by_request(
        self, kind: type[Any], model: type[Any], chunk: Collection[int]
    ) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {}
        which = f"WHERE request IN ({_listed(chunk)}) ORDER BY entry_index"
        for one in self._chosen(kind, model, which):
            found.setdefault(one.request, []).append(one)
        return found

    def requests_of(self, batch: str) -> Iterator[CaseRecord]:
        """Give the requests of a batch in the order they were stored."""
        yield from self._walk(CaseRecord, Request.objects.filter(batch=batch))

    def queue(self) -> Iterator[QueueItem]:
        """Give each accepted request without an answer, and what counsel has to answer, by receipt.

        Nothing can be decided on a request whose openings have been destroyed, so it waits no more.
        """
        waiting = Request.objects.filter(
            as_filter(is_open("request")),
            status__in=(Status.ACCEPTED, Status.TO_COUNSEL),
        )
        yield from self._walk(
            QueueItem,
            waiting.annotate(
                determinations=_count(ElementDetermination.objects.all()),
                approvals=_count(Approval.objects.all()),
                refusals=_count(Refusal.objects.all()),
            ),
        )

    def with_counsel(self) -> tuple[int, ...]:
        """Give the numbers of the requests that went to counsel, and that counsel has not answered.

        What has been destroyed waits no more.
        """
        rows = self._rows(
            f"SELECT r.id FROM request r WHERE r.status = 'to-counsel' AND {is_kept()}"
            f" AND {is_without_counsel()} ORDER BY r.id"
        )
        return tuple(int(number) for (number,) in rows)

    def refused_and_unanswered(self) -> tuple[int, ...]:
        """Give the numbers of the unanswered requests that were refused, or settled by counsel.

        What has been destroyed waits no more.
        """
        rows = self._rows(
            "SELECT DISTINCT r.id FROM refusal f JOIN request r ON r.id = f.request"
            f" WHERE {is_kept()} AND {is_unanswered()} ORDER BY 1"
        )
        return tuple(int(number) for (number,) in rows)

    def unanswered_under(self, provisions: Collection[str]) -> tuple[int, ...]:
        """Give the accepted requests under some provisions that have no answer, by number.

        What has been destroyed waits no more.
        """
        if not provisions:
            return ()
        named = [f"%{under(one)}%" for one in sorted(provisions)]
        asked = " OR ".join(["r.facts LIKE %s"] * len(named))
        rows = self._rows(
            "SELECT r.id, r.facts FROM request r"
            f" WHERE r.status = 'accepted' AND {is_kept()} AND ({asked})"
            f" AND {is_unanswered()} ORDER BY r.id",
            *named,
        )
        return tuple(int(n) for n, facts in rows if json.loads(facts)["provision"] in provisions)

    def answer_name(self, number: int) -> str | None:
        """Give the id of the answer to a request that has been laid out; None while none has."""
        laid_out = Answer.objects.filter(request=number, delivered=True)
        found = self._records(AnswerRecord, laid_out)
        return found[0].answer_id if found else None

    def answered_by_counsel(self, number: int) -> date | None:
        """Give the day on which counsel answered a request, no record of which was looked at.

        The log says that counsel did. Of one whose record was looked at nothing is given.
        """
        found = self._records(CounselAnswerRecord, CounselAnswer.objects.filter(request=number))
        return found[0].day if found else None

    def answers(self) -> tuple[AnswerRecord, ...]:
        """Give every answer, in the order they were stored."""
        return self._records(AnswerRecord, Answer.objects.order_by("entry"))

    def answer_index(self) -> Iterator[tuple[str, str, str, date]]:
        """Give agency, request id, answer id and day of each answer, in the order of storing.

        Answers that have been disposed of are left out.
        """
        columns = ("agency", "request__request_id", "answer_id", "released_on")
        connection = connections[self._alias]
        with our_errors(self._where, connection):
            kept = Answer.objects.using(self._alias).filter(request__salt__isnull=False)
            ordered = kept.order_by("entry")
            yield from list(ordered.values_list(*columns))

    def ready_to_look(
        self, numbers: Collection[int] | None = None, *, again: bool = False
    ) -> Iterator[ReadyRequest]:
        """Give the requests that wait for the record to be looked at, by number.

        They were accepted, officers have found every element that a person determines, and nobody
        has compared them, nor has counsel answered. Whether the law of today allows the look is
        not asked here.

        Args:
            numbers: look among these alone; among all when None.
            again: give those instead that were looked at, and that two officers have ordered
                another look at since.
        """
        for chunk in [None] if numbers is None else chunks(sorted(numbers), _AT_ONCE):
            asked = _ready(_READY, chunk, again=again)
            for number, batch, received, payload, *rest in self._rows(asked):
                yield ReadyRequest(int(number), batch, stored_day(received), payload, *rest)

    def found_of_ready(
        self, numbers: Collection[int] | None = None, *, again: bool = False
    ) -> Iterator[tuple[int, str]]:
        """Give number and element, of the requests of :meth:`ready_to_look`, as officers found."""
        for chunk in [None] if numbers is None else chunks(sorted(numbers), _AT_ONCE):
            asked = _ready(_FOUND, chunk, again=again)
            yield from ((int(one), fact) for one, fact in self._rows(asked))

    def verifications_of(self, batch: str) -> Iterator[tuple[Any, ...]]:
        """Give request id and what the record showed, of a batch's requests that are kept."""
        yield from self._rows(
            f"SELECT r.request_id, {_LAST_LOOK}"
            " FROM verification v JOIN request r ON r.id = v.request LEFT JOIN later_verification g"
            " ON g.id = (SELECT max(h.id) FROM later_verification h WHERE h.request = r.id)"
            " WHERE r.batch = %s AND r.salt IS NOT NULL ORDER BY r.row",
            batch,
        )

    def untold_examinations(self) -> dict[int, tuple[str, ...]]:
        """Give the looks of which custody files do not tell yet, with the batches concerned."""
        found: dict[int, tuple[str, ...]] = {}
        for number, first, last in self._rows(
            "SELECT id, first_index, last_index FROM examination WHERE NOT done ORDER BY id"
        ):
            batches = self._rows(_BATCHES_OF_LOOKS, first, last, first, last)
            found[int(number)] = tuple(sorted(batch for (batch,) in batches))
        return found

    def found_lacking(self) -> dict[str, list[int]]:
        """Give, for each batch, the requests of which an element was not found, by number."""
        found: dict[str, list[int]] = {}
        rows = self._rows(
            "SELECT r.batch, r.id FROM reason_determination AS d JOIN request AS r"
            " ON r.id = d.request WHERE NOT d.specific GROUP BY r.batch, r.id"
            " ORDER BY min(d.entry_index)"
        )
        for batch, number in rows:
            found.setdefault(batch, []).append(int(number))
        return found

    def reviewed(self) -> tuple[int, ...]:
        """Give the numbers of the requests that officers have spoken on."""
        rows = self._rows(
            "SELECT request FROM reason_determination UNION SELECT request FROM approval"
            " UNION SELECT request FROM refusal UNION SELECT request FROM look_order"
            " UNION SELECT request FROM counsel_answer ORDER BY 1"
        )
        return tuple(int(number) for (number,) in rows)

    def undelivered(self) -> tuple[AnswerRecord, ...]:
        """Give the answers that are stored but whose file has not been laid out."""
        waiting = Answer.objects.filter(delivered=False)
        return self._records(AnswerRecord, waiting.order_by("entry"))

    def _walk(self, kind: type[_Item], query: QuerySet[Any, Any]) -> Iterator[_Item]:
        """Go through requests by number, one page at a time; each has its number in ``id``."""
        last = 0
        while page := self._records(kind, query.filter(id__gt=last).order_by("id")[:PAGE]):
            yield from page
            last = page[-1].id


def _ready(columns: str, among: Collection[int] | None, *, again: bool) -> str:
    """Write the question for requests that wait for a look."""
    more = " JOIN reason_determination d ON d.request = r.id" if columns is _FOUND else ""
    listed = "" if among is None else f" AND r.id IN ({', '.join(map(str, among))})"
    ready = _IS_ORDERED if again else _IS_READY
    asked = ready.format(more=more, among=listed, determined=DETERMINED)
    return f"{columns} {asked} ORDER BY r.id"


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    """Count the rows that are about the request at hand."""
    own = rows.filter(request=OuterRef("pk")).order_by().values("request")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


def _listed(numbers: Collection[int]) -> str:
    """Write numbers for SQL; one that no column holds finds nothing."""
    return ", ".join(str(int(number)) for number in numbers)


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - https://docs.djangoproject.com/en/5.2/ref/models/meta/
