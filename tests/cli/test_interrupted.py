"""Ctrl-C, at whichever moment: exit status 130, one line, and what the line says is true."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pyarrow as pa
import pytest

from commands import ostiary
from ostiary.deciding.intake.batches import table_from_rows
from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import StoppedError
from ostiary.office.batches.interruptions import is_interruption, told_when_stopped
from ostiary.office.recovery.entering import at_work
from ostiary.office.store.sqlite import rights
from request_file import csv_bytes, put, request


def stopped(scratch, seconds, *arguments):
    """Run a command, wait until it works in its scratch folder, and press Ctrl-C a while later."""
    command = [sys.executable, "-m", "ostiary", *map(str, arguments)]
    environment = os.environ | {"TMPDIR": str(scratch)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as running:
        while running.poll() is None and not any(scratch.glob(".scratch-*")):
            time.sleep(0.01)
        time.sleep(seconds)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode in {0, 130}, said
    assert "Traceback" not in said
    assert not any(scratch.glob(".scratch-*"))
    lines = [line for line in said.splitlines() if line.startswith("ostiary:")]
    assert len(lines) == (running.returncode == 130)
    return running.returncode, "".join(lines)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    rows = (request(request_id=f"R{n}", reason=f"reason {n}") for n in range(40_000))
    return put(tmp_path_factory.mktemp("large") / "requests.csv", csv_bytes(*rows))


@pytest.mark.parametrize("seconds", [0, 0.8])
def test_a_check_that_is_stopped_says_so_in_one_line(large, tmp_path, seconds):
    out = tmp_path / "out"
    arguments = ("check", large, "--received", "2025-08-06", "--out", out)
    status, line = stopped(tmp_path, seconds, *arguments)
    assert out.exists() == (status == 0)
    assert status == 0 or line.startswith("ostiary: interrupted; nothing was left half done")
    assert [path for path in tmp_path.iterdir() if path != out] == []


@pytest.mark.parametrize("seconds", [0.2, 1.2])
def test_a_run_that_is_stopped_stands_whole_or_not_at_all(office, world, seconds):
    with at_work(office) as place:
        before = {one.id for one in place.store.batches()}
    arguments = ("run", office, world / "requests.csv", "--received", "2025-08-06")
    status, line = stopped(office, seconds, *arguments)
    with at_work(office) as place:
        new = {one.id for one in place.store.batches()} - before
    assert all((office / "batches" / batch / "summary.json").is_file() for batch in new)
    assert status == 0 or not new or "stands" in line


_UNHEARD = """
import os, signal, sys, time, weakref
from ostiary.faces.cli import main
class Thing: pass
@main.cli.command("busy")
def busy():
    thing = Thing()
    seen = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGINT))
    del thing
    time.sleep(60)
sys.argv = ["ostiary", "busy"]
main.main()
"""


def test_an_interruption_while_an_object_is_let_go_is_not_passed_over():
    """Python tells a callback's error on standard error, and goes on as if nothing had been."""
    command = [sys.executable, "-c", _UNHEARD]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 130
    assert done.stdout == ""
    assert done.stderr.strip().startswith("ostiary: interrupted")


class _Struck(frozenset):
    """What a clerk may always do, and Ctrl-C when SQLite asks about the first row that is added."""

    def __contains__(self, action):
        if action == sqlite3.SQLITE_INSERT:
            raise KeyboardInterrupt
        return super().__contains__(action)


def _strike():
    rights._ALWAYS = _Struck(rights._ALWAYS)


def test_an_interruption_while_sqlite_asks_what_is_allowed_is_no_mistake(office, world):
    """SQLite takes any error of whom it asks for a no."""
    arguments = ("run", office, world / "requests.csv", "--received", "2025-08-06")
    done = ostiary(*arguments, before=_strike)
    assert (done.status, done.out) == (130, ""), done.err
    assert done.err.strip().startswith("ostiary: interrupted")


_LONG = """
import duckdb
from ostiary.office.batches.interruptions import is_interruption
with duckdb.connect() as con:
    con.execute("SET enable_progress_bar = false")
    print("begun", flush=True)
    try:
        con.execute("SELECT sum(i % 7) FROM range(2000000000) t(i)")
    except BaseException as error:
        print(is_interruption(error), flush=True)
"""


def test_what_engines_raise_when_they_are_stopped_is_known():
    """In a process of its own: now and then DuckDB 2.0 ends its query first, and then says so."""
    with subprocess.Popen(
        [sys.executable, "-c", _LONG], stdout=subprocess.PIPE, text=True, encoding="ascii"
    ) as running:
        assert running.stdout.readline() == "begun\n"
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        assert running.communicate(timeout=200)[0] == "True\n"


def test_an_error_of_a_reader_goes_through_the_engine_unchanged(con):
    def rows():
        yield ["x"]
        raise KeyboardInterrupt

    found, columns = [REQUEST[0].name], REQUEST[:1]
    with pytest.raises(KeyboardInterrupt):
        table_from_rows(con, rows(), found, columns, table="t", shape="SELECT * FROM {}".format)


@pytest.mark.parametrize(
    "error", [RuntimeError("dictionary changed size"), ValueError("Query interrupted"), OSError()]
)
def test_other_errors_are_no_interruption(error):
    assert not is_interruption(error)
    with pytest.raises(type(error)), told_when_stopped("x"):
        raise error


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), RuntimeError("Query interrupted"), pa.lib.ArrowCancelled("x")]
)
def test_whoever_was_stopped_after_a_commit_is_told_what_stands(error):
    with pytest.raises(StoppedError, match="batch 7 stands"), told_when_stopped("batch 7 stands"):
        raise error
