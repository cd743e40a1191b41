"""Entries that change no state, written in one transaction: all of them, in order, or none."""

import pytest

from case_stores import Stores
from filled_office import entry
from ostiary.domain.errors import FaultError, OstiaryError
from ostiary.office.store import NewEntry
from ostiary.office.store.cases import CaseStore


def enter(store: CaseStore, *entries: NewEntry) -> None:
    with store.write() as txn:
        for one in entries:
            txn.log(one)


@pytest.mark.both_stores
def test_they_are_numbered_in_order(stores: Stores, tmp_path) -> None:
    with stores.new_office(tmp_path / "office").store as store:
        some = [entry("look", n=n) for n in range(7)]
        with store.write() as txn:
            assert [txn.log(one) for one in some] == list(range(7))
        assert list(store.entries_from(0)) == [one.body for one in some]
        assert list(store.leaves_from(2)) == [one.leaf for one in some[2:]]


@pytest.mark.both_stores
def test_one_that_cannot_be_stored_takes_all_with_it(stores: Stores, tmp_path) -> None:
    with stores.new_office(tmp_path / "office").store as store:
        short = NewEntry(b"{}", b"no hash")
        with pytest.raises(OstiaryError):
            enter(store, entry("look", n=1), short)
        assert store.log_size() == 0


@pytest.mark.both_stores
@pytest.mark.parametrize("column", ["body", "leaf"])
def test_an_entry_that_a_damaged_store_gives_as_nothing_is_named(
    stores: Stores, tmp_path, column: str
) -> None:
    with stores.new_office(tmp_path / "office").store as store:
        enter(store, *(entry("look", n=n) for n in range(6)))
        whole = store._rows
        statement = f"CASE WHEN entry_index <> 4 THEN {column} END"
        store._rows = lambda asked, *more: whole(
            asked.replace(f" {column} ", f" {statement} "), *more
        )
        read = store.entries_from if column == "body" else store.leaves_from
        with pytest.raises(FaultError, match="log entry 4 is empty"):
            list(read(1))


def test_a_page_of_the_log_that_lacks_an_entry_is_not_passed_over(stores: Stores, tmp_path) -> None:
    with stores.new_office(tmp_path / "office").store as store:
        enter(store, *(entry("look", n=n) for n in range(6)))
        whole = store._rows
        store._rows = lambda *asked: [row for row in whole(*asked) if row[0] != 3]
        with pytest.raises(FaultError, match="log entry 3 is missing"):
            list(store.entries_from(1))
        assert len(list(store.entries_from(4))) == 2
