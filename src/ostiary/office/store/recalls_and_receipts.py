"""Reading what followed after answers had left: recalls, receipts, disposals, reported figures."""

from collections.abc import Iterator
from datetime import date

from ostiary.domain.words import Status
from ostiary.office.store.orm import (
    Answer,
    Disposal,
    KeptRecord,
    Recall,
    Receipt,
    ReportedFigures,
    Request,
    UseReport,
)
from ostiary.office.store.reading import PAGE, Reader
from ostiary.office.store.records.answers import (
    AnswerRecord,
    RecallRecord,
    ReceiptRecord,
    ReleasedAnswer,
    UseRecord,
)
from ostiary.office.store.records.retention import (
    DisposalRecord,
    FiguresRecord,
    KeptRecordRow,
    OpenableRequest,
)
from ostiary.office.store.stored_values import stored_day


class AftercareReader(Reader):
    """What became of answers, and of what the office knew."""

    def answer(self, answer_id: str) -> AnswerRecord | None:
        """Give one answer; None when there is none of this id."""
        return next(iter(self._records(AnswerRecord, Answer.objects.filter(pk=answer_id))), None)

    def recalls(self) -> tuple[RecallRecord, ...]:
        """Give every recall, in the order they were stored."""
        return self._records(RecallRecord, Recall.objects.order_by("entry"))

    def receipts(self) -> tuple[ReceiptRecord, ...]:
        """Give every receipt, in the order they were taken in."""
        return self._records(ReceiptRecord, Receipt.objects.order_by("entry"))

    def receipts_on(self, answer_id: str) -> tuple[ReceiptRecord, ...]:
        """Give the receipts on one answer, in the order they were taken in."""
        return self._records(
            ReceiptRecord, Receipt.objects.filter(answer=answer_id).order_by("entry")
        )

    def uses(self, request: int | None = None) -> tuple[UseRecord, ...]:
        """Give what agencies reported of answers, of one request or of all, in order."""
        every = UseReport.objects.order_by("entry")
        return self._records(UseRecord, every if request is None else every.filter(request=request))

    def last_uses(
        self, year: int, until: date = date.max
    ) -> tuple[tuple[str, UseRecord | None], ...]:
        """Give of each answer released in a year its agency, and the last report; None without.

        Args:
            year: calendar year.
            until: the last day of reports that count.
        """
        answers = self._rows(
            "SELECT request, agency FROM answer WHERE released_on BETWEEN %s AND %s"
            " ORDER BY entry_index",
            f"{year:04}-01-01",
            f"{year:04}-12-31",
        )
        last = {one.request: one for one in self.uses() if one.day <= until}
        return tuple((str(agency), last.get(int(request))) for request, agency in answers)

    def disposals(self) -> tuple[DisposalRecord, ...]:
        """Give every disposal, in order."""
        return self._records(DisposalRecord, Disposal.objects.order_by("entry"))

    def kept_records(self, request: int | None = None) -> Iterator[KeptRecordRow]:
        """Give the parts of the permanent record, in order: all, or where a request may be."""
        among: str = ""
        values: tuple[int, ...] = ()
        if request is not None:
            among, values = " WHERE %s BETWEEN first_request AND last_request", (request,)
        numbers = self._rows(f"SELECT id FROM kept_record{among} ORDER BY id", *values)
        for (number,) in numbers:  # one at a time: a part is large
            yield from self._records(KeptRecordRow, KeptRecord.objects.filter(pk=number))

    def figures(self, year: int | None = None) -> tuple[FiguresRecord, ...]:
        """Give what has been reported of a year, or of all, in order; the last of each counts."""
        every = ReportedFigures.objects.all()
        chosen = every if year is None else every.filter(year=year)
        return self._records(FiguresRecord, chosen.order_by("entry"))

    def released_in(self, year: int) -> Iterator[ReleasedAnswer]:
        """Give the answers released in a year, each with what opens its entry."""
        rows = self._rows(
            "SELECT a.answer_id, a.entry_index, a.status, a.person_id, r.salt FROM answer AS a"
            " JOIN request AS r ON r.id = a.request WHERE a.released_on BETWEEN %s AND %s",
            f"{year:04}-01-01",
            f"{year:04}-12-31",
        )
        for answer_id, entry, status, person, salt in rows:
            yield ReleasedAnswer(answer_id, int(entry), Status(status), person, salt)

    def openable(self, until: date | None = None) -> Iterator[OpenableRequest]:
        """Give the requests that can still be opened, by number.

        Args:
            until: those received up to this day alone; all of them when None, whatever their rows
                say of the day.

        Raises:
            FaultError: a row's day is none.
        """
        last, up_to = 0, (str(until),) if until else ()
        by_day = "AND r.received <= %s " if until else ""
        while rows := self._rows(
            "SELECT r.id, r.status, r.received, a.answer_id, a.released_on, r.entry_index, r.batch"
            " FROM request AS r LEFT JOIN answer AS a ON a.request = r.id"
            f" WHERE r.id > %s {by_day}AND r.salt IS NOT NULL ORDER BY r.id LIMIT %s",
            last,
            *up_to,
            PAGE,
        ):
            for number, status, received, answer, released_on, entry, batch in rows:
                days = stored_day(received), stored_day(released_on) if released_on else None
                yield OpenableRequest(
                    number, Status(status), days[0], answer, days[1], entry, batch
                )
            last = int(rows[-1][0])

    def closed_requests(self, batch: str) -> tuple[tuple[int, str], ...]:
        """Give row and request id of each request of a batch that nobody can open any more."""
        rows = self._rows(
            "SELECT row, request_id FROM request WHERE batch = %s AND salt IS NULL ORDER BY row",
            batch,
        )
        return tuple((int(row), str(request_id)) for row, request_id in rows)

    def count_closed(self) -> int:
        """Count the requests that nobody can open any more."""
        ((many,),) = self._rows("SELECT count(*) FROM request WHERE salt IS NULL")
        return int(many)

    def closed_batches(self) -> dict[str, bool]:
        """Name the batches with requests that nobody can open any more; true where none is left."""
        rows = self._rows(
            "SELECT batch, sum(CASE WHEN salt IS NULL THEN 0 ELSE 1 END) FROM request"
            " GROUP BY batch HAVING sum(CASE WHEN salt IS NULL THEN 1 ELSE 0 END) > 0"
        )
        return {str(batch): not left for batch, left in rows}

    def emptied_answers(self) -> frozenset[str]:
        """Give the ids of the answers whose sealed content has been destroyed."""
        rows = Answer.objects.filter(request__in=Request.objects.filter(salt=None))
        return frozenset(one.answer_id for one in self._records(AnswerRecord, rows))
