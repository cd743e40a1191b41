"""Attack: the owner of the tables in PostgreSQL rewrites what happened.

The office itself works as a clerk, who may not even try (tests/store/test_postgres_store.py). The
owner may try, and meets the triggers; whoever turns them off is noticed when the office is next
opened. Whoever puts them back is beyond what a database can show about itself: then the published
log is the proof.
"""

from collections.abc import Callable

import psycopg
import pytest

from case_stores import Stores
from casedb import ask, change
from filled_office import entry, fill
from ostiary.domain.errors import FaultError, OfficeError
from ostiary.office.folder.layout import Office, open_office
from ostiary.office.store.databases import PostgresDatabase
from ostiary.office.store.postgresql.guards import HEAD, expected_guards
from ostiary.office.store.rights import tables
from postgres_server import Server

pytestmark = pytest.mark.postgres
TABLES = sorted({*tables(), HEAD})
ZEROS = "decode(repeat('00', 32), 'hex')"


@pytest.fixture(scope="session")
def made(stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = fill(stores.new_office(tmp_path_factory.mktemp("made") / "office"))
    office.store.close()
    return office


@pytest.fixture
def office(made: Office, stores: Stores, tmp_path) -> Office:
    return stores.copy(made.root, tmp_path / "office")


@pytest.fixture
def refused(made: Office) -> Callable[[str], str]:
    """Try an attack as the owner; it must be refused and change nothing. Give the reason."""

    def attempt(attack: str) -> str:
        before = everything(made)
        with pytest.raises(psycopg.errors.IntegrityError) as reason:
            change(made.root, attack)
        assert everything(made) == before
        return str(reason.value)

    return attempt


def everything(office: Office) -> list[object]:
    rows = (f"SELECT '{table}', row_to_json(t)::text FROM {table} t" for table in TABLES)
    return ask(office.root, f"{' UNION ALL '.join(rows)} ORDER BY 1, 2")


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE log_entry SET body = '{}' WHERE entry_index = 3",
        f"UPDATE log_entry SET leaf = {ZEROS}",
        "UPDATE log_entry SET entry_index = entry_index + 100",
        "DELETE FROM log_entry WHERE entry_index = 5",
        "DELETE FROM log_entry WHERE entry_index = 11",
        "DELETE FROM log_entry",
        "TRUNCATE log_entry CASCADE",
        f"INSERT INTO log_entry VALUES (3, '{{}}', {ZEROS})",
        f"INSERT INTO log_entry VALUES (-1, '{{}}', {ZEROS})",
        f"INSERT INTO log_entry VALUES (99, '{{}}', {ZEROS})",
        f"INSERT INTO log_entry VALUES (12, '{{}}', {ZEROS}), (14, '{{}}', {ZEROS})",
        f"INSERT INTO log_entry (body, leaf) VALUES ('{{}}', {ZEROS})",
        "INSERT INTO log_entry VALUES (12, '{}', '\\x00')",
        "INSERT INTO log_entry VALUES (12, '{}', NULL)",
        (
            f"INSERT INTO log_entry VALUES (3, '{{}}', {ZEROS})"
            " ON CONFLICT (entry_index) DO UPDATE SET body = '{}'"
        ),
        "INSERT INTO log_entry SELECT entry_index + 13, body, leaf FROM log_entry",
        (
            f"MERGE INTO log_entry USING (SELECT 3 AS n) s ON entry_index = n"
            f" WHEN MATCHED THEN UPDATE SET leaf = {ZEROS}"
        ),
        "UPDATE log_head SET size = 3",
        "INSERT INTO log_head VALUES (3)",
        "INSERT INTO office SELECT 2, 1, '0.1', origin, false, opened_at FROM office",
        "UPDATE verification SET outcome = 'mismatch'",
        "UPDATE reason_determination SET specific = false",
        "UPDATE approval SET officer = 'omar'",
        "UPDATE answer SET disclosed = false, delivered = true",
        "UPDATE answer SET delivered = true, sealed = '\\x00'",
        "UPDATE request SET payload = '{}'",
        "UPDATE request SET status = 'returned', payload = NULL",
        "UPDATE batch SET folder_done = true, counts = '{}'",
        "UPDATE office SET schema = 0",
        "UPDATE office SET origin = 'x'",
    ],
)
def test_the_owner_is_refused(refused: Callable[[str], str], attack: str) -> None:
    reason = refused(attack)
    said = ("this is out of order", "stays as it is", "is never deleted", "violates")
    assert any(words in reason for words in said)


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_any_table_goes_and_no_key_is_taken_twice(
    refused: Callable[[str], str], made: Office, table: str
) -> None:
    """What follows after an answer has rows in test_editing_what_followed."""
    assert "never deleted" in refused(f"DELETE FROM {table}")
    assert "never deleted" in refused(f"TRUNCATE {table} CASCADE")
    if ask(made.root, f"SELECT count(*) FROM {table}") != [(0,)]:
        refused(f"INSERT INTO {table} SELECT * FROM {table}")


