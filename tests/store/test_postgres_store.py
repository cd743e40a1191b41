"""A case store in PostgreSQL: what is refused at start, and what the office may do there."""

import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from filled_office import add_batch, entry, fill
from ostiary.domain.errors import OfficeError
from ostiary.office.folder.layout import Office, create_office, open_office
from ostiary.office.store.cases import CaseStore
from ostiary.office.store.databases import PostgresDatabase, read_database
from postgres_server import LOGIN, OWNER, Server

pytestmark = pytest.mark.postgres


@pytest.fixture
def database(office: Office) -> str:
    assert isinstance(office.database, PostgresDatabase)
    return office.database.name


@pytest.fixture
def set_for_all(postgres_server: Server) -> Iterator[object]:
    """Set a parameter of the server for every new connection, and take it back."""

    def set_it(name: str, value: str) -> None:
        postgres_server.ask(f"ALTER SYSTEM SET {name} = {value}")
        postgres_server.ask("SELECT pg_reload_conf()")
        seen = ""
        while seen != value:
            [(seen,)] = postgres_server.ask(f"SHOW {name}")

    yield set_it
    postgres_server.ask("ALTER SYSTEM RESET ALL")
    postgres_server.ask("SELECT pg_reload_conf()")
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        while postgres_server.ask(f"SHOW {name}") != [("on",)]:
            pass


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_server_that_may_lose_a_commit_is_refused(
    office: Office, set_for_all, setting: str
) -> None:
    set_for_all(setting, "off")
    with pytest.raises(OfficeError, match=f"unsafe database settings: {setting} is off") as refused:
        open_office(office.root)
    assert f"{setting} = on" in refused.value.cure
    assert refused.value.exit_status == 2


def test_a_server_made_unsafe_while_an_office_is_open_gets_nothing_more(
    store: CaseStore, set_for_all
) -> None:
    with store.write() as txn:
        txn.log(entry("look"))
    set_for_all("fsync", "off")
    with pytest.raises(OfficeError, match="fsync is off"), store.write() as txn:
        txn.log(entry("look"))
    assert_safe_again(store, set_for_all)


def assert_safe_again(store: CaseStore, set_for_all) -> None:
    set_for_all("fsync", "on")
    assert store.log_size() == 1


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("synchronous_commit", "local"),
        ("session_replication_role", "replica"),
        ("default_transaction_isolation", "'repeatable read'"),
        ("default_transaction_read_only", "on"),
        ("zero_damaged_pages", "on"),
    ],
)
def test_a_role_set_to_work_unsafely_is_refused(
    office: Office, postgres_server: Server, database: str, setting: str, value: str
) -> None:
    postgres_server.ask(f"ALTER ROLE {OWNER} IN DATABASE {database} SET {setting} = {value}")
    with pytest.raises(OfficeError, match="unsafe database settings"):
        open_office(office.root)
    postgres_server.ask(f"ALTER ROLE {OWNER} IN DATABASE {database} RESET ALL")
    assert open_office(office.root).store.log_size() == 0


def test_the_office_works_as_a_clerk_whoever_logs_in(
    office: Office, postgres_server: Server, database: str
) -> None:
    """Give the office a login of its own, without any right but the clerk's."""
    settings = office.root / "office.toml"
    settings.write_text(settings.read_text().replace(f"{OWNER}@", f"{LOGIN}@"))
    with pytest.raises(OfficeError, match="may not do this in its database"):
        open_office(office.root)
    postgres_server.ask(f"GRANT ostiary_clerk TO {LOGIN}")
    with open_office(office.root).store as store:
        assert add_batch(store, "batch-1", ["A-1"]) == [1]
    for forbidden in (
        "DELETE FROM ostiary.log_entry",
        "UPDATE ostiary.log_entry SET body = ''",
        "UPDATE ostiary.request SET status = 'returned'",
        "TRUNCATE ostiary.approval",
        "UPDATE ostiary.log_head SET size = size + 1",
        "INSERT INTO ostiary.office VALUES (2, 1, 'x', 'x', true, 'x')",
        "ALTER TABLE ostiary.log_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER log_entry_update ON ostiary.log_entry",
        "DROP TABLE ostiary.log_entry",
        f"SET ROLE {OWNER}",
        "SET session_replication_role = replica",
        "CREATE TABLE ostiary.another (n integer)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            postgres_server.ask(forbidden, database=database, user=LOGIN)
    postgres_server.ask(f"REVOKE ostiary_clerk FROM {LOGIN}")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("GRANT DELETE ON ostiary.log_entry TO ostiary_clerk", "DELETE log_entry"),
        ("GRANT UPDATE (body) ON ostiary.log_entry TO ostiary_clerk", "UPDATE log_entry.body"),
        ("GRANT TRUNCATE ON ostiary.answer TO PUBLIC", "TRUNCATE answer"),
        ("REVOKE INSERT ON ostiary.approval FROM ostiary_clerk", "INSERT approval"),
        ("ALTER TABLE ostiary.refusal OWNER TO ostiary_clerk", "owns the tables"),
    ],
)
def test_rights_that_were_changed_are_noticed(
    office: Office, postgres_server: Server, database: str, change: str, named: str
) -> None:
    postgres_server.ask(change, database=database)
    with pytest.raises(OfficeError, match=r"rights of the office .* have been changed") as refused:
        open_office(office.root)
    assert named in str(refused.value)


