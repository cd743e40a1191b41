"""What is stored comes out again, together with the log entry that tells of it."""

import json
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from filled_office import AT, RECEIVED, add_batch, answer, entry, fill, new_batch, review
from ostiary.domain.errors import InputError
from ostiary.domain.words import Outcome, Status
from ostiary.office.folder.layout import Office, open_office
from ostiary.office.store import NewAnswer, NewApproval, NewDisposal, NewLaw, RequestRow, orm
from ostiary.office.store.cases import CaseStore
from ostiary.office.store.casework import _ABOUT
from ostiary.office.store.databases import SqliteDatabase
from ostiary.office.store.records.admission import BatchRecord, CaseRecord
from ostiary.office.store.records.law import LawRecord
from ostiary.office.store.records.looks import VerificationRecord

pytestmark = pytest.mark.both_stores


def test_one_case_from_file_to_answer(store: CaseStore) -> None:
    first, _ = add_batch(store, "batch-1", ["A-1", "A-2"])
    review(store, first)
    answer(store, first)
    case = store.case(store.find_request("A-1").id)
    assert (case.request.agency, case.request.request_id, case.request.row) == ("dhs-ice", "A-1", 1)
    assert (case.request.status, case.request.received) == (Status.ACCEPTED, RECEIVED)
    assert case.request.salt == "ab" * 16
    assert json.loads(case.request.payload or "")["surname"] == "EXAMPLE"
    assert case.verification is not None
    assert (case.verification.outcome, case.verification.weight) == (Outcome.CONFIRMED, 21.5)
    assert [d.found for d in case.determinations] == [True]
    assert [(a.officer, a.digest, a.signature) for a in case.approvals] == [("olga", "d1", b"s1")]
    assert [r.why for r in case.refusals] == ["not this one"]
    assert case.answer is not None
    assert (case.answer.status, case.answer.sealed) == (Status.CONFIRMED, b"sealed")
    assert case.answer.delivered is False


def test_every_row_points_at_the_entry_that_tells_of_it(store: CaseStore) -> None:
    first, _ = add_batch(store, "batch-1", ["A-1", "A-2"])
    review(store, first)
    index = answer(store, first)
    case = store.case(first)
    assert case.answer is not None
    told = {
        "row": case.request.entry_index,
        "determination": case.determinations[0].entry_index,
        "approval": case.approvals[0].entry_index,
        "refusal": case.refusals[0].entry_index,
        "answer": case.answer.entry_index,
    }
    assert case.answer.entry_index == index
    for what, at in told.items():
        assert json.loads(store.entry(at).body)["type"] == what


def test_records_are_values_and_cannot_be_changed(store: CaseStore) -> None:
    add_batch(store, "batch-1", ["A-1"])
    record = store.find_request("A-1")
    with pytest.raises(FrozenInstanceError):
        record.mask = "1"  # type: ignore[misc]


TABLES: list[tuple[type[Any], type[Any]]] = [
    (CaseRecord, orm.Request),
    (LawRecord, orm.LawAdopted),
    *_ABOUT.items(),
    (VerificationRecord, orm.LaterVerification),
]


def test_rows_chosen_in_sql_are_the_records_that_django_gives(store: CaseStore) -> None:
    first, *_ = add_batch(store, "batch-1", ["A-1", "A-2"])
    review(store, first)
    answer(store, first)
    for kind, model in TABLES:
        known = store._records(kind, model.objects.order_by("entry"))
        assert store._chosen(kind, model, "ORDER BY entry_index") == known
    batches = store._chosen(BatchRecord, orm.Batch, "ORDER BY first_index")
    assert batches == store.batches() != ()


@pytest.mark.parametrize("number", [-1, 0, 10**6, 2**63, 10**30])
def test_a_number_that_no_row_has_finds_nothing(store: CaseStore, number: int) -> None:
    add_batch(store, "batch-1", ["A-1"])
    for ask in (store.request, store.request_at, store.case):
        with pytest.raises(InputError, match="no request"):
            ask(number)
    assert list(store.cases([number])) == []


def test_the_log_reads_in_order_from_anywhere(store: CaseStore) -> None:
    assert (store.log_size(), list(store.entries_from(0))) == (0, [])
    written = [entry("look", n=n) for n in range(5)]
    with store.write() as txn:
        assert txn.next_index == 0
        assert [txn.log(one) for one in written] == [0, 1, 2, 3, 4]
        assert txn.next_index == 5
    assert store.log_size() == 5
    assert list(store.entries_from(2)) == [one.body for one in written[2:]]
    assert list(store.leaves_from(3)) == [one.leaf for one in written[3:]]
    assert store.entry(4) == (store.entry(4).__class__)(4, *written[4])
    assert list(store.entries_from(5)) == []
    with pytest.raises(InputError, match="no entry 5"):
        store.entry(5)


