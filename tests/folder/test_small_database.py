"""A small database inside an engine that goes on: nobody sees another's tables, nothing stays."""

import threading
from multiprocessing import get_context

import duckdb
import pytest

from ostiary.deciding.intake.registers import put_registers, read_registers
from ostiary.deciding.law.shipped import shipped_book
from ostiary.office.folder.small_database import cursor_beside, small_database


@pytest.fixture(scope="module")
def registers():
    return read_registers([shipped_book() / "registers"])


def everything(con):
    """Each table of the registers with its rows, as the connection sees them."""
    names = [name for (name,) in con.execute("SHOW TABLES").fetchall()]
    return {name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names}


def test_it_holds_what_a_whole_engine_would(registers, con):
    put_registers(con, registers)
    with small_database(registers) as small:
        assert everything(small) == everything(con)


def test_nobody_sees_or_spoils_the_tables_of_another(registers):
    with small_database(registers) as one, small_database(registers) as other:
        one.execute("CREATE TABLE asked AS SELECT 'A SURNAME' AS surname")
        one.execute("CREATE TEMP TABLE noted AS SELECT 1 AS row")
        one.execute("DELETE FROM reg_offenses")
        for name in ("asked", "noted"):
            with pytest.raises(duckdb.CatalogException):
                other.execute(f"FROM {name}")
        assert other.execute("SELECT count(*) > 0 FROM reg_offenses").fetchone() == (True,)
    with small_database(registers) as later:
        assert later.execute("SELECT count(*) > 0 FROM reg_offenses").fetchone() == (True,)


def test_nothing_stays_after_it_or_after_a_fault_in_it(registers):
    with pytest.raises(duckdb.ConversionException), small_database(registers) as small:
        small.execute("BEGIN; CREATE TABLE asked AS SELECT 'A SURNAME' AS surname; SELECT 'a'::INT")
    with small_database(registers) as small:
        left = small.execute(
            "SELECT DISTINCT database_name FROM duckdb_tables() WHERE table_name NOT LIKE 'reg_%'"
        ).fetchall()
        opened = small.execute(
            "SELECT count(*) FROM duckdb_databases() WHERE database_name LIKE 'small_%'"
        ).fetchone()
    assert left == []
    assert opened == (1,)


def test_a_cursor_beside_it_sees_its_tables(registers, con):
    con.execute("CREATE TABLE asked AS SELECT 7 AS row")
    assert cursor_beside(con).execute("FROM asked").fetchall() == [(7,)]
    with small_database(registers) as small:
        small.execute("CREATE TABLE asked AS SELECT 8 AS row")
        assert cursor_beside(small).execute("FROM asked").fetchall() == [(8,)]


def test_many_at_once(registers):
    found = []

    def work(number):
        with small_database(registers) as small:
            small.execute(f"CREATE TABLE asked AS SELECT {number} AS row")
            found.append(
                small.execute("FROM asked, (SELECT count(*) FROM reg_offenses)").fetchone()
            )

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(row for row, _ in found) == list(range(12))
    assert len({many for _, many in found}) == 1


def _in_a_fork(registers):
    with small_database(registers) as small:
        small.execute("SELECT 1")


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_forked_from_one_that_has_an_engine_begins_its_own(registers):
    with small_database(registers):
        child = get_context("fork").Process(target=_in_a_fork, args=(registers,))
        child.start()
        child.join(60)
    assert child.exitcode == 0
