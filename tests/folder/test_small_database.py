"""A small database inside an engine that goes on: nobody sees another's tables, nothing stays."""

import threading
from multiprocessing import get_context

import duckdb
import pytest

from ostiary.deciding.intake.registers import Registers, put_registers, read_registers
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.standardisation.columns import INPUTS, standardise_table
from ostiary.office.batches.rows_to_mend_files import write_to_mend
from ostiary.office.batches.tables import TO_MEND
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
    for changing in (False, True):
        with small_database(registers, changing=changing) as small:
            assert everything(small) == everything(con)


def test_nobody_sees_or_spoils_the_tables_of_another(registers):
    with small_database(registers, changing=True) as one, small_database(registers) as other:
        one.execute("CREATE TABLE asked AS SELECT 'A SURNAME' AS surname")
        one.execute("CREATE TEMP TABLE noted AS SELECT 1 AS row")
        one.execute("DELETE FROM reg_offenses")
        for name in ("asked", "noted"):
            with pytest.raises(duckdb.CatalogException):
                other.execute(f"FROM {name}")
        assert other.execute("SELECT count(*) > 0 FROM reg_offenses").fetchone() == (True,)
    with small_database(registers) as later:
        assert later.execute("SELECT count(*) > 0 FROM reg_offenses").fetchone() == (True,)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM reg_offenses",
        "UPDATE reg_offenses SET kind = NULL",
        "INSERT INTO reg_offenses FROM reg_offenses",
        "TRUNCATE reg_offenses",
        "DROP TABLE reg_offenses",
        "ALTER TABLE reg_offenses DROP COLUMN kind",
    ],
)
def test_registers_that_are_looked_into_are_changed_by_nothing(registers, change):
    with small_database(registers) as small, pytest.raises(duckdb.Error):
        small.execute(change)
    with small_database(registers) as small:
        assert small.execute("SELECT count(kind) > 0 FROM reg_offenses").fetchone() == (True,)


def test_a_table_that_takes_a_registers_name_is_ones_own(registers):
    with small_database(registers) as one, small_database(registers) as other:
        one.execute("CREATE TABLE reg_offenses AS SELECT 7 AS kind")
        assert one.execute("FROM reg_offenses").fetchall() == [(7,)]
        assert cursor_beside(one).execute("FROM reg_offenses").fetchall() == [(7,)]
        assert other.execute("SELECT count(*) > 1 FROM reg_offenses").fetchone() == (True,)


def test_registers_in_use_stay_however_many_are_loaded_after_them(registers):
    def others(number):
        tables = dict(registers.tables)
        tables["offenses"] = tables["offenses"].slice(0, number)
        return Registers(tables)

    with small_database(registers) as first:
        for number in range(8):
            with small_database(others(number)) as small:
                many = small.execute("SELECT count(*) FROM reg_offenses").fetchone()
            assert many == (number,)
        assert first.execute("SELECT count(*) > 8 FROM reg_offenses").fetchone() == (True,)
        kept = "SELECT count(*) FROM duckdb_databases() WHERE database_name LIKE 'registers_%'"
        assert first.execute(kept).fetchone()[0] <= 5


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


def test_a_step_names_its_tables_as_one_beside_it_does(registers, tmp_path):
    """What one asks of its own tables is not answered by those of a step beside it."""
    with small_database(registers) as one, small_database(registers) as other:
        for con in (one, other):
            con.execute(
                f"CREATE TABLE typed (row BIGINT, {', '.join(f'{n} TEXT' for n in INPUTS)})"
            )
            standardise_table(con, "typed", "requests")
            assert con.execute("FROM requests").fetchall() == []
        one.execute(f"CREATE TABLE {TO_MEND} AS SELECT 1 AS row")
        write_to_mend(other, tmp_path)
        assert list(tmp_path.iterdir()) == []


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
