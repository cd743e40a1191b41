"""Attack: an operator with the database file rewrites what happened.

With the triggers in place the database itself refuses, also with foreign keys off. Whoever drops
them first is noticed when the office is next opened. Whoever puts them back as they were, after
having changed a row, is beyond what a database can show about itself: then the published log, its
checkpoints and its witnesses are the proof (see the attacks on the log).
"""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from filled_office import entry, filled_office
from ostiary.domain.errors import FaultError, OfficeError
from ostiary.office.folder.layout import Office, open_office
from ostiary.office.store.sqlite.guards import expected_guards

APPEND_ONLY = (
    "log_entry",
    "law_adopted",
    "batch",
    "request",
    "asking",
    "verification",
    "reason_determination",
    "approval",
    "refusal",
    "answer",
    "office",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return filled_office(tmp_path_factory.mktemp("made") / "office")


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    shutil.copytree(made.root, tmp_path / "office")
    return open_office(tmp_path / "office")


@pytest.fixture
def operator(office: Office) -> Iterator[sqlite3.Connection]:
    """Open the file as plain `sqlite3` does: foreign keys off, every setting at its default."""
    connection = sqlite3.connect(office.database.path, isolation_level=None)
    yield connection
    connection.close()


def everything(operator: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [operator.execute(f"SELECT * FROM {table}").fetchall() for table in APPEND_ONLY]


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE log_entry SET body = '{}' WHERE entry_index = 3",
        "UPDATE log_entry SET leaf = zeroblob(32)",
        "UPDATE log_entry SET entry_index = entry_index + 100",
        "UPDATE OR REPLACE log_entry SET entry_index = 0 WHERE entry_index = 1",
        "UPDATE OR IGNORE log_entry SET body = '{}'",
        "DELETE FROM log_entry WHERE entry_index = 5",
        "DELETE FROM log_entry WHERE entry_index = 11",
        "DELETE FROM log_entry",
        "INSERT INTO log_entry VALUES (3, '{}', zeroblob(32))",
        "INSERT INTO log_entry VALUES (-1, '{}', zeroblob(32))",
        "INSERT INTO log_entry VALUES (99, '{}', zeroblob(32))",
        "INSERT INTO log_entry (body, leaf) VALUES ('{}', zeroblob(32))",
        "INSERT INTO log_entry VALUES (12, '{}', zeroblob(31))",
        "INSERT INTO log_entry VALUES (12, '{}', NULL)",
        "REPLACE INTO log_entry VALUES (3, '{}', zeroblob(32))",
        "INSERT OR REPLACE INTO log_entry SELECT 11 - entry_index, body, leaf FROM log_entry",
        "INSERT INTO log_entry VALUES (3, '{}', x'00') ON CONFLICT DO UPDATE SET body = '{}'",
    ],
)
def test_the_log_refuses_edits_gaps_and_reordering(
    operator: sqlite3.Connection, attack: str
) -> None:
    before = everything(operator)
    with pytest.raises(sqlite3.IntegrityError, match="log_entry"):
        operator.execute(attack)
    assert everything(operator) == before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_row_of_any_table_is_deleted_or_replaced(
    operator: sqlite3.Connection, table: str
) -> None:
    before = everything(operator)
    assert operator.execute(f"SELECT count(*) FROM {table}").fetchone() > (0,)
    for attack in (
        f"DELETE FROM {table}",
        f"REPLACE INTO {table} SELECT * FROM {table}",
        f"INSERT INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match=table):
            operator.execute(attack)
    assert everything(operator) == before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_column_is_changed_but_those_that_disposal_empties(
    operator: sqlite3.Connection, table: str
) -> None:
    for _, column, *_ in operator.execute(f"PRAGMA table_info({table})").fetchall():
        with pytest.raises(sqlite3.IntegrityError, match="stays as it is"):
            operator.execute(f"UPDATE {table} SET \"{column}\" = '-7'")


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE verification SET outcome = 'mismatch'",
        "UPDATE reason_determination SET specific = 0",
        "UPDATE approval SET officer = 'omar'",
        "UPDATE answer SET disclosed = 0, delivered = 1",
        "UPDATE answer SET delivered = 1, sealed = x'00'",
        "UPDATE request SET payload = '{}'",
        "UPDATE request SET status = 'returned', payload = NULL",
        "UPDATE batch SET folder_done = 1, counts = '{}'",
    ],
)
def test_a_permitted_change_does_not_carry_another(
    operator: sqlite3.Connection, attack: str
) -> None:
    before = everything(operator)
    with pytest.raises(sqlite3.IntegrityError, match="stays as it is"):
        operator.execute(attack)
    assert everything(operator) == before


