"""One transaction: what is stored and the log entry that tells of it, both or neither.

No method stores a row without being given its entry, so forgetting the accounting is impossible.
The exceptions are marks that say only that a file, which the log promised, has been laid out or
removed (``mark_delivered``, ``mark_folder_done`` and so on); they may be set twice and change
nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from ostiary.domain.registered_keys import RememberedKey
from ostiary.office.store.chunks import chunks
from ostiary.office.store.destruction import destroy_openings
from ostiary.office.store.orm import (
    Answer,
    Approval,
    Batch,
    CaseNote,
    CounselAnswer,
    Disposal,
    ElementDetermination,
    Examination,
    KeptRecord,
    KeyAcceptance,
    LawAdopted,
    LookOrder,
    Recall,
    Receipt,
    Refusal,
    ReportedFigures,
    UseReport,
)
from ostiary.office.store.records.admission import DeterminationRow, NewBatch, NewEntry, RequestRow
from ostiary.office.store.records.answers import NewAnswer, NewRecall, NewReceipt, NewUse
from ostiary.office.store.records.casework import (
    NewApproval,
    NewCounselAnswer,
    NewDetermination,
    NewLookOrder,
    NewNote,
    NewRefusal,
)
from ostiary.office.store.records.law import NewAcceptance, NewLaw
from ostiary.office.store.records.looks import NewExamination, VerificationRow
from ostiary.office.store.records.retention import NewDisposal, NewFigures, NewKeptRecord
from ostiary.office.store.transaction import OpenTransaction, Row

_REQUEST = f"{', '.join(RequestRow._fields)}, batch"
_VERIFICATION = ", ".join(VerificationRow._fields)
_KEY_SEEN = "register, holder, digest, until, entry_index"
_ASKED = "token, place, request"
_DETERMINATION = ", ".join(DeterminationRow._fields)


class Transaction(OpenTransaction):
    """What can be written to an office. Made by ``CaseStore.write()``, useless after it."""

    def adopt_law(self, law: NewLaw, entry: NewEntry, keys: Iterable[RememberedKey] = ()) -> int:
        """Store the law that the office decides by from now on; give the entry's index.

        ``keys`` stand in its registers for the first time, under ids that had none, or with
        another last day; or they have ended.
        """
        index = self._store(LawAdopted, law, entry)
        self.see_keys(keys, index)
        return index

    def see_keys(self, keys: Iterable[RememberedKey], index: int) -> None:
        """Store what is remembered of keys from now on, with the entry that says so."""
        with self._step():
            rows = ((*one.key, one.until, index) for one in sorted(keys, key=lambda one: one.key))
            self._insert("key_seen", _KEY_SEEN, rows)

    def add_acceptance(self, row: NewAcceptance, entry: NewEntry) -> int:
        """Store that an officer accepts a key; give the entry's index."""
        return self._store(KeyAcceptance, row, entry)

    def add_batch(
        self,
        batch: NewBatch,
        requests: Iterable[RequestRow | Row],
        verifications: Iterable[VerificationRow | Row],
        entries: Iterable[NewEntry | tuple[bytes, bytes]],
        asked: Iterable[Row] = (),
        determinations: Iterable[DeterminationRow | Row] = (),
    ) -> range:
        """Store a whole request file; entries, requests and verifications are read in this order.

        ``asked`` gives by what keyed digests of names, and of addresses or None, the compared
        requests are found again, each with the request's number. ``determinations`` are what a
        training office takes as found.

        Returns:
            The indexes that the entries got.

        Raises:
            ValueError: no entry was given, or a row points at an entry of another call.
        """
        with self._step():
            indexes = self._append_some(entries, "batch")
            Batch.objects.using(self._alias).create(
                **asdict(batch), first_entry_id=indexes[0], last_entry_id=indexes[-1]
            )
            rows = ((*row, batch.id) for row in _within(indexes, requests))
            self._insert("request", _REQUEST, rows)
            found = _within(indexes, determinations)
            self._insert("reason_determination", _DETERMINATION, found)
            self._insert("verification", _VERIFICATION, _within(indexes, verifications))
            self._insert("asking", _ASKED, asked)
            self._next_request = self._next("request", "id", 0)
        return indexes

    def add_looks(
        self,
        row: NewExamination,
        verifications: Iterable[VerificationRow | Row],
        entries: Iterable[NewEntry | tuple[bytes, bytes]],
        asked: Iterable[Row] = (),
        *,
        again: bool = False,
    ) -> range:
        """Store what a look after the admission showed, of one request or of many.

        ``asked`` as for :meth:`add_batch`. ``again``: the records had been looked at before.

        Returns:
            The indexes that the entries got.

        Raises:
            ValueError: no entry was given, or a row points at an entry of another call.
        """
        with self._step():
            indexes = self._append_some(entries, "look")
            Examination.objects.using(self._alias).create(
                **asdict(row), first_entry_id=indexes[0], last_entry_id=indexes[-1]
            )
            table = "later_verification" if again else "verification"
            self._insert(table, _VERIFICATION, _within(indexes, verifications))
            self._insert("asking", _ASKED, asked)
        return indexes

    def mark_examination_done(self, number: int) -> None:
        """Note that the custody files tell of what a look showed."""
        self._mark(Examination.objects.using(self._alias).filter(pk=number), "done")

    def add_determination(self, row: NewDetermination, entry: NewEntry) -> int:
        """Store an officer's word on one element of the law; give the entry's index."""
        return self._store(ElementDetermination, row, entry)

    def add_approval(self, row: NewApproval, entry: NewEntry) -> int:
        """Store an officer's approval of one decision; give the entry's index."""
        return self._store(Approval, row, entry)

    def add_refusal(self, row: NewRefusal, entry: NewEntry) -> int:
        """Store an officer's refusal of one decision; give the entry's index."""
        return self._store(Refusal, row, entry)

    def add_counsel_answer(self, row: NewCounselAnswer, entry: NewEntry) -> int:
        """Store how counsel answered a request that went to counsel; give the entry's index."""
        return self._store(CounselAnswer, row, entry)

    def add_note(self, row: NewNote, entry: NewEntry) -> int:
        """Store a note about a case, for officers alone; give the entry's index."""
        return self._store(CaseNote, row, entry)

    def add_look_order(self, row: NewLookOrder, entry: NewEntry) -> int:
        """Store an officer's order to look at a record again; give the entry's index."""
        return self._store(LookOrder, row, entry)

    def add_answer(self, row: NewAnswer, entry: NewEntry) -> int:
        """Store the one answer to a request, to be delivered; give the entry's index."""
        return self._store(Answer, row, entry)

    def add_recall(self, row: NewRecall, entry: NewEntry) -> int:
        """Store that an answer is recalled, for one cause; give the entry's index."""
        return self._store(Recall, row, entry)

    def add_receipt(self, row: NewReceipt, entry: NewEntry) -> int:
        """Store what a recipient signed about an answer; give the entry's index."""
        return self._store(Receipt, row, entry)

    def add_use(self, row: NewUse, entry: NewEntry) -> int:
        """Store what an agency reported of an answer; give the entry's index."""
        return self._store(UseReport, row, entry)

    def add_figures(self, row: NewFigures, entry: NewEntry) -> int:
        """Store what is reported of an agency and year; give the entry's index."""
        return self._store(ReportedFigures, row, entry)

    def keep(self, rows: Iterable[NewKeptRecord], entry: NewEntry) -> int:
        """Store the permanent record of requests that are about to be disposed of.

        Returns:
            The entry's index.
        """
        with self._step():
            index = self.log(entry)
            for row in rows:
                values = asdict(row)
                batch = values.pop("batch")
                KeptRecord(**values, batch_id=batch, entry_id=index).save(
                    using=self._alias, force_insert=True
                )
        return index

    def dispose(self, disposal: NewDisposal, requests: Iterable[int], entry: NewEntry) -> int:
        """Destroy for good what opens the log on requests, and whom they are about.

        Payload, facts and salt of each request, and by what its person was counted; the person that
        was found; the sealed answer and its person; why an officer refused or had it
        looked at again; officers' notes; what recipients signed; what agencies reported.
        Without its salt a commitment in the log can no longer be opened by anybody.

        Returns:
            The entry's index.
        """
        with self._step():
            index = self._store(Disposal, disposal, entry)
            for chunk in chunks(requests):
                destroy_openings(self._alias, chunk)
        return index

    def mark_recall_delivered(self, number: int) -> None:
        """Note that the notice of a recall lies where it belongs."""
        self._mark(Recall.objects.using(self._alias).filter(pk=number), "delivered")

    def mark_disposal_done(self, number: int) -> None:
        """Note that the files whose content was disposed of are gone."""
        self._mark(Disposal.objects.using(self._alias).filter(pk=number), "done")

    def mark_delivered(self, answer_id: str) -> None:
        """Note that the file of an answer lies where it belongs.

        Raises:
            InputError: there is no such answer.
        """
        self._mark(Answer.objects.using(self._alias).filter(pk=answer_id), "delivered")

    def mark_folder_done(self, batch: str) -> None:
        """Note that the folder of a batch has been laid out whole.

        Raises:
            InputError: there is no such batch.
        """
        self._mark(Batch.objects.using(self._alias).filter(pk=batch), "folder_done")


def _within(indexes: range, rows: Iterable[Row]) -> Iterator[Row]:
    """Pass rows on whose last value, their entry, is one of those written with them."""
    for row in rows:
        if row[-1] not in indexes:
            raise ValueError("a row must point at a log entry given in the same call")
        yield row
