"""Attack: the owner of the tables rewrites what followed after an answer had left.

A recall that never was, a receipt that was never sent, a disposal undone, figures that suit better:
the triggers refuse them all, on both databases, and let pass what disposal destroys.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from case_stores import Stores
from casedb import ask, change
from filled_office import fill, follow_up
from ostiary.office.folder.layout import Office

pytestmark = pytest.mark.both_stores
FOLLOWING = ("recall", "receipt", "disposal", "reported_figures")
REFUSED = (sqlite3.IntegrityError, psycopg.errors.IntegrityError)


@pytest.fixture(scope="module")
def made(stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = follow_up(fill(stores.new_office(tmp_path_factory.mktemp("followed") / "office")))
    office.store.close()
    return office


@pytest.fixture
def office(made: Office, stores: Stores, tmp_path: Path) -> Path:
    return stores.copy(made.root, tmp_path / "office").root


@pytest.fixture
def refused(made: Office) -> Callable[[str], bool]:
    """Try an attack as the owner; say whether it was refused and changed nothing."""

    def attempt(attack: str) -> bool:
        before = [ask(made.root, f"SELECT * FROM {table}") for table in FOLLOWING]
        with pytest.raises(REFUSED):
            change(made.root, attack)
        return [ask(made.root, f"SELECT * FROM {table}") for table in FOLLOWING] == before

    return attempt


@pytest.mark.parametrize("table", FOLLOWING)
def test_rows_stay_and_come_with_an_entry_of_their_own(refused, made: Office, table: str) -> None:
    assert ask(made.root, f"SELECT count(*) FROM {table}") == [(1,)]
    assert refused(f"DELETE FROM {table}")
    assert refused(f"INSERT INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE recall SET cause = 'rule/other'",
        "UPDATE recall SET entry_index = 3",
        "UPDATE receipt SET recipient = 'somebody'",
        "UPDATE receipt SET day = '2020-01-01'",
        "UPDATE disposal SET requests = 9",
        "UPDATE reported_figures SET taxpayers = 0",
        "UPDATE reported_figures SET year = 2024",
    ],
)
def test_what_was_said_stays(refused, attack: str) -> None:
    assert refused(attack)


def test_what_disposal_destroys_goes_and_does_not_come_back(office: Path) -> None:
    for statement, back in (
        ("UPDATE receipt SET receipt = NULL", "UPDATE receipt SET receipt = 'x'"),
        ("UPDATE verification SET person_id = ''", "UPDATE verification SET person_id = 'P-9'"),
        ("UPDATE answer SET person_id = ''", "UPDATE answer SET person_id = 'P-9'"),
        ("UPDATE answer SET sealed = ''", "UPDATE answer SET sealed = 'x'"),
        ("UPDATE refusal SET why = ''", "UPDATE refusal SET why = 'another'"),
    ):
        change(office, statement)
        with pytest.raises(REFUSED, match="stays as it is"):
            change(office, back)