def test_what_was_destroyed_cannot_be_filled_in_again(operator: sqlite3.Connection) -> None:
    operator.execute("UPDATE request SET payload = NULL, facts = NULL, salt = NULL WHERE id = 2")
    for column in ("payload", "facts", "salt"):
        with pytest.raises(sqlite3.IntegrityError, match="stays as it is"):
            operator.execute(f"UPDATE request SET {column} = 'x' WHERE id = 2")


def test_a_delivered_answer_stays_delivered(operator: sqlite3.Connection) -> None:
    operator.execute("UPDATE answer SET delivered = 1")
    with pytest.raises(sqlite3.IntegrityError, match="stays as it is"):
        operator.execute("UPDATE answer SET delivered = 0")


def test_an_approval_without_a_log_entry_cannot_be_slipped_in(operator: sqlite3.Connection) -> None:
    columns = [row[1] for row in operator.execute("PRAGMA table_info(approval)")]
    values = {"officer": "'omar'", "digest": "'d1'", "signature": "x'00'", "at": "'now'"}
    values |= {"id": "NULL", "request": "1", "entry_index": "12"}
    slip = f"INSERT INTO approval VALUES ({', '.join(values[name] for name in columns)})"
    assert operator.execute("PRAGMA foreign_keys").fetchone() == (0,)
    with pytest.raises(sqlite3.IntegrityError, match="approval: this is out of order"):
        operator.execute(slip)


@pytest.mark.parametrize("name", sorted(expected_guards()))
def test_a_dropped_trigger_is_noticed_when_the_office_is_opened(
    office: Office, operator: sqlite3.Connection, name: str
) -> None:
    operator.execute(f"DROP TRIGGER {name}")
    with pytest.raises(OfficeError, match="triggers that guard the case store have been"):
        open_office(office.root)


def test_a_weakened_or_added_trigger_is_noticed(
    office: Office, operator: sqlite3.Connection
) -> None:
    operator.execute("DROP TRIGGER log_entry_update")
    weak = expected_guards()["log_entry_update"].replace("WHEN NOT", "WHEN 0 AND NOT")
    operator.execute(weak)
    with pytest.raises(OfficeError, match="have been changed"):
        open_office(office.root)
    operator.execute("DROP TRIGGER log_entry_update")
    operator.execute(expected_guards()["log_entry_update"])
    assert open_office(office.root).store.log_size() == 12
    operator.execute(
        "CREATE TRIGGER quiet AFTER INSERT ON approval BEGIN UPDATE batch SET folder_done = 1; END"
    )
    with pytest.raises(OfficeError, match="have been changed"):
        open_office(office.root)


def without_guards(operator: sqlite3.Connection, attack: str) -> None:
    """Do what a skilled administrator would: drop the triggers, edit, put them back."""
    for name in expected_guards():
        operator.execute(f"DROP TRIGGER {name}")
    operator.execute(attack)
    for text in expected_guards().values():
        operator.execute(text)


def test_a_log_cut_short_is_noticed_when_the_office_is_opened(
    office: Office, operator: sqlite3.Connection
) -> None:
    without_guards(operator, "DELETE FROM log_entry WHERE entry_index >= 9")
    with pytest.raises(OfficeError, match="the last one is 8, but 11 was given out"):
        open_office(office.root)


def test_a_gap_is_noticed_when_the_log_is_read(
    office: Office, operator: sqlite3.Connection
) -> None:
    without_guards(operator, "DELETE FROM log_entry WHERE entry_index = 4")
    opened = open_office(office.root)
    with pytest.raises(FaultError, match="log entry 4 is missing"):
        list(opened.store.entries_from(0))
    opened.store.close()


def test_an_edit_behind_the_triggers_shows_only_against_the_leaf_and_the_published_log(
    office: Office, operator: sqlite3.Connection
) -> None:
    """The limit of what a database can promise, kept here so that nobody forgets it."""
    forged = entry("approval", of=99)
    without_guards(
        operator,
        f"UPDATE log_entry SET body = '{forged.body.decode()}', leaf = x'{forged.leaf.hex()}'"
        " WHERE entry_index = 4",
    )
    opened = open_office(office.root)
    assert opened.store.entry(4).body == forged.body
    opened.store.close()
