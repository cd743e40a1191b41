"""A database for the questions of one case or a few, inside an engine that the process keeps.

To begin an engine takes 30 ms of processor time, and to load the registers as much again; a
database inside an engine that runs takes 1 ms, and a copy of registers that were loaded before 6.
Nothing here overflows to a disk; what may be large asks for
:func:`ostiary.office.folder.session.scratch_database`, which has an engine of its own.
"""

import itertools
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from ostiary.deciding.intake.registers import Registers, put_registers

_MOST = 4  # registers that are kept loaded
_MEMORY = "4GiB"  # what all of them together may take


class _Engine:
    """An engine, and the registers that lie ready in it."""

    def __init__(self) -> None:
        """Begin an engine that writes to no disk."""
        self._con = duckdb.connect(config={"temp_directory": "", "memory_limit": _MEMORY})
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._ready: OrderedDict[str, str] = OrderedDict()

    @contextmanager
    def database(self, registers: Registers) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a database of its own that holds some registers."""
        name = f"small_{next(self._numbers)}"
        with self._con.cursor() as con:
            con.execute(f"ATTACH ':memory:' AS {name}")
            try:
                self._copy(con, registers, name)
                con.execute(f"USE {name}")
                _NAMES[id(con)] = name
                yield con
            finally:
                _NAMES.pop(id(con), None)
                con.close()
                self._drop(name)

    def _copy(self, con: duckdb.DuckDBPyConnection, registers: Registers, name: str) -> None:
        with self._lock:
            digest = str(registers.digest)
            if digest not in self._ready:
                self._ready[digest] = self._load(registers)
                while len(self._ready) > _MOST:
                    self._drop(self._ready.popitem(last=False)[1])
            self._ready.move_to_end(digest)
            con.execute(f"COPY FROM DATABASE {self._ready[digest]} TO {name}")

    def _load(self, registers: Registers) -> str:
        name = f"registers_{next(self._numbers)}"
        with self._con.cursor() as con:
            con.execute(f"ATTACH ':memory:' AS {name}; USE {name}")
            put_registers(con, registers)
        return name

    def _drop(self, name: str) -> None:
        with self._con.cursor() as con:
            con.execute(f"DETACH {name}")


_ENGINES: dict[int, _Engine] = {}
_NAMES: dict[int, str] = {}  # of the small databases that are open, by the connection's identity
_LOCK = threading.Lock()


@contextmanager
def small_database(registers: Registers) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that holds some registers, and that nobody else sees.

    It is gone at the end. A cursor sees its tables where :func:`cursor_beside` gives it.

    Args:
        registers: what its tables ``reg_*`` hold at first.
    """
    with _LOCK:  # an engine of the process that this one was forked from has no threads
        engine = _ENGINES.get(os.getpid()) or _ENGINES.setdefault(os.getpid(), _Engine())
    with engine.database(registers) as con:
        yield con


def cursor_beside(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Give a cursor that sees the tables of a connection, in a small database or a whole engine."""
    cursor = con.cursor()
    if id(con) in _NAMES:
        cursor.execute(f"USE {_NAMES[id(con)]}")
    return cursor
