"""Reading what followed after answers had left: recalls, receipts, disposals, reported figures."""

from collections.abc import Iterator
from datetime import date

from ostiary.storage.orm import Answer, Disposal, Recall, Receipt, ReportedFigures, Request
from ostiary.storage.reading import PAGE, Reader
from ostiary.storage.records import (
    AnswerRecord,
    DisposalRecord,
    FiguresRecord,
    RecallRecord,
    ReceiptRecord,
)


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

    def disposals(self) -> tuple[DisposalRecord, ...]:
        """Give every disposal, in order."""
        return self._records(DisposalRecord, Disposal.objects.order_by("entry"))

    def figures(self, year: int) -> tuple[FiguresRecord, ...]:
        """Give what has been reported of a year, in order; the last one of an agency counts."""
        chosen = ReportedFigures.objects.filter(year=year)
        return self._records(FiguresRecord, chosen.order_by("entry"))

    def received_until(self, day: date) -> Iterator[tuple[int, str, date | None, int]]:
        """Give the requests received up to a day that still can be opened.

        Returns:
            Number, status, day of the answer (None without one) and log entry of each, by number.
        """
        last = 0
        while rows := self._rows(
            "SELECT r.id, r.status, a.released_on, r.entry_index FROM request AS r"
            " LEFT JOIN answer AS a ON a.request = r.id"
            " WHERE r.id > %s AND r.received <= %s AND r.salt IS NOT NULL ORDER BY r.id LIMIT %s",
            last,
            str(day),
            PAGE,
        ):
            for number, status, released_on, entry in rows:
                yield int(number), str(status), _day(released_on), int(entry)
            last = int(rows[-1][0])

    def openable_batches(self) -> frozenset[str]:
        """Name the batches of which a request can still be opened."""
        rows = self._rows("SELECT DISTINCT batch FROM request WHERE salt IS NOT NULL")
        return frozenset(str(batch) for (batch,) in rows)

    def emptied_answers(self) -> frozenset[str]:
        """Give the ids of the answers whose sealed content has been destroyed."""
        rows = Answer.objects.filter(request__in=Request.objects.filter(salt=None))
        return frozenset(one.answer_id for one in self._records(AnswerRecord, rows))


def _day(value: object) -> date | None:
    """Read a day: SQLite gives text, PostgreSQL a date."""
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))
