"""A connection that outlives a call holds nothing of it: no reading, no other file, no pages."""

import shutil
import sqlite3
import threading
from contextlib import closing

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections, transaction

from filled_office import add_batch, entry
from ostiary.domain.errors import OfficeError
from ostiary.office.folder.layout import create_office, open_office
from ostiary.office.store.connection import register
from ostiary.office.store.sqlite.kept import KeptConnection


@pytest.fixture
def office(tmp_path):
    made = create_office(tmp_path / "office", training=True)
    with made.store as store:
        add_batch(store, "first", [f"R-{n}" for n in range(500)])
    return made


@pytest.fixture
def store(office):
    with office.store as found:
        yield found


def raw_of(office):
    connection = connections[register(office.database)]
    connection.ensure_connection()
    return connection.connection


def begin():
    request_started.send(sender=None)


def end():
    request_finished.send(sender=None)


def writes(path):
    """Whether another program can write at once."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE batch SET folder_done = folder_done")
            other.execute("COMMIT")
        except sqlite3.OperationalError:
            return False
    return True


def entries(path):
    with closing(sqlite3.connect(path)) as other:
        return other.execute("SELECT count(*) FROM log_entry").fetchone()[0]


def test_a_thread_keeps_its_connection_from_call_to_call(office, store):
    begin()
    size, raw = store.log_size(), raw_of(office)
    end()
    begin()
    assert store.log_size() == size
    assert raw_of(office) is raw


def test_a_reading_that_nobody_ended_keeps_no_writer_out(office):
    begin()
    held = raw_of(office).cursor()
    held.execute("SELECT * FROM log_entry")
    assert held.fetchone()
    assert not writes(office.database.path), "the reading would keep every writer out"
    raw = raw_of(office)
    end()
    assert writes(office.database.path), "although somebody holds on to the cursor"
    assert raw_of(office) is raw
    with pytest.raises(sqlite3.ProgrammingError):
        held.fetchone()


def test_a_call_of_whose_end_another_thread_told_is_ended_by_the_next(office):
    begin()
    held = raw_of(office).cursor()
    held.execute("SELECT * FROM log_entry")
    assert held.fetchone()
    other = threading.Thread(target=end)
    other.start()
    other.join()
    assert not writes(office.database.path)
    begin()
    assert writes(office.database.path)
    end()


def test_a_block_that_nobody_left_does_not_keep_its_thread_from_working(office, store):
    """A generator that was never resumed: Django would keep the closed connection for good."""

    def never_resumed():
        with transaction.atomic(using=register(office.database)):
            yield

    begin()
    left = never_resumed()
    next(left)
    size = entries(office.database.path)
    end()
    begin()
    assert store.log_size() == size
    assert writes(office.database.path)
    end()


@pytest.mark.parametrize("told_by", ["this thread", "another thread"])
def test_a_connection_that_failed_is_not_kept(office, told_by):
    begin()
    raw = raw_of(office)
    connections[register(office.database)].errors_occurred = True
    if told_by == "this thread":
        end()
    begin()
    assert raw_of(office) is not raw
    end()


def test_a_transaction_that_nobody_ended_is_undone(office, store):
    begin()
    connection = connections[register(office.database)]
    size, raw = store.log_size(), raw_of(office)
    raw.execute("BEGIN IMMEDIATE")
    assert not writes(office.database.path)
    end()
    assert connection.connection is None
    assert writes(office.database.path)
    assert store.log_size() == size


def test_a_file_that_was_replaced_between_two_calls_is_opened_anew(office, store, tmp_path):
    shutil.copy(office.database.path, tmp_path / "earlier.db")
    begin()
    size = store.log_size()
    with store.write() as txn:
        txn.log(entry("look"))
    end()
    (tmp_path / "earlier.db").replace(office.database.path)
    begin()
    assert store.log_size() == size, "the file that is there now is read"
    with store.write() as txn:
        txn.log(entry("another look"))
    end()
    assert entries(office.database.path) == size + 1


def test_nothing_is_written_to_a_file_that_was_replaced_within_a_call(office, store, tmp_path):
    shutil.copy(office.database.path, tmp_path / "other.db")
    begin()
    size = store.log_size()
    (tmp_path / "other.db").replace(office.database.path)
    with pytest.raises(OfficeError, match="another file"), store.write() as txn:
        txn.log(entry("look"))
    assert store.log_size() == size
    with store.write() as txn:
        txn.log(entry("look"))
    end()
    assert entries(office.database.path) == size + 1


def test_a_file_that_is_gone_is_missed_by_the_next_call(office, store, tmp_path):
    begin()
    assert store.log_size()
    end()
    office.database.path.rename(tmp_path / "gone.db")
    begin()
    with pytest.raises(OfficeError):
        store.log_size()
    end()


def test_each_call_reads_the_file_itself(office, store):
    """Bytes that were changed behind SQLite's back are seen, as by a connection of the call's own.

    The counter by which SQLite knows a change is left as it is, so pages that were kept would do.
    """
    begin()
    assert store.entry(0)
    before = bytes(store.entry(3).body)
    raw = raw_of(office)
    end()
    other = before.replace(b"R-3", b"R-8") if b"R-3" in before else before.swapcase()
    path = office.database.path
    text = path.read_bytes()
    assert before in text
    with path.open("r+b") as file:
        file.seek(text.index(before))
        file.write(other)
    begin()
    assert bytes(store.entry(3).body) == other
    assert raw_of(office) is raw
    end()


def test_a_connection_on_which_something_failed_is_closed(office):
    begin()
    connection = connections[register(office.database)]
    raw = raw_of(office)
    with pytest.raises(Exception, match="no such table"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")
    end()
    assert connection.connection is None
    assert raw_of(office) is not raw


def test_a_file_replaced_while_it_was_opened_is_not_kept(office, monkeypatch):
    found = iter([(1, 1), (1, 2)])
    monkeypatch.setattr("ostiary.office.store.sqlite.kept._identity", lambda _: next(found))
    raw = KeptConnection(str(office.database.path))
    monkeypatch.setattr("ostiary.office.store.sqlite.kept._identity", lambda _: (1, 2))
    assert not raw.is_of_its_file
    assert not raw.end_call()
    raw.close()


def test_an_office_that_is_opened_again_is_the_one_that_is_there(office, store, tmp_path):
    size = store.log_size()
    shutil.copy(office.database.path, tmp_path / "other.db")
    (tmp_path / "other.db").replace(office.database.path)
    with open_office(office.root).store as again:
        assert again.log_size() == size
        with again.write() as txn:
            txn.log(entry("look"))
    assert entries(office.database.path) == size + 1