def test_a_clerk_with_rights_over_the_server_is_refused(
    office: Office, postgres_server: Server
) -> None:
    postgres_server.ask("ALTER ROLE ostiary_clerk SUPERUSER")
    with pytest.raises(OfficeError, match="rights over the server"):
        open_office(office.root)
    postgres_server.ask("ALTER ROLE ostiary_clerk NOSUPERUSER")
    assert open_office(office.root).store.log_size() == 0


def test_a_user_who_may_make_no_role_is_told_what_to_ask_for(
    postgres_server: Server, tmp_path: Path
) -> None:
    name = postgres_server.new_database()
    postgres_server.ask(f"ALTER DATABASE {name} OWNER TO {LOGIN}")
    with pytest.raises(OfficeError, match=f"{LOGIN} may not make the role") as refused:
        create_office(tmp_path / "office", database=postgres_server.url(name, LOGIN))
    assert f'GRANT ostiary_clerk TO "{LOGIN}"' in refused.value.cure
    assert list(tmp_path.iterdir()) == []
    assert not schemas(postgres_server, name)


def test_an_office_is_never_made_over_another(office: Office, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="the database is there already"):
        create_office(tmp_path / "second", database=office.config.database)
    assert not (tmp_path / "second").exists()
    assert open_office(office.root).store.log_size() == 0


def test_an_office_that_cannot_be_finished_leaves_no_tables(
    postgres_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody makes a folder of that name while the office is being made."""
    name = postgres_server.new_database()
    rename = Path.rename

    def too_late(self: Path, target: Path) -> Path:
        (target / "taken").mkdir(parents=True)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", too_late)
    with pytest.raises(OfficeError, match="cannot be made here"):
        create_office(tmp_path / "office", database=postgres_server.url(name))
    assert not schemas(postgres_server, name)


def schemas(server: Server, database: str) -> list[tuple[str]]:
    found = "SELECT nspname FROM pg_namespace WHERE nspname = 'ostiary'"
    return server.ask(found, database=database)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://keeper@:54321/no_such?host={socket}", "no_such. does not exist"),
        ("postgresql://nobody@:54321/postgres?host={socket}", "nobody. does not exist"),
        ("postgresql://keeper@127.0.0.1:1/cases", "cannot be used"),
        ("postgresql://keeper:secret-word@127.0.0.1:1/cases", "cannot be used"),
    ],
)
def test_a_server_that_cannot_be_used_is_said_to_be_so(
    postgres_server: Server, tmp_path: Path, url: str, message: str
) -> None:
    with pytest.raises(OfficeError, match=message) as refused:
        create_office(tmp_path / "office", database=url.format(socket=postgres_server.socket))
    assert refused.value.cure
    assert "secret-word" not in str(refused.value)


def test_a_database_without_an_office_is_no_case_store(
    office: Office, postgres_server: Server, database: str
) -> None:
    postgres_server.ask("DROP SCHEMA ostiary CASCADE", database=database)
    with pytest.raises(OfficeError, match="the case store of the office is missing"):
        open_office(office.root)


def test_a_url_with_a_password_is_for_the_owner_alone(
    postgres_server: Server, tmp_path: Path
) -> None:
    url = postgres_server.url(postgres_server.new_database()).replace("@", ":pass%20word@")
    office = create_office(tmp_path / "office", database=url)
    assert stat.S_IMODE((office.root / "office.toml").stat().st_mode) == 0o600
    assert office.database.where.count("pass") == 0
    assert "pass word" not in repr(office.database)


def test_a_url_is_read_as_libpq_reads_it(tmp_path: Path) -> None:
    for url, host, port in (
        ("postgresql://u:p%40@Db.example:6543/cases?sslmode=verify-full", "Db.example", "6543"),
        ("postgres://u@[::1]:5/cases", "::1", "5"),
        ("postgresql://u@%2Frun%2FPg/cases", "/run/Pg", ""),
        ("postgresql:///cases?host=/run/pg&port=5433", "/run/pg", "5433"),
        ("postgresql://u@db/cases", "db", ""),
    ):
        read = read_database(url, tmp_path)
        assert isinstance(read, PostgresDatabase)
        assert (read.name, read.host, read.port) == ("cases", host, port)
    with pytest.raises(OfficeError, match="`database` will not do"):
        read_database("postgresql://u@db/cases?application_name=x", tmp_path)


def test_a_stopped_server_is_said_to_be_gone_and_the_work_goes_on_after_it(
    postgres_server: Server, office: Office
) -> None:
    fill(office)
    with office.store as store:
        assert store.log_size() == 12
        postgres_server.stop("immediate")
        with pytest.raises(OfficeError, match="server"):
            store.log_size()
        with pytest.raises(OfficeError, match="cannot be used"):
            store.log_size()
        postgres_server.start()
        assert store.log_size() == 12
