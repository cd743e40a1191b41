"""The settings that a commit relies on are in force, and every table is guarded."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import DatabaseError, Error, connections

from filled_office import add_batch, entry, filled_office, new_batch
from ostiary.domain.errors import OfficeError
from ostiary.office.folder.layout import Office, create_office, open_office
from ostiary.office.store.connection import register
from ostiary.office.store.migrating import SCHEMA
from ostiary.office.store.sqlite import settings
from ostiary.office.store.sqlite.guards import expected_guards
from ostiary.office.store.sqlite.settings import PRAGMAS


def pragma(alias: str, statement: str) -> object:
    """Ask or set something as a program could that has the file's connection in its hands."""
    connections[alias].ensure_connection()
    connections[alias].connection.set_authorizer(None)
    with connections[alias].cursor() as cursor:
        cursor.execute(f"PRAGMA {statement}")
        row = cursor.fetchone()
    return row and row[0]


def test_the_settings_are_in_force(office: Office) -> None:
    with office.store:
        alias = register(office.database)
        assert {name: pragma(alias, name) for name in PRAGMAS} == PRAGMAS
        assert pragma(alias, "journal_mode") == "delete"
        assert pragma(alias, "synchronous") == 3
        assert connections[alias].transaction_mode == "IMMEDIATE"


@pytest.mark.parametrize(
    "tampered", ["synchronous=OFF", "synchronous=NORMAL", "foreign_keys=OFF", "secure_delete=OFF"]
)
def test_nothing_is_written_under_settings_that_were_tampered_with(
    office: Office, tampered: str
) -> None:
    pragma(register(office.database), tampered)
    with (
        pytest.raises(OfficeError, match=f"unsafe .*{tampered.partition('=')[0]}"),
        office.store.write() as txn,
    ):
        txn.log(entry("look"))
    assert office.store.log_size() == 0, "a fresh connection has the right settings again"
    assert pragma(register(office.database), "synchronous") == 3


@pytest.mark.parametrize(
    "build", ["synchronous=FULL", "secure_delete=OFF", "journal_mode=MEMORY", "busy_timeout=0"]
)
def test_an_sqlite_that_does_not_take_our_settings_is_refused_at_start(
    office: Office, monkeypatch: pytest.MonkeyPatch, build: str
) -> None:
    """A build may have a setting compiled in; it is not the office's word that counts."""
    monkeypatch.setattr(settings, "_ON_CONNECT", (*settings._ON_CONNECT, f"PRAGMA {build}"))
    with pytest.raises(OfficeError, match=f"unsafe .*{build.partition('=')[0]}"):
        open_office(office.root)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM log_entry",
        "UPDATE log_entry SET body = ''",
        "UPDATE request SET status = 'returned'",
        "UPDATE office SET schema = 9",
        "INSERT INTO office SELECT * FROM office",
        "DROP TRIGGER log_entry_update",
        "DROP TABLE approval",
        "CREATE TABLE another (n integer)",
        "ALTER TABLE answer ADD COLUMN n integer",
        "CREATE TEMP TRIGGER quiet BEFORE INSERT ON answer BEGIN SELECT RAISE(IGNORE); END",
        "ATTACH ':memory:' AS other",
        "PRAGMA synchronous=OFF",
        "PRAGMA writable_schema=ON",
        "PRAGMA foreign_keys=OFF",
    ],
)
def test_an_open_office_has_the_rights_of_a_clerk_whatever_is_smuggled_into_its_sql(
    office: Office, statement: str
) -> None:
    with office.store as store:
        assert store.log_size() == 0
        with (
            pytest.raises(DatabaseError, match="not authorized"),
            connections[register(office.database)].cursor() as cursor,
        ):
            cursor.execute(statement)
        with store.write() as txn:
            assert txn.log(entry("look")) == 0


def test_an_office_turned_to_write_ahead_logging_does_not_open(tmp_path: Path) -> None:
    office = filled_office(tmp_path / "office")
    outside = sqlite3.connect(office.database.path)
    assert outside.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    outside.close()
    with pytest.raises(OfficeError, match="journal_mode is wal") as refused:
        open_office(office.root)
    assert "PRAGMA journal_mode=DELETE" in refused.value.cure
    outside = sqlite3.connect(office.database.path)
    assert outside.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",)
    outside.close()
    assert open_office(office.root).store.log_size() == 12


def test_a_database_without_room_says_disk_full_and_stores_nothing(office: Office) -> None:
    with office.store as store:
        pages = pragma(register(office.database), "page_count")
        pragma(register(office.database), f"max_page_count={pages}")
        with pytest.raises(OfficeError, match="disk full") as refused:
            add_batch(store, "batch-1", [f"R-{n}" for n in range(1_000)])
        assert refused.value.exit_status == 2
        assert (store.log_size(), store.batches()) == (0, ())


def test_an_office_locked_for_too_long_says_so(office: Office) -> None:
    other = sqlite3.connect(office.database.path, isolation_level=None)
    with office.store as store:
        pragma(register(office.database), "busy_timeout=20")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OfficeError, match="another process has been writing"):
            store.log_size()
    other.close()
    assert store.log_size() == 0
    store.close()


def test_a_mistake_in_our_own_sql_is_not_called_damage(office: Office) -> None:
    row = ("a tuple", "too short", 0)
    with office.store as store:
        with pytest.raises(Error), store.write() as txn:
            txn.add_batch(new_batch("b", 1), [row], [], [entry("batch")])
        assert store.log_size() == 0


def test_each_thread_has_its_own_checked_connection(office: Office) -> None:
    found: list[object] = []

    def work() -> None:
        with office.store as store:
            for _ in range(5):
                with store.write() as txn:
                    txn.log(entry("look"))
            found.append(pragma(register(office.database), "synchronous"))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3, 3, 3]
    assert office.store.log_size() == 15


def test_several_offices_are_open_at_once_and_kept_apart(office: Office, tmp_path: Path) -> None:
    one, two = office, create_office(tmp_path / "two")
    with one.store as first, two.store as second:
        add_batch(first, "batch-1", ["A-1"])
        with second.write() as txn:
            assert txn.next_index == 0
            txn.log(entry("look"))
            assert first.log_size() == 3
        assert (first.log_size(), second.log_size()) == (3, 1)


def test_every_table_and_every_column_is_guarded(office: Office) -> None:
    outside = sqlite3.connect(office.database.path)
    tables = {
        name
        for (name,) in outside.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name not in {"django_migrations", "sqlite_sequence"}
    }
    guards = expected_guards()
    assert set(guards) == {
        f"{t}_{event}" for t in tables for event in ("insert", "update", "delete")
    }
    for table in tables:
        for _, column, *_ in outside.execute(f"PRAGMA table_info({table})"):
            assert f'NEW."{column}" IS OLD."{column}"' in guards[f"{table}_update"]
    outside.close()


def test_the_migrations_are_what_the_tables_say() -> None:
    script = (
        "from ostiary.office.store.django_start import start_django; start_django();"
        "from django.core.management import call_command;"
        "call_command('makemigrations', 'storage', check=True, dry_run=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.strip()) == (0, "No changes detected in app 'storage'")


def test_the_schema_number_counts_the_migrations() -> None:
    import ostiary.office.store.migrations  # noqa: PLC0415 - a package without a module of its own

    folder = Path(ostiary.office.store.migrations.__path__[0])
    assert len(list(folder.glob("0*.py"))) == SCHEMA


def test_asking_only_the_law_does_not_load_django() -> None:
    script = "import sys, ostiary.office.store; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