def test_a_long_log_reads_across_pages(store: CaseStore) -> None:
    with store.write() as txn:
        txn.add_batch(new_batch("b", 0), [], [], (entry("e", n=n) for n in range(12_345)))
    assert [json.loads(body)["n"] for body in store.entries_from(4_999)] == list(
        range(4_999, 12_345)
    )


def test_an_error_in_the_block_undoes_all_of_it(store: CaseStore) -> None:
    def fail() -> None:
        with store.write() as txn:
            txn.log(entry("look"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.log_size() == 0
    with store.write() as txn:
        assert txn.next_index == 0


def test_a_failing_source_of_rows_leaves_no_batch_behind(store: CaseStore) -> None:
    def rows() -> Iterator[RequestRow]:
        raise InputError("the file ends in the middle of a row")
        yield

    with pytest.raises(InputError, match="middle of a row"), store.write() as txn:
        txn.add_batch(new_batch("b", 1), rows(), [], [entry("batch")])
    assert (store.log_size(), store.batches()) == (0, ())


def test_a_step_that_failed_cannot_be_passed_over(store: CaseStore) -> None:
    """Its log entry was written before its row failed: kept, it would tell of nothing."""
    (one,) = add_batch(store, "batch-1", ["A-1"])
    review(store, one)
    size = store.log_size()
    again = NewApproval(one, "olga", "d1", b"again", AT)
    with pytest.raises(RuntimeError, match="a step of this transaction failed"):  # noqa: PT012, SIM117
        with store.write() as txn:
            txn.log(entry("look"))
            with pytest.raises(InputError, match="stored already"):
                txn.add_approval(again, entry("approval"))
    assert store.log_size() == size
    with pytest.raises(RuntimeError, match="failed: nothing"), store.write() as txn:  # noqa: PT012
        with pytest.raises(InputError):
            txn.add_approval(again, entry("approval"))
        txn.log(entry("look"))
    assert store.log_size() == size


def test_a_transaction_that_failed_takes_nothing_more(store: CaseStore) -> None:
    with pytest.raises(KeyError), store.write() as txn:
        raise KeyError
    with pytest.raises(RuntimeError, match="has ended"):
        txn.log(entry("look"))
    assert store.log_size() == 0


def test_nothing_is_written_after_the_transaction_or_in_a_second_one(store: CaseStore) -> None:
    with store.write() as txn:
        with pytest.raises(RuntimeError), store.write():
            pass
        txn.log(entry("look"))
    with pytest.raises(RuntimeError, match="has ended"):
        txn.log(entry("look"))
    with pytest.raises(RuntimeError, match="has ended"):
        txn.mark_delivered("answer-1")
    assert store.log_size() == 1


def test_a_row_cannot_lean_on_somebody_elses_entry(store: CaseStore) -> None:
    with store.write() as txn:
        txn.log(entry("look"))
    row = RequestRow(1, "a", "R", "c", 1, "00", "returned", 1, RECEIVED, None, "{}", "", "", 0)
    with pytest.raises(ValueError, match="in the same call"), store.write() as txn:
        txn.add_batch(new_batch("b", 1), [row], [], [entry("batch")])
    with pytest.raises(ValueError, match="at least one log entry"), store.write() as txn:
        txn.add_batch(new_batch("b", 0), [], [], [])
    assert store.batches() == ()


def test_a_leaf_that_is_no_hash_is_refused(store: CaseStore) -> None:
    with pytest.raises(InputError, match="log_entry"), store.write() as txn:
        txn.log(entry("look")._replace(leaf=b"short"))
    assert store.log_size() == 0


def test_a_request_is_found_by_its_own_id_or_with_its_agency(store: CaseStore) -> None:
    add_batch(store, "batch-1", ["A-1", "A/2"])
    add_batch(store, "batch-2", ["A-1"], agency="treasury-x", status="returned")
    assert store.find_request("treasury-x/A-1").status is Status.RETURNED
    assert store.find_request("dhs-ice/A-1").batch == "batch-1"
    assert store.find_request("A/2") == store.find_request("dhs-ice/A/2")
    with pytest.raises(InputError, match="several agencies have this id: dhs-ice, treasury-x"):
        store.find_request("A-1")
    with pytest.raises(InputError, match="no request has this id"):
        store.find_request("A-9")
    with pytest.raises(InputError, match="number 77"):
        store.case(77)


def test_the_queue_holds_what_waits_in_order_of_receipt(store: CaseStore) -> None:
    one, two, three = add_batch(store, "batch-1", ["C", "A", "B"])
    add_batch(store, "batch-2", ["D"], status="returned")
    review(store, two)
    answer(store, one)
    waiting = list(store.queue())
    assert [item.request_id for item in waiting] == ["A", "B"]
    assert [item.id for item in waiting] == [two, three]
    counts = [(item.determinations, item.approvals, item.refusals) for item in waiting]
    assert counts == [(1, 1, 1), (0, 0, 0)]


def test_an_approval_is_given_once_and_a_request_answered_once(store: CaseStore) -> None:
    one, two = add_batch(store, "batch-1", ["A-1", "A-2"])
    review(store, one)
    size = store.log_size()
    with pytest.raises(InputError, match="stored already"), store.write() as txn:
        txn.add_approval(NewApproval(one, "olga", "d1", b"again", AT), entry("approval"))
    answer(store, one)
    again = NewAnswer("other", one, Status.NO_ANSWER, False, "", "dhs-ice", RECEIVED, b"")
    same = NewAnswer("answer-1", two, Status.NO_ANSWER, False, "", "dhs-ice", RECEIVED, b"")
    for second in (again, same):
        with pytest.raises(InputError, match="stored already"), store.write() as txn:
            txn.add_answer(second, entry("answer"))
    assert store.log_size() == size + 1, "the entries of what was refused are gone as well"


def test_a_request_of_the_same_agency_and_id_is_stored_once(store: CaseStore) -> None:
    add_batch(store, "batch-1", ["A-1"])
    with pytest.raises(InputError, match="stored already"):
        add_batch(store, "batch-2", ["A-2", "A-1"])
    assert [batch.id for batch in store.batches()] == ["batch-1"]


def test_nothing_is_stored_about_a_request_that_is_not_there(store: CaseStore) -> None:
    with pytest.raises(InputError, match="FOREIGN KEY"), store.write() as txn:
        txn.add_approval(NewApproval(5, "olga", "d1", b"s", AT), entry("approval"))
    assert store.log_size() == 0


def test_batches_and_their_folders(store: CaseStore) -> None:
    add_batch(store, "2025-b", ["A-1", "A-2"])
    add_batch(store, "2025-a", ["A-3"])
    one, two = store.batches()
    assert (one.id, one.first_index, one.last_index) == ("2025-b", 0, 4)
    assert (two.id, two.first_index, two.last_index) == ("2025-a", 5, 7)
    assert (one.rows, one.counts, one.received) == (2, {"accepted": 2}, RECEIVED)
    with store.write() as txn:
        txn.mark_folder_done("2025-b")
        txn.mark_folder_done("2025-b")
    assert [batch.id for batch in store.pending_batches()] == ["2025-a"]
    assert [case.request_id for case in store.requests_of("2025-b")] == ["A-1", "A-2"]
    with pytest.raises(InputError, match="nothing of this id"), store.write() as txn:
        txn.mark_folder_done("2025-c")


def test_an_answer_is_delivered_until_it_is_marked(store: CaseStore) -> None:
    one, two = add_batch(store, "batch-1", ["A-1", "A-2"])
    answer(store, one)
    answer(store, two, disclosed=False)
    with store.write() as txn:
        txn.mark_delivered("answer-1")
    assert [waiting.answer_id for waiting in store.undelivered()] == ["answer-2"]
    assert [one.delivered for one in store.answers()] == [True, False]


def test_the_law_adopted_last_is_in_force(store: CaseStore) -> None:
    assert store.law() is None
    for book in ("one", "two"):
        with store.write() as txn:
            txn.adopt_law(NewLaw(book, "o", "r", "d", AT), entry("law", book=book))
    law = store.law()
    assert law is not None
    assert (law.book, law.entry_index) == ("two", 1)


def test_disposal_destroys_the_person_and_leaves_the_log_whole(office: Office) -> None:
    fill(office)
    before = list(office.store.entries_from(0))
    with office.store.write() as txn:
        txn.dispose(NewDisposal(RECEIVED, 2, 1, AT), [1, 2], entry("disposal", of=[1, 2]))
    gone, kept = office.store.request(1), office.store.request(3)
    assert (gone.payload, gone.facts, gone.salt) == (None, None, None)
    assert gone.status is Status.ACCEPTED
    assert kept.payload is not None
    case = office.store.case(1)
    assert case.verification is not None
    assert case.answer is not None
    assert (case.verification.person_id, case.answer.person_id, case.refusals[0].why) == (
        "",
        "",
        "",
    )
    assert (case.answer.sealed, case.answer.status) == (b"", Status.CONFIRMED)
    assert list(office.store.entries_from(0))[:-1] == before
    with office.store.write() as txn:
        txn.dispose(NewDisposal(RECEIVED, 1, 0, AT), [3], entry("disposal", of=[3]))
    assert [one.requests for one in office.store.disposals()] == [2, 1]
    office.store.close()
    if isinstance(office.database, SqliteDatabase):
        file = office.database.path.read_bytes()
        assert b"EXAMPLE" not in file, "secure_delete overwrites it"


def test_a_closed_store_opens_again_when_needed(office: Office) -> None:
    fill(office)
    with office.store as store:
        size = store.log_size()
    assert store.log_size() == size == 12
    with store.write() as txn:
        store.close()
        assert txn.log(entry("look")) == 12, "a transaction is not cut off by a close"
    store.close()
    assert open_office(office.root).store.log_size() == 13