def test_what_was_destroyed_cannot_be_filled_in_again(office: Office) -> None:
    change(office.root, "UPDATE request SET payload = NULL, facts = NULL, salt = NULL")
    change(office.root, "UPDATE answer SET delivered = true")
    for column in ("payload", "facts", "salt"):
        with pytest.raises(psycopg.errors.IntegrityError, match="stays as it is"):
            change(office.root, f"UPDATE request SET {column} = 'x' WHERE id = 2")
    with pytest.raises(psycopg.errors.IntegrityError, match="stays as it is"):
        change(office.root, "UPDATE answer SET delivered = false")


def test_a_row_without_its_log_entry_cannot_be_slipped_in(refused: Callable[[str], str]) -> None:
    reason = refused(
        "INSERT INTO approval (officer, digest, signature, at, request, entry_index)"
        " VALUES ('omar', 'd1', '\\x00', 'now', 1, 12)"
    )
    assert "foreign key" in reason


@pytest.mark.parametrize(
    "tampered",
    [
        "DROP TRIGGER log_entry_update ON log_entry",
        "DROP TRIGGER log_entry_insert ON log_entry",
        "ALTER TABLE request DISABLE TRIGGER request_update",
        "ALTER TABLE log_entry ENABLE REPLICA TRIGGER log_entry_delete",
        (
            "CREATE OR REPLACE FUNCTION keep_approval() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'"
        ),
        "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER quiet BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION refuse()",
    ],
)
def test_triggers_that_were_changed_are_noticed(office: Office, tampered: str) -> None:
    change(office.root, tampered)
    with pytest.raises(OfficeError, match="triggers that guard the case store have been"):
        open_office(office.root)


def test_each_trigger_that_is_off_is_noticed(office: Office) -> None:
    names = [name.split()[1] for name in expected_guards() if name.startswith("trigger")]
    assert len(names) == 3 * len(TABLES) + 3
    for name in names:
        table = name.rpartition("_")[0]
        change(office.root, f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        with pytest.raises(OfficeError, match="triggers that guard the case store have been"):
            open_office(office.root)
        change(office.root, f"ALTER TABLE {table} ENABLE TRIGGER {name}")
    assert open_office(office.root).store.log_size() == 12


def without_guards(office: Office, attack: str) -> None:
    """Do what a skilled owner would: turn the triggers off, edit, turn them on again."""
    off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES]
    on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES]
    for together in (off, [attack], on):
        change(office.root, *together)


def test_a_log_cut_short_is_noticed_when_the_office_is_opened(office: Office) -> None:
    without_guards(office, "DELETE FROM answer")
    without_guards(office, "DELETE FROM log_entry WHERE entry_index >= 11")
    with pytest.raises(OfficeError, match="the last one is 10, but 11 was given out"):
        open_office(office.root)


def test_a_gap_is_noticed_when_the_log_is_read(office: Office) -> None:
    without_guards(office, "DELETE FROM verification WHERE entry_index = 6")
    without_guards(office, "DELETE FROM log_entry WHERE entry_index = 6")
    with open_office(office.root).store as store, pytest.raises(FaultError, match="entry 6 is mis"):
        list(store.entries_from(0))


def test_an_edit_behind_the_triggers_shows_only_against_the_published_log(office: Office) -> None:
    """The limit of what a database can promise, kept here so that nobody forgets it."""
    forged = entry("approval", of=99)
    without_guards(
        office,
        f"UPDATE log_entry SET body = '{forged.body.decode()}',"
        f" leaf = decode('{forged.leaf.hex()}', 'hex') WHERE entry_index = 4",
    )
    with open_office(office.root).store as store:
        assert store.entry(4).body == forged.body


def test_two_programs_that_pass_the_lock_by_still_number_no_entry_twice(
    office: Office, postgres_server: Server
) -> None:
    """Both say 12 at once, without asking for the writer's lock: one has it, the other nothing."""
    assert isinstance(office.database, PostgresDatabase)
    name = office.database.name
    insert = f"INSERT INTO ostiary.log_entry VALUES (12, '{{}}', {ZEROS})"
    with postgres_server.connect(name) as one, postgres_server.connect(name) as two:
        two.execute("SET lock_timeout = '200ms'")
        with one.transaction():
            one.execute(insert)
            with pytest.raises(psycopg.errors.LockNotAvailable):
                two.execute(insert)
        with pytest.raises(psycopg.errors.UniqueViolation):
            two.execute(insert)
        two.execute(insert.replace("12", "13"))
    assert open_office(office.root).store.log_size() == 14
