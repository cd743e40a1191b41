"""A new case store is laid at once; it must be the one that all migrations would make."""

import fcntl
import re
import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from ostiary.disk.durable import put_private
from ostiary.disk.locks import alone
from ostiary.faces.server import databases, site
from ostiary.faces.server.databases import OWN, connect_own, web_folder
from ostiary.office.folder.layout import Office, create_office
from ostiary.office.store.connection import forget, register
from ostiary.office.store.databases import PostgresDatabase
from ostiary.office.store.migrating import migrate
from postgres_server import Server

_CONSTRAINT = re.compile(r'CONSTRAINT "\w+" (?:UNIQUE|CHECK) \(.*?\)(?=[,)]|, CONSTRAINT)')


def shape(path: Path) -> dict[str, dict[str, object]]:
    """Say of each table what its columns, its ties to others, its indexes and constraints are."""
    with sqlite3.connect(path) as con:
        tables = con.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        indexes = con.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index'")
        of_table: dict[str, set[str]] = {}
        for table, sql in indexes.fetchall():
            of_table.setdefault(table, set()).add(sql)
        return {
            table: {
                "columns": {one[1:] for one in con.execute(f"PRAGMA table_info({table})")},
                "ties": {one[2:] for one in con.execute(f"PRAGMA foreign_key_list({table})")},
                "indexes": of_table.get(table, set()),
                "constraints": set(_CONSTRAINT.findall(sql)),
            }
            for table, sql in tables
        }


def test_new_tables_are_those_that_the_migrations_would_make(
    office: Office, tmp_path: Path
) -> None:
    other = create_office(tmp_path / "other")
    path = other.root / "cases.db"
    path.unlink()
    path.touch()
    alias = register(other.database, owner=True)
    try:
        migrate(connections[alias])
    finally:
        forget(alias)
    laid, migrated = shape(office.root / "cases.db"), shape(path)
    assert laid == migrated
    assert laid["request"]["constraints"]
    done = "SELECT app, name FROM django_migrations ORDER BY name"
    with sqlite3.connect(office.root / "cases.db") as one, sqlite3.connect(path) as two:
        assert one.execute(done).fetchall() == two.execute(done).fetchall()


def test_tables_of_the_web_office_are_those_that_the_migrations_would_make(
    office: Office, tmp_path: Path
) -> None:
    connect_own(office)
    own = office.root / "web" / "web.db"
    laid = shape(own)
    connect_own(office)  # they are there: nothing is done
    connections[OWN].close()
    assert shape(own) == laid
    own.rename(tmp_path / "laid.db")
    own.touch()
    call_command("migrate", database=OWN, verbosity=0, interactive=False)
    connections[OWN].close()
    assert shape(own) == laid
    assert {"web_passkey", "api_waitingevent", "django_session"} <= set(laid), sorted(laid)


def test_tables_of_an_older_web_office_are_brought_to_ours(office: Office) -> None:
    connect_own(office)
    own = office.root / "web" / "web.db"
    laid = shape(own)
    call_command("migrate", "api", "0001", database=OWN, verbosity=0, interactive=False)
    connections[OWN].close()
    assert shape(own) != laid
    connect_own(office)
    connections[OWN].close()
    assert shape(own) == laid


def test_servers_that_start_at_once_lay_the_tables_one_after_the_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lays them holds a lock: a second server finds tables, and not half of them."""
    laid = databases._bring_up

    def alone(connection):
        lock = (office.root / "web" / ".tables.lock").open("a")
        with lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        laid(connection)

    monkeypatch.setattr(databases, "_bring_up", alone)
    connect_own(office)
    connections[OWN].close()
    with (office.root / "web" / ".tables.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.postgres
def test_servers_that_start_at_once_on_postgresql_lay_the_tables_one_after_the_other(
    office: Office, postgres_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is the database's, held while tables are laid and let go before pages are served."""
    assert isinstance(office.database, PostgresDatabase)
    name, laid, seen = office.database.name, databases._bring_up, []
    try_it = f"SELECT pg_try_advisory_lock({databases._LAYING})"

    def alone(connection):
        seen.append(postgres_server.ask(try_it, database=name))
        laid(connection)

    monkeypatch.setattr(databases, "_bring_up", alone)
    connect_own(office)
    assert postgres_server.ask(try_it, database=name) == [(True,)]
    connect_own(office)  # the second server finds them
    tables = set(connections[OWN].introspection.table_names())
    connections[OWN].close()
    assert seen == [[(False,)]] * 2
    assert {"web_passkey", "api_waitingevent", "django_session"} <= tables, sorted(tables)


def test_servers_that_start_at_once_sign_sessions_with_one_key(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a key each, of two servers one would end the sessions that the other began."""
    lock, path = web_folder(office) / ".secret.lock", web_folder(office) / "secret"

    def other_first(waited: Path) -> AbstractContextManager[None]:
        """Another server holds the lock, and has made the key when it lets go."""
        assert waited == lock
        with waited.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # ours was not taken before
            path.write_text("the key of the other")
        return alone(waited)

    monkeypatch.setattr(site, "alone", other_first)
    assert site._secret(office) == "the key of the other"

    def held(*told: object) -> None:
        with lock.open("a") as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        put_private(*told)  # type: ignore[arg-type] # as it came

    path.unlink()
    monkeypatch.setattr(site, "alone", alone)
    monkeypatch.setattr(site, "put_private", held)
    made = site._secret(office)
    assert made == site._secret(office) == path.read_text()
